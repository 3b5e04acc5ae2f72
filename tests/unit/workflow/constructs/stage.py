"""A process on a stage: drawn in a few words, run step by step on the real engine, saved after every step."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from lxml import etree

from engine.handler import BusinessError
from engine.workflow.bundle import BundleSource, compile_bundle, load_definition
from engine.workflow.instance import run
from engine.workflow.step import (
    Action,
    Complete,
    Deliver,
    Fire,
    JobDone,
    JobFailed,
    Move,
    Signal,
    Start,
    Step,
)

_HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:m="urn:motcua:bpmn:1" '
    'id="defs" targetNamespace="urn:x">'
)


def flows(*paths: str) -> str:
    """Sequence flows along paths such as "a b c"; ``a>b`` is named a_b."""
    pairs = [pair for path in paths for pair in zip(path.split(), path.split()[1:], strict=False)]
    return "".join(f'<sequenceFlow id="{a}_{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairs)


def when(a: str, b: str, condition: str) -> str:
    """A flow with a condition."""
    text = condition.replace("<", "&lt;")
    return (
        f'<sequenceFlow id="{a}_{b}" sourceRef="{a}" targetRef="{b}">'
        f"<conditionExpression>{text}</conditionExpression></sequenceFlow>"
    )


def users(*names: str) -> str:
    return "".join(f'<userTask id="{name}"/>' for name in names)


def script(name: str, text: str, inside: str = "") -> str:
    return f'<scriptTask id="{name}">{inside}<script>{text}</script></scriptTask>'


def _artifacts_last(xml: str) -> bytes:
    """As the schema wants it: associations behind the elements of their scope."""
    root = etree.fromstring(xml)
    for association in root.findall(".//{*}association"):
        association.getparent().append(association)
    return etree.tostring(root)


class _World:
    """A document and nothing else; handlers are outside, but ``refuse`` which says no at once."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = dict(data)
        self.dossier_id = UUID(int=1)
        self.sequence = 0
        self.at = datetime(2026, 11, 26, 1, tzinfo=UTC)

    def scope(self) -> Mapping[str, object]:
        return self.data

    def assign(self, name: str, value: object) -> None:
        self.data[name] = value

    def handler_place(self, handler: str) -> Any:
        return "inside" if handler == "refuse" else "outside"

    def call_inside(self, handler: str, inputs: Mapping[str, object], node: str) -> Mapping[str, object]:
        raise BusinessError("no", "không được")

    def milestone(self, name: str, node: str, attributes: Mapping[str, str]) -> None:
        raise AssertionError("no milestones on this stage")

    def paper(self, name: str, node: str) -> None:
        raise AssertionError("no papers on this stage")


class Stage:
    """One running process."""

    def __init__(self, body: str, *, roots: str = "", start: str | None = None, **data: Any) -> None:
        process = f'{_HEAD}{roots}<process id="p" isExecutable="true">{body}</process></definitions>'
        bundle = compile_bundle(BundleSource(main="p.bpmn", files={"p.bpmn": _artifacts_last(process)}))
        self.definition = load_definition(bundle.sha256, bundle.content)
        self.world = _World(data)
        self.path: list[str] = []  # what has completed so far
        self.state: bytes | None = None
        self.step: Step
        self.act(Start(start))

    @property
    def data(self) -> dict[str, Any]:
        return self.world.data

    @property
    def ended(self) -> bool:
        return self.step.ended

    @property
    def open(self) -> list[str]:
        """Tasks of people, in alphabetical order."""
        return sorted(task.node for task in self.step.tasks)

    @property
    def waiting(self) -> list[str]:
        """Timers, messages and signals waited for, by their events."""
        return sorted(
            [one.name for one in self.step.timers]
            + [one.node for one in (*self.step.subscriptions, *self.step.signals)]
        )

    def act(self, action: Action) -> list[str]:
        """Do one thing; what has completed by it, in order."""
        self.world.sequence += 1
        self.step = run(self.definition, self.state, action, self.world)
        self.state = self.step.state
        done = [event.node for event in self.step.events if event.kind == "completed"]
        self.path += done
        return done

    def do(self, *nodes: str, **answers: Any) -> list[str]:
        """Complete tasks of these names one after the other, the oldest of each name first."""
        done: list[str] = []
        for node in nodes:
            task = next(one for one in self.step.tasks if one.node == node)
            self.world.data.update(answers)
            done += self.act(Complete(task.task_id))
        return done

    def fire(self, timer: str) -> list[str]:
        found = next(one for one in self.step.timers if one.name == timer)
        return self.act(Fire(found.task_id, found.name))

    def message(self, name: str) -> list[str]:
        found = next(one for one in self.step.subscriptions if one.message == name)
        return self.act(Deliver(name, found.task_id))

    def signal(self, name: str) -> list[str]:
        return self.act(Signal(name))

    def job_done(self, **answer: Any) -> list[str]:
        return self.act(JobDone(self.step.jobs[0].task_id, answer))

    def job_failed(self, code: str) -> list[str]:
        return self.act(JobFailed(self.step.jobs[0].task_id, code))

    def move(self, node: str, to: str) -> list[str]:
        task = next(one for one in self.step.tasks if one.node == node)
        return self.act(Move(task.task_id, to))
