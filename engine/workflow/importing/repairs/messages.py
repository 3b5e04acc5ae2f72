"""Message flows that join what cannot send with what cannot receive: dotted lines, that is what they are."""

from collections.abc import Iterator

from lxml import etree

from engine.workflow.checking.subject import ACTIVITIES, definitions
from engine.workflow.importing.drawing import Drawing, parent_of, plain_reference
from engine.workflow.importing.order import put
from engine.workflow.importing.repair import Case, Repair
from engine.workflow.importing.repairs.shape import KEPT
from engine.workflow.reading.names import bpmn, local

_SENDING = ACTIVITIES | {"participant", "intermediateThrowEvent", "endEvent"}
_RECEIVING = ACTIVITIES | {"participant", "intermediateCatchEvent", "startEvent", "boundaryEvent"}


def _lost(drawing: Drawing) -> Iterator[Case]:
    for flow in drawing.root.iter(bpmn("messageFlow")):
        ends = [flow.get(name) or "" for name in ("sourceRef", "targetRef")]
        if any(drawing.find(one) is None for one in ends):
            yield Case(element=flow, default="drop", before=" → ".join(ends))


def _drop(_: Drawing, case: Case, __: str) -> None:
    parent_of(case.element).remove(case.element)


def _wrong(drawing: Drawing) -> Iterator[Case]:
    for flow in drawing.root.iter(bpmn("messageFlow")):
        source, target = drawing.find(flow.get("sourceRef")), drawing.find(flow.get("targetRef"))
        if source is None or target is None:
            continue
        if (
            not _able(source, _SENDING)
            or not _able(target, _RECEIVING)
            or _pool(drawing, source) is _pool(drawing, target)
        ):
            yield Case(element=flow, default="drawn")


def _able(end: etree._Element, kinds: frozenset[str]) -> bool:
    """Whether an end of a message flow has to do with messages; an event that says nothing may have."""
    said = definitions(end) if local(end).endswith("Event") else []
    return local(end) in kinds and (not said or "messageEventDefinition" in said)


def _pool(drawing: Drawing, element: etree._Element) -> etree._Element | None:
    """The pool that an element stands in, else its process."""
    around = [element, *element.iterancestors()]
    here = next((one for one in around if local(one) in ("participant", "process")), None)
    pools = [
        pool
        for pool in drawing.root.iter(bpmn("participant"))
        if here is not None and plain_reference(pool.get("processRef")) == here.get("id")
    ]
    return pools[-1] if pools else here


def _draw(_: Drawing, case: Case, __: str) -> None:
    """A line of the same id between the same ends, which the picture goes on to show."""
    flow, collaboration = case.element, parent_of(case.element)
    flow.tag = bpmn("association")
    for name in ("name", "messageRef"):
        if flow.get(name):
            flow.set(f"{{{KEPT}}}{name}", str(flow.attrib.pop(name)))
    collaboration.remove(flow)
    put(collaboration, flow)


REPAIRS = (
    Repair(
        rule="message-lost", find=_lost, mend=_drop, options={"drop": "the line is taken away"},
        vi="luồng thông điệp thiếu một đầu. Bỏ luồng này?",
        en="the message flow lacks an end. Take it away?",
    ),
    Repair(
        rule="message-line", find=_wrong, mend=_draw, options={"drawn": "a dotted line"},
        vi="luồng thông điệp không nối bên gửi với bên nhận. Vẽ thành đường chấm?",
        en="the message flow does not join a sender and a receiver. Make it a dotted line?",
    ),
)  # fmt: skip
