"""A dry run: the case is started on the real kernel and walked through with made-up answers.

Every walk goes on from the bytes of the step before, as a dossier does from one command to the next. The dice
are loaded the same way each time, so that one file is always told the same. What only data can bring about is
a warning; only what the house does not tolerate at all is an error there.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any, Literal
from uuid import UUID

from lxml import etree

from engine.domain.finding import Finding, Severity
from engine.workflow.checking.answers import Answers
from engine.workflow.checking.say import finding
from engine.workflow.checking.subject import Subject
from engine.workflow.definition import Definition, made_of
from engine.workflow.errors import WorkflowFailed, WorkflowRefused
from engine.workflow.instance import ENDLESS, run
from engine.workflow.step import Action, Complete, Deliver, Fire, JobDone, JobFailed, Signal, Start, Step

WALKS = 30
ACTIONS = 150  # of all walks together: what a check may cost
LOOKS = 2_000  # at the document in one action; more is a loop that nothing ends
_HOUR = datetime(2026, 11, 26, 1, tzinfo=UTC)  # a working day; nothing is reckoned from it


class _World:
    """A document of made-up answers; handlers are outside and say what is wanted of them."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.dossier_id = UUID(int=0)
        self.sequence = 0
        self.at = _HOUR
        self.looks = 0

    def scope(self) -> Mapping[str, object]:
        self._looked()
        return self.document

    def assign(self, name: str, value: object) -> None:
        self._looked()
        self.document[name] = value

    def _looked(self) -> None:
        self.looks += 1
        if self.looks > LOOKS:
            raise WorkflowFailed("", ENDLESS)

    def handler_place(self, handler: str) -> Literal["inside", "outside"]:
        return "outside"

    def call_inside(self, handler: str, inputs: Mapping[str, object], node: str) -> Mapping[str, object]:
        return {}

    def milestone(self, name: str, node: str, attributes: Mapping[str, str]) -> None:
        """Milestones belong to the dossier, and there is none."""

    def paper(self, name: str, node: str) -> None:
        """No papers are written."""


@dataclass(slots=True)
class _Rehearsal:
    """All walks through one definition, and what they came to."""

    definition: Definition
    answers: Answers
    random: Random
    actions: int = 0
    done: Counter[str] = field(default_factory=Counter)
    stuck: set[str] = field(default_factory=set)
    endless: set[str] = field(default_factory=set)
    failures: dict[str, WorkflowFailed] = field(default_factory=dict)

    def walk(self, start: str | None) -> None:
        """One way through, to its end or as far as the actions reach."""
        world = _World(self.answers.drawn(self.random))
        action: Action | None = Start(start)
        state: bytes | None = None
        while action is not None and self.actions < ACTIONS and not self.endless:
            self.actions += 1
            world.sequence += 1
            world.looks = 0
            try:
                step = run(self.definition, state, action, world)
            except WorkflowRefused:
                return  # a message whose keys do not fit made-up data
            except WorkflowFailed as error:
                self._failed(error)
                return
            state = step.state
            self.actions += step.records // 20
            self.done.update(event.node for event in step.events if event.kind == "completed")
            self.stuck.update(step.stuck)
            action = None if step.ended else self._next(step, world)

    def _failed(self, error: WorkflowFailed) -> None:
        self.done.update(node for node in error.path if node != error.node_id)  # it may fail on leaving
        if error.details["why"] == ENDLESS[0]:
            turning = Counter(error.path[-200:]).most_common(1)
            self.endless.add(turning[0][0] if turning else error.node_id)
        else:
            self.failures.setdefault(error.node_id, error)

    def _next(self, step: Step, world: _World) -> Action | None:
        """What has been done least so far, so that few walks see much."""
        ways = list(self._ways(step))
        if not ways:
            return None
        least = min(self.done[node] for node, _ in ways)
        node, action = self.random.choice([one for one in ways if self.done[one[0]] == least])
        if isinstance(action, Complete):
            world.document.update(self.answers.drawn(self.random))
            decisions = self.definition.nodes[node].decisions
            if decisions:
                world.document[f"{node}_decision"] = self.random.choice(decisions).value
        return action

    def _ways(self, step: Step) -> Iterator[tuple[str, Action]]:
        yield from ((one.node, Complete(one.task_id)) for one in step.tasks)
        yield from ((one.node, Fire(one.task_id, one.name)) for one in step.timers)
        yield from ((one.node, Deliver(one.message, one.task_id)) for one in step.subscriptions)
        yield from ((one.node, Signal(one.message)) for one in step.signals)
        for job in step.jobs:
            yield job.node, JobDone(job.task_id, self._answer(job.node))
            for event, code in self._refusals(job.node):
                yield event, JobFailed(job.task_id, code)

    def _answer(self, node: str) -> dict[str, Any]:
        values = self.answers.drawn(self.random)
        return {one.source: values.get(one.name) for one in self.definition.nodes[node].outputs}

    def _refusals(self, node: str) -> Iterator[tuple[str, str]]:
        """Boundary events of an automatic step with the codes that they catch."""
        for plan in self.definition.plans.values():
            elements = {one["id"]: one for one in plan["elements"]}
            for name in elements.get(node, {}).get("attached", ()):
                for event in elements[name].get("events", ()):
                    if event["kind"] == "error":
                        yield name, event.get("code") or "any"


def rehearse(subject: Subject) -> Iterable[Finding]:
    """What goes wrong when a sound diagram is tried out; nothing is said of one that has faults already."""
    definition = Definition("", {**made_of(subject.closure), "findings": []})
    rehearsal = _Rehearsal(definition, Answers(subject), Random(0))  # noqa: S311  (chooses ways, no secrets)
    drawn = definition.plans[definition.main_process]["elements"]
    starts: list[str | None] = [None] if definition.starts else []
    starts += [
        one["id"] for one in drawn if one["kind"] == "startEvent" and one["id"] not in definition.starts
    ]
    starts += [name for name, _, _ in definition.triggers if name not in starts]
    for number in range(WALKS if starts else 0):
        rehearsal.walk(starts[number % len(starts)])
    yield from _told(subject, rehearsal)


def _told(subject: Subject, rehearsal: _Rehearsal) -> Iterator[Finding]:
    places = {element.get("id", ""): (scope.file, element) for scope, element in subject.nodes()}
    for node in sorted(rehearsal.stuck & set(places)):
        yield _stuck(*places[node], subject.house_severity)
    for node in sorted(rehearsal.endless & set(places)):
        yield _endless(*places[node], subject.house_severity)
    for node, error in sorted(rehearsal.failures.items()):
        if node in places and not rehearsal.done[node]:
            yield _failed(*places[node], error)


def _stuck(file: str, element: etree._Element, severity: Severity) -> Finding:
    return finding(
        "dry-run-stuck", severity, file, element,
        vi="chạy thử: hồ sơ đứng ở đây, không còn ai hay điều gì để chờ",
        en="dry run: the dossier stands here with nobody and nothing left to wait for",
        remedy_vi="Xem lại các nhánh dẫn đến đây và số token mà phần tử cần.",
        remedy_en="Look at the branches that lead here, and at the tokens that it needs.",
    )  # fmt: skip


def _endless(file: str, element: etree._Element, severity: Severity) -> Finding:
    return finding(
        "dry-run-endless", severity, file, element,
        vi="chạy thử: vòng lặp tự động qua đây không dừng lại",
        en="dry run: an automatic loop here never ends",
        remedy_vi="Ghi số vòng tối đa, hoặc để một bước trong vòng lặp đổi dữ liệu của điều kiện.",
        remedy_en="Write a maximum, or let a step of the loop change what its condition reads.",
    )  # fmt: skip


def _failed(file: str, element: etree._Element, error: WorkflowFailed) -> Finding:
    return finding(
        "dry-run-failed", Severity.WARNING, file, element,
        vi=f"chạy thử với dữ liệu giả định thì lỗi: {error.details['why']}",
        en=f"it failed in a dry run with made-up data: {error.details['why_en']}",
        remedy_vi="Xem biểu thức có chịu được dữ liệu trống hay khác kiểu không.",
        remedy_en="See whether its expressions bear data that are missing or of another kind.",
    )  # fmt: skip
