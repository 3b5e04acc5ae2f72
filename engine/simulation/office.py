"""Officers take the most urgent open step of theirs, one after the other, in office hours alone."""

from collections.abc import Callable
from datetime import datetime

from engine.domain.calendar import WorkingCalendar
from engine.simulation.agenda import Agenda
from engine.simulation.cases import Case
from engine.simulation.deciding import Mind
from engine.simulation.profile import Profile
from engine.simulation.staff import Desk, Ticket
from engine.simulation.tally import Tally


class Office:
    """All desks of a run. ``finish`` does the step on the engine."""

    def __init__(
        self,
        profile: Profile,
        calendar: WorkingCalendar,
        agenda: Agenda,
        mind: Mind,
        tally: Tally,
        finish: Callable[[Ticket], None],
    ) -> None:
        self._profile, self._calendar, self._agenda = profile, calendar, agenda
        self._mind, self._tally, self._finish = mind, tally, finish
        self._desks: dict[tuple[str, str], Desk] = {}
        self._at_work: dict[int, Ticket] = {}

    def desks(self) -> list[Desk]:
        return list(self._desks.values())

    def look(self, case: Case) -> None:
        """Take over what is open in a dossier; what is not open any more leaves the queues."""
        tasks = {} if case.ended else case.record.tasks
        for gone in [one for one in case.tickets if one not in tasks]:
            ticket = case.tickets.pop(gone)
            if ticket is not None and ticket.waiting:
                self._tally.queued(ticket.desk, ticket.since, self._agenda.now)
                ticket.desk.drop(ticket)
        for task_id, work in tasks.items():
            ticket = case.tickets.get(task_id)
            if task_id not in case.tickets:
                self._open(case, task_id)
            elif ticket is not None and ticket.waiting and ticket.urgent != work.urgent_at:
                ticket.desk.reorder(ticket, work.urgent_at)

    def close(self) -> None:
        """The last day is over: whoever waits or works now has done so till then."""
        now = self._agenda.now
        for ticket in self._at_work.values():
            assert ticket.begun is not None  # noqa: S101  # it is at work
            self._tally.busied(ticket.desk, ticket.begun, now)
        for desk in self._desks.values():
            while (left := desk.next()) is not None:
                self._tally.queued(desk, left.since, now)

    # ---- inside

    def _open(self, case: Case, task_id: str) -> None:
        """A new step waits for an officer, or first for the citizen."""
        work = case.record.tasks[task_id]
        case.tickets[task_id] = None
        case.visits[work.node] += 1
        since = self._mind.ready(case, work, self._agenda.now)

        def ready() -> None:
            if task_id in case.tickets and not case.ended:
                self._stand(case, task_id)

        if since is None:
            ready()
        else:
            self._agenda.plan(since, ready)

    def _stand(self, case: Case, task_id: str) -> None:
        work, now = case.record.tasks[task_id], self._agenda.now
        desk = self._desk(work.role, work.agency)
        ticket = Ticket(
            case=case, task_id=task_id, name=work.name, desk=desk, since=now, urgent=work.urgent_at
        )
        case.tickets[task_id] = ticket
        desk.add(ticket, now, counted=now >= self._tally.since)
        self._serve(desk)

    def _desk(self, role: str, agency: str) -> Desk:
        found = self._desks.get((role, agency))
        if found is None:
            post = self._profile.post(role, agency)
            found = self._desks[role, agency] = Desk(role, agency, post, self._calendar)
        return found

    def _serve(self, desk: Desk) -> None:
        """Let everybody who is free begin something."""
        now = self._agenda.now
        if not desk.free or not desk.length:
            return
        opens = desk.opens_at(now)
        if opens > now:
            self._wake(desk, opens)
            return
        while desk.free and (ticket := desk.next()) is not None:
            desk.free -= 1
            self._begin(ticket, now)

    def _wake(self, desk: Desk, opens: datetime) -> None:
        if desk.wakes_at != opens:
            desk.wakes_at = opens
            self._agenda.plan(opens, lambda: self._serve(desk))

    def _begin(self, ticket: Ticket, now: datetime) -> None:
        desk, work = ticket.desk, ticket.case.record.tasks[ticket.task_id]
        ticket.begun = now
        self._tally.begun(desk, ticket.name, ticket.since, now)
        self._at_work[id(ticket)] = ticket
        done = desk.done_at(now, self._mind.minutes(ticket.case, work))
        self._agenda.plan(done, lambda: self._end(ticket))

    def _end(self, ticket: Ticket) -> None:
        desk, now = ticket.desk, self._agenda.now
        del self._at_work[id(ticket)]
        assert ticket.begun is not None  # noqa: S101  # it was at work
        self._tally.busied(desk, ticket.begun, now)
        self._tally.worked(desk, ticket.name, ticket.begun, now)
        desk.free += 1
        self._finish(ticket)
        self._serve(desk)
