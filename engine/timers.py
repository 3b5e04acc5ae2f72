"""Firing what is due: all that the heartbeat calls for timers."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from engine.advance import NotWaiting, Services, carry_out
from engine.advance.work import load
from engine.clock import Clock
from engine.domain.command import SYSTEM, Command, Kind
from engine.errors import Unavailable
from engine.incidents import record_failure
from engine.retry import ATTEMPTS, next_try
from engine.store import dossiers, work
from engine.store.database import Database, Row

BATCH = 500  # dossiers looked at in one beat
_AT_ONCE = 50  # dossiers whose timers are read together, right before they fire


@dataclass(frozen=True, slots=True)
class Fired:
    """How a beat went."""

    fired: int = 0
    failed: int = 0


class Timers:
    """Looks for due timers without locks, then gives each dossier its own transaction, dossier first."""

    def __init__(self, database: Database, services: Services, clock: Clock) -> None:
        self._database = database
        self._services = services
        self._clock = clock

    def fire_due(self, limit: int = BATCH, go_on: Callable[[], bool] = lambda: True) -> Fired:
        """Fire every timer whose moment has come. Several workers may do this at once: a timer fires once.

        ``go_on`` is asked before each dossier; what is left then is found again by the next beat.
        """
        now = self._clock.now()
        with self._database.glance() as connection:
            waiting = work.due_dossiers(connection, now, limit)
        if self._database.dialect == "postgresql":
            random.shuffle(waiting)  # workers that look at the same moment do not meet at every dossier
        fired = failed = 0
        for start in range(0, len(waiting), _AT_ONCE):
            with self._database.glance() as connection:
                rows = work.due_timers(connection, waiting[start : start + _AT_ONCE], now)
            for row in rows:
                if not go_on():
                    return Fired(fired, failed)
                done, broken = self._tried(row)
                fired, failed = fired + done, failed + broken
        return Fired(fired, failed)

    def _tried(self, row: Row[Any]) -> tuple[int, int]:
        """Fired, and failed, of one timer."""
        try:
            return self._fire(row), 0
        except Unavailable:
            return 0, 0  # another worker holds the dossier; the next beat looks again
        except Exception as error:  # noqa: BLE001  # one timer that cannot fire must not stop the others
            self._postpone(row, error)
            return 0, 1

    def _fire(self, row: Row[Any]) -> int:
        command = Command(kind=Kind.FIRE, by=SYSTEM, at=self._clock.now(), task_id=row.task_id, name=row.name)
        with self._database.transaction() as tx:
            dossier = dossiers.lock_free(tx, row.dossier_id)
            if dossier is None:
                return 0  # another worker or an officer is at it: the next beat looks again
            try:
                carry_out(load(tx, self._services, dossier, command))
            except NotWaiting:
                return 0  # fired or cancelled since we looked
        return 1

    def _postpone(self, row: Row[Any], error: Exception) -> None:
        """A timer that cannot fire must not starve the rest; a legal deadline is never given up."""
        now = self._clock.now()
        attempt = row.attempt + 1
        pause = next_try(now, attempt, f"{row.dossier_id}:{row.name}")
        with self._database.transaction() as tx:
            work.retry_timer(tx, row, max(pause, now + timedelta(seconds=1)))
        if attempt in (1, ATTEMPTS):
            record_failure(
                self._database,
                dossier_id=row.dossier_id,
                kind="timer",
                error=error,
                at=now,
                task_id=row.task_id,
            )
