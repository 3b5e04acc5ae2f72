"""One run: what is next on the virtual clock happens next, on the real engine, until the last day is over."""

from collections.abc import Callable, Iterator
from datetime import datetime
from uuid import UUID

from engine.advance import NotWaiting, TaskClosed
from engine.domain.record import Pending
from engine.errors import Invalid, MotcuaError
from engine.handler import RetryLater
from engine.messages import Messages
from engine.scenario.centre import Centre
from engine.simulation.agenda import Agenda
from engine.simulation.arrivals import Arrival, arrivals, working_days
from engine.simulation.cases import Acts, Case
from engine.simulation.deciding import Mind
from engine.simulation.office import Office
from engine.simulation.profile import Profile
from engine.simulation.staff import Ticket
from engine.simulation.tally import Run, Tally
from engine.store.forgotten import forget, make_forgetful

_FORGOTTEN_AT_ONCE = 200


def simulate(
    centre: Centre, profile: Profile, number: int, told: Callable[[int], None] = lambda _: None
) -> Run:
    """A run in a fresh centre; ``told`` hears of every working day that is over, by its number.

    Raises UnknownStep, NotFound for what the profile names and is not there.
    """
    return Simulation(centre, profile, number).whole(told)


class Simulation:
    """A run while it goes on."""

    def __init__(self, centre: Centre, profile: Profile, number: int) -> None:
        engine = centre.engine
        with engine.database.reading() as connection:
            _, self._calendar = engine.services.calendars.newest(connection)
        self._centre, self._profile, self._number = centre, profile, number
        self._place = engine.services.centre
        self._days = working_days(self._calendar, profile.start, profile.days + profile.run_on)
        until = self._calendar.closing(self._days[-1], self._place)
        since = self._calendar.opening(self._days[min(profile.warm_up, len(self._days) - 1)], self._place)
        self._agenda = Agenda(centre.clock, until)
        self._tally = Tally(calendar=self._calendar, since=since, until=until)
        self._acts = Acts(centre, profile, number)
        self._mind = Mind(profile, number, self._calendar, self._place)
        self._office = Office(profile, self._calendar, self._agenda, self._mind, self._tally, self._finish)
        self._messages = Messages(engine.database, engine.services, centre.clock)
        self._open: dict[UUID, Case] = {}
        self._ended: list[UUID] = []

    def whole(self, told: Callable[[int], None]) -> Run:
        """Run to the end of the last day. Raises UnknownStep, NotFound."""
        self._acts.check()
        make_forgetful(self._centre.engine.database)
        self._centre.clock.move_to(self._calendar.opening(self._days[0], self._place))
        self._await(iter(arrivals(self._profile, self._calendar, self._place, self._number)))
        for number, day in enumerate(self._days, start=1):
            self._agenda.run(self._calendar.closing(day, self._place))
            told(number)
        self._office.close()
        return Run(
            number=self._number,
            figures=self._tally.figures(self._office.desks()),
            faults=dict(self._tally.faults),
            commands=self._acts.commands,
            dossiers=len(self._tally.cases),
        )

    # ---- dossiers

    def _await(self, coming: Iterator[Arrival]) -> None:
        """Only the next arrival stands on the agenda."""
        arrival = next(coming, None)
        if arrival is None:
            return

        def arrive() -> None:
            self._arrive(arrival)
            self._await(coming)

        self._agenda.plan(arrival.at, arrive)

    def _arrive(self, arrival: Arrival) -> None:
        try:
            case = self._acts.begin(arrival)
        except MotcuaError as refusal:
            self._fault(arrival.stream.code, refusal)
            return
        self._tally.cases.append(case)
        self._open[case.id] = case
        self._look(case)

    def _finish(self, ticket: Ticket) -> None:
        """An officer is done with a step."""
        case = ticket.case
        work = None if case.ended else case.record.tasks.get(ticket.task_id)
        if work is not None:
            decision = self._mind.decision(case, case.node(work))
            self._tried(case, lambda: self._acts.complete(case, ticket.task_id, decision))

    def _tried(self, case: Case, deed: Callable[[], None]) -> bool:
        """Do something with a dossier; what the engine refuses is noted. Whether it was done."""
        try:
            deed()
        except (TaskClosed, NotWaiting):
            return False  # the dossier has gone another way meanwhile
        except MotcuaError as refusal:
            self._fault(case.arrival.stream.code, refusal)
            return False
        self._look(case)
        self._carry()
        return True

    def _fault(self, code: str, refusal: MotcuaError) -> None:
        fields = refusal.fields if isinstance(refusal, Invalid) else {}
        more = "; ".join(f"{name}: {vi}" for name, (vi, _) in fields.items())
        self._tally.faults[f"{code}: {refusal.message('vi')}{f' ({more})' if more else ''}"] += 1

    def _look(self, case: Case) -> None:
        """See what a dossier waits for, and have everybody take note."""
        try:
            self._acts.answer_jobs(case)
        except MotcuaError as refusal:
            self._fault(case.arrival.stream.code, refusal)
        self._office.look(case)
        if case.ended:
            self._end(case)
            return
        for place, at, name in list(self._mind.outside(case, self._agenda.now)):
            case.expected.add(place)
            if at is not None:
                self._agenda.plan(at, self._bringing(case, name))
        self._watch(case)

    def _bringing(self, case: Case, name: str) -> Callable[[], object]:
        def bring() -> None:
            if not case.ended:
                self._tried(case, lambda: self._acts.deliver(case, name))

        return bring

    def _end(self, case: Case) -> None:
        self._tally.finished[case.arrival.key] = self._agenda.now
        self._open.pop(case.id, None)
        self._ended.append(case.id)
        case.release()
        if len(self._ended) >= _FORGOTTEN_AT_ONCE:
            with self._centre.engine.database.transaction() as tx:
                forget(tx, self._ended)
            self._ended.clear()

    def _carry(self) -> None:
        """Take messages to other dossiers; those that nobody waits for are lost."""
        while self._acts.thrown:
            sender, payload, key = self._acts.thrown.pop(0)
            try:
                reached = self._messages.route(sender, payload, key)
            except (RetryLater, MotcuaError):
                continue
            if reached:
                for case in [one for one in self._open.values() if one.awaits(str(payload["name"]))]:
                    self._acts.reread(case)
                    self._look(case)

    # ---- timers

    def _watch(self, case: Case) -> None:
        """Be there when the next timer of a dossier is due."""
        moments = [
            one.due_at
            for key, one in case.record.timers.items()
            if one.due_at is not None and key not in case.broken
        ]
        due = min(moments, default=None)
        if due is not None and (case.looks_at is None or due < case.looks_at):
            case.looks_at = due
            self._agenda.plan(due, lambda: self._fire(case, due))

    def _fire(self, case: Case, planned: datetime) -> None:
        if case.ended or case.looks_at != planned:
            return  # an earlier moment has been planned since
        case.looks_at = None
        for key, timer in _ready(case, self._agenda.now):
            if case.ended or key not in case.record.timers:
                continue
            if not self._tried(case, lambda key=key, timer=timer: self._acts.fire(case, key, timer)):  # type: ignore[misc]
                case.broken.add(key)
        if not case.ended:
            self._watch(case)


def _ready(case: Case, now: datetime) -> list[tuple[str, Pending]]:
    """Timers whose moment has come, in legal order."""
    found = [
        (one.due_at, key, one)
        for key, one in case.record.timers.items()
        if one.due_at is not None and one.due_at <= now and key not in case.broken
    ]
    return [(key, timer) for _, key, timer in sorted(found, key=lambda one: one[:2])]
