"""The engine as the walked side. After every action only the bytes of the state survive."""

from collections import Counter
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from itertools import cycle
from typing import Literal
from uuid import UUID

from engine.clock import VIETNAM
from engine.workflow.bundle import BundleSource, Definition, compile_bundle, load_definition
from engine.workflow.errors import WorkflowFailed
from engine.workflow.instance import run
from engine.workflow.step import Action, Complete, Deliver, Fire, JobDone, JobFailed, Signal, Start, Step
from tests.differential.trace import Act, Key, Open, Seen


class Ground:
    """The world of a process that has a document and nothing else."""

    def __init__(self) -> None:
        self.dossier_id = UUID(int=1)
        self.sequence = 0
        self.at = datetime(2026, 3, 2, 8, 0, tzinfo=VIETNAM)
        self.document: dict[str, object] = {}

    def scope(self) -> Mapping[str, object]:
        return self.document

    def assign(self, name: str, value: object) -> None:
        self.document[name] = value

    def handler_place(self, handler: str) -> Literal["inside", "outside"]:
        return "outside"

    def call_inside(self, handler: str, inputs: Mapping[str, object], node: str) -> Mapping[str, object]:
        raise AssertionError(f"{handler} is outside")

    def milestone(self, name: str, node: str, attributes: Mapping[str, str]) -> None:
        raise AssertionError(f"nothing reaches {name}")

    def paper(self, name: str, node: str) -> None:
        raise AssertionError(f"nothing issues {name}")


def copies(drawn: str) -> tuple[Definition, Definition]:
    """Two definitions of one diagram, restored apart from each other. Raises BundleRefused."""
    source = BundleSource(main="p.bpmn", files={"p.bpmn": drawn.encode()})
    bundle = compile_bundle(source, handlers=("x",))
    first, second = (load_definition(bundle.sha256, bundle.content) for _ in range(2))
    return first, second


class EngineSide:
    """One process; ``hashes`` are those of its state after every action."""

    def __init__(self, definitions: tuple[Definition, Definition]) -> None:
        self._turn = cycle(definitions)
        self._ground = Ground()
        self._state: bytes | None = None
        self._last: Seen | None = None
        self._timers: dict[Key, str] = {}  # each firing of a cycle has a name of its own
        self.hashes: list[bytes] = []

    def act(self, act: Act, answers: Mapping[str, object]) -> Seen:
        self._ground.document.update(deepcopy(dict(answers)))
        self._ground.sequence += 1
        try:
            step = run(next(self._turn), self._state, _action(act, self._timers), self._ground)
        except WorkflowFailed:
            if act.kind != "fail" or self._last is None:
                raise
            # Nobody takes the job's error: an incident, and everything stays as it was.
            document = deepcopy(self._ground.document)
            return replace(self._last, completed=Counter(), thrown=Counter(), document=document)
        self._state = bytes(step.state)
        self.hashes.append(step.state_hash)
        self._timers = {(str(one.task_id), _event(one.name)): one.name for one in step.timers}
        self._last = _seen(step, deepcopy(self._ground.document))
        return self._last


def _action(act: Act, timers: Mapping[Key, str]) -> Action:
    if act.kind == "start":
        return Start()
    if act.target is None:
        return Signal(act.word or "")
    task_id = UUID(act.target.key[0])
    match act.kind:
        case "timer":
            return Fire(task_id, timers[act.target.key])
        case "message":
            return Deliver(act.target.name, task_id)
        case "fail":
            return JobFailed(task_id, act.word or "")
        case _:
            return JobDone(task_id) if act.target.kind == "job" else Complete(task_id)


def _seen(step: Step, document: Mapping[str, object]) -> Seen:
    opened = [Open("task", one.node, (str(one.task_id),)) for one in step.tasks]
    opened += [Open("job", one.node, (str(one.task_id),)) for one in step.jobs]
    opened += [Open("timer", _event(one.name), (str(one.task_id), _event(one.name))) for one in step.timers]
    opened += [Open("message", one.message, (str(one.task_id), one.message)) for one in step.subscriptions]
    opened += [Open("signal", one.message, (str(one.task_id), one.message)) for one in step.signals]
    completed = Counter(one.node for one in step.events if one.kind == "completed")
    thrown = Counter((one.kind, one.name) for one in step.thrown)
    return Seen(tuple(opened), completed, thrown, step.ended, step.error, document)


def _event(name: str) -> str:
    """The event's BPMN id: one with several definitions has them numbered behind it."""
    return name.split("#", 1)[0]
