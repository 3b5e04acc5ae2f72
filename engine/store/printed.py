"""What is read for papers that are printed from the records: register and control slip."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, func, select
from sqlalchemy.sql import ColumnElement

from engine.store.dossiers import LISTED
from engine.store.tables.dossiers import dossier, dossier_agency
from engine.store.tables.history import history
from engine.store.tables.work import task


def register(
    connection: Connection, visible: ColumnElement[bool], since: datetime, until: datetime, limit: int
) -> Sequence[Row[Any]]:
    """Rows with ``record`` and ``handed_by`` (key of who handed the result over), in the order of receipt."""
    handed_by = (
        select(func.min(history.c.actor))
        .where(
            history.c.dossier_id == dossier.c.id,
            history.c.recorded_at == dossier.c.handed_over_at,
            history.c.kind == "complete",
        )
        .scalar_subquery()
    )
    columns = [*LISTED, dossier.c.record, handed_by.label("handed_by")]
    query = select(*columns).where(visible, dossier.c.received_at >= since, dossier.c.received_at < until)
    return connection.execute(query.order_by(dossier.c.received_at, dossier.c.id).limit(limit)).all()


def step_dues(connection: Connection, dossier_id: UUID) -> dict[UUID, datetime | None]:
    """Budget of every step the dossier ever had, by task."""
    query = select(task.c.task_id, task.c.due_at).where(task.c.dossier_id == dossier_id)
    return {row.task_id: row.due_at for row in connection.execute(query)}


def agencies(connection: Connection, dossier_id: UUID) -> frozenset[str]:
    """Codes of the agencies that have taken part, beside the competent one and the centre."""
    query = select(dossier_agency.c.agency).where(dossier_agency.c.dossier_id == dossier_id)
    return frozenset(connection.execute(query).scalars())
