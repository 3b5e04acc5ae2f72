"""The few statements of every command, compiled once and run on the driver's own cursor.

SQLAlchemy builds them and knows their types; its bookkeeping around each execution is left out, for it takes
as long as the database does (docs/performance.md). Everything else goes the usual way.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.selectable import ReturnsRows

_IDLE = 0  # of libpq: the link is in no transaction

Change = Callable[[Any], Any]  # a value on its way to the driver, or back


class Compiled:
    """A statement for one dialect and one set of parameter names."""

    def __init__(self, statement: ClauseElement, dialect: Dialect, names: Sequence[str]) -> None:
        compiled: Any = statement.compile(dialect=dialect, column_keys=list(names))
        self.sql: str = compiled.string
        self._order: Sequence[str] | None = compiled.positiontup  # None: parameters go by name
        # What the statement itself brings along, such as OFFSET 0 on SQLite.
        self._own = {name: one.value for name, one in compiled.binds.items() if not one.required}
        self._out = _changes(dialect, {name: one.type for name, one in compiled.binds.items()}, "bind")
        self._names: list[str] = []
        self._back: list[Change | None] = []
        columns = statement.exported_columns if isinstance(statement, ReturnsRows) else ()
        if columns:
            types = {column.name: column.type for column in columns}
            back = _changes(dialect, types, "result")
            self._names, self._back = [*types], [back.get(name) for name in types]

    def parameters(self, row: Mapping[str, Any]) -> Any:
        values = {**self._own, **row}
        for name, change in self._out.items():
            values[name] = change(values[name])
        return values if self._order is None else tuple([values[name] for name in self._order])

    def named(self, row: Sequence[Any]) -> dict[str, Any]:
        """A row of the driver with names and our types."""
        return {
            name: value if change is None else change(value)
            for name, change, value in zip(self._names, self._back, row, strict=True)
        }


def _changes(dialect: Dialect, types: Mapping[str, Any], way: str) -> dict[str, Change]:
    """How values of these names change; names that pass as they are do not appear."""
    found: dict[str, Change] = {}
    for name, kind in types.items():
        known = kind.dialect_impl(dialect)
        change = known.bind_processor(dialect) if way == "bind" else known.result_processor(dialect, None)
        if change is not None:
            found[name] = change
    return found


@lru_cache(maxsize=500)
def _compiled(statement: ClauseElement, dialect: Dialect, names: tuple[str, ...]) -> Compiled:
    return Compiled(statement, dialect, names)


@contextmanager
def in_one_go(tx: Connection) -> Iterator[None]:
    """Writes inside the block travel together: one round trip to PostgreSQL, however many they are.

    Only for writes whose results nobody reads; what is wrong with one of them is raised at the end of the
    block. On SQLite, which is no trip away, they are done one by one.
    """
    with _told_as_sqlalchemy_does(tx):
        if tx.dialect.name == "postgresql":
            link: Any = tx.connection.dbapi_connection
            with link.pipeline():
                yield
        else:
            yield


@contextmanager
def _with_its_begin(tx: Connection) -> Iterator[None]:
    """The first statement of a transaction takes BEGIN along instead of sending it ahead."""
    link: Any = tx.connection.dbapi_connection
    if tx.dialect.name != "postgresql" or link.autocommit or link.info.transaction_status != _IDLE:
        yield
    else:
        with link.pipeline():
            yield


@contextmanager
def _told_as_sqlalchemy_does(tx: Connection) -> Iterator[None]:
    driver: Any = tx.dialect.loaded_dbapi
    link: Any = tx.connection.dbapi_connection
    try:
        yield
    except driver.Error as error:
        lost = bool(getattr(link, "closed", False))
        if lost:
            tx.invalidate(error)
        raise DBAPIError.instance(
            None, None, error, driver.Error, connection_invalidated=lost, dialect=tx.dialect
        ) from error


def send(tx: Connection, statement: ClauseElement, rows: Sequence[Mapping[str, Any]]) -> None:
    """Run a write for each row, all with the same names. Only inside ``in_one_go``, which tells of errors.

    ``statement`` must be one that lives as long as the program: it is compiled once.
    """
    if rows:
        run(tx, _compiled(statement, tx.dialect, tuple(rows[0])), rows).close()


def one_row(tx: Connection, statement: ClauseElement, parameters: Mapping[str, Any]) -> dict[str, Any] | None:
    """The first row that the statement gives, or None."""
    found = rows(tx, statement, parameters)
    return found[0] if found else None


def rows(tx: Connection, statement: ClauseElement, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows that the statement gives, with names and our types."""
    compiled = _compiled(statement, tx.dialect, tuple(parameters))
    with _told_as_sqlalchemy_does(tx):
        with _with_its_begin(tx):
            cursor = run(tx, compiled, (parameters,))
        found = cursor.fetchall()
        cursor.close()
    return [compiled.named(one) for one in found]


def run(tx: Connection, compiled: Compiled, rows: Sequence[Mapping[str, Any]]) -> Any:
    """The driver's cursor after running the statement for each row. Everything here goes through it."""
    cursor = tx.connection.cursor()
    for row in rows:
        cursor.execute(compiled.sql, compiled.parameters(row))
    return cursor
