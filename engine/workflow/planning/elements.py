"""One element of a scope as a plan: its kind, its ways out, and what is particular to its kind."""

from collections.abc import Mapping
from typing import Any

from lxml import etree

from engine.workflow.planning.data import copies, declared
from engine.workflow.planning.document import Document
from engine.workflow.planning.events import event_definitions
from engine.workflow.planning.repetition import repetition
from engine.workflow.reading.names import bpmn, local
from engine.workflow.reading.words import text_of

SCOPES = ("subProcess", "transaction", "adHocSubProcess")
EVENTS = ("startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent")


def element_plan(
    document: Document,
    scope: etree._Element,
    element: etree._Element,
    flows: Mapping[str, list[etree._Element]],
) -> dict[str, Any]:
    """The plan of an element; ``flows`` has the sequence flows of its scope by the id of their source."""
    kind = local(element)
    identity = str(element.get("id"))
    plan: dict[str, Any] = {
        "id": identity,
        "kind": "eventSubProcess" if element.get("triggeredByEvent") == "true" else kind,
        "flows": [_flow(flow, element.get("default")) for flow in flows.get(identity, ())],
        "events": event_definitions(document, element) if kind in EVENTS else [],
        "give": copies(document, element, "dataOutputAssociation"),
        "take": copies(document, element, "dataInputAssociation"),
    }
    if kind in EVENTS:
        plan.update(_event(document, scope, element, kind))
    elif kind.endswith("Gateway"):
        plan.update(_gateway(element, document))
    else:
        plan.update(_activity(document, element, kind))
    return {key: value for key, value in plan.items() if value not in (None, [], {}, False)}


def _flow(flow: etree._Element, default: str | None) -> dict[str, Any]:
    plan: dict[str, Any] = {"id": flow.get("id"), "to": flow.get("targetRef")}
    condition = text_of(flow.find(bpmn("conditionExpression")))
    if flow.get("id") == default:
        plan["default"] = True
    elif condition:
        plan["if"] = condition
    return plan


def _event(document: Document, scope: etree._Element, event: etree._Element, kind: str) -> dict[str, Any]:
    beside = event.get("cancelActivity" if kind == "boundaryEvent" else "isInterrupting") == "false"
    plan: dict[str, Any] = {"beside": beside, "all": event.get("parallelMultiple") == "true"}
    if kind == "boundaryEvent":
        plan["handler"] = document.associated(scope, str(event.get("id")))
    return plan


def _gateway(gateway: etree._Element, document: Document) -> dict[str, Any]:
    return {
        "activation": document.text(gateway, "activationCondition"),
        "instantiate": gateway.get("instantiate") == "true",
        "parallel": gateway.get("eventGatewayType") == "Parallel",
    }


def _activity(document: Document, activity: etree._Element, kind: str) -> dict[str, Any]:
    start, completion = activity.get("startQuantity", "1"), activity.get("completionQuantity", "1")
    plan: dict[str, Any] = {
        "repeat": repetition(document, activity),
        "tokens_in": int(start) if start.isdigit() and start != "1" else None,
        "tokens_out": int(completion) if completion.isdigit() and completion != "1" else None,
        "compensates": activity.get("isForCompensation") == "true",
        "local": declared(document, activity) if kind not in SCOPES else None,
    }
    if kind == "scriptTask":
        plan["script"] = document.text(activity, "script")
    elif kind in ("sendTask", "receiveTask"):
        name = document.name_of(activity.get("messageRef")) or activity.get("name") or activity.get("id")
        plan["events"] = [{"kind": "message", "name": name}]
        plan["instantiate"] = activity.get("instantiate") == "true"
    elif kind in SCOPES:
        plan["scope"] = activity.get("id")
    elif kind == "callActivity":
        plan["scope"] = (activity.get("calledElement") or "").rsplit(":", 1)[-1]
    return plan
