"""Processes and sub-processes as plans."""

from collections import defaultdict
from typing import Any
from weakref import WeakKeyDictionary

from lxml import etree

from engine.workflow.planning.correlation import correlation
from engine.workflow.planning.data import declared, variable
from engine.workflow.planning.document import Document
from engine.workflow.planning.elements import SCOPES, element_plan
from engine.workflow.planning.events import event_definitions
from engine.workflow.reading.closure import Closure, Drawing
from engine.workflow.reading.names import BPMN, bpmn, local
from engine.workflow.reading.words import NODE_TAGS

_Plans = dict[str, dict[str, Any]]

# Of each process of a drawing: what many call is planned once, for as long as its reading is kept.
_planned: WeakKeyDictionary[Drawing, dict[str, _Plans]] = WeakKeyDictionary()


def plan_processes(closure: Closure) -> _Plans:
    """Scope id to plan, of the processes and of every sub-process in them, in the order of the files."""
    plans: _Plans = {}
    for identity, process in closure.processes.items():
        drawing = closure.drawings[closure.files_of[identity]]
        known = _planned.setdefault(drawing, {})
        if identity not in known:
            known[identity] = _plan(Document(drawing.root), process)
        plans |= known[identity]
    return plans


def _plan(document: Document, process: etree._Element) -> _Plans:
    owners = (process, *process.iter(*(bpmn(tag) for tag in SCOPES)))
    return {str(owner.get("id")): _scope(document, owner) for owner in owners}


def _scope(document: Document, owner: etree._Element) -> dict[str, Any]:
    elements = _elements(document, owner)
    _attach(owner, elements)
    _link(elements)
    _instantiate(elements)
    kind = "eventSubProcess" if owner.get("triggeredByEvent") == "true" else local(owner)
    own = {variable(document, one.get("id")) for one in document.children(owner, "dataObject", "property")}
    plan: dict[str, Any] = {
        "id": owner.get("id"),
        "kind": kind,
        "elements": list(elements.values()),
        "data": declared(document, owner),
        "correlation": correlation(document, owner),
        "local": sorted(name for name in own if name) if kind != "process" else None,
    }
    if kind == "adHocSubProcess":
        plan["ad_hoc"] = {
            "until": document.text(owner, "completionCondition"),
            "sequential": owner.get("ordering") == "Sequential",
            "cancel": owner.get("cancelRemainingInstances", "true") == "true",
        }
    return {key: value for key, value in plan.items() if key == "elements" or value}


def _elements(document: Document, owner: etree._Element) -> dict[str, dict[str, Any]]:
    flows: dict[str, list[etree._Element]] = defaultdict(list)
    entering: dict[str, list[str]] = defaultdict(list)
    for flow in owner.iterchildren(bpmn("sequenceFlow")):
        flows[str(flow.get("sourceRef"))].append(flow)
        entering[str(flow.get("targetRef"))].append(str(flow.get("id")))
    elements = {}
    for one in owner.iterchildren(f"{{{BPMN}}}*"):
        if local(one) in NODE_TAGS:
            identity = str(one.get("id"))
            plan = elements[identity] = element_plan(document, owner, one, flows)
            if entering.get(identity):
                plan["in"] = entering[identity]
            if one.get("triggeredByEvent") == "true":
                plan.update(_started_by(document, one))
    return elements


def _started_by(document: Document, event_process: etree._Element) -> dict[str, Any]:
    """What an event sub-process waits for: what its start event says (BPMN 2.0.2, 10.3.5)."""
    start = event_process.find(bpmn("startEvent"))
    if start is None:
        return {}
    events = event_definitions(document, start)
    plan = {
        "events": events,
        "start": start.get("id"),
        "beside": start.get("isInterrupting") == "false",
        "all": start.get("parallelMultiple") == "true",
        "undoes_scope": any(one["kind"] == "compensate" for one in events),
    }
    return {key: value for key, value in plan.items() if value}


def _attach(owner: etree._Element, elements: dict[str, dict[str, Any]]) -> None:
    """Boundary events are named at their activity; a compensation boundary becomes the activity's handler."""
    for event in owner.iterchildren(bpmn("boundaryEvent")):
        activity = elements.get(str(event.get("attachedToRef")))
        plan = elements[str(event.get("id"))]
        if activity is None:
            continue
        if any(one["kind"] == "compensate" for one in plan.get("events", ())):
            if plan.get("handler"):
                activity["undo"] = plan["handler"]
        else:
            activity.setdefault("attached", []).append(plan["id"])


def _instantiate(elements: dict[str, dict[str, Any]]) -> None:
    """What stands behind a gateway that begins the process begins it (BPMN 2.0.2, 10.6.6)."""
    for plan in elements.values():
        if plan["kind"] == "eventBasedGateway" and plan.get("instantiate"):
            for flow in plan.get("flows", ()):
                elements[flow["to"]]["instantiate"] = True


def _link(elements: dict[str, dict[str, Any]]) -> None:
    """A link is a sequence flow that is not drawn (BPMN 2.0.2, 10.5.5)."""
    targets = {
        one["name"]: plan
        for plan in elements.values()
        if plan["kind"] == "intermediateCatchEvent"
        for one in plan.get("events", ())
        if one["kind"] == "link" and one.get("name")
    }
    for plan in elements.values():
        if plan["kind"] != "intermediateThrowEvent":
            continue
        for one in plan.get("events", ()):
            target = targets.get(one.get("name", "")) if one["kind"] == "link" else None
            if target is not None:
                flow = f"{plan['id']}.link"
                plan["flows"] = [{"id": flow, "to": target["id"]}]
                target.setdefault("in", []).append(flow)
