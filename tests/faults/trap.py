"""A database whose statements break where a test says, at the driver itself: ours all go through it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import event

from engine.store.database import Database


class Broken(RuntimeError):
    """What the test lets happen in place of a statement."""


class Trap:
    """Counts writing and locking statements at the driver itself, and breaks at one of them."""

    def __init__(self) -> None:
        self.at = 0  # 0: never
        self.count = 0
        self.reached = ""

    def step(self, statement: Any) -> None:
        text = str(statement)
        if text.startswith(("INSERT", "UPDATE", "DELETE")) or "FOR UPDATE" in text:
            self.count += 1
            if self.count == self.at:
                self.reached = text
                raise Broken(text[:40])

    def set(self, at: int) -> None:
        self.at, self.count, self.reached = at, 0, ""


@contextmanager
def trapped(database: Database) -> Iterator[Trap]:
    """The database's connections, new ones, lead through a trap."""
    set_up = Trap()

    class Tripped:
        def execute(self, statement: Any, *rest: Any, **options: Any) -> Any:
            set_up.step(statement)
            return super().execute(statement, *rest, **options)  # type: ignore[misc]

        def executemany(self, statement: Any, *rest: Any, **options: Any) -> Any:
            set_up.step(statement)
            return super().executemany(statement, *rest, **options)  # type: ignore[misc]

    class FileCursor(Tripped, sqlite3.Cursor):
        pass

    class ServerCursor(Tripped, psycopg.Cursor[Any]):
        pass

    class FileConnection(sqlite3.Connection):
        def cursor(self, *_: Any) -> Any:
            return super().cursor(FileCursor)

    def connect(_dialect: Any, _record: Any, _arguments: Any, options: dict[str, Any]) -> None:
        if database.dialect == "sqlite":
            options["factory"] = FileConnection

    def connected(link: Any, _record: Any) -> None:
        if database.dialect == "postgresql":
            link.cursor_factory = ServerCursor

    pool = database.pool
    pool.dispose()
    event.listen(pool, "do_connect", connect)
    event.listen(pool, "connect", connected)
    yield set_up
    event.remove(pool, "do_connect", connect)
    event.remove(pool, "connect", connected)
