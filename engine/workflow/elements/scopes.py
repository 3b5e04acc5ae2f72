"""Sub-processes and called processes, and ending them: by an error inside, by a boundary event outside."""

from typing import Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import ErrorEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.simple import TerminateEventDefinition
from SpiffWorkflow.util.task import TaskState

from engine.workflow.elements.host import host_of
from engine.workflow.elements.marked import Marked


class _Scope(Marked):
    """An activity with a process inside."""

    def copy_data(self, my_task: Any, subworkflow: Any) -> None:
        """Nothing: the dossier's document is one and the same in every scope."""

    def update_data(self, my_task: Any, subworkflow: Any) -> None:
        """Nothing, as above."""

    def _on_subworkflow_completed(self, subworkflow: Any, my_task: Any) -> None:
        # A scope that was ended from inside or outside must not come back to life when its rest completes.
        if not my_task.has_state(TaskState.FINISHED_MASK):
            super()._on_subworkflow_completed(subworkflow, my_task)  # type: ignore[misc]


class SubProcess(_Scope, defaults.SubWorkflowTask):
    """An embedded sub-process."""


class CallActivity(_Scope, defaults.CallActivity):
    """A called process of the same bundle."""


def throw_error(my_task: Any, code: str) -> bool:
    """Give an error to the innermost boundary event that catches its code; the scopes it leaves are ended.

    Returns False when nobody catches it.
    """
    here = my_task
    while here is not None:
        catcher = _catcher(here, code)
        if catcher is not None:
            catcher.internal_data["event_fired"] = True
            if here is not my_task:
                here.cancel()
            catcher.task_spec._update(catcher)
            return True
        owner = here.workflow.parent_task_id
        here = here.workflow.top_workflow.get_task_from_id(owner) if owner is not None else None
    return False


def _catcher(my_task: Any, code: str) -> Any:
    """The waiting error boundary event of an activity for a code: the exact one before the catch-all."""
    split = my_task.parent
    if split is None or not isinstance(split.task_spec, BoundaryEventSplit):
        return None
    waiting = [
        task
        for task in split.children
        if task.state == TaskState.WAITING
        and isinstance(getattr(task.task_spec, "event_definition", None), ErrorEventDefinition)
        and task.task_spec.event_definition.code in (None, code)
    ]
    waiting.sort(key=lambda task: task.task_spec.event_definition.code is None)
    return waiting[0] if waiting else None


class EndEvent(Marked, defaults.EndEvent):
    """Where a path ends: plainly, with everything else of the scope, or with an error."""

    def _run_hook(self, my_task: Any) -> bool:
        definition = self.event_definition
        if isinstance(definition, ErrorEventDefinition):
            if not throw_error(my_task, definition.code):
                raise host_of(my_task).failure(self, f"không có nơi nào bắt lỗi «{definition.code}»")
            return True
        if isinstance(definition, TerminateEventDefinition):
            return True  # its scope ends when it completes; outside of the scope nobody hears of it
        done: bool = super()._run_hook(my_task)
        return done
