"""The connection, and the only place that commits."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import sleep
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Row, Transaction, create_engine, event, func, select
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import StaticPool

from engine import failpoints
from engine.errors import OutcomeUnknown, TryAgain, Unavailable
from engine.retry import again
from engine.store.links import open_pool, waited_in_vain
from engine.store.together import Unit, present_unit, together

__all__ = ["Connection", "Database", "Row"]

T = TypeVar("T")


class Database:
    """One database, SQLite (a file, or memory for tests) or PostgreSQL.

    >>> database = Database("sqlite://")
    """

    def __init__(
        self,
        url: str,
        *,
        pool_size: int = 10,
        durable: bool = True,
        patience: float = 10.0,
        spread: bool = False,
    ) -> None:
        """``patience``: seconds that PostgreSQL may take for one statement; ``spread``: by Citus.

        ``durable=False``: a power cut may ruin an SQLite file; only for files that are made anew then.
        """
        self.url = url
        self.pool = _create(url, pool_size, durable, patience)
        self.pool.update_execution_options(motcua_spread=spread)
        self.dialect = self.pool.dialect.name
        # What is read by several statements belongs together: a row and its history of the same moment.
        self._reading: dict[str, Any] = {"motcua_reading": True}
        if self.dialect == "postgresql":
            self._reading["isolation_level"] = "REPEATABLE READ"

    @contextmanager
    def transaction(self, *, apart: bool = False) -> Iterator[Connection]:
        """One unit of work: committed whole when the block ends, rolled back whole when it raises.

        Inside ``together`` it is a part of that larger unit, unless it is wanted ``apart``.
        Raises Unavailable when the database does not answer or another writer holds the lock too long:
        TryAgain where repeating the whole is right, OutcomeUnknown where the commit may have happened.
        """
        unit = None if apart else present_unit(self.pool)
        try:
            if unit is not None:
                with unit.joined() as connection:
                    yield connection
            else:
                with self.pool.connect() as connection, connection.begin() as begun:
                    yield connection
                    _commit(begun)
        except (DBAPIError, PoolTimeout) as error:
            raise _translated(error) from error

    def again(self, deed: Callable[[], T]) -> T:
        """Do something that is one transaction; when the database only asks to try again, up to three times.

        A part of ``together`` is done once: only the whole could be repeated.
        """
        return deed() if present_unit(self.pool) is not None else again(deed)

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

# SQLSTATE of PostgreSQL. Serialisation, deadlock, a lock that was not given, an administrator who ended the
# link: the transaction is undone and may be repeated. Time-outs, crash, starting up, resources: later.
_AGAIN = frozenset({"40001", "40P01", "55P03", "57P01"})
_LATER = frozenset({"57014", "57P02", "57P03", "58030"})


def _translated(error: DBAPIError | PoolTimeout) -> Exception:
    if isinstance(error, PoolTimeout):
        return Unavailable()
    state = getattr(error.orig, "sqlstate", None) or ""
    if state in _LATER or state.startswith("53") or waited_in_vain(error.orig):
        return Unavailable()
    if state in _AGAIN or state.startswith("08") or error.connection_invalidated:
        return TryAgain()
    if isinstance(error, OperationalError) and (not state or "locked" in str(error.orig)):
        return Unavailable()
    return error


def _commit(begun: Transaction) -> None:
    failpoints.reached(failpoints.BEFORE_COMMIT)
    try:
        begun.commit()
    except BaseException as error:
        # SQLAlchemy takes a commit that fails for the end of the transaction; only when it was told to roll
        # back does the pool clean a link that still stands in the middle of one.
        begun.rollback()
        if isinstance(error, DBAPIError) and error.connection_invalidated:
            raise OutcomeUnknown() from error
        raise
    failpoints.reached(failpoints.AFTER_COMMIT)


def _create(url: str, pool_size: int, durable: bool, patience: float) -> Engine:
    if url.startswith("sqlite"):
        return _create_sqlite(url, durable)
    return open_pool(url, pool_size, patience)


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
