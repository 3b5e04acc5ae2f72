"""Several transactions that become one: what a request does and its reply stand or fall together."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from engine import failpoints
from engine.errors import OutcomeUnknown
from engine.store.direct import in_one_go

Write = Callable[[Connection], None]


class Unit:
    """One transaction shared by all that open one; begun by the first, committed by its maker."""

    def __init__(self, pool: Engine) -> None:
        self.pool = pool
        self.over = False
        self.last: Write | None = None  # sent together with the commit, by ``send``
        self._connection: Connection | None = None

    @property
    def begun(self) -> Connection | None:
        """The connection, once somebody has begun to write."""
        return self._connection

    @contextmanager
    def joined(self) -> Iterator[Connection]:
        """A part of the unit. Whatever raises in here rolls back the whole, and the unit is over."""
        try:
            yield self._begin()
        except BaseException:
            self.roll_back()
            raise

    def _begin(self) -> Connection:
        if self._connection is None:
            self._connection = self.pool.connect()
            self._connection.begin()
        return self._connection

    def commit(self) -> None:
        if self.last is None and (self.over or self._connection is None):
            return
        if self.over:
            # A part failed, was rolled back and dealt with; what comes last still has to be written.
            self._connection, self.over = None, False
        connection = self._begin()
        failpoints.reached(failpoints.BEFORE_COMMIT)
        try:
            with in_one_go(connection):
                if self.last is not None:
                    self.last(connection)
                connection.commit()
        except DBAPIError as error:
            # SQLAlchemy takes a commit that fails for the end of the transaction; when a write that
            # travelled with it was refused, the link still stands in the middle of one.
            if error.connection_invalidated:
                raise OutcomeUnknown() from error
            connection.connection.rollback()
            raise
        finally:
            self._close()
        failpoints.reached(failpoints.AFTER_COMMIT)

    def roll_back(self) -> None:
        if self._connection is not None and not self.over:
            try:
                self._connection.rollback()
            finally:
                self._close()
        self.over = True

    def _close(self) -> None:
        self.over = True
        if self._connection is not None:
            self._connection.close()


_UNIT: ContextVar[Unit | None] = ContextVar("motcua_unit", default=None)


def present_unit(pool: Engine) -> Unit | None:
    """The unit that this thread's next transaction on ``pool`` is part of, or None."""
    unit = _UNIT.get()
    return unit if unit is not None and unit.pool is pool and not unit.over else None


@contextmanager
def together(pool: Engine) -> Iterator[Unit]:
    """Make one unit of all transactions that this thread opens inside.

    After one of them has failed and everything was rolled back, later ones commit on their own: what is kept
    about a failure stays.
    """
    unit = Unit(pool)
    token = _UNIT.set(unit)
    try:
        yield unit
        unit.commit()
    finally:
        unit.roll_back()
        _UNIT.reset(token)
