"""One step of one process: state and action in, state and events out. No clock, no randomness, no storage."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

import zstandard
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.util import BpmnEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.util.task import TaskState

from engine.workflow.bundle import Definition
from engine.workflow.elements import services, timers
from engine.workflow.elements.host import Host
from engine.workflow.errors import WorkflowFailed, WorkflowRefused
from engine.workflow.running.codec import dump_state, load_state
from engine.workflow.running.identity import derived_ids
from engine.workflow.running.prune import prune
from engine.workflow.step import (
    Action,
    Complete,
    Deliver,
    Fire,
    JobDone,
    JobFailed,
    OpenJob,
    OpenSubscription,
    OpenTask,
    OpenTimer,
    Start,
    Step,
    StepEvent,
)
from engine.workflow.world import World

MAX_STEPS = 10_000  # automatic steps of one action: more is an endless loop
MAX_RECORDS = 2_000  # task records after pruning: more is an explosion of tokens
MAX_STATE = 8 * 1024 * 1024  # bytes of an uncompressed state


def run(definition: Definition, state: bytes | None, action: Action, world: World) -> Step:
    """Do one action and go on until only people, timers, messages or jobs are waited for.

    Raises WorkflowRefused when the process does not wait for the action, WorkflowFailed when an element
    cannot go on, and whatever the world raises. Whoever calls rolls back.
    """
    host = Host(world, definition.nodes, definition.tables)
    with derived_ids(world.dossier_id, world.sequence):
        try:
            if isinstance(action, Start):
                workflow = BpmnWorkflow(definition.spec, definition.subprocess_specs, script_engine=host)
                before: dict[UUID, str] = {}
            else:
                workflow = _restore(definition, state, host)
                before = {
                    task.id: task.task_spec.bpmn_id for task in _waiting(workflow) if not _attached(task)
                }
                _act(workflow, action)
            _go_on(workflow, host)
        except SpiffWorkflowException as error:
            spec = getattr(error, "task_spec", None)
            raise WorkflowFailed(getattr(spec, "name", "?"), str(error)) from error
        return _step(definition, workflow, host, before)


def _restore(definition: Definition, state: bytes | None, host: Host) -> Any:
    if state is None:
        raise WorkflowRefused()
    raw = zstandard.ZstdDecompressor(dict_data=definition.dictionary).decompress(
        state, max_output_size=MAX_STATE
    )
    return load_state(raw, definition.spec, definition.subprocess_specs, host)


def _act(workflow: Any, action: Action) -> None:
    task = _find(workflow, action.task_id)  # type: ignore[union-attr]
    if isinstance(action, Complete):
        if task.state != TaskState.READY or not task.task_spec.manual:
            raise WorkflowRefused()
        task.run()
    elif isinstance(action, Fire):
        if not timers.fire(task, action.timer):
            raise WorkflowRefused()
    elif isinstance(action, Deliver):
        _deliver(task, action.message)
    elif isinstance(action, JobDone | JobFailed):
        if task.state != TaskState.STARTED or not isinstance(task.task_spec, services.ServiceTask):
            raise WorkflowRefused()
        _answer(task, action)


def _find(workflow: Any, task_id: UUID) -> Any:
    for part in (workflow, *workflow.subprocesses.values()):
        if task_id in part.tasks:
            return part.tasks[task_id]
    raise WorkflowRefused()


def _deliver(task: Any, message: str) -> None:
    event = BpmnEvent(MessageEventDefinition(message), payload={})
    definition = getattr(task.task_spec, "event_definition", None)
    if task.state != TaskState.WAITING or definition is None or not definition.catches(task, event):
        raise WorkflowRefused()
    task.task_spec.catch(task, event)
    task.task_spec._update(task)


def _answer(task: Any, action: JobDone | JobFailed) -> None:
    if isinstance(action, JobDone):
        services.take_outputs(task, action.answer)
        task.complete()
    else:
        services.fail(task, action.error_code, "Bước tự động không thực hiện được")


def _go_on(workflow: Any, host: Host) -> None:
    count = 0

    def counted(task: Any) -> None:
        nonlocal count
        count += 1
        if count > MAX_STEPS:
            raise host.failure(task.task_spec, f"vòng lặp tự động quá {MAX_STEPS} bước")

    workflow.do_engine_steps(will_complete_task=counted)


def _waiting(workflow: Any) -> Iterator[Any]:
    """Elements of the diagram that wait for something, in a fixed order; what is attached to them too."""
    for part in (workflow, *sorted(workflow.subprocesses.values(), key=lambda one: str(one.parent_task_id))):
        for task in part.tasks.values():
            if getattr(task.task_spec, "bpmn_id", None) and task.has_state(
                TaskState.READY | TaskState.WAITING | TaskState.STARTED
            ):
                yield task


def _step(definition: Definition, workflow: Any, host: Host, before: Mapping[UUID, str]) -> Step:
    _require_sound(workflow, host)
    prune(workflow)
    waiting = list(_waiting(workflow))
    records = sum(len(part.tasks) for part in (workflow, *workflow.subprocesses.values()))
    if records > MAX_RECORDS:
        raise WorkflowFailed(definition.main_process, f"quá {MAX_RECORDS} nhánh đang mở")
    raw = dump_state(workflow)
    compressor = zstandard.ZstdCompressor(level=3, dict_data=definition.dictionary, write_content_size=True)
    return Step(
        state=compressor.compress(raw),
        state_hash=hashlib.sha256(raw).digest(),
        ended=workflow.is_completed(),
        events=tuple(_events(host, before, waiting)),
        tasks=tuple(_open_tasks(definition, waiting)),
        timers=tuple(_open_timers(definition, waiting)),
        jobs=tuple(_open_jobs(definition, waiting, host)),
        subscriptions=tuple(_open_subscriptions(waiting)),
        records=records,
    )


def _require_sound(workflow: Any, host: Host) -> None:
    """An element in error, or an event that nobody took, is never stored."""
    for part in (workflow, *workflow.subprocesses.values()):
        for task in part.tasks.values():
            if task.state == TaskState.ERROR:
                raise host.failure(task.task_spec, "bước này bị lỗi")
    unhandled = workflow.get_events()
    if unhandled:
        raise WorkflowFailed(str(unhandled[0].event_definition.name), "không có nơi nào nhận sự kiện này")


def _events(host: Host, before: Mapping[UUID, str], waiting: list[Any]) -> Iterator[StepEvent]:
    done = {task_id for _, _, task_id in host.happened}
    now = {task.id for task in waiting}
    yield from (StepEvent(what, node, task_id) for what, node, task_id in host.happened)
    for task_id, node in before.items():
        if task_id not in now and task_id not in done:
            yield StepEvent("cancelled", node, task_id)
    for task in waiting:
        if task.id not in before and task.id not in done and not _attached(task):
            yield StepEvent("entered", task.task_spec.bpmn_id, task.id)


def _attached(task: Any) -> bool:
    """A boundary event that waits is not a place where the dossier stands."""
    return hasattr(task.task_spec, "cancel_activity")


def _open_tasks(definition: Definition, waiting: list[Any]) -> Iterator[OpenTask]:
    for task in waiting:
        if task.state == TaskState.READY and task.task_spec.manual:
            node = definition.nodes[task.task_spec.bpmn_id]
            yield OpenTask(
                task.id,
                node.id,
                node.name,
                node.role or "processing",
                node.agency or "competent",
                node.form,
                node.decisions,
                node.basis,
            )


def _open_timers(definition: Definition, waiting: list[Any]) -> Iterator[OpenTimer]:
    for task in waiting:
        if task.state == TaskState.WAITING:
            for name, code in timers.waiting_timers(task).items():
                clock = definition.nodes[name].clock if name in definition.nodes else "legal"
                yield OpenTimer(task.id, task.task_spec.bpmn_id, name, code, clock)


def _open_jobs(definition: Definition, waiting: list[Any], host: Host) -> Iterator[OpenJob]:
    for task in waiting:
        if task.state == TaskState.STARTED and isinstance(task.task_spec, services.ServiceTask):
            node = definition.nodes[task.task_spec.bpmn_id]
            yield OpenJob(task.id, node.id, node.handler or "", host.job_inputs.get(task.id, {}))


def _open_subscriptions(waiting: list[Any]) -> Iterator[OpenSubscription]:
    for task in waiting:
        definition = getattr(task.task_spec, "event_definition", None)
        if task.state != TaskState.WAITING or definition is None:
            continue
        several = (
            definition.event_definitions if isinstance(definition, MultipleEventDefinition) else [definition]
        )
        for one in several:
            if isinstance(one, MessageEventDefinition):
                yield OpenSubscription(task.id, task.task_spec.bpmn_id, one.name)
