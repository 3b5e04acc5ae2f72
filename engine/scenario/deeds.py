"""What can be done in a scenario: steps, time, the citizen's acts, answers of services."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID, uuid5

from engine.advance.execute import execute
from engine.clock import vietnam
from engine.domain.actor import Actor, CitizenActor, OfficerActor
from engine.domain.command import By, Command, Kind
from engine.domain.procedure import NodeFacts
from engine.domain.record import OpenWork
from engine.scenario.centre import Centre
from engine.scenario.filling import filled
from engine.scenario.model import Answer, Deed, Scenario
from engine.scenario.seeing import Seen, see
from engine.scenario.words import key, nearest

_NAMES = UUID("7d6c2f0e-54ab-5a43-8e5d-3f1b0c9d8e7f")
_ROUNDS = 200  # of timers, jobs and letters after one deed: more is something that never comes to rest


class Undoable(Exception):
    """The deed cannot even be tried: nothing of that name is open."""

    def __init__(self, what: str, expected: tuple[str, ...], found: tuple[str, ...], hint: str = "") -> None:
        super().__init__(what)
        self.what, self.expected, self.found, self.hint = what, expected, found, hint


class Deeds:
    """Acts on the one dossier of a scenario."""

    def __init__(self, centre: Centre, scenario: Scenario) -> None:
        self._centre, self._scenario = centre, scenario
        self._dossier, self._number, self._code = UUID(int=0), "", ""
        self._held = [deed.name for deed in scenario.deeds if deed.kind == "service"]
        self._deeds: Mapping[str, Callable[[Deed, Seen], None]] = {
            "step": self._step, "wait": self._wait, "wait_for": self._wait_for,
            "supplement": self._supplement, "withdraw": self._withdraw, "message": self._message,
            "service": self._service, "extend": self._extend,
        }  # fmt: skip

    @property
    def holding(self) -> bool:
        """Whether some service is kept waiting on purpose."""
        return bool(self._held) or any(one.silent for one in self._scenario.given.services.values())

    def who_hands_in(self, channel: str) -> Actor:
        """At home the citizen, else whoever sits at the counter."""
        if channel == "online":
            return CitizenActor(token=str(uuid5(_NAMES, self._scenario.name)))
        return self._officer("reception")

    def begin(self, dossier: UUID, number: str, tracking_code: str) -> None:
        """The dossier is there; from now on its services answer as the scenario says."""
        self._dossier, self._number, self._code = dossier, number, tracking_code
        seen = self._see()
        for said, answer in self._scenario.given.services.items():
            self._centre.desk.answers[_handler(seen, said)] = answer
        for said in self._held:
            self._centre.desk.answers[_handler(seen, said)] = Answer(silent=True)

    def do(self, deed: Deed, seen: Seen) -> None:
        """Do one thing; raises Undoable, Unfilled, and whatever the engine refuses."""
        self._deeds[deed.kind](deed, seen)

    def settle(self) -> None:
        """Timers that are due, jobs and letters: as a heartbeat would, until all is quiet."""
        engine = self._centre.engine
        for _ in range(_ROUNDS):
            fired = engine.timers.fire_due()
            if not (fired.fired + engine.deliveries.run_jobs() + engine.deliveries.deliver_outbox()):
                return

    # ---- steps

    def _step(self, deed: Deed, seen: Seen) -> None:
        task_id, work = _open(seen, deed.name)
        node = seen.definition.nodes[work.node]
        answers = filled(seen.definition.form(node.form) if node.form else None, deed.answers)
        if deed.decision is not None:
            answers |= {"decision": _value(node, deed.decision), "reason": deed.reason}
        officer = self._by(deed, work.role, work.agency)
        self._centre.engine.tasks.complete(officer, self._dossier, UUID(task_id), answers=answers)

    def _by(self, deed: Deed, role: str, agency: str) -> OfficerActor:
        """Whoever the deed names, else the one whose it is."""
        if deed.by is None:
            return self._officer(role, agency)
        return self._officer(deed.by[0] or role, deed.by[1] or agency)

    def _officer(self, role: str, agency: str | None = None) -> OfficerActor:
        return self._centre.people.officer(role, agency or self._centre.engine.services.centre)

    # ---- time

    def _wait(self, deed: Deed, seen: Seen) -> None:
        engine, now = self._centre.engine, self._centre.clock.at
        with engine.database.reading() as connection:
            calendar = engine.services.calendars.get(connection, seen.row.calendar_version)
        assert deed.until is not None  # noqa: S101  # read with the file
        try:
            until = deed.until.after(now, seen.row.due_at, calendar, seen.row.agency)
        except ValueError:
            raise Undoable("due", (deed.name,), ("hồ sơ chưa có hạn hoặc đồng hồ đang dừng",)) from None
        if until < now:
            raise Undoable(
                "wait", (deed.name,), (f"bây giờ đã là {vietnam(now):%d/%m/%Y %H:%M}",), "thời gian không lùi"
            )
        self._pass_time(until)

    def _wait_for(self, deed: Deed, seen: Seen) -> None:
        due = seen.timer(deed.name)
        if due is None:
            names = [one.name.split("#", 1)[0] for one in seen.record.timers.values()]
            labels = [seen.label(one) for one in names if not one.startswith("law:")]
            raise Undoable("event", (deed.name,), tuple(labels) or ("không có thời hạn nào đang chạy",))
        self._pass_time(max(vietnam(due), self._centre.clock.at))

    def _pass_time(self, until: datetime) -> None:
        """Move the clock from one timer to the next, each in its own moment."""
        clock = self._centre.clock
        for _ in range(_ROUNDS):
            due = self._see().next_moment()
            if due is None or due > until:
                break
            clock.move_to(max(clock.at, vietnam(due)))
            self.settle()
        clock.move_to(until)
        self.settle()

    # ---- the citizen, and what comes from outside

    def _supplement(self, deed: Deed, _: Seen) -> None:
        self._centre.engine.dossiers.supplement(self._code, deed.answers)

    def _withdraw(self, deed: Deed, _: Seen) -> None:
        self._centre.engine.dossiers.withdraw(self._code, deed.name)

    def _message(self, deed: Deed, seen: Seen) -> None:
        role = "cashier" if deed.name == "fee_paid" else "reception"
        officer = self._by(deed, role, seen.row.received_agency)
        self._centre.engine.dossiers.deliver(officer, self._dossier, deed.name, deed.answers)

    def _extend(self, deed: Deed, seen: Seen) -> None:
        assert deed.until is not None  # noqa: S101  # read with the file
        assert deed.until.moment is not None  # noqa: S101
        officer = self._by(deed, "supervisor", seen.row.received_agency)
        self._centre.engine.dossiers.extend(
            officer, self._dossier, due_at=deed.until.moment, reason=deed.reason or ""
        )

    def _service(self, deed: Deed, seen: Seen) -> None:
        """A service that was kept waiting answers now."""
        task_id = next(
            (task for task, node in seen.record.jobs.items() if _is(seen.definition.nodes[node], deed.name)),
            None,
        )
        if task_id is None:
            open_jobs = tuple(seen.label(node) for node in seen.record.jobs.values())
            raise Undoable("service", (deed.name,), open_jobs or ("không có dịch vụ nào đang chờ",))
        engine, answer = self._centre.engine, deed.answer or Answer()
        handler = _handler(seen, deed.name)
        if deed.name in self._held:
            self._held.remove(deed.name)
        command = Command(
            kind=Kind.JOB_ERROR if answer.error else Kind.JOB_DONE,
            by=By(key=f"system:{handler}"),
            at=engine.clock.now(),
            task_id=UUID(task_id),
            name=answer.error or None,
            answers=answer.result,
        )
        execute(engine.database, engine.services, self._dossier, command)

    def _see(self) -> Seen:
        engine = self._centre.engine
        with engine.database.reading() as connection:
            return see(connection, engine.services, self._dossier)


def _open(seen: Seen, name: str) -> tuple[str, OpenWork]:
    """The oldest open step of that name or element; raises Undoable."""
    for task_id, work in seen.open:
        if name in (work.node, work.name) or key(name) == key(work.name):
            return task_id, work
    labels = [work.name for _, work in seen.open]
    known = [node.name for node in seen.definition.nodes.values() if node.name]
    near = nearest(name, known) if name not in known else None
    hint = f"có phải «{near}»?" if near else ""
    raise Undoable("step", (f"«{name}» đang mở",), tuple(labels) or ("không có việc nào đang mở",), hint)


def _value(node: NodeFacts, said: str) -> str:
    """A decision by its value or by the words on its button."""
    found = next((one for one in node.decisions if said == one.value), None)
    found = found or next((one for one in node.decisions if key(said) == key(one.label)), None)
    if found is None:
        buttons = tuple(f"{one.value} ({one.label})" for one in node.decisions) or ("không có nút nào",)
        raise Undoable("step", (said,), buttons)
    return found.value


def _is(node: NodeFacts, said: str) -> bool:
    return said in (node.id, node.name, node.handler)


def _handler(seen: Seen, said: str) -> str:
    """The handler of a service that is named by its step, its element or itself; raises Undoable."""
    services = [node for node in seen.definition.nodes.values() if node.handler]
    found = next((node.handler for node in services if _is(node, said)), None)
    if found is None:
        labels = [node.name or node.id for node in services]
        near = nearest(said, labels)
        hint = f"có phải «{near}»?" if near else ""
        raise Undoable("service", (said,), tuple(labels) or ("sơ đồ không gọi dịch vụ nào",), hint)
    return found
