"""Incidents: what went wrong without anybody at the keyboard, kept until a person has dealt with it."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import NAMESPACE_OID, UUID, uuid5

from engine.errors import MotcuaError
from engine.store import dossiers
from engine.store import work as rows
from engine.store.database import Connection, Database
from engine.store.dossiers import Address
from engine.workflow.errors import WorkflowFailed


def is_fault(error: Exception) -> bool:
    """Whether somebody has to mend a diagram or our code; refusals and a busy database are no fault."""
    return isinstance(error, WorkflowFailed) or not isinstance(error, MotcuaError)


def told(error: Exception) -> str:
    """What is kept of an error; of one nobody foresaw only kind and place, as its text may hold data."""
    if isinstance(error, MotcuaError):
        return str(error)
    frames = traceback.extract_tb(error.__traceback__)
    where = f" tại {frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else ""
    return f"Lỗi chưa lường trước: {type(error).__name__}{where}"


@contextmanager
def faults_noted(
    database: Database, dossier: Address, *, at: datetime, task_id: UUID | None = None
) -> Iterator[None]:
    """A command runs inside, in its own transaction; when it fails by a fault, an incident stays behind."""
    try:
        yield
    except Exception as error:
        if is_fault(error):
            with database.glance() as connection:
                dossier_id = dossiers.id_of(connection, dossier)
            if dossier_id is not None:
                record_failure(
                    database, dossier_id=dossier_id, kind="command", error=error, at=at, task_id=task_id
                )
        raise


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
            message=told(error),
            at=at,
            node=getattr(error, "node_id", None),
            task_id=task_id,
        )
