"""One dossier of the demo and the people around it: who does its next step, when, and what they write."""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import structlog

from api.demo.agenda import Agenda
from api.demo.people import CENTRE, Staff
from api.demo.scans import scan
from api.demo.stories import Story
from api.demo.writings import Desk, answers_for, reason
from engine.clock import vietnam
from engine.domain.actor import Actor, CitizenActor
from engine.domain.calendar import EVERYBODY, WorkingCalendar
from engine.domain.checklist import missing
from engine.domain.duration import WorkingDays, WorkingHours
from engine.engine import Engine
from engine.errors import MotcuaError
from engine.intake import Intake
from engine.views import DossierView, OpenTaskView

log = structlog.get_logger("motcua.demo")

# Minutes of office time, from and to, for steps that the procedure gives no time.
_MINUTES = {"tn_chuyen": (15, 90), "thuphi": (3, 25), "kq_tra": (60, 800)}
_AT_THE_COUNTER = (5, 20)  # minutes that a check takes while the citizen waits
_WITHDRAWAL = "Tôi thay đổi kế hoạch nên xin rút hồ sơ."
_SUPPLEMENTED = "Tôi nộp bổ sung giấy tờ theo yêu cầu."
_APOLOGY = "Phải chờ cơ quan phối hợp trả lời; xin lỗi ông/bà vì sự chậm trễ."


class Case:
    """A story while it happens."""

    def __init__(
        self, engine: Engine, staff: Staff, calendar: WorkingCalendar, agenda: Agenda, story: Story, seed: int
    ) -> None:
        self.story = story
        self.begun = False
        self.idle = False  # nobody has to do anything: the machine will, or nothing is left
        self.refused: list[str] = []  # what the engine did not allow: a fault in the story
        self._engine, self._staff, self._calendar, self._agenda = engine, staff, calendar, agenda
        self._random = Random(f"{seed}:{story.number}")  # noqa: S311 -- a play, not a secret
        self._planned: set[object] = set()  # tasks and requests that somebody has taken note of
        self._open: frozenset[UUID] = frozenset()  # tasks, when last looked at
        self._absent: list[str] = []  # papers that the applicant has not brought
        self._number = ""

    # What happens

    def expect(self) -> None:
        """Have the applicant come."""
        self._plan(self.story.arrives, self._arrive)

    def look(self) -> None:
        """See what the dossier waits for, and plan who does it when."""
        view = self._engine.dossiers.get(self._staff.supervisor, self._number)
        self._open = frozenset(task.task_id for task in view.tasks)
        for task in view.tasks:
            if task.task_id not in self._planned:
                self._planned.add(task.task_id)
                self._plan_task(view, task)
        waits = view.line.handling == "awaiting_supplement" and "supplement" in view.waits_for
        if waits and ("supplement", view.line.sequence) not in self._planned:
            self._planned.add(("supplement", view.line.sequence))
            self._plan_supplement()
        self.idle = not view.tasks and not waits and view.line.finished_at is None

    def _plan(self, at: datetime, deed: Callable[[], None]) -> None:
        def do() -> None:
            try:
                deed()
                self.look()
            except MotcuaError as error:
                self.refused.append(error.message("vi"))
                log.warning("demo.refused", number=self._number, code=self.story.code, error=error.code)

        self._agenda.plan(at, do)

    def _arrive(self) -> None:
        story = self.story
        online = story.channel == "online"
        actor: Actor = (
            CitizenActor(token=f"demo-{story.number}") if online else self._officer("reception", CENTRE)
        )
        documents = self._documents(online)
        intake = Intake(
            procedure_code=story.code,
            channel=story.channel,
            applicant=story.request.applicant,
            answers=story.request.answers,
            documents=documents,
            result_channel=story.result_channel,
        )
        outcome = self._engine.dossiers.submit(actor, intake, key=f"demo-{story.number}")
        self._number, self._id, self._code = outcome.number, outcome.dossier_id, outcome.tracking_code
        self.begun = True
        if story.with_files:
            for document in documents[:2]:
                self._attach(document["id"], online)

    def _scope(self) -> dict[str, Any]:
        story = self.story
        kind = story.request.applicant["kind"]
        return {**story.request.answers, "dossier": {"channel": story.channel, "applicant_kind": kind}}

    def _documents(self, online: bool) -> list[dict[str, Any]]:
        story = self.story
        needed = [one for one in self._facts().documents if one.needed(self._scope())]
        if "supplement" in story.choices.get("tn_kiemtra", ()) and len(needed) > 1:
            needed.pop()
        if online:
            handed = [{"id": one.id, "digital": 1} for one in needed]
        else:
            handed = [
                {
                    "id": one.id,
                    "originals": one.original or int(not one.copy and not one.certified),
                    "copies": one.copy,
                    "certified": one.certified,
                }
                for one in needed
            ]
        self._absent = [one.name for one in missing(self._facts().documents, handed, self._scope())]
        return handed

    def _facts(self) -> Any:
        return self._engine.procedures.get(self.story.code).facts

    def _attach(self, document_id: str, online: bool) -> None:
        facts = self._facts()
        document = next(one for one in facts.documents if one.id == document_id)
        content, name = scan(document.name, facts.name), f"{document_id}.pdf"
        if online:
            self._engine.documents.add_by_citizen(
                self._code, name=name, content=content, required_id=document_id
            )
        else:
            officer = self._officer("reception", CENTRE)
            self._engine.documents.add(officer, self._id, name=name, content=content, required_id=document_id)

    # Officers

    def _plan_task(self, view: DossierView, task: OpenTaskView) -> None:
        story = self.story
        at = self._done_at(task)
        if story.stops_at == task.node:
            if story.claimed:
                self._plan(at, lambda: self._claim(task))
            return
        if story.withdraws_at == task.node:
            self._plan(at, lambda: self._withdraw())
            return
        if story.extended and task.node in ("thamdinh", "khaosat", "tonghop") and view.line.due_at:
            due = view.line.due_at
            self._plan(
                self._calendar.subtract(due, WorkingHours(13), task.agency), lambda: self._extend(due, task)
            )
            at = max(at, self._later(due, 3.0, task.agency))
        self._plan(at, lambda: self._complete(task))

    def _done_at(self, task: OpenTaskView) -> datetime:
        """When its officer will have done the step: in office hours, in a share of the time it is given."""
        agency = task.agency
        if task.node == "tn_kiemtra" and self.story.channel == "counter":
            span = self._minutes(*_AT_THE_COUNTER)
        elif task.node in _MINUTES or task.due_at is None:
            span = self._minutes(*_MINUTES.get(task.node, (30, 240)))
        else:
            given = self._calendar.working_time_between(task.opened_at, task.due_at, agency)
            span = given * self.story.pace * self._random.uniform(0.7, 1.2)
        if self.story.stops_at is not None:
            # It has to reach the step where it stops before today.
            left = self._calendar.working_time_between(self._agenda.clock.at, self._agenda.until, agency)
            span = min(span, left / 4)
        at = self._calendar.add_working_time(self._agenda.clock.at, span, agency)
        return at + timedelta(seconds=self._random.randint(0, 50))

    def _minutes(self, least: int, most: int) -> timedelta:
        return timedelta(minutes=self._random.randint(least, most))

    def _later(self, at: datetime, hours: float, agency: str = EVERYBODY) -> datetime:
        return self._calendar.add_working_time(at, timedelta(hours=hours), agency)

    def _officer(self, role: str, agency: str) -> Any:
        return self._staff.at(role, agency, self.story.number)

    def _claim(self, task: OpenTaskView) -> None:
        self._engine.tasks.claim(self._officer(task.role, task.agency), self._id, task.task_id)

    def _complete(self, task: OpenTaskView) -> None:
        if task.task_id not in self._open:
            return  # the dossier has gone another way meanwhile
        officer = self._officer(task.role, task.agency)
        decision = self._decision(task)
        desk = self._desk(officer.name, decision)
        answers = answers_for(task.form, desk)
        if decision is not None:
            answers["decision"] = decision
            answers["reason"] = reason(desk)
        self._engine.tasks.complete(officer, self._id, task.task_id, answers=answers)

    def _decision(self, task: OpenTaskView) -> str | None:
        values = [one.value for one in task.decisions]
        chosen = self.story.choices.get(task.node, [])
        if chosen and chosen[0] in values:
            return chosen.pop(0)
        return values[0] if values else None

    def _desk(self, officer: str, decision: str | None) -> Desk:
        story = self.story
        agency = self._facts().agency
        return Desk(
            code=story.code,
            officer=officer,
            receiver=self._officer("processing", agency).name,
            applicant=story.request.applicant,
            decision=decision,
            absent=tuple(self._absent),
            result_channel=story.result_channel,
            visited=story.stops_at == "danhgia" or story.number % 2 == 0,
            today=vietnam(self._agenda.clock.at).date(),
            random=self._random,
        )

    def _extend(self, due: datetime, task: OpenTaskView) -> None:
        new_due = self._calendar.add(due, WorkingDays(3), task.agency)
        self._engine.dossiers.extend(
            self._officer("head", task.agency), self._id, due_at=new_due, reason=_APOLOGY
        )

    # The citizen

    def _plan_supplement(self) -> None:
        hours = self.story.answers_after
        if hours is not None:
            at = self._later(self._agenda.clock.at, hours)
            self._plan(at, lambda: self._supplement())

    def _supplement(self) -> None:
        note = {"supplement_note": _SUPPLEMENTED}
        if self.story.channel == "online":
            self._engine.dossiers.supplement(self._code, note)
        else:
            self._engine.dossiers.deliver(self._officer("reception", CENTRE), self._id, "supplement", note)

    def _withdraw(self) -> None:
        self._engine.dossiers.withdraw(self._code, _WITHDRAWAL)
