"""The connection, and the only place that commits."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, Row, create_engine, event, func, select
from sqlalchemy.exc import DBAPIError, DisconnectionError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import StaticPool

from engine.errors import Unavailable
from engine.store.together import Unit, present_unit, together

__all__ = ["Connection", "Database", "Row"]

# Seconds/milliseconds without which a dead link would hang a request for ever.
_POSTGRESQL = {
    "connect_timeout": 3,
    "tcp_user_timeout": 10_000,
    "options": "-c statement_timeout=10000 -c lock_timeout=3000 "
    "-c idle_in_transaction_session_timeout=30000 -c timezone=UTC",
}


class Database:
    """One database, SQLite (a file, or memory for tests) or PostgreSQL.

    >>> database = Database("sqlite://")
    """

    def __init__(self, url: str, *, pool_size: int = 10, durable: bool = True) -> None:
        """``durable=False``: a power cut may ruin an SQLite file; only for files that are made anew then."""
        self.url = url
        self.pool = _create(url, pool_size, durable)
        self.dialect = self.pool.dialect.name
        # What is read by several statements belongs together: a row and its history of the same moment.
        self._reading: dict[str, Any] = {"motcua_reading": True}
        if self.dialect == "postgresql":
            self._reading["isolation_level"] = "REPEATABLE READ"

    @contextmanager
    def transaction(self, *, apart: bool = False) -> Iterator[Connection]:
        """One unit of work: committed whole when the block ends, rolled back whole when it raises.

        Inside ``together`` it is a part of that larger unit, unless it is wanted ``apart``.
        Raises Unavailable when the database does not answer or another writer holds the lock too long.
        """
        unit = None if apart else present_unit(self.pool)
        try:
            if unit is not None:
                with unit.joined() as connection:
                    yield connection
            else:
                with self.pool.connect() as connection, connection.begin():
                    yield connection
        except (DBAPIError, PoolTimeout) as error:
            raise _translated(error) from error

    @contextmanager
    def together(self) -> Iterator[Unit]:
        """All transactions of this thread inside the block are one."""
        try:
            with together(self.pool) as unit:
                yield unit
        except (DBAPIError, PoolTimeout) as error:
            raise _translated(error) from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for reading, as of one moment; whatever is written through it is rolled back.

        Raises Unavailable when the database does not answer.
        """
        unit = present_unit(self.pool)
        if unit is not None and unit.begun is not None:
            yield unit.begun  # what this request has written already is what it reads
            return
        try:
            with self.pool.connect().execution_options(**self._reading) as connection:
                yield connection
        except (DBAPIError, PoolTimeout) as error:
            raise _translated(error) from error

    @contextmanager
    def glance(self) -> Iterator[Connection]:
        """A connection for statements that need not see the same moment; two round trips less than reading.

        Raises Unavailable when the database does not answer.
        """
        unit = present_unit(self.pool)
        if self.dialect != "postgresql" or (unit is not None and unit.begun is not None):
            with self.reading() as connection:
                yield connection
            return
        try:
            with self.pool.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                yield connection
        except (DBAPIError, PoolTimeout) as error:
            raise _translated(error) from error

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No other process is in such a block of this database meanwhile: for setting it up.

        Others wait as long as it takes. An SQLite file has one process, so that there is nobody to wait for.
        Raises Unavailable when the database does not answer.
        """
        if self.dialect != "postgresql":
            yield
            return
        with self.glance() as connection:
            # Asked again and again: a lock that is waited for would run into the time-outs of the link.
            while not connection.execute(_TRY_ALONE).scalar_one():
                sleep(_ASK_AGAIN)
            try:
                yield
            finally:
                connection.execute(_LET_IN)

    def dispose(self) -> None:
        self.pool.dispose()


_ALONE = 7_046_825  # one number among the advisory locks of a database
_TRY_ALONE, _LET_IN = select(func.pg_try_advisory_lock(_ALONE)), select(func.pg_advisory_unlock(_ALONE))
_ASK_AGAIN = 0.1  # seconds

# SQLSTATE of PostgreSQL: serialisation, deadlock, time-outs, shutdown; class 08 is the link itself.
_BUSY = frozenset({"40001", "40P01", "55P03", "57014", "57P01", "57P02", "57P03", "53300"})


def _translated(error: DBAPIError | PoolTimeout) -> Exception:
    if isinstance(error, PoolTimeout):
        return Unavailable()
    state = getattr(error.orig, "sqlstate", None) or ""
    if state in _BUSY or state.startswith("08") or error.connection_invalidated:
        return Unavailable()
    if isinstance(error, OperationalError) and (not state or "locked" in str(error.orig)):
        return Unavailable()
    return error


def _create(url: str, pool_size: int, durable: bool) -> Engine:
    if url.startswith("sqlite"):
        return _create_sqlite(url, durable)
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_timeout=5,
        connect_args=dict(_POSTGRESQL),
    )
    _ask_the_rested(engine)
    return engine


_RESTED = 1.0  # seconds of rest after which a link is asked whether it is alive before it is used


def _ask_the_rested(engine: Engine) -> None:
    """A link that was in use a moment ago is taken as it is: asking it costs a round trip a command."""

    @event.listens_for(engine, "checkin")
    def _rest(_connection: Any, record: Any) -> None:
        record.info["rests_since"] = monotonic()

    @event.listens_for(engine, "checkout")
    def _ask(connection: Any, record: Any, _proxy: Any) -> None:
        if monotonic() - record.info.get("rests_since", monotonic()) < _RESTED:
            return
        try:
            engine.dialect.do_ping(connection)
        except psycopg.Error as error:
            raise DisconnectionError("the link is gone") from error  # the pool makes a new one


def _create_sqlite(url: str, durable: bool) -> Engine:
    in_memory = url in ("sqlite://", "sqlite:///:memory:")
    options: dict[str, Any] = {"connect_args": {"check_same_thread": False, "timeout": 30}}
    if in_memory:
        options["poolclass"] = StaticPool
    engine = create_engine(url, **options)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        # The driver's own, late BEGIN is switched off: see _begin.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA busy_timeout=30000")
        if not in_memory:
            cursor.execute("PRAGMA journal_mode=WAL")
            # NORMAL loses acknowledged commits at a power cut.
            cursor.execute(f"PRAGMA synchronous={'FULL' if durable else 'OFF'}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A reader that turns writer later would meet SQLITE_BUSY half-way: writers take the lock at once.
        reading = connection.get_execution_options().get("motcua_reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine
