"""Migrations of running dossiers, and what came of each dossier."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, func, insert, select, update

from engine.store.tables.dossiers import dossier
from engine.store.tables.interventions import migration, migration_item
from engine.store.tables.work import job, subscription, task

_Rows = Sequence[Mapping[str, Any]]


def running_dossiers(connection: Connection, code: str, number: int) -> Sequence[Row[Any]]:
    """Dossiers of a version that have not ended, with all that a command needs, oldest first."""
    query = select(dossier).where(
        dossier.c.procedure_code == code,
        dossier.c.procedure_version == number,
        dossier.c.closed_at.is_(None),
    )
    return connection.execute(query.order_by(dossier.c.submitted_at, dossier.c.id)).all()


def add(tx: Connection, row: Mapping[str, Any], items: Sequence[Mapping[str, Any]]) -> None:
    tx.execute(insert(migration), dict(row))
    if items:
        tx.execute(insert(migration_item), [dict(item) for item in items])


def get(connection: Connection, migration_id: UUID) -> Row[Any] | None:
    return connection.execute(select(migration).where(migration.c.id == migration_id)).one_or_none()


def lock(tx: Connection, migration_id: UUID) -> Row[Any] | None:
    query = select(migration).where(migration.c.id == migration_id).with_for_update()
    return tx.execute(query).one_or_none()


def change(tx: Connection, migration_id: UUID, values: Mapping[str, Any]) -> None:
    tx.execute(update(migration).where(migration.c.id == migration_id).values(dict(values)))


def listed(connection: Connection, code: str | None, limit: int = 50) -> Sequence[Row[Any]]:
    """Migrations, newest first."""
    query = select(migration).order_by(migration.c.requested_at.desc(), migration.c.id).limit(limit)
    return connection.execute(query.where(migration.c.code == code) if code else query).all()


def running(connection: Connection) -> Sequence[Row[Any]]:
    query = select(migration).where(migration.c.state == "running")
    return connection.execute(query.order_by(migration.c.requested_at)).all()


def items(connection: Connection, migration_id: UUID) -> Sequence[Row[Any]]:
    """All dossiers of a migration by their numbers."""
    query = select(migration_item).where(migration_item.c.migration_id == migration_id)
    return connection.execute(query.order_by(migration_item.c.number)).all()


def tallies(connection: Connection, migration_ids: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    """How many dossiers of each migration are in which state."""
    found: dict[UUID, dict[str, int]] = {identity: {} for identity in migration_ids}
    query = (
        select(migration_item.c.migration_id, migration_item.c.state, func.count())
        .where(migration_item.c.migration_id.in_(list(migration_ids)))
        .group_by(migration_item.c.migration_id, migration_item.c.state)
    )
    for identity, state, count in connection.execute(query):
        found[identity][state] = count
    return found


def waiting(connection: Connection, migration_id: UUID, limit: int) -> Sequence[Row[Any]]:
    """Dossiers that are still to be moved."""
    query = select(migration_item).where(
        migration_item.c.migration_id == migration_id, migration_item.c.state == "waiting"
    )
    return connection.execute(query.order_by(migration_item.c.number).limit(limit)).all()


def settle(tx: Connection, dossier_id: UUID, migration_id: UUID, values: Mapping[str, Any]) -> bool:
    """Write what came of a dossier; False when another worker was faster."""
    statement = update(migration_item).where(
        migration_item.c.dossier_id == dossier_id,
        migration_item.c.migration_id == migration_id,
        migration_item.c.state == "waiting",
    )
    return tx.execute(statement.values(dict(values))).rowcount == 1


def rename(tx: Connection, dossier_id: UUID, tasks: _Rows, jobs: _Rows, subscriptions: _Rows) -> None:
    """What waits in a dossier belongs to elements that are called otherwise now: t is the task's id."""
    for table, rows in ((task, tasks), (job, jobs), (subscription, subscriptions)):
        for row in rows:
            values = {name: value for name, value in row.items() if name not in ("t", "m")}
            mine = [table.c.dossier_id == dossier_id, table.c.task_id == row["t"]]
            if "m" in row:
                mine.append(table.c.message == row["m"])
            tx.execute(update(table).where(*mine).values(values))
