"""The heartbeat: APScheduler only ticks; what is due stands in our own tables.

It keeps no job of ours: a dead process loses nothing, several at once are safe. A watchdog on the
monotonic clock notices a beat that has stopped, restarts the scheduler and turns liveness red meanwhile.
"""

import os
import threading
import time
from collections.abc import Callable

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from engine.engine import Engine
from engine.errors import MotcuaError

log = structlog.get_logger("motcua.heartbeat")

STALLED = 15.0  # seconds without a beat until liveness turns red


class Heartbeat:
    """Ticks timers, jobs and outbox of one engine."""

    def __init__(self, engine: Engine, *, interval: float = 1.0) -> None:
        self._engine = engine
        self._interval = interval
        self._last_beat = time.monotonic()
        self._stop = threading.Event()
        self._scheduler: BackgroundScheduler | None = None
        self._watchdog = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def start(self) -> None:
        """Begin to beat, in threads of this process."""
        self._start_scheduler()
        self._watchdog.start()

    def stop(self) -> None:
        """Stop after the present beat; leases of unfinished work simply run out."""
        self._stop.set()
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=True)

    def age(self) -> float:
        """Seconds since the last beat, by the monotonic clock."""
        return time.monotonic() - self._last_beat

    @property
    def alive(self) -> bool:
        return self.age() < STALLED

    def beat(self) -> None:
        """One beat. What goes wrong in one part is logged and stops neither the others nor the next beat."""
        for name, part in self._parts():
            try:
                part()
            except MotcuaError as error:
                log.warning("beat.refused", part=name, error=error.code)
            except Exception:  # the edge of this thread: it must outlive every fault
                log.exception("beat.failed", part=name)
        self._last_beat = time.monotonic()

    def _parts(self) -> tuple[tuple[str, Callable[[], object]], ...]:
        return (
            ("timers", self._engine.timers.fire_due),
            ("jobs", self._engine.deliveries.run_jobs),
            ("outbox", self._engine.deliveries.deliver_outbox),
        )

    def _start_scheduler(self) -> None:
        scheduler = BackgroundScheduler(executors={"default": ThreadPoolExecutor(1)}, timezone="UTC")
        scheduler.add_job(
            self.beat,
            "interval",
            seconds=self._interval,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        scheduler.start()
        self._scheduler = scheduler

    def _watch(self) -> None:
        while not self._stop.wait(self._interval * 2):
            if self.age() > STALLED and not self._stop.is_set():
                log.error("beat.stalled", age=round(self.age(), 1), pid=os.getpid())
                old, self._scheduler = self._scheduler, None
                if old is not None:
                    old.shutdown(wait=False)
                self._start_scheduler()
