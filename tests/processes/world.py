"""One dossier walked through its diagram by step name, with the rules of the house and without a database.

Everything is real: FEEL, decision tables, forms, milestones, the legal clock, the handlers and their stand-in
partners. After every step only the state's bytes survive: the next one restores them onto another copy of
the definition, so nothing can lean on what merely stayed in memory.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import cycle
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import orjson

import handlers
from api.sources import read_source
from engine.clock import VIETNAM
from engine.domain.calendar import WorkingCalendar
from engine.domain.deadline import Reckoning, ResumePolicy, reckon
from engine.domain.dossier import Handling, Money, moved
from engine.domain.form import check_answers
from engine.domain.law import LawBook
from engine.domain.ledger import LedgerEntry
from engine.domain.milestone import MILESTONES
from engine.handler import Call, DossierFacts, HandlerRegistry
from engine.workflow.bundle import Bundle, Definition, compile_bundle, load_definition
from engine.workflow.instance import run
from engine.workflow.step import (
    Action,
    Complete,
    Deliver,
    Fire,
    JobDone,
    JobFailed,
    OpenJob,
    OpenTask,
    Start,
    Step,
)
from handlers.check_vehicle_register import CheckVehicleRegister
from handlers.forwarding import SendToPolice, SendToSocialInsurance
from handlers.stand_in import Partners, transport

from .samples import sample

PROCESSES = Path(__file__).parents[2] / "processes"
CALENDAR = WorkingCalendar.from_toml((PROCESSES / "calendar.toml").read_text(encoding="utf-8"))
LAW = LawBook.from_toml(
    [path.read_text(encoding="utf-8") for path in sorted((PROCESSES / "law").glob("*.toml"))]
)
REGISTRY = HandlerRegistry(handlers.ALL)
MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=VIETNAM)  # an ordinary working morning


@lru_cache
def bundle(file: str) -> Bundle:
    """A procedure's file, compiled as a deployment does it."""
    return compile_bundle(read_source(PROCESSES / file), handlers=[handler.name for handler in handlers.ALL])


@lru_cache
def definitions(file: str) -> tuple[Definition, Definition]:
    """Two copies that share nothing."""
    packed = bundle(file)
    return load_definition(packed.sha256, packed.content), load_definition(packed.sha256, packed.content)


@dataclass
class Dossier:
    """A dossier of one procedure; ``answers`` is what the citizen declares."""

    file: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    channel: str = "counter"
    kind: str = "citizen"
    at: datetime = MONDAY
    dossier_id: UUID = field(default_factory=lambda: UUID(int=7))
    sequence: int = 0
    handling: Handling = Handling.DRAFT
    money: Money = Money.NONE
    limit: str | None = None
    milestones: list[str] = field(default_factory=list)
    ledger: list[LedgerEntry] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    numbers: int = 0
    to_digitise: int = 0

    def __post_init__(self) -> None:
        self._copies = cycle(definitions(self.file))
        self.definition = next(self._copies)
        self.partners = Partners()
        form = self.definition.procedure.form
        self._fill(form, self.answers)
        self.data["applicant"] = {"name": "Nguyễn Thị Ánh", "kind": self.kind, "id_number": "040190001234"}
        self._state: bytes | None = None
        self.milestone("submitted", "", {})
        self._inputs: dict[UUID, Mapping[str, Any]] = {}  # a step tells only those of the jobs it opened
        self.step: Step = self._run(Start())

    # ---- what the process asks of its world

    def scope(self) -> Mapping[str, object]:
        procedure = self.definition.procedure
        facts = {
            "number": "000.00.00.H41-260302-0001",
            "procedure_code": procedure.code,
            "agency": procedure.agency,
            "channel": self.channel,
            "applicant_kind": self.kind,
            "fee_paid": self.money == Money.PAID,
            "supplement_expiry": procedure.supplement_expiry,
            "result_type": procedure.result.type if procedure.result else None,
            "to_digitise": self.to_digitise,
        }
        return {**self.data, "dossier": facts}

    def assign(self, name: str, value: object) -> None:
        self.data[name] = value

    def handler_place(self, handler: str) -> Literal["inside", "outside"]:
        return REGISTRY.get(handler).place

    def call_inside(self, handler: str, inputs: Mapping[str, object], node: str) -> Mapping[str, object]:
        return REGISTRY.get(handler).handle(self._call(handler, inputs))

    def milestone(self, name: str, node: str, attributes: Mapping[str, str]) -> None:
        mark = MILESTONES[name]
        if mark.handling is not None:
            self.handling = moved(self.handling, mark.handling)
        if mark.money is not None:
            self.money = mark.money
        self.milestones.append(name)
        if mark.ledger:
            detail: dict[str, Any] = {"node": node}
            if name in ("received", "fee_paid", "limit_set", "supplemented"):
                limit = self.definition.procedure.limit(self.scope())
                self.limit = str(limit) if limit is not None else None
                detail["limit"] = self.limit
            self.ledger.append(LedgerEntry(mark.ledger, self.at, mark.basis, "", detail))

    def paper(self, name: str, node: str) -> None:
        raise AssertionError(f"{node} issues {name} of its own")

    # ---- what people and systems do

    @property
    def open(self) -> list[str]:
        """Names of the steps that wait for people."""
        return sorted(task.name for task in self.step.tasks)

    @property
    def ended(self) -> bool:
        return self.step.ended

    def task(self, name: str) -> OpenTask:
        """The one open step of that name."""
        found = [task for task in self.step.tasks if task.name == name]
        assert len(found) == 1, f"«{name}» is not waiting exactly once, but: {self.open}"
        return found[0]

    def do(self, name: str, decision: str | None = None, **answers: Any) -> "Dossier":
        """Somebody finishes a step; fields not given are filled with something that fits."""
        return self.finish(self.task(name), decision, **answers)

    def finish(self, task: OpenTask, decision: str | None = None, **answers: Any) -> "Dossier":
        """One of several steps of the same name is finished."""
        values = {one.value for one in task.decisions}
        assert (decision in values) if values else decision is None, f"«{task.name}» offers {values}"
        self._fill(task.form, answers)
        if decision is not None:
            self.data["decision"] = decision
        self.done.append(task.name)
        return self._next(Complete(task.task_id))

    def receive(self) -> "Dossier":
        """At the counter: checked, received, and the paper file handed on."""
        self.do("Kiểm tra hồ sơ", "receive")
        if self.channel != "online":
            self.do("Chuyển hồ sơ giấy đến cơ quan")
        return self

    def take_result(self) -> "Dossier":
        """From the signed result to the citizen's hand."""
        return self.do("Vào số, đóng dấu và phát hành").do("Trả kết quả cho người nộp")

    def send(self, message: str) -> "Dossier":
        """Something comes that the dossier waits for."""
        waits = [one for one in self.step.subscriptions if one.message == message]
        assert len(waits) == 1, f"{message} is awaited {len(waits)} times"
        return self._next(Deliver(message, waits[0].task_id))

    def fire(self, name: str) -> "Dossier":
        """The moment of a timer has come."""
        nodes = self.definition.nodes
        timer = next(one for one in self.step.timers if nodes[one.name].name == name)
        return self._next(Fire(timer.task_id, timer.name))

    def work_off(self) -> "Dossier":
        """Outside jobs are done by the real handlers, against the stand-in of the other systems."""
        for job in self.step.jobs:
            self.finish_job(job)
        return self

    def finish_job(self, job: OpenJob) -> "Dossier":
        """One of them."""
        return self._next(JobDone(job.task_id, self._outside(job.handler, self._inputs[job.task_id])))

    def refuse_job(self, code: str) -> "Dossier":
        """The other system says no for good."""
        return self._next(JobFailed(self.step.jobs[0].task_id, code))

    def later(self, **span: int) -> "Dossier":
        """Time passes."""
        self.at += timedelta(**span)
        return self

    def reckoning(self) -> Reckoning:
        procedure = self.definition.procedure
        return reckon(
            tuple(self.ledger),
            policy=ResumePolicy.parse(procedure.resume),
            limit=None,
            clock_starts=procedure.clock_starts,
            same_day=procedure.same_day,
            calendar=CALENDAR,
            agency=procedure.agency,
            rules=LAW.rules_at(MONDAY.date()),
        )

    @property
    def due(self) -> str | None:
        """The appointment's day, ISO."""
        due = self.reckoning().due_at
        return due.astimezone(VIETNAM).date().isoformat() if due else None

    # ---- machinery

    def _fill(self, form: str | None, answers: Mapping[str, Any]) -> None:
        if form is None:
            assert not answers, f"no form for {answers}"
            return
        source = orjson.loads(orjson.dumps(self.definition.form(form)))
        checked = check_answers(source, {**sample(source), **answers}, self.scope())
        assert not checked.errors, f"{form}: {checked.errors}"
        self.data.update(checked.values)

    def _next(self, action: Action) -> "Dossier":
        self.step = self._run(action)
        return self

    def _run(self, action: Action) -> Step:
        self.sequence += 1
        self.definition = next(self._copies)
        step = run(self.definition, self._state, action, self)
        self._state = bytes(step.state)
        for job in step.jobs:
            self._inputs.setdefault(job.task_id, job.inputs)
        return step

    def _call(self, handler: str, inputs: Mapping[str, object]) -> Call:
        procedure = self.definition.procedure
        facts = DossierFacts(
            id=self.dossier_id, number="000.00.00.H41-260302-0001", procedure_code=procedure.code,
            procedure_name=procedure.name, agency=procedure.agency, agency_name=procedure.agency,
            channel=self.channel, applicant=self.data["applicant"], due_at=self.reckoning().due_at,
            tracking_code="ABCDEFGHJKMN",
        )  # fmt: skip
        return Call(
            handler=handler, inputs=inputs, dossier=facts, at=self.at,
            idempotency_key=f"{self.sequence}", next_number=self._number,
        )  # fmt: skip

    def _number(self, series: str) -> int:
        self.numbers += 1
        return self.numbers

    def _outside(self, handler: str, inputs: Mapping[str, Any]) -> Mapping[str, object]:
        """The real handler, on a wire that leads to the stand-in."""
        if handler == "notify_officers":
            return {"email": "none"}
        wire = transport(self.partners)
        ours = (CheckVehicleRegister(transport=wire), SendToPolice(wire), SendToSocialInsurance(wire))
        return next(one for one in ours if one.name == handler).handle(self._call(handler, inputs))
