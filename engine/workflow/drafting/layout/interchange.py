"""Pictures as BPMN DI: pools, lanes, shapes, edges and labels, all in one plane."""

from lxml import etree

from engine.workflow.drafting.layout.boxes import Box, Point
from engine.workflow.drafting.layout.graph import SCOPES, graph_of, nodes_in
from engine.workflow.drafting.layout.picture import Picture, picture_of
from engine.workflow.reading.names import BPMNDI, bpmn, local

DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
LEFT, TOP = 60.0, 80.0  # of the first pool
HEAD = 30.0  # where the names of pools and lanes stand
INSIDE = 20.0  # between the border of a sub-process and what is in it
_MARKED = ("exclusiveGateway",)


def write_picture(root: etree._Element) -> None:
    """Draw all processes of a document below each other."""
    processes = list(root.iterchildren(bpmn("process")))
    collaboration = root.find(bpmn("collaboration"))
    pools = {one.get("processRef"): one for one in collaboration.iterchildren(bpmn("participant"))} if (
        collaboration is not None) else {}  # fmt: skip
    shown = collaboration if collaboration is not None else processes[0]
    name = processes[0].get("id", "")
    diagram = etree.SubElement(root, f"{{{BPMNDI}}}BPMNDiagram", id=f"dia_{name}")
    plane = etree.SubElement(
        diagram, f"{{{BPMNDI}}}BPMNPlane", id=f"plane_{name}", bpmnElement=str(shown.get("id"))
    )
    top = TOP
    for process in processes:
        top += _process(plane, process, pools.get(process.get("id")), top) + HEAD


def _process(
    plane: etree._Element, process: etree._Element, pool: etree._Element | None, top: float
) -> float:
    """One process with its pool and lanes; returns how high it is."""
    lanes = [lane for one in process.iterchildren(bpmn("laneSet")) for lane in one.iterchildren(bpmn("lane"))]
    pictures = _pictures(process)
    picture = pictures[process.get("id", "")]
    left = LEFT
    if pool is not None:
        _shape(
            plane, pool, Box(left, top, left + HEAD * (1 + bool(lanes)) + picture.width, top + picture.height)
        )
        left += HEAD
    for lane, (start, end) in zip(lanes, picture.lanes, strict=False):
        _shape(plane, lane, Box(left, top + start, left + HEAD + picture.width, top + end))
    left += HEAD if lanes else 0
    _contents(plane, process, pictures, left, top)
    return picture.height


def _pictures(scope: etree._Element) -> dict[str, Picture]:
    """The picture of a scope and of all sub-processes in it, by id."""
    found: dict[str, Picture] = {}
    sizes = {}
    for node in nodes_in(scope):
        if local(node) in SCOPES:
            found.update(_pictures(node))
            inner = found[node.get("id", "")]
            sizes[node.get("id", "")] = inner.width + 2 * INSIDE, inner.height + 2 * INSIDE
    lanes = [lane for one in scope.iterchildren(bpmn("laneSet")) for lane in one.iterchildren(bpmn("lane"))]
    found[scope.get("id", "")] = picture_of(graph_of(scope, lanes, sizes))
    return found


def _contents(
    plane: etree._Element, scope: etree._Element, pictures: dict[str, Picture], left: float, top: float
) -> None:
    picture = pictures[scope.get("id", "")]
    elements = {one.get("id", ""): one for one in scope.iterchildren()}
    for identity, box in picture.shapes.items():
        element = elements[identity]
        shape = _shape(plane, element, box.moved(left, top))
        if identity in picture.labels:
            _label(shape, picture.labels[identity].moved(left, top))
        if local(element) in SCOPES:
            _contents(plane, element, pictures, left + box.left + INSIDE, top + box.top + INSIDE)
    for identity, points in picture.lines.items():
        edge = etree.SubElement(plane, f"{{{BPMNDI}}}BPMNEdge", id=f"{identity}_di", bpmnElement=identity)
        for point in points:
            _waypoint(edge, point, left, top)
        if identity in picture.labels:
            _label(edge, picture.labels[identity].moved(left, top))


def _shape(plane: etree._Element, element: etree._Element, box: Box) -> etree._Element:
    identity, kind = str(element.get("id")), local(element)
    shape = etree.SubElement(plane, f"{{{BPMNDI}}}BPMNShape", id=f"{identity}_di", bpmnElement=identity)
    if kind in ("participant", "lane"):
        shape.set("isHorizontal", "true")
    if kind in _MARKED:
        shape.set("isMarkerVisible", "true")
    if kind in SCOPES:
        shape.set("isExpanded", "true")
    _bounds(shape, box)
    return shape


def _label(owner: etree._Element, box: Box) -> None:
    _bounds(etree.SubElement(owner, f"{{{BPMNDI}}}BPMNLabel"), box)


def _bounds(owner: etree._Element, box: Box) -> None:
    sides = (
        ("x", box.left),
        ("y", box.top),
        ("width", box.right - box.left),
        ("height", box.bottom - box.top),
    )
    etree.SubElement(owner, f"{{{DC}}}Bounds", attrib={name: f"{value:.0f}" for name, value in sides})


def _waypoint(edge: etree._Element, point: Point, left: float, top: float) -> None:
    x, y = point
    etree.SubElement(edge, f"{{{DI}}}waypoint", x=f"{x + left:g}", y=f"{y + top:g}")
