"""Six weeks of a centre at work: what is next on the clock happens next, whoever does it.

People act through the use cases that the pages call; between them the heartbeat of the centre fires timers,
runs jobs and delivers notices, as the clock passes them.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from api.demo.agenda import Agenda
from api.demo.cases import Case
from engine.clock import vietnam
from engine.engine import Engine

Progress = Callable[[int, datetime], None]  # dossiers begun, and the moment on the demo's clock

_TICK, _NIGHT_TICK = timedelta(minutes=30), timedelta(hours=3)
_DAYTIME = range(7, 18)  # hours


class Simulation:
    """Runs cases against the engine."""

    def __init__(self, engine: Engine, agenda: Agenda, cases: Sequence[Case]) -> None:
        self._engine = engine
        self._agenda = agenda
        self._cases = cases
        self._clock = agenda.clock
        self._next_tick = agenda.until

    def run(self, progress: Progress) -> None:
        """Do everything up to today, in the order of time."""
        for case in self._cases:
            case.expect()
        self._next_tick = min(case.story.arrives for case in self._cases)
        while (planned := self._agenda.next()) is not None:
            self._beat_until(planned.at)
            self._clock.move_to(planned.at)
            planned.deed()
            progress(sum(case.begun for case in self._cases), planned.at)
        self._beat_until(self._agenda.until)
        self._clock.move_to(self._agenda.until)
        self._beat()

    def _beat_until(self, at: datetime) -> None:
        while self._next_tick <= at:
            self._clock.move_to(max(self._next_tick, self._clock.at))
            self._beat()
            self._next_tick += _TICK if vietnam(self._next_tick).hour in _DAYTIME else _NIGHT_TICK

    def _beat(self) -> None:
        self._engine.timers.fire_due()
        if self._engine.deliveries.run_jobs(limit=200):
            for case in self._cases:
                if case.idle:
                    case.look()
        while self._engine.deliveries.deliver_outbox(limit=200):
            pass
