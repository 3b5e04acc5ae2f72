"""Boxes and lines of a diagram, for asking whether a person can read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

DI = {
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
}


@dataclass(frozen=True)
class Box:
    """A shape; ``element`` is the id of what it shows."""

    element: str
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def crossed_by(self, a: tuple[float, float], b: tuple[float, float]) -> bool:
        """Whether a horizontal or vertical line goes through the inside."""
        (x1, x2), (y1, y2) = sorted((a[0], b[0])), sorted((a[1], b[1]))
        return x1 < self.right - 1 and x2 > self.left + 1 and y1 < self.bottom - 1 and y2 > self.top + 1


def boxes(root: etree._Element) -> dict[str, Box]:
    """Shapes by the id of their element."""
    found = {}
    for shape in root.iterfind(".//bpmndi:BPMNShape", DI):
        bounds = shape.find("dc:Bounds", DI)
        assert bounds is not None
        x, y, width, height = (float(bounds.get(name, "0")) for name in ("x", "y", "width", "height"))
        element = shape.get("bpmnElement", "")
        found[element] = Box(element, x, y, x + width, y + height)
    return found


def frames(root: etree._Element) -> set[str]:
    """What other shapes lie in: pools, lanes, sub-processes that are drawn open."""
    kinds = ("participant", "lane", "subProcess")
    return {one.get("id", "") for kind in kinds for one in root.iterfind(f".//bpmn:{kind}", DI)}


def lines(root: etree._Element) -> Iterator[tuple[str, tuple[float, float], tuple[float, float]]]:
    """Pieces of the flows: id of the flow, from, to."""
    for edge in root.iterfind(".//bpmndi:BPMNEdge", DI):
        points = [(float(p.get("x", "0")), float(p.get("y", "0"))) for p in edge.iterfind("di:waypoint", DI)]
        for a, b in pairwise(points):
            yield edge.get("bpmnElement", ""), a, b


def labels(root: etree._Element) -> Iterator[Box]:
    """Names written outside of their shape or beside their flow; ``element`` is whose name it is."""
    for label in root.iterfind(".//bpmndi:BPMNLabel", DI):
        bounds, owner = label.find("dc:Bounds", DI), label.getparent()
        assert bounds is not None
        assert owner is not None
        x, y, width, height = (float(bounds.get(name, "0")) for name in ("x", "y", "width", "height"))
        yield Box(owner.get("bpmnElement", ""), x, y, x + width, y + height)
