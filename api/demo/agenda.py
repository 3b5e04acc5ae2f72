"""What is planned in the demo centre, by the clock."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from engine.clock import FixedClock

Deed = Callable[[], None]


@dataclass(order=True, slots=True)
class Planned:
    """Something to be done at a moment."""

    at: datetime
    turn: int  # first planned, first done, when two fall on the same moment
    deed: Deed = field(compare=False)


class Agenda:
    """Deeds in the order of time."""

    def __init__(self, clock: FixedClock, until: datetime) -> None:
        self.clock = clock
        self.until = until
        self._waiting: list[Planned] = []
        self._turns = 0

    def plan(self, at: datetime, deed: Deed) -> None:
        """Have something done at a moment; what lies after today stays undone."""
        if at < self.until:
            self._turns += 1
            heapq.heappush(self._waiting, Planned(max(at, self.clock.at), self._turns, deed))

    def next(self) -> Planned | None:
        """Take what comes next; None when nothing is planned any more."""
        return heapq.heappop(self._waiting) if self._waiting else None
