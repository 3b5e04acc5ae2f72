"""What every element does: take tokens, tell when it has completed, send tokens on."""

from collections.abc import Iterable, Mapping
from typing import Any

from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.util.task import TaskState

from engine.workflow.elements.host import host_of
from engine.workflow.running.process import Token

WAITING, READY, STARTED = TaskState.WAITING, TaskState.READY, TaskState.STARTED


class Element(TaskSpec):
    """An element of a diagram. ``plan`` is what engine.workflow.planning says about it."""

    opens = False  # a scope, when it runs

    def __init__(self, scope: Any, plan: Mapping[str, Any]) -> None:
        super().__init__(scope, plan["id"])
        self.plan = plan
        self.flows: list[dict[str, Any]] = plan.get("flows", [])

    def _predict(self, my_task: Any, *_: Any, **__: Any) -> None:
        """Nothing: a token knows where it is, not where it may go."""

    def _update_hook(self, my_task: Any) -> bool:
        """A token has arrived; True lets it in."""
        return True

    def test(self) -> None:
        """Nothing: how elements are wired is checked when a diagram is deployed."""

    def _on_ready_hook(self, my_task: Any) -> None:
        my_task.workflow.top_workflow.ready.append(my_task)

    def _run_hook(self, my_task: Any) -> bool | None:
        return True

    def _on_complete_hook(self, my_task: Any) -> None:
        host_of(my_task).completed(my_task)
        self.leave(my_task)

    def leave(self, my_task: Any) -> None:
        """Send a token along each flow; without flows the path ends here."""
        send(my_task.workflow, self.flows)


def enter(workflow: Any, name: str, flow: str | None = None, parent: Any = None, **marks: Any) -> Any:
    """A new token at an element of a scope, having come along a flow. Returns the token."""
    spec = workflow.spec.task_specs[name]
    token = Token(workflow, spec, parent or workflow.task_tree, TaskState.FUTURE)
    if flow is not None and spec.plan.get("in", ())[1:]:
        marks["by"] = flow  # only joins ask
    token.internal_data.update(marks)
    spec._update(token)
    return token


def send(workflow: Any, flows: Iterable[Mapping[str, Any]]) -> None:
    """One token along each of the flows."""
    for flow in flows:
        enter(workflow, flow["to"], flow["id"])


def withdraw(task: Any) -> None:
    """End a token and all that hangs on it or runs inside it, without completing it."""
    workflow = task.workflow
    if workflow.tasks.get(task.id) is not task:
        return
    for child in list(task.children):
        withdraw(child)
    inside = workflow.top_workflow.subprocesses.pop(task.id, None)
    if inside is not None:
        clear(inside)
    if not task.has_state(TaskState.FINISHED_MASK):
        task._set_state(TaskState.CANCELLED)
    workflow._remove_task(task.id)


def rehang(task: Any) -> None:
    """Let a token stand in its scope by itself, no longer under an activity or gateway."""
    workflow = task.workflow
    task.parent._children.remove(task.id)
    task._parent = workflow.task_tree.id
    workflow.task_tree._children.append(task.id)
    workflow.tasks[task.id] = workflow.tasks.pop(task.id)  # stored in the order of the tree


def is_instance(task: Any) -> bool:
    """Whether a token is one instance of a repeated activity."""
    return task.parent is not None and task.parent.task_spec is task.task_spec


def free(one: Mapping[str, Any]) -> bool:
    """Whether nothing leads to an element, so that it begins with its scope."""
    return not (
        one.get("in")
        or one["kind"] in ("boundaryEvent", "eventSubProcess")
        or one.get("compensates")
        or one.get("instantiate")
    )


def is_over(inside: Any) -> bool:
    """Whether no token is left in a scope; those who only listen do not keep it open."""
    return all(token.internal_data.get("listens") for token in inside.task_tree.children)


def clear(workflow: Any, but: Any = None) -> None:
    """Withdraw every token of a scope, but one."""
    for token in workflow.tokens:
        if token is not but:
            withdraw(token)


def is_alive(task: Any) -> bool:
    """Whether a token is still in a scope that is open itself."""
    top = task.workflow.top_workflow
    while task is not None and task.workflow.tasks.get(task.id) is task:
        if task.workflow is top:
            return True
        owner = task.workflow.parent_task_id
        task = top.find(owner) if top.subprocesses.get(owner) is task.workflow else None
    return False
