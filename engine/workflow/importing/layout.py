"""What is added gets a place in the picture; what was drawn stays where it was."""

from lxml import etree

from engine.workflow.importing.lookup import with_attribute
from engine.workflow.reading.names import BPMNDI, local

_DC = "http://www.omg.org/spec/DD/20100524/DC"
_DI = "http://www.omg.org/spec/DD/20100524/DI"
_SIZES = {"startEvent": (36, 36), "endEvent": (36, 36), "exclusiveGateway": (50, 50)}
_TASK = (100, 80)
GAP = 50

Box = tuple[float, float, float, float]


def shape_of(root: etree._Element, identity: str | None) -> etree._Element | None:
    """The shape or edge that shows an element."""
    kinds = (f"{{{BPMNDI}}}BPMNShape", f"{{{BPMNDI}}}BPMNEdge")
    found = with_attribute(root, "bpmnElement", identity) if identity else []
    return next((one for one in found if one.tag in kinds), None)


def box_of(root: etree._Element, identity: str | None) -> Box | None:
    """Left, top, width and height of an element on the picture."""
    shape = shape_of(root, identity)
    bounds = shape.find(f"{{{_DC}}}Bounds") if shape is not None else None
    if bounds is None:
        return None
    try:
        x, y, width, height = (float(bounds.get(name, "")) for name in ("x", "y", "width", "height"))
    except ValueError:
        return None
    return x, y, width, height


def draw_after(root: etree._Element, node: etree._Element, neighbour: etree._Element) -> None:
    """Show a new node to the right of another one."""
    box = box_of(root, neighbour.get("id"))
    if box is not None:
        _draw(root, node, neighbour, box[0] + box[2] + GAP, box[1] + box[3] / 2)


def draw_before(root: etree._Element, node: etree._Element, neighbour: etree._Element) -> None:
    """Show a new node to the left of another one."""
    box = box_of(root, neighbour.get("id"))
    if box is not None:
        width = _SIZES.get(local(node), _TASK)[0]
        _draw(root, node, neighbour, box[0] - GAP - width, box[1] + box[3] / 2)


def draw_above(root: etree._Element, node: etree._Element, neighbour: etree._Element) -> None:
    """Show a new node above another one."""
    box = box_of(root, neighbour.get("id"))
    if box is not None:
        width, height = _SIZES.get(local(node), _TASK)
        _draw(root, node, neighbour, box[0] + box[2] / 2 - width / 2, box[1] - GAP - height / 2)


def _draw(
    root: etree._Element, node: etree._Element, neighbour: etree._Element, left: float, middle: float
) -> None:
    beside = shape_of(root, neighbour.get("id"))
    plane = beside.getparent() if beside is not None else None
    if plane is None:
        return
    width, height = _SIZES.get(local(node), _TASK)
    shape = etree.SubElement(plane, f"{{{BPMNDI}}}BPMNShape")
    shape.set("id", _free(root, f"{node.get('id')}_di"))
    shape.set("bpmnElement", str(node.get("id")))
    bounds = etree.SubElement(shape, f"{{{_DC}}}Bounds")
    for name, value in (("x", left), ("y", middle - height / 2), ("width", width), ("height", height)):
        bounds.set(name, f"{value:g}" if abs(value) < 100_000 else f"{value:.0f}")


def draw_flow(root: etree._Element, flow: etree._Element) -> None:
    """Show a new flow as a straight line, when both of its ends are shown."""
    source, target = (box_of(root, flow.get(name)) for name in ("sourceRef", "targetRef"))
    shape = shape_of(root, flow.get("targetRef"))
    plane = shape.getparent() if shape is not None else None
    if source is None or target is None or plane is None:
        return
    edge = etree.SubElement(plane, f"{{{BPMNDI}}}BPMNEdge")
    edge.set("id", _free(root, f"{flow.get('id')}_di"))
    edge.set("bpmnElement", str(flow.get("id")))
    for x, y in _line(source, target):
        etree.SubElement(edge, f"{{{_DI}}}waypoint", x=f"{x:g}", y=f"{y:g}")


def redraw_end(root: etree._Element, flow: etree._Element) -> None:
    """Let the line of a flow end at its new target; its other points stay."""
    edge, target = shape_of(root, flow.get("id")), box_of(root, flow.get("targetRef"))
    points = list(edge.iterchildren(f"{{{_DI}}}waypoint")) if edge is not None else []
    if points and target is not None:
        points[-1].set("x", f"{target[0]:g}")
        points[-1].set("y", f"{target[1] + target[3] / 2:g}")


def _line(source: Box, target: Box) -> list[tuple[float, float]]:
    """From border to border: up or down when one stands above the other, else from right to left."""
    middles = [(box[0] + box[2] / 2, box[1] + box[3] / 2) for box in (source, target)]
    (ax, ay), (bx, by) = middles
    if abs(ax - bx) < source[2] / 2 + target[2] / 2:
        down = 1 if by > ay else -1
        return [(ax, ay + down * source[3] / 2), (bx, by - down * target[3] / 2)]
    right = 1 if bx > ax else -1
    return [(ax + right * source[2] / 2, ay), (bx - right * target[2] / 2, by)]


def _free(root: etree._Element, name: str) -> str:
    while with_attribute(root, "id", name):
        name += "_"
    return name
