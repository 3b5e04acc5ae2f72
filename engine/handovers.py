"""Who gave the dossier to whom, and when: the lines of the control slip, read from history alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from engine.advance import Services
from engine.clock import vietnam
from engine.domain.calendar import WorkingCalendar
from engine.domain.command import Kind
from engine.domain.papers.facts import HandOver
from engine.domain.papers.words import punctuality, role
from engine.views import HistoryView
from engine.workflow.bundle import Definition

_TO_APPLICANT = frozenset({"returned", "refused", "handed_over"})
_REASONS = ("supplement_reason", "refusal_reason")  # where forms of the shared diagrams keep them


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a dossier can lie: a role at an agency; without both, with the applicant."""

    agency: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class _Giving:
    """A desk that has finished its step, and since when."""

    desk: Desk
    officer: str
    at: datetime
    outcome: str
    note: str = ""


_APPLICANT = Desk()


@dataclass(slots=True)
class _Trail:
    """Follows the commands of one dossier."""

    services: Services
    definition: Definition
    calendar: WorkingCalendar
    agencies: Mapping[str, str]  # competent and centre, as agency codes
    step_due: Mapping[UUID, datetime | None]  # budget of each step by its task
    last: Desk = _APPLICANT
    found: list[HandOver] = field(default_factory=list)
    unclaimed: dict[str, int] = field(default_factory=dict)  # task to its hand-over in ``found``
    at_join: dict[str, _Giving] = field(default_factory=dict)  # finished, waiting for a parallel branch

    def follow(self, view: HistoryView) -> None:
        """Note what one command handed over."""
        if view.task_id is not None and view.kind in (Kind.CLAIM, Kind.COMPLETE):
            self._received(str(view.task_id), view)
        giving = self._giving(view)
        waiting = [self.at_join.pop(task) for what, _, task in view.events if task in self.at_join]
        for what, node, task in view.events:
            facts = self.definition.nodes[node]
            if what == "entered" and facts.kind == "userTask":
                desk = Desk(self.agencies.get(facts.agency or "", facts.agency or ""), facts.role or "")
                self._hand_over([*waiting, giving], desk, task)
            elif what == "entered" and facts.kind.endswith("Gateway"):
                self.at_join[task] = giving
        if _TO_APPLICANT.intersection(view.milestones):
            self._to_applicant(giving, view)
        self.last = giving.desk

    def _giving(self, view: HistoryView) -> _Giving:
        """Who hands on by this command: the citizen, the desk of the finished step, else whoever had it."""
        officer = view.actor_name if view.actor.startswith("officer:") else ""
        if view.kind in (Kind.START, Kind.SUPPLEMENT):
            return _Giving(_APPLICANT, "", view.recorded_at, "")
        desk = self.last
        if view.kind == Kind.COMPLETE and view.agency and view.role:
            desk = Desk(view.agency, view.role)
        return _Giving(desk, officer, view.recorded_at, self._outcome(view), _reason(view))

    def _outcome(self, view: HistoryView) -> str:
        """How the finished step stands to its budget; the last one to the appointment of the dossier."""
        due = self.step_due.get(view.task_id) if view.task_id else None
        if "result_ready" in view.milestones:
            due = view.due_at
        return punctuality(vietnam(view.recorded_at), vietnam(due), self.calendar) if due else ""

    def _hand_over(self, givers: Iterable[_Giving], receiver: Desk, task: str) -> None:
        for giving in givers:
            if giving.desk != receiver:
                self.unclaimed[task] = len(self.found)
                self.found.append(self._line(giving, receiver))

    def _to_applicant(self, giving: _Giving, view: HistoryView) -> None:
        _, name = view.changes.get("recipient_name", (None, None))
        line = self._line(giving, _APPLICANT)
        self.found.append(replace(line, received_at=view.recorded_at, receiver_officer=str(name or "")))

    def _line(self, giving: _Giving, receiver: Desk) -> HandOver:
        return HandOver(
            giver=self._office(giving.desk),
            receiver=self._office(receiver),
            given_at=giving.at,
            giver_officer=giving.officer,
            outcome=giving.outcome,
            note=giving.note,
        )

    def _office(self, desk: Desk) -> str:
        if desk == _APPLICANT:
            return "Người nộp hồ sơ"
        return f"{self.services.agency_name(desk.agency)} ({role(desk.role)})"

    def _received(self, task: str, view: HistoryView) -> None:
        """The receiver takes over by the first thing he does: claiming the step, or finishing it."""
        index = self.unclaimed.pop(task, None)
        if index is not None:
            line = self.found[index]
            self.found[index] = replace(line, received_at=view.recorded_at, receiver_officer=view.actor_name)


def _reason(view: HistoryView) -> str:
    """Why the dossier was sent on: what the law asks to be given in full, else what the officer noted."""
    given = [new for name in _REASONS if (new := view.changes.get(name, (None, None))[1])]
    return str(given[0]) if given else view.reason or ""


def handovers(
    entries: Iterable[HistoryView],
    *,
    services: Services,
    definition: Definition,
    calendar: WorkingCalendar,
    agencies: Mapping[str, str],
    step_due: Mapping[UUID, datetime | None],
) -> tuple[HandOver, ...]:
    """All hand-overs of a dossier in the order of its history, from the applicant back to the applicant."""
    trail = _Trail(services, definition, calendar, agencies, step_due)
    for view in entries:
        trail.follow(view)
    return tuple(trail.found)
