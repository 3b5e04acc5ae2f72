"""What events wait for or throw."""

from collections.abc import Callable
from typing import Any

from lxml import etree

from engine.workflow.planning.document import Document
from engine.workflow.reading.names import BPMN, bpmn, local
from engine.workflow.reading.words import text_of, timer_plan


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
    more = _PARTICULARS[kind](document, element) if kind in _PARTICULARS else {}
    return {"kind": kind, **{key: value for key, value in more.items() if value is not None}}


def _compensate(document: Document, element: etree._Element) -> dict[str, Any]:
    activity = document.find(element.get("activityRef"))
    return {
        "activity": activity.get("id") if activity is not None else None,
        "wait": element.get("waitForCompletion", "true") == "true",
    }


# What is particular to each kind of definition.
_PARTICULARS: dict[str, Callable[[Document, etree._Element], dict[str, Any]]] = {
    "message": lambda document, one: {"name": document.name_of(one.get("messageRef"))},
    "signal": lambda document, one: {"name": document.name_of(one.get("signalRef"))},
    "error": lambda document, one: {"code": document.code_of(one.get("errorRef"), "errorCode")},
    "escalation": lambda document, one: {
        "code": document.code_of(one.get("escalationRef"), "escalationCode")
    },
    "timer": lambda _, one: timer_plan(one),
    "conditional": lambda _, one: {"if": text_of(one.find(bpmn("condition"))) or "null"},
    "compensate": _compensate,
    "link": lambda _, one: {"name": (one.get("name") or "").strip()},
}
