"""Incidents: what went wrong without anybody at the keyboard, kept until a person has dealt with it."""

from datetime import datetime
from uuid import NAMESPACE_OID, UUID, uuid5

from engine.store import work as rows
from engine.store.database import Connection, Database


def open_incident(
    tx: Connection,
    *,
    dossier_id: UUID,
    kind: str,
    message: str,
    at: datetime,
    node: str | None = None,
    task_id: UUID | None = None,
) -> UUID:
    """Note an incident; the same trouble with the same element again refreshes it."""
    incident_id = uuid5(NAMESPACE_OID, f"{dossier_id}:{kind}:{node}:{task_id}")
    rows.open_incident(
        tx,
        {
            "dossier_id": dossier_id,
            "id": incident_id,
            "kind": kind,
            "node": node,
            "task_id": task_id,
            "message": message[:2000],
            "opened_at": at,
            "closed_at": None,
            "closed_by": None,
            "reason": None,
        },
    )
    return incident_id


def record_failure(
    database: Database,
    *,
    dossier_id: UUID,
    kind: str,
    error: Exception,
    at: datetime,
    task_id: UUID | None = None,
) -> None:
    """After a command was rolled back whole: keep what happened, and at which element."""
    with database.transaction() as tx:
        open_incident(
            tx,
            dossier_id=dossier_id,
            kind=kind,
            message=str(error) or type(error).__name__,
            at=at,
            node=getattr(error, "node_id", None),
            task_id=task_id,
        )
