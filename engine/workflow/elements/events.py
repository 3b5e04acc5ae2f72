"""Events (BPMN 2.0.2, 10.5)."""

from typing import Any

from engine.workflow.elements import catching, compensation, data, throwing
from engine.workflow.elements.activities import Activity
from engine.workflow.elements.element import WAITING, Element, is_alive, rehang, withdraw
from engine.workflow.elements.host import host_of
from engine.workflow.elements.timers import arm


class StartEvent(Element):
    """Where a process begins."""

    def leave(self, my_task: Any) -> None:
        data.copy(my_task, my_task, self.plan.get("give", ()))
        super().leave(my_task)


class _Thrower(Element):
    """Throws when a token comes."""

    def _run_hook(self, my_task: Any) -> bool | None:
        data.take(my_task, self.plan)
        for one in self.plan.get("events", ()):
            if one["kind"] == "compensate" and not compensation.begin(my_task, one):
                return None  # goes on when what it undoes is undone
        return True

    def _on_complete_hook(self, my_task: Any) -> None:
        host_of(my_task).completed(my_task)
        for one in self.plan.get("events", ()):
            throwing.throw(my_task, one)
            if not is_alive(my_task):
                return  # what it threw has ended its own scope
        self.leave(my_task)


class IntermediateThrowEvent(_Thrower):
    """Throws and goes on."""


class EndEvent(_Thrower):
    """Throws, and the path ends."""

    def leave(self, my_task: Any) -> None:
        """Nothing goes on."""


class Listener(Element):
    """Waits for what its definitions say."""

    def _update_hook(self, my_task: Any) -> bool:
        if not self.plan.get("events"):
            return True
        my_task._set_state(WAITING)
        arm(my_task)
        host_of(my_task).changed = True  # its condition may hold already
        return False

    def triggered(self, my_task: Any, definition: dict[str, Any]) -> None:
        """What it waits for has come."""
        catching.choose(my_task)
        my_task.complete()

    def leave(self, my_task: Any) -> None:
        data.copy(my_task, my_task, self.plan.get("give", ()))
        super().leave(my_task)


class IntermediateCatchEvent(Listener):
    """Waits on the way; the target of a link waits for nothing."""

    def _update_hook(self, my_task: Any) -> bool:
        if all(one["kind"] == "link" for one in self.plan.get("events", ())):
            return True
        return super()._update_hook(my_task)


class BoundaryEvent(Listener):
    """Waits beside an activity, and ends it or not (13.5.3)."""

    def triggered(self, my_task: Any, definition: dict[str, Any]) -> None:
        if not self.plan.get("beside") or definition["kind"] in ("error", "cancel"):
            my_task.complete()
        else:
            catching.beside(my_task, definition).complete()

    def _on_complete_hook(self, my_task: Any) -> None:
        host_of(my_task).completed(my_task)
        if my_task.internal_data.pop("listens", False):
            activity = my_task.parent
            rehang(my_task)
            withdraw(activity)
        self.leave(my_task)


class ReceiveTask(Activity):
    """Waits for a message; an activity in all else."""

    def enable(self, my_task: Any) -> None:
        my_task._set_state(WAITING)

    def triggered(self, my_task: Any, definition: dict[str, Any]) -> None:
        """Its message has come."""
        catching.choose(my_task)
        my_task.complete()


class SendTask(Activity):
    """Sends a message; an activity in all else."""

    def _run_hook(self, my_task: Any) -> bool:
        for one in self.plan.get("events", ()):
            throwing.throw(my_task, one)
        return True
