"""Several transactions that become one: what a request does and its reply stand or fall together."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import Connection, Engine


class Unit:
    """One transaction shared by all that open one; begun by the first, committed by its maker."""

    def __init__(self, pool: Engine) -> None:
        self.pool = pool
        self.over = False
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
        if self._connection is not None and not self.over:
            try:
                self._connection.commit()
            finally:
                self._close()

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
def together(pool: Engine) -> Iterator[None]:
    """Make one unit of all transactions that this thread opens inside.

    After one of them has failed and everything was rolled back, later ones commit on their own: what is kept
    about a failure stays.
    """
    unit = Unit(pool)
    token = _UNIT.set(unit)
    try:
        yield
        unit.commit()
    finally:
        unit.roll_back()
        _UNIT.reset(token)
