"""Claiming work that runs outside of a transaction: jobs and outbox rows, by lease and fencing number.

A row is looked for without locks and taken by its number: of several workers that have seen it, the one whose
update still finds the number as it was. So every writing statement names one dossier.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Table, select, update

from engine.store.tables.work import job, outbox

__all__ = ["JOB", "OUTBOX", "Table", "look", "settle", "take"]

LEASE = timedelta(seconds=60)  # longer than any handler may take


def look(connection: Connection, table: Table, now: datetime, limit: int) -> Sequence[Row[Any]]:
    """Rows whose moment has come, the longest waiting first: their keys and numbers. Takes no locks."""
    shown = [*_identity(table), table.c.attempt]
    query = (
        select(*shown)
        .where(table.c.state == "ready", table.c.run_at <= now)
        .order_by(table.c.run_at)
        .limit(limit)
    )
    return connection.execute(query).all()


def take(tx: Connection, table: Table, seen: Row[Any], now: datetime) -> Row[Any] | None:
    """The row that was seen, its number counted up and out of others' sight for a lease; None when another
    worker was faster. A worker that dies leaves a row that comes back when its lease ends.
    """
    statement = update(table).where(*_as_seen(table, seen), table.c.run_at <= now)
    taken = statement.values(attempt=table.c.attempt + 1, run_at=now + LEASE).returning(*table.c)
    return tx.execute(taken).one_or_none()


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
    values: dict[str, Any] = {"state": state, "last_error": error}
    if run_at is not None:
        values["run_at"] = run_at
    return tx.execute(update(table).where(*_as_seen(table, row)).values(values)).rowcount == 1


def _as_seen(table: Table, row: Row[Any]) -> list[Any]:
    """Conditions: this row, not taken or finished by anybody since."""
    identity = [column == getattr(row, column.name) for column in _identity(table)]
    return [*identity, table.c.attempt == row.attempt, table.c.state == "ready"]


def _identity(table: Table) -> list[Any]:
    return list(table.primary_key.columns)


JOB, OUTBOX = job, outbox
