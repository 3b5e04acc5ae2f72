"""Loops and multiple instances of an activity, as plans (BPMN 2.0.2, 10.3.8)."""

from typing import Any

from lxml import etree

from engine.workflow.planning.data import variable
from engine.workflow.planning.document import Document
from engine.workflow.planning.events import event_definitions, referred_definition
from engine.workflow.reading.names import bpmn


def repetition(document: Document, activity: etree._Element) -> dict[str, Any] | None:
    """How an activity is repeated; None for one that is done once."""
    loop = activity.find(bpmn("standardLoopCharacteristics"))
    if loop is not None:
        maximum = loop.get("loopMaximum")
        return _said(
            kind="loop",
            before=loop.get("testBefore") == "true",
            **{"while": document.text(loop, "loopCondition")},
            maximum=int(maximum) if maximum and maximum.strip().lstrip("-").isdigit() else None,
        )
    many = activity.find(bpmn("multiInstanceLoopCharacteristics"))
    return _many(document, many) if many is not None else None


def _many(document: Document, many: etree._Element) -> dict[str, Any]:
    output, item = many.find(bpmn("outputDataItem")), many.find(bpmn("inputDataItem"))
    behavior = many.get("behavior", "All")
    return _said(
        kind="many",
        sequential=many.get("isSequential") == "true",
        cardinality=document.text(many, "loopCardinality"),
        items=variable(document, document.text(many, "loopDataInputRef")),
        item=_item_name(item),
        results=variable(document, document.text(many, "loopDataOutputRef")),
        result=_item_name(output),
        until=document.text(many, "completionCondition"),
        behavior=behavior,
        event=_behavior_event(document, many, behavior),
        complex=[_complex(document, one) for one in document.children(many, "complexBehaviorDefinition")]
        or None,
    )


def _item_name(item: etree._Element | None) -> str | None:
    return (item.get("name") or item.get("id")) if item is not None else None


def _behavior_event(document: Document, many: etree._Element, behavior: str) -> dict[str, Any] | None:
    """What an instance throws: the event referred to, else a signal without a name."""
    if behavior not in ("None", "One"):
        return None
    reference = many.get("noneBehaviorEventRef" if behavior == "None" else "oneBehaviorEventRef")
    return referred_definition(document, reference) or {"kind": "signal"}


def _complex(document: Document, definition: etree._Element) -> dict[str, Any]:
    event = definition.find(bpmn("event"))
    return {
        "if": document.text(definition, "condition") or "null",
        "events": event_definitions(document, event) if event is not None else [],
    }


def _said(**parts: Any) -> dict[str, Any]:
    return {key: value for key, value in parts.items() if value is not None}
