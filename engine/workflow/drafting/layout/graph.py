"""What a picture is made of: the nodes and flows of one scope, read from BPMN that has no picture yet."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from engine.workflow.reading.names import BPMN, bpmn, local
from engine.workflow.reading.words import NODE_TAGS

TASK = (120.0, 80.0)
GATEWAY = (50.0, 50.0)
EVENT = (36.0, 36.0)
_LETTER, _MARGIN, _LONG = 7.0, 10.0, 40  # of a lane's name: width of a letter, room at its ends, long
SCOPES = ("subProcess", "transaction", "adHocSubProcess")


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Something that has a shape."""

    id: str
    kind: str  # BPMN element
    name: str
    lane: int
    width: float
    height: float
    host: str | None = None  # what a boundary event sits on

    @property
    def gateway(self) -> bool:
        return self.kind.endswith("Gateway")

    @property
    def event(self) -> bool:
        return self.kind.endswith("Event")


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Something that has a line."""

    id: str
    source: str
    target: str
    name: str = ""
    default: bool = False


@dataclass(slots=True)
class Graph:
    """One process or sub-process; flows in the order of the file."""

    nodes: dict[str, Node]
    flows: list[Flow]
    lanes: tuple[float, ...] = (0.0,)  # how high each has to be for its name
    leaving: dict[str, list[Flow]] = field(default_factory=lambda: defaultdict(list))
    entering: dict[str, list[Flow]] = field(default_factory=lambda: defaultdict(list))
    edged: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # host to its events

    def __post_init__(self) -> None:
        for flow in self.flows:
            self.leaving[flow.source].append(flow)
            self.entering[flow.target].append(flow)
        for node in self.nodes.values():
            if node.host is not None:
                self.edged[node.host].append(node.id)

    def anchor(self, identity: str) -> str:
        """The node that decides the place: for a boundary event its host."""
        return self.nodes[identity].host or identity

    def free(self) -> list[str]:
        """Nodes that have a place of their own."""
        return [one.id for one in self.nodes.values() if one.host is None]


def nodes_in(scope: etree._Element) -> list[etree._Element]:
    """Elements with a shape directly in a process or sub-process."""
    return [one for one in scope.iterchildren(f"{{{BPMN}}}*") if local(one) in NODE_TAGS]


def graph_of(
    scope: etree._Element, lanes: Sequence[etree._Element], sizes: dict[str, tuple[float, float]]
) -> Graph:
    """The graph of a scope; ``sizes`` are those of the sub-processes in it, drawn open."""
    lane_of = {
        (reference.text or "").strip(): number
        for number, lane in enumerate(lanes)
        for reference in lane.iterchildren(bpmn("flowNodeRef"))
    }
    elements = nodes_in(scope)
    known = {one.get("id", ""): one for one in elements}
    nodes = {}
    for identity, element in known.items():
        host = element.get("attachedToRef") if local(element) == "boundaryEvent" else None
        width, height = sizes.get(identity) or _size(local(element))
        nodes[identity] = Node(
            id=identity, kind=local(element), name=" ".join((element.get("name") or "").split()),
            lane=lane_of.get(host or identity, 0), width=width, height=height,
            host=host if host in known else None,
        )  # fmt: skip
    defaults = {one.get("default") for one in elements}
    flows = [
        Flow(
            id=one.get("id", ""), source=one.get("sourceRef", ""), target=one.get("targetRef", ""),
            name=" ".join((one.get("name") or "").split()), default=one.get("id") in defaults,
        )
        for one in scope.iterchildren(bpmn("sequenceFlow"))
    ]  # fmt: skip
    flows = [one for one in flows if one.source in nodes and one.target in nodes]
    heights = tuple(room_of(lane.get("name") or "") for lane in lanes)
    return Graph(nodes=nodes, flows=flows, lanes=heights or (0.0,))


def room_of(name: str) -> float:
    """How high a lane is for its name, which runs upwards: on one line, a long one on two, in any font."""
    lines = 1 if len(name) <= _LONG else 2
    return _LETTER * len(name) / lines + 2 * _MARGIN


def _size(kind: str) -> tuple[float, float]:
    if kind.endswith("Gateway"):
        return GATEWAY
    return EVENT if kind.endswith("Event") else TASK
