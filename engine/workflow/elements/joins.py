"""Joining gateways by tokens. The library looks at every historic instance and so miscounts in loops.

A token at a join is a waiting (or just arriving) instance of it whose parent has completed. A parallel join
takes one token of each incoming flow; an inclusive join one of each flow that has any, once no other can
still come (BPMN 2.0.2, 13.4.1 and 13.4.3). Nothing is predicted beyond a join.
"""

from typing import Any

from SpiffWorkflow.bpmn.specs import defaults
from SpiffWorkflow.util.task import TaskState

from engine.workflow.elements.host import host_of
from engine.workflow.elements.marked import Marked

_ACTIVE = TaskState.READY | TaskState.WAITING | TaskState.STARTED


class _TokenJoin(Marked):
    def _tokens(self, my_task: Any) -> dict[str, Any]:
        """The oldest token of each incoming flow, by the name of the node it came from."""
        tokens: dict[str, Any] = {}
        for task in my_task.workflow.tasks.values():
            if task.task_spec is not self or not (task is my_task or task.state == TaskState.WAITING):
                continue
            if task.parent is not None and task.parent.state == TaskState.COMPLETED:
                tokens.setdefault(task.parent.task_spec.name, task)
        return tokens

    def _update_hook(self, my_task: Any) -> bool:
        if my_task.has_state(TaskState.READY | TaskState.FINISHED_MASK):
            return False
        if my_task.parent is None or my_task.parent.state != TaskState.COMPLETED:
            return False
        tokens = self._tokens(my_task)
        oldest = tokens.setdefault(my_task.parent.task_spec.name, my_task)
        if oldest is not my_task or not self._complete(my_task, tokens):
            my_task._set_state(TaskState.WAITING)
            return False
        for token in tokens.values():
            if token is not my_task:
                token.cancel()
        return True

    def _complete(self, my_task: Any, tokens: dict[str, Any]) -> bool:
        raise AssertionError("a join says when it is complete")

    def _predict_hook(self, my_task: Any) -> None:
        """Nothing: k blocks of m branches in a row would be predicted as m to the k records."""

    def _go_on(self, my_task: Any, specs: Any) -> bool:
        my_task._sync_children(specs, TaskState.FUTURE)
        for child in my_task.children:
            child.task_spec._predict(child, mask=TaskState.FUTURE | TaskState.PREDICTED_MASK)
        return True


class ParallelGateway(_TokenJoin, defaults.ParallelGateway):
    """Waits for a token of every incoming flow, sends one along every outgoing one."""

    def _complete(self, my_task: Any, tokens: dict[str, Any]) -> bool:
        return all(name in tokens for name in self._inputs)

    def _run_hook(self, my_task: Any) -> bool:
        return self._go_on(my_task, self.outputs)


class InclusiveGateway(_TokenJoin, defaults.InclusiveGateway):
    """Waits for every token that can still come, sends one along every flow whose condition holds."""

    def _sources(self) -> dict[str, frozenset[str]]:
        """For each incoming flow: the nodes from which it can be reached without passing this gateway."""
        cached: dict[str, frozenset[str]] | None = self.__dict__.get("_source_names")
        if cached is None:
            cached = self.__dict__["_source_names"] = {name: self._reaching(name) for name in self._inputs}
        return cached

    def _reaching(self, name: str) -> frozenset[str]:
        seen: set[str] = set()
        waiting = [name]
        while waiting:
            here = waiting.pop()
            if here not in seen and here != self.name:
                seen.add(here)
                waiting.extend(self._wf_spec.task_specs[here]._inputs)
        return frozenset(seen)

    def _complete(self, my_task: Any, tokens: dict[str, Any]) -> bool:
        missing = [name for name in self._inputs if name not in tokens]
        if not missing:
            return True
        sources = self._sources()
        arrived = frozenset[str]().union(*(sources[name] for name in self._inputs if name in tokens))
        expected = frozenset[str]().union(*(sources[name] for name in missing))
        return not any(
            task.task_spec.name in expected and task.task_spec.name not in arrived
            for task in my_task.workflow.tasks.values()
            if task.task_spec is not self and _holds_token(task)
        )

    def _run_hook(self, my_task: Any) -> bool:
        matches, defaults_ = self._get_matching_outputs(my_task)
        if not matches and not defaults_:
            raise host_of(my_task).failure(self, "không nhánh nào thỏa điều kiện và không có nhánh mặc định")
        return self._go_on(my_task, matches or defaults_)


def _holds_token(task: Any) -> bool:
    if task.has_state(_ACTIVE):
        return True
    parent = task.parent
    return task.state == TaskState.FUTURE and parent is not None and parent.state == TaskState.COMPLETED
