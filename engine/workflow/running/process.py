"""A running process and its open scopes: SpiffWorkflow's workflows, holding tokens only.

A token is a task of the library. What is over is removed at once, history keeps it: so the tree is as large
as what is open, at any age of the dossier. Tokens hang under the root of their scope; what lives and dies
with an activity (boundary events, instances) hangs under the activity's token.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.workflow.running.graph import Graph

ROOT = ""  # name of the root of every scope: no element of a diagram can bear it


class ScopeSpec(BpmnProcessSpec):
    """A process or sub-process; its elements are added by whoever builds it from ``plan``.

    ``conditional`` says whether anything in the whole process waits for a condition.
    """

    def __init__(self, plan: Mapping[str, Any], conditional: bool) -> None:
        WorkflowSpec.__init__(self, plan["id"])
        self.plan = plan
        self.conditional = conditional
        self.graph = Graph({one["id"]: one for one in plan["elements"]})
        self.data_objects: dict[str, Any] = {}
        self.bpmn_start_events: list[Any] = []
        self.start = TaskSpec(self, ROOT)


class Token(Task):
    """A task of the library that neither logs nor looks at the machine's clock when its state changes."""

    def _set_state(self, value: int) -> None:
        self._state = value


class _Scope:
    """What the whole process and an open sub-process have in common."""

    spec: Any
    task_tree: Any
    tasks: dict[Any, Any]

    def plant(self) -> None:
        """Give a new scope its root."""
        self.task_tree = Token(self, self.spec.start, state=TaskState.COMPLETED)

    @property
    def tokens(self) -> list[Any]:
        """What stands directly in the scope."""
        return list(self.task_tree.children)

    def _task_completed_notify(self, task: Any) -> None:
        if task.id in self.tasks:
            self._remove_task(task.id)  # type: ignore[attr-defined]


class Process(_Scope, BpmnWorkflow):
    """The running process of a dossier, for one command."""

    def __init__(self, spec: Any, scopes: dict[str, Any], host: Any) -> None:
        super().__init__(spec, scopes, script_engine=host, deserializing=True)
        self.ready: deque[Any] = deque()
        self.error: str | None = None  # code of an error that nobody caught: it has ended the process

    @property
    def parts(self) -> Iterator[Any]:
        """The process and its open scopes, owners before what they own."""
        yield self
        yield from self.subprocesses.values()

    def find(self, task_id: Any) -> Any:
        """A token of any scope, None when it is gone."""
        for part in self.parts:
            if task_id in part.tasks:
                return part.tasks[task_id]
        return None

    def waiting(self) -> Iterator[Any]:
        """Tokens that wait or work, in a fixed order."""
        for part in self.parts:
            for task in part.tasks.values():
                if task.has_state(TaskState.READY | TaskState.WAITING | TaskState.STARTED):
                    yield task

    def open_scope(self, owner: Any, scope: str) -> Any:
        """The scope inside an activity, empty."""
        inside = Inside(self.subprocess_specs[scope], owner.id, self)
        self.subprocesses[owner.id] = inside
        inside.plant()
        return inside

    def run_ready(self, before: Callable[[Any], None], after: Callable[[], None]) -> bool:
        """Run automatic elements until none is ready; False when there was none.

        ``before`` is told each of them, ``after`` is called when it is done.
        """
        ran = False
        while self.ready:
            task = self.ready.popleft()
            if task.state == TaskState.READY and task.workflow.tasks.get(task.id) is task:
                before(task)
                task.run()
                after()
                ran = True
        return ran


class Inside(_Scope, BpmnSubWorkflow):
    """A scope that an activity has opened."""

    def __init__(self, spec: Any, parent_task_id: Any, top_workflow: Any) -> None:
        super().__init__(spec, parent_task_id, top_workflow, deserializing=True)

    @property
    def owner(self) -> Any:
        return self.top_workflow.find(self.parent_task_id)

    def _calculate_depth(self) -> int:
        return 0  # nobody asks: scopes are kept in the order in which they were opened
