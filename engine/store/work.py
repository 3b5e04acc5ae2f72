"""Rows of what waits: tasks, timers, jobs, subscriptions, outbox, incidents."""

import base64
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Uuid, bindparam, delete, func, insert, literal, select, tuple_, update
from sqlalchemy.sql import ColumnElement

from engine.store.direct import send
from engine.store.tables.base import Moment
from engine.store.tables.dossiers import dossier
from engine.store.tables.work import incident, job, outbox, subscription, task, timer
from engine.store.upsert import upsert, upserting

Rows = Sequence[dict[str, Any]]

# Columns that may change once the row stands.
_TASK = ("due_at", "urgent_at", "state", "closed_at", "closed_by")
_TIMER = ("due_at", "run_at", "state", "fired_at", "attempt")
_JOB = ("state", "run_at", "last_error")
_OUTBOX = insert(outbox)
_UNSUBSCRIBE = delete(subscription).where(
    subscription.c.dossier_id == bindparam("d"),
    subscription.c.task_id == bindparam("t"),
    subscription.c.message == bindparam("m"),
)


def save_tasks(tx: Connection, rows: Rows) -> None:
    """New and closed tasks alike; who has claimed a task is left as it is."""
    send(tx, upserting(tx.dialect.name, task, _TASK), rows)


def save_timers(tx: Connection, rows: Rows) -> None:
    send(tx, upserting(tx.dialect.name, timer, _TIMER), rows)


def save_jobs(tx: Connection, rows: Rows) -> None:
    send(tx, upserting(tx.dialect.name, job, _JOB), rows)


def save_subscriptions(tx: Connection, added: Rows, removed: Sequence[tuple[UUID, UUID, str]]) -> None:
    send(tx, upserting(tx.dialect.name, subscription), added)
    send(tx, _UNSUBSCRIBE, [{"d": d, "t": t, "m": m} for d, t, m in removed])


def save_outbox(tx: Connection, rows: Rows) -> None:
    send(tx, _OUTBOX, rows)


def assign(
    tx: Connection, dossier_id: UUID, task_id: UUID, officer: UUID | None, at: datetime | None
) -> None:
    """Note who has claimed the task, or that nobody has."""
    tx.execute(
        update(task)
        .where(task.c.dossier_id == dossier_id, task.c.task_id == task_id)
        .values(assignee=officer, claimed_at=at)
    )


def task_row(connection: Connection, dossier_id: UUID, task_id: UUID) -> Row[Any] | None:
    query = select(task).where(task.c.dossier_id == dossier_id, task.c.task_id == task_id)
    return connection.execute(query).one_or_none()


def open_tasks(connection: Connection, dossier_id: UUID) -> Sequence[Row[Any]]:
    query = select(task).where(task.c.dossier_id == dossier_id, task.c.state == "open")
    return connection.execute(query.order_by(task.c.opened_at, task.c.task_id)).all()


def worklist(
    connection: Connection,
    mine: Sequence[tuple[str, str]],
    conditions: Sequence[ColumnElement[bool]],
    after: tuple[datetime, UUID, UUID] | None,
    limit: int,
) -> Sequence[Row[Any]]:
    """Open tasks of the given (role, agency) pairs, most urgent first, by keyset.

    One limited index scan a pair, merged: a sort over ``role = ANY`` would read every open task.
    """
    branches = []
    for role, agency in mine:
        branch = select(
            task, dossier.c.number, dossier.c.procedure_name, dossier.c.procedure_code,
            dossier.c.applicant_name, dossier.c.channel, dossier.c.handling, dossier.c.clock_running,
            dossier.c.calendar_version,
            dossier.c.received_at, dossier.c.due_at.label("dossier_due_at"), dossier.c.sequence,
        )  # fmt: skip
        branch = branch.join(dossier, dossier.c.id == task.c.dossier_id).where(
            task.c.state == "open", task.c.role == role, task.c.agency == agency, *conditions
        )
        if after is not None:
            place = tuple_(task.c.urgent_at, task.c.dossier_id, task.c.task_id)
            seen = [literal(value, kind) for value, kind in zip(after, _PLACE, strict=True)]
            branch = branch.where(place > tuple_(*seen))
        branches.append(
            branch.order_by(task.c.urgent_at, task.c.dossier_id, task.c.task_id).limit(limit).subquery()
        )
    if not branches:
        return []
    selects = [select(branch) for branch in branches]
    merged = selects[0].union_all(*selects[1:]).subquery() if len(selects) > 1 else branches[0]
    query = select(merged).order_by(merged.c.urgent_at, merged.c.dossier_id, merged.c.task_id).limit(limit)
    return connection.execute(query).all()


def due_dossiers(connection: Connection, now: datetime, limit: int) -> list[UUID]:
    """Dossiers with a timer whose moment has come, the longest overdue first. Takes no locks."""
    query = (
        select(timer.c.dossier_id)
        .where(timer.c.state == "pending", timer.c.run_at <= now)
        .group_by(timer.c.dossier_id)
        .order_by(func.min(timer.c.run_at))
        .limit(limit)
    )
    return list(connection.execute(query).scalars())


def due_timers(tx: Connection, dossier_id: UUID, now: datetime) -> Sequence[Row[Any]]:
    """This dossier's timers whose moment has come, in legal order."""
    query = select(timer).where(
        timer.c.dossier_id == dossier_id, timer.c.state == "pending", timer.c.run_at <= now
    )
    return tx.execute(query.order_by(timer.c.due_at, timer.c.task_id, timer.c.name)).all()


def retry_timer(tx: Connection, row: Row[Any], run_at: datetime) -> None:
    tx.execute(
        update(timer)
        .where(
            timer.c.dossier_id == row.dossier_id,
            timer.c.task_id == row.task_id,
            timer.c.name == row.name,
            timer.c.state == "pending",
        )
        .values(run_at=run_at, attempt=row.attempt + 1)
    )


def subscriptions(connection: Connection, dossier_id: UUID, message: str | None = None) -> Sequence[Row[Any]]:
    query = select(subscription).where(subscription.c.dossier_id == dossier_id)
    if message is not None:
        query = query.where(subscription.c.message == message)
    return connection.execute(query).all()


def open_outbox(connection: Connection, handler: str) -> Sequence[Row[Any]]:
    """Effects of one kind that are not delivered, oldest first."""
    wanted = select(outbox).where(outbox.c.handler == handler, outbox.c.state == "ready")
    return connection.execute(wanted.order_by(outbox.c.created_at, outbox.c.sequence, outbox.c.id)).all()


def hurry(tx: Connection, row: Row[Any], at: datetime) -> None:
    """Let an effect be tried at once: what it waited for has come."""
    tx.execute(
        update(outbox)
        .where(outbox.c.dossier_id == row.dossier_id, outbox.c.id == row.id, outbox.c.state == "ready")
        .values(run_at=at)
    )


def open_jobs(connection: Connection, dossier_id: UUID) -> Sequence[Row[Any]]:
    """Jobs of a dossier that wait for their answer."""
    wanted = select(job).where(job.c.dossier_id == dossier_id, job.c.state == "ready")
    return connection.execute(wanted.order_by(job.c.created_at, job.c.task_id)).all()


def waiting_for(connection: Connection, message: str, limit: int) -> list[UUID]:
    """Dossiers that wait for a message or signal, in a fixed order."""
    query = select(subscription.c.dossier_id).where(subscription.c.message == message)
    query = query.order_by(subscription.c.dossier_id).distinct().limit(limit)
    return list(connection.execute(query).scalars())


def open_incident(tx: Connection, row: Mapping[str, Any]) -> None:
    upsert(tx, incident, [dict(row)], ("message", "opened_at", "closed_at"))


INBOX_FILTERS = ("all", "mine", "free", "overdue", "due_soon", "paused")
_SOON = timedelta(days=1)  # calendar days, for filtering only: the words beside a task come from the clock


def inbox_filter(only: str, officer: UUID, now: datetime) -> list[ColumnElement[bool]]:
    """Conditions of a named filter of the inbox; raises KeyError for a name not in INBOX_FILTERS."""
    filters: dict[str, list[ColumnElement[bool]]] = {
        "all": [],
        "mine": [task.c.assignee == officer],
        "free": [task.c.assignee.is_(None)],
        "overdue": [task.c.urgent_at < now],
        "due_soon": [task.c.urgent_at >= now, task.c.urgent_at < now + _SOON],
        "paused": [dossier.c.handling == "awaiting_supplement"],
    }
    return filters[only]


_PLACE: tuple[Any, ...] = (Moment(), Uuid(), Uuid())  # types of a place in the inbox


def encode_cursor(urgent_at: datetime, dossier_id: UUID, task_id: UUID) -> str:
    """Where a page of the inbox ended."""
    return base64.urlsafe_b64encode(f"{urgent_at.isoformat()} {dossier_id} {task_id}".encode()).decode()


def decode_cursor(cursor: str) -> tuple[datetime, UUID, UUID]:
    """The place a cursor speaks of; raises ValueError."""
    at, dossier_id, task_id = base64.urlsafe_b64decode(cursor.encode()).decode().split(" ")
    urgent_at = datetime.fromisoformat(at)
    if urgent_at.tzinfo is None:
        raise ValueError("a place in the inbox needs a time zone")
    return urgent_at, UUID(dossier_id), UUID(task_id)
