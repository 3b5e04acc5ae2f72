"""The rows that one dossier of W1 leaves, command by command: what the bare transaction writes again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text

from engine.store.database import Database
from tests.bench.workload import STEPS, Walker

# Tables whose rows belong to one dossier, and what names a row there beside the dossier.
KEYS: dict[str, tuple[str, ...]] = {
    "dossier": (),
    "task": ("task_id",),
    "timer": ("task_id", "name"),
    "subscription": ("task_id", "message"),
    "job": ("task_id",),
    "outbox": ("id",),
    "paper": ("id",),
    "history": ("sequence",),
    "history_detail": ("sequence",),
}
Rows = dict[Any, Mapping[str, Any]]  # table and key to row


@dataclass(frozen=True, slots=True)
class Change:
    """A row that a command wrote: new, or with these columns changed."""

    table: str
    key: Mapping[str, Any]
    values: Mapping[str, Any]
    new: bool


@dataclass(frozen=True, slots=True)
class Template:
    """One finished dossier as rows. ``commands[0]`` is the start, then one a step."""

    commands: Sequence[Sequence[Change]]


def owner(table: str) -> str:
    """The column that names the dossier."""
    return "id" if table == "dossier" else "dossier_id"


def taken(walker: Walker, database: Database) -> Template:
    """Walk one dossier by the engine and note what every command wrote; values as the driver gives them."""
    dossier = walker.start()
    before: Rows = {}
    commands = []
    for step in range(-1, len(STEPS)):
        if step >= 0:
            walker.complete(dossier, step)
        after = rows(database, dossier.dossier_id)
        commands.append(changes(before, after))
        before = after
    return Template(commands)


def rows(database: Database, dossier_id: UUID) -> Rows:
    """All rows of a dossier."""
    with database.reading() as connection:
        return dict(_rows(connection, dossier_id))


def changes(before: Rows, after: Rows) -> Sequence[Change]:
    """What was written in between."""
    return [_change(key, row, before.get(key)) for key, row in after.items() if row != before.get(key)]


def _raw(dialect: str) -> Any:
    """How the driver spells a UUID."""
    return (lambda value: value) if dialect == "postgresql" else (lambda value: value.hex)


def _rows(connection: Any, dossier_id: UUID) -> Iterable[tuple[Any, Mapping[str, Any]]]:
    for table, key in KEYS.items():
        query = text(f"SELECT * FROM {table} WHERE {owner(table)} = :dossier")
        for row in connection.execute(
            query, {"dossier": _raw(connection.dialect.name)(dossier_id)}
        ).mappings():
            yield (table, *(row[name] for name in key)), dict(row)


def _change(key: Any, row: Mapping[str, Any], old: Mapping[str, Any] | None) -> Change:
    table, *identity = key
    keys = dict(zip(KEYS[table], identity, strict=True))
    if old is None:
        return Change(table, keys, row, True)
    return Change(table, keys, {name: value for name, value in row.items() if value != old[name]}, False)
