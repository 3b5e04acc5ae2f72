"""The heartbeat: APScheduler only ticks; what is due stands in our own tables.

It keeps no job of ours: a dead process loses nothing, several at once are safe. Each part beats in a thread
of its own, so that a partner system that is silent does not hold up a deadline. A watchdog on the monotonic
clock notices a part that has stopped, starts a new scheduler and turns liveness red meanwhile; when that does
not help, it ends the process, for whoever watches over processes to start another one.
"""

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers import SchedulerNotRunningError
from apscheduler.schedulers.background import BackgroundScheduler

from engine import failpoints
from engine.clock import Clock, SystemClock, vietnam
from engine.engine import Engine
from engine.errors import MotcuaError

log = structlog.get_logger("motcua.heartbeat")

# Seconds without a beat until liveness turns red. One call of another system may take 25.
STALLED, DELIVERIES_STALLED = 15.0, 45.0
_HOUR = 3600.0  # seconds between two rounds of housekeeping
_ROUND = 5.0  # seconds that a part goes on with one row after the other in one beat
_NIGHT, _SAMPLE = 2, 200  # hour of Viet Nam's clock; dossiers that are run again in it
_FRESH_STARTS = 3  # new schedulers without a beat in between; then only a new process helps
_PATIENCE = 20.0  # seconds that a stop waits for what is being done
_JUMP = 2.0  # seconds by which the machine's clock may differ from the monotonic one between two looks
_GIVEN_UP = 70  # exit code of a process whose heartbeat cannot be revived


@dataclass(slots=True)
class Part:
    """One thing that is done at each beat, and when it was last done."""

    name: str
    work: Callable[[], object]
    every: float  # seconds
    allowed: float  # seconds without a beat
    beaten: float = field(default_factory=time.monotonic)

    def beat(self) -> None:
        """Do it. What goes wrong is logged and stops neither the other parts nor the next beat."""
        failpoints.reached(failpoints.IN_BEAT)
        try:
            self.work()
        except MotcuaError as error:
            log.warning("beat.refused", part=self.name, error=error.code)
        except Exception:  # the edge of this thread: it must outlive every fault
            log.exception("beat.failed", part=self.name)
        self.go_on()

    def go_on(self) -> bool:
        """It is not stalled: for work that takes many steps. True, so that it can be asked in a loop."""
        self.beaten = time.monotonic()
        return True

    @property
    def stalled(self) -> bool:
        return time.monotonic() - self.beaten > self.allowed


class Heartbeat:
    """Ticks timers, jobs, outbox and housekeeping of one engine."""

    def __init__(
        self,
        engine: Engine,
        *,
        interval: float = 1.0,
        patience: float = 1.0,
        wall: Clock | None = None,
        give_up: Callable[[], None] | None = None,
    ) -> None:
        """``interval`` in seconds; ``patience`` times the usual time until a part counts as stalled.

        ``wall`` is the machine's clock, by which APScheduler counts. ``give_up`` is called when no fresh
        start has helped; if not given, the process ends.
        """
        self._engine = engine
        self._wall, self._give_up = wall or SystemClock(), give_up or _end_process
        self._stop = threading.Event()
        self._scheduler: BackgroundScheduler | None = None
        self._fresh_starts, self._started_at = 0, 0.0
        self._watchdog = threading.Thread(target=self._watch, name="watchdog", daemon=True)
        late, very_late = STALLED * patience, DELIVERIES_STALLED * patience
        self._pause = min(interval, late / 4)
        self.parts = (
            Part("timers", self._fire, interval, late),
            Part("jobs", lambda: self._work_off(engine.deliveries.run_jobs), interval, very_late),
            Part("outbox", lambda: self._work_off(engine.deliveries.deliver_outbox), interval, very_late),
            Part("migrations", lambda: self._work_off(engine.batches.work_off), interval, very_late),
            Part("housekeeping", self._tidy, _HOUR, _HOUR + very_late),
        )

    def start(self) -> None:
        """Begin to beat, in threads of this process."""
        for part in self.parts:
            part.beaten = time.monotonic()
        self._start_scheduler()
        self._watchdog.start()

    def stop(self) -> None:
        """Stop after what is being done, at most 20 seconds; leases of unfinished work simply run out."""
        self._stop.set()
        if self._scheduler is None:
            return
        # The scheduler's own waiting has no end: a partner that never answers must not hold up a stop.
        ending = threading.Thread(target=_shut_down, args=(self._scheduler, True), daemon=True)
        ending.start()
        ending.join(_PATIENCE)

    @property
    def alive(self) -> bool:
        return not any(part.stalled for part in self.parts)

    def beat(self) -> None:
        """One beat of every part, in this thread."""
        for part in self.parts:
            part.beat()

    def _fire(self) -> None:
        timers = self.parts[0]
        self._engine.timers.fire_due(go_on=lambda: timers.go_on() and not self._stop.is_set())

    def _work_off(self, one: Callable[[int], int]) -> None:
        """Row by row, so that no lease runs out while a row waits behind a slow one."""
        until = time.monotonic() + _ROUND
        while one(1) and time.monotonic() < until and not self._stop.is_set():
            pass

    def _tidy(self) -> None:
        forgotten = self._engine.replies.forget_old() + self._engine.officers.forget_old()
        log.info("housekeeping.done", forgotten=forgotten)
        if vietnam(self._engine.clock.now()).hour == _NIGHT:
            self._check_a_sample()

    def _check_a_sample(self) -> None:
        """Dossiers run again by the program of today; what differs is an incident, told once."""
        checked = self._engine.replays.self_check(_SAMPLE)
        tell = log.error if checked.deviating else log.info
        tell("self_check.done", looked_at=checked.looked_at, deviating=list(checked.deviating))

    def _start_scheduler(self) -> None:
        executors = {"default": ThreadPoolExecutor(len(self.parts))}
        scheduler = BackgroundScheduler(executors=executors, timezone="UTC")
        for part in self.parts:
            scheduler.add_job(
                part.beat,
                "interval",
                seconds=part.every,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )
        scheduler.start()
        self._scheduler, self._started_at = scheduler, time.monotonic()

    def _watch(self) -> None:
        gap = self._gap()
        while not self._stop.wait(self._pause):
            jump, gap = self._gap() - gap, self._gap()
            if abs(jump) > _JUMP:
                # Set back by an hour, APScheduler would stand still for that hour.
                log.error("clock.jumped", seconds=round(jump, 1))
                self._start_afresh()
            self._look()

    def _gap(self) -> float:
        """Seconds between the machine's clock and the monotonic one: the same at every look, or it jumped."""
        return self._wall.now().timestamp() - time.monotonic()

    def _look(self) -> None:
        """See to parts that have stopped. Each new scheduler gets its time to beat.

        A thread that hangs cannot be ended: they must not become many.
        """
        stalled = [part for part in self.parts if part.stalled]
        if not stalled:
            self._fresh_starts = 0
            return
        if time.monotonic() - self._started_at < min(part.allowed for part in stalled):
            return
        names = [part.name for part in stalled]
        if self._fresh_starts >= _FRESH_STARTS:
            log.critical("beat.given_up", parts=names)
            self._stop.set()
            self._give_up()
            return
        self._fresh_starts += 1
        log.error("beat.stalled", parts=names, start=self._fresh_starts)
        self._start_afresh()

    def _start_afresh(self) -> None:
        if self._scheduler is not None:
            _shut_down(self._scheduler, False)
        self._start_scheduler()


def _end_process() -> None:
    """At once, for threads that hang would hold up an orderly end; what was committed stands."""
    os._exit(_GIVEN_UP)


def _shut_down(scheduler: BackgroundScheduler, wait: bool) -> None:
    try:
        scheduler.shutdown(wait=wait)
    except SchedulerNotRunningError:
        log.warning("scheduler.was_dead")
