"""The life of an activity (BPMN 2.0.2, 13.3.2): tokens come in, events are listened to, work is done, once or
several times, and tokens go out."""

from typing import Any

from engine.workflow.elements import compensation, data, repetition
from engine.workflow.elements.element import STARTED, WAITING, Element, enter, is_instance, send, withdraw
from engine.workflow.elements.gateways import chosen
from engine.workflow.elements.host import host_of
from engine.workflow.elements.variables import run_script


class Activity(Element):
    """Done once for every token, or for every so many (startQuantity)."""

    def _update_hook(self, my_task: Any) -> bool:
        needed = self.plan.get("tokens_in", 1)
        if needed > 1:
            others = [
                one for one in my_task.workflow.tasks.values() if one.internal_data.get("token") == self.name
            ]
            if len(others) + 1 < needed:
                my_task.internal_data["token"] = self.name
                my_task._set_state(WAITING)
                return False
            for token in others:
                withdraw(token)
        return True

    def _on_ready_hook(self, my_task: Any) -> None:
        if is_instance(my_task):
            self.enable(my_task)
            return
        for event in self.plan.get("attached", ()):
            enter(my_task.workflow, event, parent=my_task, listens=True)
        data.take(my_task, self.plan)
        if "repeat" in self.plan:
            my_task._set_state(STARTED)
            repetition.begin(my_task)
        else:
            self.enable(my_task)

    def enable(self, my_task: Any) -> None:
        """The work itself may begin."""
        if not self.manual:
            super()._on_ready_hook(my_task)

    def _on_complete_hook(self, my_task: Any) -> None:
        if is_instance(my_task):
            repetition.instance_done(my_task)
            return
        host_of(my_task).completed(my_task)
        self.finish(my_task)

    def finish(self, my_task: Any) -> None:
        """The activity as a whole is over: its events are no longer listened to, tokens go out."""
        data.give(my_task, self.plan)
        for listener in my_task.children:
            withdraw(listener)
        compensation.remember(my_task)
        if my_task.internal_data.get("undoes"):
            return  # its thrower sees that it is gone
        if self.flows:
            flows = chosen(self, my_task)
            for _ in range(self.plan.get("tokens_out", 1)):
                send(my_task.workflow, flows)
        elif "ad_hoc" in my_task.workflow.spec.plan:
            my_task.workflow.task_tree.internal_data.setdefault("performed", []).append(self.name)


class HumanTask(Activity):
    """Waits for a person: user task, manual task, and a task without a kind."""

    def __init__(self, scope: Any, plan: Any) -> None:
        super().__init__(scope, plan)
        self.manual = True


class ScriptTask(Activity):
    """Lines ``name = FEEL``."""

    def _run_hook(self, my_task: Any) -> bool:
        run_script(my_task, self.plan.get("script", ""))
        return True
