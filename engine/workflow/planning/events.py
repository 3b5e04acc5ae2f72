"""What events wait for or throw."""

from typing import Any

from lxml import etree

from engine.workflow.planning.document import Document
from engine.workflow.reading.names import BPMN, bpmn, local
from engine.workflow.reading.words import text_of, timer_plan

_TRUE = "true"


def event_definitions(document: Document, event: etree._Element) -> list[dict[str, Any]]:
    """All definitions of an event in their order, references followed (BPMN 2.0.2, 10.5.5)."""
    found = []
    for child in event.iterchildren(f"{{{BPMN}}}*"):
        if local(child) == "eventDefinitionRef":
            referred = document.find(child.text)
            if referred is not None:
                found.append(_definition(document, referred))
        elif local(child).endswith("EventDefinition"):
            found.append(_definition(document, child))
    return found


def referred_definition(document: Document, reference: str | None) -> dict[str, Any] | None:
    """The definition behind a reference, e.g. noneBehaviorEventRef; None when it leads nowhere."""
    found = document.find(reference)
    if found is None or not local(found).endswith("EventDefinition"):
        return None
    return _definition(document, found)


def _definition(document: Document, element: etree._Element) -> dict[str, Any]:
    kind = local(element).removesuffix("EventDefinition")
    more: dict[str, Any] = {}
    if kind == "message":
        more["name"] = document.name_of(element.get("messageRef"))
    elif kind == "signal":
        more["name"] = document.name_of(element.get("signalRef"))
    elif kind == "error":
        more["code"] = document.code_of(element.get("errorRef"), "errorCode")
    elif kind == "escalation":
        more["code"] = document.code_of(element.get("escalationRef"), "escalationCode")
    elif kind == "timer":
        more.update(timer_plan(element))
    elif kind == "conditional":
        more["if"] = text_of(element.find(bpmn("condition"))) or "null"
    elif kind == "compensate":
        activity = document.find(element.get("activityRef"))
        more["activity"] = activity.get("id") if activity is not None else None
        more["wait"] = element.get("waitForCompletion", _TRUE) == _TRUE
    elif kind == "link":
        more["name"] = (element.get("name") or "").strip()
    return {"kind": kind, **{key: value for key, value in more.items() if value is not None}}
