"""The time of the database server: the one clock of all machines that work on one database."""

from datetime import datetime, timedelta
from threading import Lock
from time import monotonic

from sqlalchemy import func, select

from engine.clock import Clock
from engine.errors import Unavailable
from engine.store.database import Database

_HOLDS = 30.0  # seconds that an answer is good for; in between our own monotonic clock goes on
_NOW = select(func.clock_timestamp())


class ServerClock:
    """Asks the server twice a minute, so that a machine whose clock is wrong records no wrong moment."""

    def __init__(self, database: Database, own: Clock) -> None:
        """``own``: the machine's clock, which counts until the server has answered once."""
        self._database = database
        self._lock = Lock()
        self._at, self._since, self._ask_at = own.now(), monotonic(), 0.0

    def now(self) -> datetime:
        """The present moment in UTC. While the server does not answer, its last answer is carried on."""
        if monotonic() >= self._ask_at:
            self._ask()
        with self._lock:
            return self._at + timedelta(seconds=monotonic() - self._since)

    def _ask(self) -> None:
        self._ask_at = monotonic() + _HOLDS  # at once, so that only one of many threads asks
        try:
            at, since = server_time(self._database)
        except Unavailable:
            return
        with self._lock:
            self._at, self._since = at, since


def server_time(database: Database) -> tuple[datetime, float]:
    """The server's time and the moment of our monotonic clock that it belongs to. Raises Unavailable."""
    with database.glance() as connection:
        asked = monotonic()
        at: datetime = connection.execute(_NOW).scalar_one()
        return at, (asked + monotonic()) / 2
