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
Point = tuple[float, float]
HEAD, HALF_HEAD = 10.0, 5.0  # length and half of the width of an arrowhead


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

    def crossed_by(self, a: Point, b: Point) -> bool:
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


def lines(root: etree._Element) -> Iterator[tuple[str, Point, Point]]:
    """Pieces of the flows: id of the flow, from, to."""
    for flow, points in ways(root).items():
        for a, b in pairwise(points):
            yield flow, a, b


def ways(root: etree._Element) -> dict[str, list[Point]]:
    """Corners of the flows, from start to end, by their ids."""
    return {
        edge.get("bpmnElement", ""): [
            (float(p.get("x", "0")), float(p.get("y", "0"))) for p in edge.iterfind("di:waypoint", DI)
        ]
        for edge in root.iterfind(".//bpmndi:BPMNEdge", DI)
    }


def arrowhead(flow: str, points: list[Point]) -> Box:
    """What the head of a flow takes, whatever side it comes from."""
    (x, y), (to_x, to_y) = points[-2:]
    left, right = sorted((to_x, to_x + max(-HEAD, min(HEAD, x - to_x))))
    top, bottom = sorted((to_y, to_y + max(-HEAD, min(HEAD, y - to_y))))
    return Box(flow, left - HALF_HEAD, top - HALF_HEAD, right + HALF_HEAD, bottom + HALF_HEAD)


def parted(one: list[Point], other: list[Point]) -> tuple[list[Point], list[Point]]:
    """What is left of two ways behind what both share from their start on; all where they share nothing."""
    if one[0] != other[0] or len(one) < 2 or len(other) < 2:
        return one, other
    if length(one[:2]) > length(other[:2]):
        return parted(other, one)[::-1]
    at, corner = one[1], other[1]
    if length([one[0], at, corner]) > length(other[:2]):
        return one, other
    return parted(one[1:], other[1:] if at == corner else [at, *other[1:]])


def length(points: list[Point]) -> float:
    return sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(points))


def labels(root: etree._Element) -> Iterator[Box]:
    """Names written outside of their shape or beside their flow; ``element`` is whose name it is."""
    for label in root.iterfind(".//bpmndi:BPMNLabel", DI):
        bounds, owner = label.find("dc:Bounds", DI), label.getparent()
        assert bounds is not None
        assert owner is not None
        x, y, width, height = (float(bounds.get(name, "0")) for name in ("x", "y", "width", "height"))
        yield Box(owner.get("bpmnElement", ""), x, y, x + width, y + height)
