"""Requests for repairs that two people decide."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, insert, select, update

from engine.store.tables.dossiers import dossier
from engine.store.tables.interventions import intervention

_LISTED = (dossier.c.number, dossier.c.procedure_name, dossier.c.bundle)


def add(tx: Connection, row: Mapping[str, Any]) -> None:
    tx.execute(insert(intervention), dict(row))


def waiting(tx: Connection, dossier_id: UUID, request_id: UUID) -> Row[Any] | None:
    """A request that nobody has decided yet. Ask under the dossier's lock: then it stays so."""
    query = select(intervention).where(
        intervention.c.dossier_id == dossier_id,
        intervention.c.id == request_id,
        intervention.c.state == "requested",
    )
    return tx.execute(query).one_or_none()


def decide(tx: Connection, dossier_id: UUID, request_id: UUID, values: Mapping[str, Any]) -> bool:
    """Write what came of a request; False when somebody else has decided it."""
    statement = update(intervention).where(
        intervention.c.dossier_id == dossier_id,
        intervention.c.id == request_id,
        intervention.c.state == "requested",
    )
    return tx.execute(statement.values(dict(values))).rowcount == 1


def listed(connection: Connection, *, open_only: bool, limit: int) -> Sequence[Row[Any]]:
    """Requests with number, procedure and bundle of their dossiers: open ones oldest first, or the newest."""
    query = select(intervention, *_LISTED).join(dossier, dossier.c.id == intervention.c.dossier_id)
    if open_only:
        query = query.where(intervention.c.state == "requested").order_by(intervention.c.requested_at)
    else:
        query = query.where(intervention.c.state != "requested").order_by(intervention.c.decided_at.desc())
    return connection.execute(query.limit(limit)).all()
