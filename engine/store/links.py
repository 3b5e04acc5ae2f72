"""Links to PostgreSQL: nobody waits for one for ever, and none that has died is handed out.

The server is told how long it may take (statement, lock, idle transaction). That helps nothing when it is the
server that stands still, or the net in between: so the client counts for itself, too.
"""

from time import monotonic
from typing import Any

import psycopg
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DisconnectionError

from engine.errors import Unavailable

_CONNECT = 3  # seconds, also for the greeting of a server that accepts and then says nothing
_LOCK = 3  # seconds: a dossier is held for milliseconds
# Seconds in a transaction without a word. A machine that lost its power holds locks for so long, the day's
# number series among them; nobody computes for long inside of a transaction.
_IDLE = 5
_GONE = 10_000  # milliseconds that either side waits for the other's machine to take what was sent
_GRACE = 0.5  # seconds that the client waits longer than the server may take
_POOL = 2  # seconds to wait for a link of the pool
_RESTED = 1.0  # seconds of rest after which a link is asked whether it is alive before it is used
_PAUSE = 1.0  # seconds in which everybody is refused at once after somebody has waited in vain


class Link(psycopg.Connection[Any]):
    """A connection that gives up, and is closed, when an answer takes longer than ``patience`` seconds."""

    patience = 10.0

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except psycopg.errors._WaitTimeout:
            # What the server does with the question is not known: such a link is of no use any more.
            self.pgconn.finish()
            raise


def waited_in_vain(error: BaseException | None) -> bool:
    """Whether the driver gave up waiting for the server."""
    return isinstance(error, psycopg.errors._WaitTimeout | psycopg.errors.ConnectionTimeout)


class Watch:
    """What is known of a pool's server: when a link was last lost, and whether waiting is worth while."""

    def __init__(self) -> None:
        self._refused_until = 0.0
        self._suspected = 0.0

    def lost(self, error: BaseException | None) -> None:
        """A link was lost; all that rested at that moment may be lost, too."""
        self._suspected = monotonic()
        if waited_in_vain(error):
            self._refused_until = monotonic() + _PAUSE

    def require_answers(self) -> None:
        """Raises Unavailable while the server is known to be silent: a queue of waiters helps nobody."""
        if monotonic() < self._refused_until:
            raise Unavailable()

    def trusts(self, rests_since: float) -> bool:
        """Whether a link may be used without asking: that costs a round trip a command."""
        return rests_since > self._suspected and monotonic() - rests_since < _RESTED


def open_pool(url: str, pool_size: int, patience: float) -> Engine:
    """A pool of links; ``patience``: seconds that one statement may take."""
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_timeout=_POOL,
        connect_args={
            "connect_timeout": _CONNECT,
            "tcp_user_timeout": _GONE,
            "options": f"-c statement_timeout={int(patience * 1000)} -c lock_timeout={_LOCK * 1000} "
            f"-c idle_in_transaction_session_timeout={_IDLE * 1000} "
            f"-c tcp_user_timeout={_GONE} -c timezone=UTC",
        },
    )
    _watch(engine, Watch(), patience + _GRACE)
    return engine


def _watch(engine: Engine, watch: Watch, patience: float) -> None:
    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: Any, _record: Any, arguments: Any, options: Any) -> Link:
        watch.require_answers()
        try:
            link = Link.connect(*arguments, **options)
        except psycopg.OperationalError as error:
            watch.lost(error)
            raise
        link.patience = patience
        return link

    @event.listens_for(engine, "checkin")
    def _rest(_connection: Any, record: Any) -> None:
        record.info["rests_since"] = monotonic()

    @event.listens_for(engine, "checkout")
    def _ask(connection: Any, record: Any, _proxy: Any) -> None:
        watch.require_answers()
        if watch.trusts(record.info.get("rests_since", monotonic())):
            return
        try:
            engine.dialect.do_ping(connection)
        except psycopg.Error as error:
            watch.lost(error)
            raise DisconnectionError("the link is gone") from error  # the pool makes a new one

    @event.listens_for(engine, "invalidate")
    def _lost(_connection: Any, _record: Any, error: BaseException | None) -> None:
        watch.lost(error)
