"""Officers at work: each post has its queue, the most urgent step first, and works in office hours alone."""

import heapq
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from engine.clock import vietnam
from engine.domain.calendar import WorkingCalendar
from engine.simulation.cases import Case
from engine.simulation.profile import Post


@dataclass(slots=True, eq=False, kw_only=True)
class Ticket:
    """A step of a dossier on its way to an officer."""

    case: Case
    task_id: str
    name: str  # of the step
    desk: "Desk"
    since: datetime  # from when on it could be done
    urgent: datetime  # place in the queue
    waiting: bool = True
    begun: datetime | None = None  # an officer is at it since then


@dataclass(slots=True, eq=False)
class Desk:
    """The officers of one post with what waits for them."""

    role: str
    agency: str
    post: Post
    calendar: WorkingCalendar
    free: int = 0
    length: int = 0  # of the queue now
    longest: int = 0
    longest_at: datetime | None = None
    wakes_at: datetime | None = None  # planned to look again when the office opens
    _queue: list[tuple[datetime, int, Ticket]] = field(default_factory=list)
    _turn: int = 0  # first come, first served among the equally urgent

    def __post_init__(self) -> None:
        self.free = self.post.count

    def add(self, ticket: Ticket, now: datetime, *, counted: bool) -> None:
        """Another step waits."""
        self._push(ticket)
        self.length += 1
        if counted and self.length > self.longest:
            self.longest, self.longest_at = self.length, vietnam(now)

    def reorder(self, ticket: Ticket, urgent: datetime) -> None:
        """Its due date has moved, and with it its place."""
        ticket.urgent = urgent
        self._push(ticket)

    def drop(self, ticket: Ticket) -> None:
        """Nobody needs to do it any more."""
        if ticket.waiting:
            ticket.waiting = False
            self.length -= 1

    def next(self) -> Ticket | None:
        """Take the most urgent step off the queue."""
        while self._queue:
            urgent, _, ticket = heapq.heappop(self._queue)
            if ticket.waiting and ticket.urgent == urgent:
                self.drop(ticket)
                return ticket
        return None

    def opens_at(self, now: datetime) -> datetime:
        """Now within office hours, else when the office opens."""
        return self.calendar.next_opening(now, self.agency)

    def done_at(self, now: datetime, minutes: float) -> datetime:
        """When an officer who begins now has put so much work into it."""
        return self.calendar.add_working_time(now, timedelta(minutes=minutes / self.post.part), self.agency)

    def minutes(self, start: datetime, end: datetime) -> float:
        """Office time between two moments."""
        return self.calendar.working_time_between(start, end, self.agency) / timedelta(minutes=1)

    def _push(self, ticket: Ticket) -> None:
        self._turn += 1
        heapq.heappush(self._queue, (ticket.urgent, self._turn, ticket))
