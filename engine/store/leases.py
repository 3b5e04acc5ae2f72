"""Claiming work that runs outside of a transaction: jobs and outbox rows, by lease and fencing number."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Table, and_, or_, select, update

from engine.store.tables.work import job, outbox

__all__ = ["JOB", "OUTBOX", "Table", "claim", "reopen", "settle"]

LEASE = timedelta(seconds=60)  # longer than any handler may take


def claim(tx: Connection, table: Table, now: datetime, limit: int) -> Sequence[Row[Any]]:
    """Rows whose moment has come, each with its attempt counted up and out of others' sight for a lease.

    Several workers are safe: on PostgreSQL locked rows are skipped, on SQLite one writer works at a time.
    A worker that dies leaves rows that come back when their lease ends.
    """
    identity = _identity(table)
    found = tx.execute(
        select(*identity)
        .where(table.c.state == "ready", table.c.run_at <= now)
        .order_by(table.c.run_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    if not found:
        return []
    one_of = or_(*(and_(*(c == v for c, v in zip(identity, row, strict=True))) for row in found))
    tx.execute(update(table).where(one_of).values(attempt=table.c.attempt + 1, run_at=now + LEASE))
    return tx.execute(select(table).where(one_of)).all()


def settle(
    tx: Connection,
    table: Table,
    row: Row[Any],
    state: str,
    *,
    run_at: datetime | None = None,
    error: str | None = None,
) -> bool:
    """Write how the attempt ended; False when the lease was lost and another worker has taken the row."""
    identity = [column == getattr(row, column.name) for column in _identity(table)]
    values: dict[str, Any] = {"state": state, "last_error": error}
    if run_at is not None:
        values["run_at"] = run_at
    statement = (
        update(table)
        .where(*identity, table.c.attempt == row.attempt, table.c.state == "ready")
        .values(values)
    )
    return tx.execute(statement).rowcount == 1


def _identity(table: Table) -> list[Any]:
    return list(table.primary_key.columns)


def reopen(tx: Connection, dossier_id: UUID, now: datetime) -> int:
    """Put a dossier's jobs and effects that ended as incidents back to work; attempts are counted anew."""
    reopened = 0
    for table in (job, outbox):
        statement = update(table).where(table.c.dossier_id == dossier_id, table.c.state == "incident")
        reopened += tx.execute(statement.values(state="ready", run_at=now, attempt=0)).rowcount
    return reopened


JOB, OUTBOX = job, outbox
