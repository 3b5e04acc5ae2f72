"""What a step came to: the new state, what happened, and all that is open now."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from SpiffWorkflow.util.task import TaskState

from engine.workflow.elements import catching, services, timers
from engine.workflow.elements.element import clear, is_over
from engine.workflow.elements.host import Host
from engine.workflow.elements.variables import evaluate
from engine.workflow.errors import WorkflowFailed
from engine.workflow.running.codec import dump_state
from engine.workflow.step import OpenJob, OpenSubscription, OpenTask, OpenTimer, Step, StepEvent

MAX_TOKENS = 2_000  # open at once: more is an explosion
TOO_MANY = (f"quá {MAX_TOKENS} nhánh đang mở", f"more than {MAX_TOKENS} open branches")


class Before:
    """Where the dossier stood before the action: to tell afterwards what was cancelled."""

    def __init__(self, process: Any) -> None:
        self.places: dict[UUID, str] = {
            task.id: task.task_spec.name for task in process.waiting() if is_place(task)
        }


def is_place(task: Any) -> bool:
    """Whether the dossier stands at a token: it does not merely listen; of what is repeated the instances."""
    data = task.internal_data
    return not (data.get("listens") or data.get("choice") or "repeat" in data)


def step_of(definition: Any, process: Any, host: Host, before: Before) -> Step:
    """The step that a process has taken. Raises WorkflowFailed when it has grown beyond all bounds."""
    ended = is_over(process)
    if ended:
        clear(process)
    waiting = list(process.waiting())
    records = sum(len(part.tasks) for part in process.parts)
    if records > MAX_TOKENS:
        raise WorkflowFailed(definition.main_process, TOO_MANY)
    raw = dump_state(process)
    opened = {
        "tasks": tuple(_tasks(definition, waiting)),
        "timers": tuple(_timers(definition, waiting)),
        "jobs": tuple(_jobs(definition, waiting, host)),
        "subscriptions": tuple(_subscriptions(waiting, "message")),
        "signals": tuple(_subscriptions(waiting, "signal")),
    }
    return Step(
        state=definition.packing.packed(raw),
        state_hash=hashlib.sha256(raw).digest(),
        ended=ended,
        events=tuple(_events(host, before.places, waiting)),
        thrown=tuple(host.thrown),
        error=process.error,
        stuck=() if ended or any(opened.values()) or _waits(waiting) else _names(waiting),
        records=records,
        **opened,  # type: ignore[arg-type]
    )


def _waits(waiting: list[Any]) -> bool:
    """Whether anything else may still come: a condition of data that a person or message may change."""
    return any(one["kind"] == "conditional" for task in waiting for one in catching.definitions(task))


def _names(waiting: list[Any]) -> tuple[str, ...]:
    return tuple(task.task_spec.name for task in waiting)


def _events(host: Host, before: Mapping[UUID, str], waiting: list[Any]) -> Iterator[StepEvent]:
    done = {task_id for _, _, task_id in host.happened}
    now = {task.id for task in waiting}
    yield from (StepEvent(what, node, task_id) for what, node, task_id in host.happened)
    for task_id, node in before.items():
        if task_id not in now and task_id not in done:
            yield StepEvent("cancelled", node, task_id)
    for task in waiting:
        if task.id not in before and task.id not in done and is_place(task):
            yield StepEvent("entered", task.task_spec.name, task.id)


def _tasks(definition: Any, waiting: list[Any]) -> Iterator[OpenTask]:
    for task in waiting:
        if task.state == TaskState.READY and task.task_spec.manual:
            node = definition.nodes[task.task_spec.name]
            role, agency = node.role or "processing", _agency(task, node.agency or "competent")
            yield OpenTask(task.id, node.id, node.name, role, agency, node.form, node.decisions, node.basis)


def _agency(task: Any, said: str) -> str:
    """Whose a task is: a code, or behind an equals sign FEEL that gives one (none: the competent agency)."""
    if not said.startswith("="):
        return said
    found = evaluate(task, said[1:])
    return found if isinstance(found, str) and found else "competent"


def _timers(definition: Any, waiting: list[Any]) -> Iterator[OpenTimer]:
    for task in waiting:
        if task.state == TaskState.WAITING:
            for name, code in timers.waiting_timers(task).items():
                node = definition.nodes.get(name.split("#", 1)[0])
                yield OpenTimer(task.id, task.task_spec.name, name, code, node.clock if node else "legal")


def _jobs(definition: Any, waiting: list[Any], host: Host) -> Iterator[OpenJob]:
    for task in waiting:
        if task.state == TaskState.STARTED and isinstance(task.task_spec, services.ServiceTask):
            if "repeat" in task.internal_data:
                continue
            node = definition.nodes[task.task_spec.name]
            yield OpenJob(task.id, node.id, node.handler or "", host.job_inputs.get(task.id, {}))


def _subscriptions(waiting: list[Any], kind: str) -> Iterator[OpenSubscription]:
    for task in waiting:
        if task.state != TaskState.WAITING:
            continue
        for one in catching.definitions(task):
            if one["kind"] == kind:
                yield OpenSubscription(task.id, task.task_spec.name, one.get("name") or "")
