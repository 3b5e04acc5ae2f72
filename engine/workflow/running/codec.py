"""The state of a process as bytes: task records only, in one canonical order; the spec lives elsewhere."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import orjson
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.workflow.elements.host import Host

FORMAT = 1


def dump_state(workflow: Any) -> bytes:
    """Canonical bytes: equal states give equal bytes."""
    parts = [_dump_part(workflow)]
    parts += [_dump_part(part) for part in _in_order(workflow)]
    return orjson.dumps({"format": FORMAT, "parts": parts})


def _in_order(workflow: Any) -> Iterator[Any]:
    """Sub-processes, owners before what they own."""
    yield from sorted(workflow.subprocesses.values(), key=lambda part: (part.depth, str(part.parent_task_id)))


def _dump_part(part: Any) -> dict[str, Any]:
    order: list[Any] = []
    stack = [part.task_tree]
    while stack:
        task = stack.pop()
        order.append(task)
        stack.extend(reversed(task.children))
    place = {task.id: number for number, task in enumerate(order)}
    owner = part.parent_task_id
    return {
        "owner": str(owner) if owner is not None else None,
        "completed": part.completed,
        "last": place.get(part.last_task.id, -1) if part.last_task is not None else -1,
        "tasks": [
            [
                task.id.hex,
                place[task._parent] if task._parent is not None else -1,
                task.task_spec.name,
                task.state,
                *([task.internal_data] if task.internal_data else []),
            ]
            for task in order
        ],
    }


def load_state(raw: bytes, spec: Any, subprocess_specs: dict[str, Any], host: Host) -> Any:
    """The process behind the bytes, on these specs. Raises KeyError for a state that does not fit them."""
    stored = orjson.loads(raw)
    top, *inner = stored["parts"]
    workflow = BpmnWorkflow(spec, subprocess_specs, script_engine=host, deserializing=True)
    _load_part(workflow, top)
    for part in inner:
        owner = workflow.get_task_from_id(UUID(part["owner"]))
        inside = BpmnSubWorkflow(
            subprocess_specs[owner.task_spec.spec], owner.id, workflow, deserializing=True
        )
        workflow.subprocesses[owner.id] = inside
        _load_part(inside, part)
        inside.completed_event.connect(owner.task_spec._on_subworkflow_completed, owner)
    return workflow


def _load_part(part: Any, stored: dict[str, Any]) -> None:
    specs = part.spec.task_specs
    tasks: list[Any] = []
    manager = part.top_workflow.event_manager
    for identity, parent, name, state, *rest in stored["tasks"]:
        task = Task(part, specs[name], tasks[parent] if parent >= 0 else None, state, UUID(hex=identity))
        task.last_state_change = 0
        if rest:
            task.internal_data = rest[0]
        if state == TaskState.WAITING and isinstance(task.task_spec, CatchingEvent):
            manager.add_task(task)
        tasks.append(task)
    part.task_tree = tasks[0]
    part.completed = stored["completed"]
    part.last_task = tasks[stored["last"]] if stored["last"] >= 0 else None
