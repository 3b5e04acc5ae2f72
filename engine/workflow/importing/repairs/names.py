"""Messages, signals, errors and escalations are known by names and codes: those that have none get one."""

from collections.abc import Iterator

from lxml import etree

from engine.workflow.importing.drawing import Drawing, label_of, plain_reference
from engine.workflow.importing.order import put
from engine.workflow.importing.repair import Case, Repair
from engine.workflow.reading.names import bpmn, local

# Kind: the attribute that refers to it, and the one that it is known by.
_KINDS = {
    "message": ("messageRef", "name"),
    "signal": ("signalRef", "name"),
    "error": ("errorRef", "errorCode"),
    "escalation": ("escalationRef", "escalationCode"),
}


def _places(drawing: Drawing, kind: str) -> Iterator[tuple[etree._Element, etree._Element]]:
    """The nodes that speak of a message and so on, and the elements in which they do."""
    for node in drawing.nodes():
        for definition in node.iterchildren(bpmn(f"{kind}EventDefinition")):
            yield node, definition
        if kind == "message" and local(node) in ("receiveTask", "sendTask"):
            yield node, node


def _nameless(drawing: Drawing) -> Iterator[Case]:
    for kind, (reference, attribute) in _KINDS.items():
        for node, place in _places(drawing, kind):
            wanted = place.get(reference)
            # An error or escalation that is caught without a name is any of them.
            catching = local(node) in ("boundaryEvent", "startEvent")
            if not wanted and kind in ("error", "escalation") and catching:
                continue
            found = _root(drawing, kind, wanted)
            if found is None or not (found.get(attribute) or "").strip():
                yield Case(element=node, default=_hint(drawing, node, kind, found), before=wanted or "",
                           more=(kind, place))  # fmt: skip
            elif wanted != plain_reference(wanted):
                yield Case(
                    element=node, default=found.get(attribute, ""), before=wanted or "", more=(kind, place)
                )


def _root(drawing: Drawing, kind: str, reference: str | None) -> etree._Element | None:
    wanted = plain_reference(reference)
    return next(
        (one for one in drawing.root.iterchildren(bpmn(kind)) if wanted and one.get("id") == wanted), None
    )


def _hint(drawing: Drawing, node: etree._Element, kind: str, found: etree._Element | None) -> str:
    """The name that the drawing suggests: of the message itself, of its arrow between pools, of the event."""
    if found is not None:
        return label_of(found)
    flows = [
        flow.get("name")
        for flow in drawing.root.iter(bpmn("messageFlow"))
        if kind == "message" and node.get("id") in (flow.get("sourceRef"), flow.get("targetRef"))
    ]
    return str(next((name for name in flows if name and name.strip()), None) or label_of(node))


def _give(drawing: Drawing, case: Case, answer: str) -> None:
    kind, place = case.more
    reference, attribute = _KINDS[kind]
    found = _root(drawing, kind, place.get(reference))
    if found is None:
        named = [one for one in drawing.root.iterchildren(bpmn(kind)) if one.get(attribute) == answer]
        found = (
            named[0] if named else etree.Element(bpmn(kind), attrib={"id": drawing.fresh(f"{kind}_{answer}")})
        )
        if not named:
            put(drawing.root, found)
            drawing.added.add(str(found.get("id")))
    if not found.get("name"):
        found.set("name", answer)
    found.set(attribute, answer)
    place.set(reference, str(found.get("id")))


REPAIRS = (
    Repair(
        rule="name-of-event", find=_nameless, mend=_give, takes=lambda answer: bool(answer.strip()),
        vi="chưa nói tên thông điệp, tín hiệu hoặc mã lỗi. Bên ngoài biết nó bằng tên gì?",
        en="the message, signal or error has no name. By what name is it known outside?",
    ),
)  # fmt: skip
