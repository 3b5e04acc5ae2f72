"""Timers in legal time. The engine holds no clock.

On arrival the expression is evaluated once and published as a code such as 3WD; whoever runs the process
reckons the moment, may move it on legal grounds, and says ``fire`` when it has come.
"""

from typing import Any

from SpiffWorkflow.bpmn.serializer.helpers import EventDefinitionConverter
from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.bpmn.util import BpmnEvent
from SpiffWorkflow.util.task import TaskState

from engine.domain.duration import BadDuration, parse_timer, timer_code
from engine.workflow.elements.host import host_of


class LegalTimer(TimerEventDefinition):
    """``name`` is the BPMN id of the event, so that equal labels are different timers."""

    def has_fired(self, my_task: Any) -> bool:
        timers = my_task.internal_data.setdefault("timers", {})
        if self.name not in timers:
            timers[self.name] = self._code(my_task)
        return self.name in my_task.internal_data.get("fired", ())

    def _code(self, my_task: Any) -> str:
        host = host_of(my_task)
        value = host.value(my_task.task_spec, self.expression)
        try:
            code = value if isinstance(value, str) else timer_code(value)
            parse_timer(code)
        except (BadDuration, AttributeError) as error:
            raise host.failure(my_task.task_spec, f"«{self.expression}» không cho thời hạn") from error
        return code

    def catches(self, my_task: Any, event: Any) -> bool:
        return False

    def update_task(self, my_task: Any) -> None:
        """Nothing: only ``fire`` moves a timer."""

    def reset(self, my_task: Any) -> None:
        my_task.internal_data.pop("fired", None)
        my_task.internal_data.pop("timers", None)


class LegalTimerConverter(EventDefinitionConverter):
    """Keeps the expression with the stored definition."""

    def to_dict(self, definition: LegalTimer) -> dict[str, Any]:
        return {
            "description": definition.description,
            "name": definition.name,
            "expression": definition.expression,
        }


def waiting_timers(task: Any) -> dict[str, str]:
    """Name to code of the timers that a waiting task waits for."""
    timers: dict[str, str] = task.internal_data.get("timers", {})
    fired = task.internal_data.get("fired", ())
    return {name: code for name, code in timers.items() if name not in fired}


def fire(task: Any, name: str) -> bool:
    """Let the timer of a waiting task fire; False when it does not wait for it."""
    if task.state != TaskState.WAITING or name not in waiting_timers(task):
        return False
    definition = task.task_spec.event_definition
    if isinstance(definition, MultipleEventDefinition):
        chosen = next(one for one in definition.event_definitions if one.name == name)
        task.internal_data.setdefault("seen_events", []).append(BpmnEvent(chosen))
    task.internal_data.setdefault("fired", []).append(name)
    task.task_spec._update(task)
    return True
