"""What an action does to a process, before everything else goes on by itself."""

from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.workflow.elements import catching, services, throwing, timers
from engine.workflow.elements.element import enter, withdraw
from engine.workflow.elements.variables import evaluate
from engine.workflow.errors import WorkflowRefused
from engine.workflow.step import Action, Complete, Deliver, Fire, JobDone, JobFailed, Move, Signal


def act(process: Any, action: Action) -> None:
    """Do an action. Raises WorkflowRefused when the process does not wait for it."""
    if isinstance(action, Signal):
        if not throwing.hear(process, "signal", action.name):
            raise WorkflowRefused()
        return
    task = process.find(action.task_id)  # type: ignore[union-attr]
    if task is None:
        raise WorkflowRefused()
    _ACTS[type(action)](task, action)


def _complete(task: Any, action: Complete) -> None:
    if task.state != TaskState.READY or not task.task_spec.manual:
        raise WorkflowRefused()
    task.run()


def _fire(task: Any, action: Fire) -> None:
    number = timers.timer_number(task, action.timer)
    if task.state != TaskState.WAITING or number is None:
        raise WorkflowRefused()
    catching.trigger(task, number)


def _deliver(task: Any, action: Deliver) -> None:
    number = catching.waits_for(task, "message", action.message)
    if number is None or not _correlates(task, action):
        raise WorkflowRefused()
    catching.trigger(task, number)


def _correlates(task: Any, action: Deliver) -> bool:
    """Whether a message is for this process: its keys equal those of the data (BPMN 2.0.2, 8.4.2)."""
    keys = task.workflow.top_workflow.spec.plan.get("correlation", {}).get(action.message, ())
    return all(evaluate(task, one["path"], action.payload) == evaluate(task, one["data"]) for one in keys)


def _answer(task: Any, action: JobDone | JobFailed) -> None:
    if task.state != TaskState.STARTED or not isinstance(task.task_spec, services.ServiceTask):
        raise WorkflowRefused()
    if isinstance(action, JobDone):
        services.take_outputs(task, action.answer)
        task.complete()
    else:
        services.fail(task, action.error_code, "Bước tự động không thực hiện được")


def _move(task: Any, action: Move) -> None:
    workflow = task.workflow
    if action.to not in workflow.spec.task_specs or task.parent is not workflow.task_tree:
        raise WorkflowRefused()
    withdraw(task)
    enter(workflow, action.to)


_ACTS: dict[type, Any] = {
    Complete: _complete, Fire: _fire, Deliver: _deliver, JobDone: _answer, JobFailed: _answer, Move: _move,
}  # fmt: skip
