"""Where paths end: an end event is drawn where a path only stops."""

from collections.abc import Iterator

from lxml import etree

from engine.workflow.importing import layout
from engine.workflow.importing.drawing import Drawing, parent_of
from engine.workflow.importing.repair import Case, Repair
from engine.workflow.reading.names import bpmn, local


def _stops(drawing: Drawing, node: etree._Element) -> bool:
    """Whether a path ends at a node by the lack of a flow, as BPMN allows (13.2)."""
    beside = "true" in (node.get("triggeredByEvent"), node.get("isForCompensation"))
    return not (
        beside
        or local(node) in ("endEvent", "eventBasedGateway")
        or local(parent_of(node)) == "adHocSubProcess"
        or (local(node) == "intermediateThrowEvent" and node.find(bpmn("linkEventDefinition")) is not None)
        or (local(node) == "boundaryEvent" and node.find(bpmn("compensateEventDefinition")) is not None)
        or drawing.outgoing(node)
    )


def _open(drawing: Drawing) -> Iterator[Case]:
    for node in drawing.nodes():
        if _stops(drawing, node):
            yield Case(element=node, default="end", told="endEvent")


def _finish(drawing: Drawing, case: Case, answer: str) -> None:
    if answer == "keep":
        return
    end = drawing.add_node(parent_of(case.element), "endEvent", f"{case.element.get('id')}_end")
    layout.draw_after(drawing.root, end, case.element)
    drawing.add_flow(case.element, end)


REPAIRS = (
    Repair(
        rule="no-end", find=_open, mend=_finish,
        options={"end": "an end event is drawn", "keep": "left to be understood"},
        vi="đường đi dừng ở đây mà không có sự kiện kết thúc; theo BPMN nhánh này kết thúc. Vẽ thêm?",
        en="a path stops here without an end event; by BPMN it ends. Draw it?",
    ),
)  # fmt: skip
