"""Plain elements that tell when they complete: before what comes after them looks at the document."""

from typing import Any

from SpiffWorkflow.bpmn.specs import defaults

from engine.workflow.elements.host import host_of


class Marked:
    """Mixed into every element that stands in a diagram."""

    def _on_complete_hook(self, my_task: Any) -> None:
        host_of(my_task).completed(my_task)
        super()._on_complete_hook(my_task)  # type: ignore[misc]


class UserTask(Marked, defaults.UserTask):
    """Waits for a person."""


class ManualTask(Marked, defaults.ManualTask):
    """Waits for a person."""


class NoneTask(Marked, defaults.NoneTask):
    """A task without a kind: waits for a person too."""


class ScriptTask(Marked, defaults.ScriptTask):
    """Lines ``name = FEEL``."""


class StartEvent(Marked, defaults.StartEvent):
    """Where a process begins."""


class IntermediateCatchEvent(Marked, defaults.IntermediateCatchEvent):
    """Waits for a message or a timer."""


class IntermediateThrowEvent(Marked, defaults.IntermediateThrowEvent):
    """A mark on the way."""


class ReceiveTask(Marked, defaults.ReceiveTask):
    """Waits for a message."""


class EventBasedGateway(Marked, defaults.EventBasedGateway):
    """The first of its events decides."""


class BoundaryEvent(Marked, defaults.BoundaryEvent):
    """Waits beside an activity."""


class ExclusiveGateway(Marked, defaults.ExclusiveGateway):
    """The first true condition decides, else the default."""
