"""One dossier of a simulation, and the real commands that carry it through the engine.

A command's own working copy says what is open after it, so that nothing has to be read again.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

import orjson

from engine.advance import Permit, Work
from engine.advance.begin import NewDossier, begin
from engine.advance.execute import execute
from engine.advance.permits import NOBODY, permit_completion
from engine.advance.world import facts
from engine.domain.command import SYSTEM, By, Command, Kind
from engine.domain.message import ROUTE
from engine.domain.procedure import NodeFacts
from engine.domain.record import OpenWork, Pending, Record
from engine.errors import NotFound
from engine.handler import BusinessError, Call, RetryLater
from engine.ids import dossier_id
from engine.intake import Intake, checked_intake
from engine.scenario.centre import Centre
from engine.scenario.filling import filled
from engine.scenario.running import APPLICANTS
from engine.simulation.arrivals import Arrival
from engine.simulation.profile import Profile
from engine.simulation.wording import worded
from engine.store import codec, dossiers
from engine.store import procedures as versions
from engine.store import work as rows
from engine.store.database import Row
from engine.workflow.bundle import Definition

_NOTE = {"supplement_note": "Nộp bổ sung theo yêu cầu."}
_HOUSE = "system:simulation"
_REASON = "Có lý do."
_QUESTIONS = count()  # every run asks anew, though its dossiers have the ids of the run before


@dataclass(slots=True, eq=False, kw_only=True)
class Case:
    """A dossier as the last command has left it."""

    arrival: Arrival
    id: UUID
    number: str
    definition: Definition
    record: Record
    handling: str
    received_at: datetime | None = None
    due_at: datetime | None = None
    finished_at: datetime | None = None
    ended: bool = False
    visits: Counter[str] = field(default_factory=Counter)  # of each element
    tickets: dict[str, Any] = field(default_factory=dict)  # by task id: where its steps wait
    expected: set[str] = field(default_factory=set)  # what people outside will do, planned already
    looks_at: datetime | None = None  # for its next timer
    inputs: dict[str, Mapping[str, Any]] = field(default_factory=dict)  # of its jobs, by task id
    broken: set[str] = field(default_factory=set)  # timers that cannot fire

    def take(self, work: Work) -> None:
        """Things are as this command has left them."""
        self.record, self.ended = work.record, work.ended
        self.inputs |= {str(job.task_id): job.inputs for job in work.new_jobs}
        self.see(work.columns)

    def see(self, columns: Mapping[str, Any]) -> None:
        """What its row says."""
        self.handling, self.due_at = columns["handling"], columns["due_at"]
        self.received_at, self.finished_at = columns["received_at"], columns["finished_at"]

    def release(self) -> None:
        """It has ended: what only a running dossier needs is let go of, for there may be thousands."""
        self.record = Record()
        self.inputs.clear()
        self.tickets.clear()
        self.expected.clear()

    def awaits(self, name: str) -> bool:
        """Whether a message or signal of that name may have changed it."""
        return any(place.endswith(name) for place in self.record.subscriptions)

    def node(self, work: OpenWork) -> NodeFacts:
        return self.definition.nodes[work.node]


class Acts:
    """What happens to dossiers, as commands of the real engine."""

    def __init__(self, centre: Centre, profile: Profile, run: int) -> None:
        self._centre, self._profile, self._run = centre, profile, run
        self.commands = 0
        self.thrown: list[tuple[UUID, Mapping[str, Any], str]] = []  # to other dossiers: by whom, what, key
        self._versions: dict[str, tuple[Row[Any], Definition]] = {}
        self._intakes: dict[tuple[str, str], Mapping[str, Any]] = {}  # by procedure and channel
        self._samples: dict[tuple[str, str, bool], Mapping[str, Any]] = {}

    def check(self) -> None:
        """Raise NotFound, UnknownStep where the profile speaks of what is not there."""
        found = {code: self._version(code)[1] for code in self._profile.codes}
        self._profile.require_steps({code: one.nodes.values() for code, one in found.items()})

    def begin(self, arrival: Arrival) -> Case:
        """Hand in, what was checked once and is always the same; raises what the engine refuses."""
        engine, code = self._centre.engine, arrival.stream.code
        version, definition = self._version(code)
        offered = definition.procedure.channels
        if not arrival.stream.channels and offered and arrival.channel not in offered:
            arrival = replace(
                arrival, channel=offered[0]
            )  # nothing was said of it: as the procedure takes it
        answers = self._handed_in(arrival, definition)
        self.commands += 1
        new = NewDossier(
            id=dossier_id(_HOUSE, f"{self._run}/{arrival.key}"), number=f"MP-{self._run}-{self.commands}",
            channel=arrival.channel, applicant=answers["applicant"], received_agency=engine.services.centre,
        )  # fmt: skip
        command = Command(
            kind=Kind.START, by=By(key=f"citizen:{new.number}"), at=self._now(), answers=answers
        )
        with engine.database.transaction() as tx:
            begun = begin(tx, engine.services, version, new, command)
            row = dossiers.get(tx, new.id)
            assert row is not None  # noqa: S101  # just written
            record = Record.from_json(codec.unpack(row.record))
            jobs = rows.open_jobs(tx, new.id) if record.jobs else []
        case = Case(
            arrival=arrival, id=new.id, number=new.number, definition=definition, record=record,
            handling=row.handling, ended=begun.ended,
            inputs={str(job.task_id): orjson.loads(job.inputs) for job in jobs},
        )  # fmt: skip
        case.see(dict(row._mapping))
        return case

    def complete(self, case: Case, task_id: str, decision: str | None) -> None:
        """The officer whose step it is finishes it; raises TaskClosed, Invalid, what the process refuses."""
        work = case.record.tasks[task_id]
        node = case.node(work)
        usual = bool(node.decisions) and decision == node.decisions[0].value
        answers = dict(self._sample(case, node, wordy=not usual))
        if decision is not None:
            answers |= {"decision": decision, "reason": _REASON}
        officer = self._centre.people.officer(work.role, work.agency)
        command = Command(kind=Kind.COMPLETE, by=NOBODY, at=self._now(), task_id=UUID(task_id))
        self._do(case, command, permit_completion(officer, answers))

    def fire(self, case: Case, key: str, timer: Pending) -> None:
        """A timer's moment has come."""
        task_id = UUID(key.split("|", 1)[0])
        self._do(case, Command(kind=Kind.FIRE, by=SYSTEM, at=self._now(), task_id=task_id, name=timer.name))

    def deliver(self, case: Case, name: str) -> None:
        """What the dossier waits for has come from outside."""
        kind = Kind.SUPPLEMENT if name == "supplement" else Kind.MESSAGE
        answers = _NOTE if kind == Kind.SUPPLEMENT else {}
        by = By(key=f"citizen:{case.number}")
        self._do(case, Command(kind=kind, by=by, at=self._now(), name=name, answers=answers))

    def reread(self, case: Case) -> None:
        """Somebody else has moved the dossier: see how it stands."""
        with self._centre.engine.database.reading() as connection:
            row = dossiers.get(connection, case.id)
        assert row is not None  # noqa: S101  # it is open
        case.record, case.ended = Record.from_json(codec.unpack(row.record)), row.closed_at is not None
        case.see(dict(row._mapping))

    def answer_jobs(self, case: Case) -> None:
        """Other systems answer at once, until no job is left that they answer."""
        tried: set[str] = set()
        while fresh := [one for one in case.record.jobs if one not in tried]:
            tried.add(fresh[0])
            self._answer(case, fresh[0])

    # ---- inside

    def _answer(self, case: Case, task_id: str) -> None:
        handler = case.definition.nodes[case.record.jobs[task_id]].handler or ""

        def asked(work: Work) -> None:
            """Under the lock, where the facts are: no row of a job is read or leased for it."""
            call = Call(
                handler=handler, inputs=case.inputs.get(task_id, {}), dossier=facts(work), at=work.at,
                idempotency_key=f"simulation:{next(_QUESTIONS)}",
            )  # fmt: skip
            work.command = self._answered(call, task_id)

        command = Command(kind=Kind.JOB_DONE, by=SYSTEM, at=self._now(), task_id=UUID(task_id))
        try:
            self._do(case, command, asked)
        except RetryLater:
            return

    def _answered(self, call: Call, task_id: str) -> Command:
        by, said = By(key=f"system:{call.handler}"), self._profile.services.get(call.handler)
        try:
            answers = said if said is not None else self._centre.desk.answer(call)
        except BusinessError as no:
            return Command(
                kind=Kind.JOB_ERROR, by=by, at=call.at, task_id=UUID(task_id), name=no.code, reason=str(no)
            )
        return Command(kind=Kind.JOB_DONE, by=by, at=call.at, task_id=UUID(task_id), answers=answers)

    def _do(self, case: Case, command: Command, permit: Permit = lambda _: None) -> None:
        engine, seen = self._centre.engine, list[Work]()

        def asked(work: Work) -> None:
            seen.append(work)
            permit(work)

        self.commands += 1
        execute(engine.database, engine.services, case.id, command, permit=asked)
        case.take(seen[-1])
        work = seen[-1]
        self.thrown += [
            (case.id, one.payload, f"{case.id}:{work.sequence}:{place}")
            for place, one in enumerate(work.effects)
            if one.handler == ROUTE
        ]

    def _sample(self, case: Case, node: NodeFacts, *, wordy: bool) -> Mapping[str, Any]:
        """Answers to the form of a step, made once; with words where a paper may ask for reasons."""
        key = case.definition.main_process, node.id, wordy
        if key not in self._samples:
            form = case.definition.form(node.form) if node.form else None
            plain, said = filled(form, {}), filled(form, self._profile.said(node))
            words = worded(form) if form is not None and wordy else {}
            # What the profile says comes last: it differs from the sample.
            own = {name: value for name, value in said.items() if plain.get(name, ...) != value}
            self._samples[key] = {**plain, **words, **own}
        return self._samples[key]

    def _version(self, code: str) -> tuple[Row[Any], Definition]:
        """The procedure in force, which no simulation changes."""
        if code not in self._versions:
            engine = self._centre.engine
            with engine.database.reading() as connection:
                row = versions.live(connection, code)
                if row is None:
                    raise NotFound(what=f"thủ tục {code}")
                self._versions[code] = row, engine.services.definition(connection, row.sha256)
        return self._versions[code]

    def _handed_in(self, arrival: Arrival, definition: Definition) -> Mapping[str, Any]:
        stream, form = arrival.stream, definition.procedure.form
        key = stream.code, arrival.channel
        if key not in self._intakes:
            intake = Intake(
                procedure_code=stream.code,
                channel=arrival.channel,
                applicant=APPLICANTS[stream.applicant],
                answers=filled(definition.form(form), stream.answers) if form else {},
            )
            self._intakes[key] = checked_intake(definition, intake)
        return self._intakes[key]

    def _now(self) -> datetime:
        return self._centre.clock.now()
