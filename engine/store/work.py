"""Rows of what waits: tasks, timers, jobs, subscriptions, outbox, incidents."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from engine.store.direct import send
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


def open_tasks(connection: Connection, dossier_id: UUID) -> Sequence[Row[Any]]:
    query = select(task).where(task.c.dossier_id == dossier_id, task.c.state == "open")
    return connection.execute(query.order_by(task.c.opened_at, task.c.task_id)).all()


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


def due_timers(connection: Connection, dossiers: Sequence[UUID], now: datetime) -> Sequence[Row[Any]]:
    """Timers of these dossiers whose moment has come, dossier by dossier, each in legal order."""
    query = select(timer).where(
        timer.c.dossier_id.in_(dossiers), timer.c.state == "pending", timer.c.run_at <= now
    )
    found = connection.execute(query.order_by(timer.c.due_at, timer.c.task_id, timer.c.name)).all()
    place = {dossier_id: number for number, dossier_id in enumerate(dossiers)}
    return sorted(found, key=lambda row: place[row.dossier_id])


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
