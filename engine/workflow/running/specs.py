"""SpiffWorkflow's specs, built from plans."""

from collections.abc import Mapping
from typing import Any

from engine.workflow.elements import activities, events, gateways, scopes, services
from engine.workflow.running.process import ScopeSpec

# What executes each element of BPMN. An element that is not here is refused when a diagram is checked.
ELEMENTS: Mapping[str, Any] = {
    "startEvent": events.StartEvent,
    "endEvent": events.EndEvent,
    "intermediateCatchEvent": events.IntermediateCatchEvent,
    "intermediateThrowEvent": events.IntermediateThrowEvent,
    "boundaryEvent": events.BoundaryEvent,
    "task": activities.HumanTask,
    "userTask": activities.HumanTask,
    "manualTask": activities.HumanTask,
    "scriptTask": activities.ScriptTask,
    "serviceTask": services.ServiceTask,
    "businessRuleTask": services.BusinessRuleTask,
    "sendTask": events.SendTask,
    "receiveTask": events.ReceiveTask,
    "callActivity": scopes.SubProcess,
    "subProcess": scopes.SubProcess,
    "transaction": scopes.SubProcess,
    "adHocSubProcess": scopes.SubProcess,
    "eventSubProcess": scopes.EventSubProcess,
    "exclusiveGateway": gateways.ExclusiveGateway,
    "parallelGateway": gateways.ParallelGateway,
    "inclusiveGateway": gateways.InclusiveGateway,
    "complexGateway": gateways.ComplexGateway,
    "eventBasedGateway": gateways.EventBasedGateway,
}


def specs_of(plans: Mapping[str, Mapping[str, Any]]) -> dict[str, ScopeSpec]:
    """The spec of every scope by its id."""
    conditional = any(
        event["kind"] == "conditional"
        for plan in plans.values() for one in plan["elements"] for event in one.get("events", ())
    )  # fmt: skip
    return {name: _spec(plan, conditional) for name, plan in plans.items()}


def _spec(plan: Mapping[str, Any], conditional: bool) -> ScopeSpec:
    spec = ScopeSpec(plan, conditional)
    for one in plan["elements"]:
        ELEMENTS[one["kind"]](spec, one)
    return spec
