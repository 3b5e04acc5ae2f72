"""One step of one process: state and action in, state and events out. No clock, no randomness, no storage."""

from typing import Any

from SpiffWorkflow.exceptions import SpiffWorkflowException

from engine.workflow.definition import Definition
from engine.workflow.elements import catching, scopes
from engine.workflow.elements.host import Host
from engine.workflow.errors import WorkflowFailed, WorkflowRefused
from engine.workflow.running.acts import act
from engine.workflow.running.codec import load_state
from engine.workflow.running.identity import derived_ids
from engine.workflow.running.outcome import MAX_TOKENS, TOO_MANY, Before, step_of
from engine.workflow.running.process import Process
from engine.workflow.step import Action, Start, Step
from engine.workflow.world import World

MAX_STEPS = 10_000  # automatic steps of one action: more is an endless loop
ENDLESS = (f"vòng lặp tự động quá {MAX_STEPS} bước", f"an automatic loop of more than {MAX_STEPS} steps")


def run(definition: Definition, state: bytes | None, action: Action, world: World) -> Step:
    """Do one action and go on until only people, timers, messages or jobs are waited for.

    Raises WorkflowRefused when the process does not wait for the action, WorkflowFailed when an element
    cannot go on, and whatever the world raises. Whoever calls rolls back.
    """
    host = Host(world, definition.nodes, definition.tables, definition.aliases)
    with derived_ids(world.dossier_id, world.sequence):
        try:
            if isinstance(action, Start):
                process = Process(definition.spec, definition.scopes, host)
                process.plant()
                before = Before(process)
                if action.node is not None and action.node not in definition.spec.task_specs:
                    raise WorkflowRefused()
                scopes.begin(process, action.node)
            else:
                process = load_state(_unpacked(definition, state), definition.spec, definition.scopes, host)
                before = Before(process)
                act(process, action)
            go_on(process, host)
        except WorkflowFailed as error:
            error.path = tuple(node for what, node, _ in host.happened if what == "completed")
            raise
        except SpiffWorkflowException as error:
            spec = getattr(error, "task_spec", None)
            raise WorkflowFailed(getattr(spec, "name", "?"), (str(error), str(error))) from error
        return step_of(definition, process, host, before)


def _unpacked(definition: Definition, state: bytes | None) -> bytes:
    if state is None:
        raise WorkflowRefused()
    return definition.packing.plain(state)


def go_on(process: Process, host: Host) -> None:
    """Let everything happen that happens by itself. Raises WorkflowFailed when that never ends."""
    count = 0

    def counted(task: Any) -> None:
        nonlocal count
        count += 1
        if count > MAX_STEPS:
            raise host.failure(task.task_spec, ENDLESS)
        if count % 32 == 0 and sum(len(part.tasks) for part in process.parts) > MAX_TOKENS:
            raise host.failure(task.task_spec, TOO_MANY)

    def conditions() -> None:
        while host.changed:
            host.changed = False
            if not process.spec.conditional:
                return
            catching.check_conditions(process)

    conditions()
    while process.run_ready(counted, conditions) or scopes.settle(process) or process.ready:
        conditions()
