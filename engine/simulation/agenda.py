"""What is planned on the virtual clock, in the order of time."""

import heapq
from collections.abc import Callable
from datetime import datetime

from engine.clock import FixedClock, vietnam

Deed = Callable[[], object]


class Agenda:
    """Deeds up to the end of a run; what lies after it stays undone."""

    def __init__(self, clock: FixedClock, until: datetime) -> None:
        self._clock, self._until = clock, until
        self._waiting: list[tuple[datetime, int, Deed]] = []
        self._turn = 0  # first planned, first done, when two fall on the same moment

    @property
    def now(self) -> datetime:
        return vietnam(self._clock.at)

    def plan(self, at: datetime, deed: Deed) -> None:
        """Have something done at a moment, at once if that is over."""
        at = max(vietnam(at), self.now)
        if at <= self._until:
            self._turn += 1
            heapq.heappush(self._waiting, (at, self._turn, deed))

    def run(self, end: datetime) -> None:
        """Do everything up to a moment."""
        while self._waiting and self._waiting[0][0] <= end:
            at, _, deed = heapq.heappop(self._waiting)
            self._clock.move_to(at)
            deed()
        self._clock.move_to(end)
