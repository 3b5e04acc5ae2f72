"""The bare transaction, written by hand: the rows of a completion locked, written and committed. No engine.

Nothing is restored, evaluated, checked, hashed or compressed: what a completion costs the database alone.
"""

import secrets
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

import psycopg

from tests.bench.template import Change, Template, owner


class _Statements:
    """Statement and parameters of every command of the template, but for the dossier's id."""

    def __init__(self, template: Template, mark: str) -> None:
        self.lock = f"SELECT * FROM dossier WHERE id = {mark}"
        self.commands = [[statement(change, mark) for change in command] for command in template.commands]


_OWNER = object()  # stands for the dossier's id among the parameters
_UNIQUE = object()  # stands for a number of its own


def statement(change: Change, mark: str) -> tuple[str, Sequence[Any]]:
    """The SQL of a change, and its parameters but for the dossier's id; see ``filled``."""
    if change.new:
        values = {**change.values, owner(change.table): _OWNER}
        if change.table == "dossier":
            values |= {"number": _UNIQUE, "tracking_code": _UNIQUE}
        marks = ", ".join([mark] * len(values))
        return f"INSERT INTO {change.table} ({', '.join(values)}) VALUES ({marks})", [*values.values()]
    where: Mapping[str, Any] = {owner(change.table): _OWNER, **change.key}
    given = ", ".join(f"{name} = {mark}" for name in change.values)
    found = " AND ".join(f"{name} = {mark}" for name in where)
    return (
        f"UPDATE {change.table} SET {given} WHERE {found}",
        [*change.values.values(), *where.values()],
    )


def filled(parameters: Sequence[Any], dossier: Any) -> list[Any]:
    """The parameters for one dossier."""
    return [
        dossier if one is _OWNER else secrets.token_hex(8) if one is _UNIQUE else one for one in parameters
    ]


class BarePostgresql:
    """By psycopg, prepared and in a pipeline: two round trips a completion."""

    def __init__(self, url: str, template: Template) -> None:
        self._statements = _Statements(template, "%s")
        self._connection = psycopg.connect(url, prepare_threshold=0)

    def start(self) -> UUID:
        dossier = uuid4()
        with self._connection.pipeline():
            for sql, parameters in self._statements.commands[0]:
                self._connection.execute(sql, filled(parameters, dossier))
            self._connection.commit()
        return dossier

    def complete(self, dossier: UUID, step: int) -> None:
        """Lock and read the row, write what the command leaves, commit."""
        with self._connection.pipeline():
            lock = self._connection.execute(self._statements.lock + " FOR UPDATE", (dossier,))
            assert lock.fetchone() is not None
            for sql, parameters in self._statements.commands[step + 1]:
                self._connection.execute(sql, filled(parameters, dossier))
            self._connection.commit()


class BareSqlite:
    """By the standard driver, write-ahead log and synchronous commit as in the engine."""

    def __init__(self, path: str, template: Template) -> None:
        self._statements = _Statements(template, "?")
        self._connection = sqlite3.connect(path, timeout=30, isolation_level=None)
        self._connection.execute("PRAGMA foreign_keys=ON")
        self._connection.execute("PRAGMA synchronous=FULL")

    def start(self) -> str:
        dossier = uuid4().hex
        self._connection.execute("BEGIN IMMEDIATE")
        for sql, parameters in self._statements.commands[0]:
            self._connection.execute(sql, filled(parameters, dossier))
        self._connection.execute("COMMIT")
        return dossier

    def complete(self, dossier: str, step: int) -> None:
        """Lock and read the row, write what the command leaves, commit."""
        self._connection.execute("BEGIN IMMEDIATE")
        lock = self._connection.execute(self._statements.lock, (dossier,))
        assert lock.fetchone() is not None
        for sql, parameters in self._statements.commands[step + 1]:
            self._connection.execute(sql, filled(parameters, dossier))
        self._connection.execute("COMMIT")
