"""Events that do not say what they wait for, and links that do not say where they lead."""

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from engine.workflow.importing.drawing import Drawing, label_of, nodes_of, parent_of
from engine.workflow.importing.order import put
from engine.workflow.importing.repair import REFUSE, Case, Repair
from engine.workflow.reading.names import bpmn, local

_WAITING = frozenset({"timerEventDefinition", "conditionalEventDefinition"})


def _definitions(event: etree._Element) -> list[str]:
    return [local(one) for one in event if local(one).endswith(("EventDefinition", "DefinitionRef"))]


def _thrown_but_waited_for(drawing: Drawing) -> Iterator[Case]:
    """Nobody throws a time or a condition: an intermediate event of that kind waits for it."""
    for event in drawing.nodes("intermediateThrowEvent"):
        kinds = _definitions(event)
        if kinds and set(kinds) <= _WAITING:
            yield Case(element=event, default="intermediateCatchEvent", before="intermediateThrowEvent")


def _catch(_: Drawing, case: Case, answer: str) -> None:
    case.element.tag = bpmn(answer)


def _silent(drawing: Drawing) -> Iterator[Case]:
    for event in drawing.nodes("intermediateCatchEvent", "boundaryEvent", "startEvent"):
        if local(event) == "startEvent" and parent_of(event).get("triggeredByEvent") != "true":
            continue
        if not _definitions(event):
            yield Case(element=event, default="message")


def _define(drawing: Drawing, case: Case, answer: str) -> None:
    identity = drawing.fresh(f"{case.element.get('id')}_{answer}")
    put(case.element, etree.Element(bpmn(f"{answer}EventDefinition"), attrib={"id": identity}))


def _links(drawing: Drawing) -> Iterator[Case]:
    """Links without a name, or with one that only their events bear."""
    for scope in drawing.scopes():
        events = [
            (one, link) for one in nodes_of(scope) for link in one.iterchildren(bpmn("linkEventDefinition"))
        ]
        names = Counter((local(event), (link.get("name") or "").strip()) for event, link in events)
        for event, link in events:
            name = (link.get("name") or "").strip()
            catching = local(event) == "intermediateCatchEvent"
            other = "intermediateThrowEvent" if catching else "intermediateCatchEvent"
            if not name or not names[(other, name)]:
                yield Case(element=event, default=_partner(events, event), before=name, more=link)


def _partner(events: list[tuple[etree._Element, etree._Element]], event: etree._Element) -> str:
    """The name that the two ends of a link have in common, when it is clear which they are."""
    others = [one for one, _ in events if one.tag != event.tag]
    alike = [one for one in others if label_of(one) == label_of(event) and event.get("name")]
    if len(alike) == 1 or (len(others) == 1 and alike):
        return label_of(event)
    return "link" if len(events) == 2 and len(others) == 1 else REFUSE


def _join(_: Drawing, case: Case, answer: str) -> None:
    case.more.set("name", answer)


REPAIRS = (
    Repair(
        rule="event-thrown", find=_thrown_but_waited_for, mend=_catch, asks=False,
        vi="sự kiện thời hạn, điều kiện là sự kiện chờ, không phải sự kiện phát",
        en="an event of time or condition is waited for, not thrown",
    ),
    Repair(
        rule="event-undefined", find=_silent, mend=_define,
        options={"message": "a message", "signal": "a signal", "timer": "a time"},
        vi="sự kiện không nói chờ điều gì. Nó chờ gì?",
        en="the event does not say what it waits for. For what?",
    ),
    Repair(
        rule="link-name", find=_links, mend=_join, takes=lambda answer: bool(answer.strip()),
        vi="liên kết không rõ nối với sự kiện nào. Tên chung là gì?",
        en="it is not clear which event the link belongs to. What is their common name?",
    ),
)  # fmt: skip
