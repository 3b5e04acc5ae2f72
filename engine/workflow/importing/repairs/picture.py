"""Parts of a picture that show nothing: without a place, the schema does not let them stand."""

from collections.abc import Iterator

from lxml import etree

from engine.workflow.importing.drawing import Drawing, parent_of
from engine.workflow.importing.repair import Case, Repair
from engine.workflow.reading.names import BPMNDI

_BOUNDS = "{http://www.omg.org/spec/DD/20100524/DC}Bounds"
_WAYPOINT = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"


def _numbers(element: etree._Element | None, *names: str) -> bool:
    try:
        return element is not None and all(float(element.get(name, "")) is not None for name in names)
    except ValueError:
        return False


def _blank(drawing: Drawing) -> Iterator[Case]:
    found: list[etree._Element] = []
    for shape in drawing.root.iter(f"{{{BPMNDI}}}BPMNShape"):
        if not _numbers(shape.find(_BOUNDS), "x", "y", "width", "height"):
            found.append(shape)
    for edge in drawing.root.iter(f"{{{BPMNDI}}}BPMNEdge"):
        points = list(edge.iterchildren(_WAYPOINT))
        if len(points) < 2 or not all(_numbers(point, "x", "y") for point in points):
            found.append(edge)
    for diagram in drawing.root.iter(f"{{{BPMNDI}}}BPMNDiagram"):
        if diagram.find(f"{{{BPMNDI}}}BPMNPlane") is None:
            found.append(diagram)
    for one in found:
        yield Case(element=one, default="-", before=one.get("bpmnElement") or one.get("id") or "")


def _remove(_: Drawing, case: Case, __: str) -> None:
    parent_of(case.element).remove(case.element)


REPAIRS = (
    Repair(
        rule="picture-blank", find=_blank, mend=_remove, asks=False,
        vi="phần hình vẽ không có vị trí, không hiện gì, được bỏ",
        en="a part of the picture had no place and showed nothing; it was left out",
    ),
)  # fmt: skip
