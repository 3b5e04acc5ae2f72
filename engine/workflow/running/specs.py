"""Specs as stored JSON, and back. We never run on a spec straight from the parser: some wiring is only made
when a spec is restored, and a state saved on the one would not fit the other."""

from typing import Any

from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.config import DEFAULT_CONFIG
from SpiffWorkflow.bpmn.serializer.default.task_spec import (
    BoundaryEventConverter,
    BpmnTaskSpecConverter,
    ConditionalGatewayConverter,
    EventConverter,
    ExclusiveGatewayConverter,
    ParallelGatewayConverter,
    ScriptTaskConverter,
    SubWorkflowConverter,
)

from engine.workflow.elements import joins, marked, scopes, services
from engine.workflow.elements.timers import LegalTimer, LegalTimerConverter

_CONVERTERS: dict[Any, Any] = {
    marked.UserTask: BpmnTaskSpecConverter,
    marked.ManualTask: BpmnTaskSpecConverter,
    marked.NoneTask: BpmnTaskSpecConverter,
    marked.ScriptTask: ScriptTaskConverter,
    marked.StartEvent: EventConverter,
    marked.IntermediateCatchEvent: EventConverter,
    marked.IntermediateThrowEvent: EventConverter,
    marked.ReceiveTask: EventConverter,
    marked.EventBasedGateway: EventConverter,
    marked.BoundaryEvent: BoundaryEventConverter,
    marked.ExclusiveGateway: ExclusiveGatewayConverter,
    scopes.EndEvent: EventConverter,
    scopes.SubProcess: SubWorkflowConverter,
    scopes.CallActivity: SubWorkflowConverter,
    joins.ParallelGateway: ParallelGatewayConverter,
    joins.InclusiveGateway: ConditionalGatewayConverter,
    services.ServiceTask: BpmnTaskSpecConverter,
    services.BusinessRuleTask: BpmnTaskSpecConverter,
    LegalTimer: LegalTimerConverter,
}

# The library names a stored type by its class alone, and ours bear the same names: theirs are left out.
_OURS = {cls.__name__ for cls in _CONVERTERS}
_CONFIG = {cls: how for cls, how in DEFAULT_CONFIG.items() if cls.__name__ not in _OURS} | _CONVERTERS
_registry = BpmnWorkflowSerializer.configure(_CONFIG)


def spec_to_json(spec: Any) -> dict[str, Any]:
    """A spec as JSON values."""
    stored: dict[str, Any] = _registry.convert(spec)
    return stored


def spec_from_json(stored: dict[str, Any]) -> Any:
    """The spec that ``spec_to_json`` stored; the argument is used up."""
    return _registry.restore(stored)
