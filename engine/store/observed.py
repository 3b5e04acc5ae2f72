"""What a centre's own rows tell of how it works: who came, what was done when, how it was decided."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.store.tables.dossiers import dossier
from engine.store.tables.history import history, history_detail
from engine.store.tables.work import task

_AT_ONCE = 1_000  # rows fetched together: a year of history need not fit into memory


def arrived(connection: Connection, since: datetime, until: datetime) -> Sequence[Any]:
    """Dossiers handed in between two moments."""
    query = select(
        dossier.c.id, dossier.c.procedure_code, dossier.c.channel, dossier.c.received_agency,
        dossier.c.handling, dossier.c.submitted_at, dossier.c.finished_at, dossier.c.handed_over_at,
        dossier.c.closed_at,
    ).where(dossier.c.submitted_at >= since, dossier.c.submitted_at < until)  # fmt: skip
    return connection.execute(query.order_by(dossier.c.submitted_at, dossier.c.id)).all()


def done_tasks(connection: Connection, since: datetime, until: datetime) -> Iterator[Any]:
    """Steps finished between two moments, in the order in which they were."""
    query = (
        select(
            dossier.c.procedure_code, task.c.node, task.c.role, task.c.agency, task.c.opened_at,
            task.c.claimed_at, task.c.closed_at, task.c.closed_by,
        )
        .join(dossier, dossier.c.id == task.c.dossier_id)
        .where(task.c.state == "done", task.c.closed_at >= since, task.c.closed_at < until)
        .order_by(task.c.closed_at, task.c.dossier_id, task.c.task_id)
    )  # fmt: skip
    yield from connection.execute(query).yield_per(_AT_ONCE)


def commands(connection: Connection, since: datetime, until: datetime) -> Iterator[Any]:
    """What was done with dossiers handed in between two moments, dossier by dossier, with what it brought."""
    query = (
        select(
            dossier.c.id, dossier.c.procedure_code, history.c.kind, history.c.node, history.c.recorded_at,
            history.c.handling, history_detail.c.payload,
        )
        .join(history, history.c.dossier_id == dossier.c.id)
        .outerjoin(
            history_detail,
            (history_detail.c.dossier_id == history.c.dossier_id)
            & (history_detail.c.sequence == history.c.sequence),
        )
        .where(dossier.c.submitted_at >= since, dossier.c.submitted_at < until)
        .order_by(dossier.c.id, history.c.sequence)
    )  # fmt: skip
    yield from connection.execute(query).yield_per(_AT_ONCE)
