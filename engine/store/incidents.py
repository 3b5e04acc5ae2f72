"""Incidents, and the failed work behind them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, or_, select, update

from engine.retry import ATTEMPTS
from engine.store.tables.dossiers import dossier
from engine.store.tables.work import incident, job, outbox, timer

_LISTED = (dossier.c.number, dossier.c.procedure_name, dossier.c.bundle)


def to_close(tx: Connection, dossier_id: UUID, incident_id: UUID) -> Row[Any] | None:
    """An open incident of a dossier, or None."""
    query = select(incident).where(
        incident.c.dossier_id == dossier_id, incident.c.id == incident_id, incident.c.closed_at.is_(None)
    )
    return tx.execute(query).one_or_none()


def close(tx: Connection, dossier_id: UUID, incident_id: UUID, at: datetime, by: str, reason: str) -> None:
    tx.execute(
        update(incident)
        .where(incident.c.dossier_id == dossier_id, incident.c.id == incident_id)
        .values(closed_at=at, closed_by=by, reason=reason)
    )


def opened(connection: Connection, limit: int = 200) -> Sequence[Row[Any]]:
    """Open incidents, oldest first, with number, procedure and bundle of the dossier."""
    query = select(incident, *_LISTED).outerjoin(dossier, dossier.c.id == incident.c.dossier_id)
    query = query.where(incident.c.closed_at.is_(None)).order_by(incident.c.opened_at)
    return connection.execute(query.limit(limit)).all()


def closed(connection: Connection, limit: int = 20) -> Sequence[Row[Any]]:
    """What was dealt with last, the newest first."""
    query = select(incident, *_LISTED).outerjoin(dossier, dossier.c.id == incident.c.dossier_id)
    query = query.where(incident.c.closed_at.is_not(None)).order_by(incident.c.closed_at.desc())
    return connection.execute(query.limit(limit)).all()


def failed_job(tx: Connection, dossier_id: UUID, node: str | None) -> UUID | None:
    """The task whose job ended as an incident, by its element or handler."""
    query = select(job.c.task_id).where(job.c.dossier_id == dossier_id, job.c.state == "incident")
    if node is not None:
        query = query.where(or_(job.c.node == node, job.c.handler == node))
    return tx.execute(query.order_by(job.c.created_at).limit(1)).scalar_one_or_none()


def retry(tx: Connection, dossier_id: UUID, kind: str, node: str | None, now: datetime) -> None:
    """Put failed work back: a job or effect by its element or handler, timers that wait after a failure."""
    if kind == "timer":
        waiting = (timer.c.dossier_id == dossier_id, timer.c.state == "pending", timer.c.attempt > 0)
        tx.execute(update(timer).where(*waiting).values(run_at=now, attempt=0))
        return
    table = {"job": job, "outbox": outbox}.get(kind)
    if table is None:
        return
    failed = [table.c.dossier_id == dossier_id, table.c.state == "incident"]
    if node is not None:
        failed.append(or_(*(table.c[name] == node for name in ("node", "handler") if name in table.c)))
    # The number never goes back, it fences off the late: a new round of tries begins at a full ten.
    full = (table.c.attempt + ATTEMPTS - 1) // ATTEMPTS * ATTEMPTS
    tx.execute(update(table).where(*failed).values(state="ready", run_at=now, attempt=full))
