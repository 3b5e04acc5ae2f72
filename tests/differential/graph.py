"""A process as the standard draws it: nodes and sequence flows. Frozen once it is laid."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.differential.blocks import Event, Repeat

ACTIVITIES = frozenset(
    {"userTask", "scriptTask", "receiveTask", "serviceTask", "callActivity", "subProcess", "transaction"}
)


class _Fixed:
    """Part of a diagram: a copy of a running process leans on the same diagram."""

    __slots__ = ()

    def __deepcopy__(self, memo: object) -> "_Fixed":
        return self


@dataclass(slots=True, eq=False)
class Flow(_Fixed):
    id: str
    source: str
    target: str
    condition: str | None = None


@dataclass(slots=True, eq=False)
class Node(_Fixed):
    """``kind`` is the element's name in BPMN XML; event sub-processes are called eventSubProcess."""

    id: str
    kind: str
    event: Event | None = None
    interrupting: bool = True  # boundary events and event sub-processes
    attached: str | None = None
    plane: str | None = None  # what is inside: of sub-processes and calls
    repeat: Repeat | None = None
    adds: str | None = None  # of a script
    default: str | None = None
    needs: int = 1  # startQuantity
    gives: int = 1  # completionQuantity
    undo: str | None = None  # handler of a compensation boundary event
    undoes: bool = False  # is such a handler


@dataclass(slots=True, eq=False)
class Plane(_Fixed):
    """A process, or the inside of a sub-process."""

    id: str
    nodes: list[Node] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)


class Model(_Fixed):
    """All planes; ``main`` is the process that is started."""

    def __init__(self) -> None:
        self.main = "p"
        self.planes: dict[str, Plane] = {}
        self.called: list[str] = []  # processes, in the order in which they are drawn
        self.global_tasks: list[str] = []
        self.nodes: dict[str, Node] = {}
        self._out: dict[str, list[Flow]] = {}
        self._in: dict[str, list[Flow]] = {}
        self._borders: dict[str, list[Node]] = {}
        self._targets: dict[str, str] = {}

    def close(self) -> "Model":
        """Index what has been laid."""
        for plane in self.planes.values():
            for node in plane.nodes:
                self.nodes[node.id] = node
                if node.attached:
                    self._borders.setdefault(node.attached, []).append(node)
            for flow in plane.flows:
                self._out.setdefault(flow.source, []).append(flow)
                self._in.setdefault(flow.target, []).append(flow)
                self._targets[flow.id] = flow.target
        return self

    def out(self, node: Node) -> list[Flow]:
        return self._out.get(node.id, [])

    def into(self, node: Node) -> list[Flow]:
        return self._in.get(node.id, [])

    def borders(self, node: Node) -> list[Node]:
        """Boundary events of an activity."""
        return self._borders.get(node.id, [])

    def flow_target(self, flow: str) -> Node:
        return self.nodes[self._targets[flow]]

    def undo_of(self, node: Node) -> str | None:
        """The compensation handler of an activity."""
        return next((one.undo for one in self.borders(node) if one.undo), None)

    def handlers(self, plane: str) -> Iterator[Node]:
        """Event sub-processes of a plane."""
        return (one for one in self.planes[plane].nodes if one.kind == "eventSubProcess")

    def first(self, plane: str) -> Iterator[Node]:
        """Where a plane begins: its start event, or whatever no flow leads to."""
        nodes = self.planes[plane].nodes
        starts = [one for one in nodes if one.kind == "startEvent"]
        if starts:
            return iter(starts)
        return (one for one in nodes if not self.into(one) and self._begins(one))

    def _begins(self, node: Node) -> bool:
        return not (node.attached or node.undoes or node.kind in ("eventSubProcess", "linkCatch"))
