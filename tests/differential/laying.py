"""Blocks laid out as nodes and sequence flows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain

from tests.differential import blocks as b
from tests.differential.graph import Flow, Model, Node, Plane

_KINDS = {
    "user": "userTask",
    "script": "scriptTask",
    "receive": "receiveTask",
    "job": "serviceTask",
    "sub": "subProcess",
    "transaction": "transaction",
    "call": "callActivity",
    "global": "callActivity",
}


@dataclass(frozen=True, slots=True)
class Tail:
    """A loose end: a flow that leads to whatever comes next."""

    source: str
    condition: str | None = None
    default: bool = False


Tails = list[Tail]


def lay(process: b.Activity, *, bare: bool = False) -> Model:
    """The process drawn. ``bare``: without start and end events where BPMN can do without."""
    layer = _Layer(bare)
    layer.inside("p", process)
    return layer.model.close()


def _single(block: b.Task | b.Script | b.Wait | b.Throw | b.Stop) -> Node:
    """The node of a block that is one."""
    if isinstance(block, b.Task):
        return Node(block.name, "userTask", needs=block.needs, gives=block.gives)
    if isinstance(block, b.Script):
        return Node(block.name, "scriptTask", adds=block.adds)
    kinds = {b.Wait: "intermediateCatchEvent", b.Throw: "intermediateThrowEvent", b.Stop: "endEvent"}
    return Node(block.name, kinds[type(block)], event=block.event)


def _first(block: b.Block) -> bool:
    """Whether a block has a first node that nothing leads back to."""
    if isinstance(block, b.Sequence):
        return bool(block.parts) and _first(block.parts[0])
    return not isinstance(block, b.Loop)


def _all(ends: Iterable[Tails]) -> Tails:
    return list(chain.from_iterable(ends))


class _Layer:
    def __init__(self, bare: bool) -> None:
        self.model = Model()
        self._bare = bare
        self._plane = Plane("")
        self._count = 0

    def fill(self, plane: str, block: b.Block, start: b.Event | None = None) -> None:
        """Lay a block onto a plane of its own, between a start and an end event."""
        outer, self._plane = self._plane, Plane(plane)
        self.model.planes[plane] = self._plane
        begin: Tails = []
        if not (self._bare and _first(block)) or start is not None or plane == "p":
            begin = [Tail(self._put(Node(f"{plane}_begin", "startEvent", event=start)))]
        tails = self._lay(block, begin)
        if tails and not (self._bare and all(self._may_end(one) for one in tails)):
            self._step(Node(f"{plane}_end", "endEvent", event=b.Event("none")), tails)
        self._plane = outer

    def _may_end(self, tail: Tail) -> bool:
        """BPMN lets activities and events end a path, but gateways lead on."""
        return not (tail.condition or tail.default or "Gateway" in self._named(tail.source).kind)

    def _id(self) -> str:
        self._count += 1
        return f"x{self._count}"

    def _put(self, node: Node) -> str:
        self._plane.nodes.append(node)
        return node.id

    def _step(self, node: Node, tails: Tails) -> Tails:
        """Put a node behind loose ends."""
        self._put(node)
        for tail in tails:
            flow = Flow(self._id(), tail.source, node.id, tail.condition)
            self._plane.flows.append(flow)
            if tail.default:
                self._named(tail.source).default = flow.id
        return [Tail(node.id)]

    def _named(self, identity: str) -> Node:
        return next(one for one in self._plane.nodes if one.id == identity)

    def _lay(self, block: b.Block, tails: Tails) -> Tails:
        match block:
            case b.Stop():
                self._step(_single(block), tails)
                return []
            case b.Jump():
                self._step(Node(block.name, "linkThrow"), tails)
                return [Tail(self._put(Node(f"{block.name}_to", "linkCatch")))]
            case b.Sequence():
                return self._sequence(block, tails)
            case b.Loop():
                return self._loop(block, tails)
            case b.Race():
                return self._race(block, tails)
            case b.Activity():
                return self._activity(block, tails)
            case b.Task() | b.Script() | b.Wait() | b.Throw():
                return self._step(_single(block), tails)
        return self._split(block, tails)

    def _sequence(self, block: b.Sequence, tails: Tails) -> Tails:
        for place, part in enumerate(block.parts):
            if place and not tails:
                break  # behind an end event
            tails = self._lay(part, tails)
        return tails

    def _gateway(self, kind: str, tails: Tails) -> str:
        return self._step(Node(self._id(), f"{kind}Gateway"), tails)[0].source

    def _loop(self, block: b.Loop, tails: Tails) -> Tails:
        top = self._gateway("exclusive", tails)
        last = self._lay(block.body, [Tail(top)])
        if not last:
            return []
        bottom = self._gateway("exclusive", last)
        self._plane.flows.append(Flow(self._id(), bottom, top, block.condition))
        return [Tail(bottom, default=True)]

    def _race(self, block: b.Race, tails: Tails) -> Tails:
        gateway = self._gateway("eventBased", tails)
        ends: Tails = []
        for wait, branch in zip(block.waits, block.branches, strict=False):
            ends += self._lay(branch, self._lay(wait, [Tail(gateway)]))
        return ends

    def _split(self, block: b.Choice | b.Parallel | b.Inclusive | b.Fork, tails: Tails) -> Tails:
        match block:
            case b.Fork():
                split = self._step(Node(block.name, "userTask"), tails)[0].source
                starts = [Tail(split, default=block.default), *(Tail(split, one) for one in block.conditions)]
                join = "inclusive"
            case b.Parallel():
                join = "parallel"
                split = self._gateway(join, self._merged(tails))
                starts = [Tail(split) for _ in block.branches]
            case _:
                join = "exclusive" if isinstance(block, b.Choice) else "inclusive"
                split = self._gateway(join, tails)
                asked = block.conditions[: len(block.branches) - 1]  # the last branch is the default one
                starts = [*(Tail(split, one) for one in asked), Tail(split, default=True)]
        ends = [self._lay(branch, [start]) for branch, start in zip(block.branches, starts, strict=False)]
        return self._joined(join, [one for one in ends if one]) if block.joined else _all(ends)

    def _joined(self, kind: str, ends: list[Tails]) -> Tails:
        """Branches that go on meet in a gateway; each comes into it along one flow."""
        if not ends:
            return []
        return [Tail(self._gateway(kind, _all(self._merged(one) for one in ends)))]

    def _merged(self, tails: Tails) -> Tails:
        """One loose end for several of which only one is taken."""
        return tails if len(tails) == 1 else [Tail(self._gateway("exclusive", tails))]

    def _activity(self, block: b.Activity, tails: Tails) -> Tails:
        node = Node(block.name, _KINDS[block.kind], repeat=block.repeat)
        ends = self._step(node, tails)
        if block.kind == "receive":
            node.event = b.Event("message", block.word)
        elif block.kind == "script":
            node.adds = "1"
        elif block.kind == "global":
            node.plane = f"{block.name}_g"
            self.model.global_tasks.append(node.plane)
            self.model.planes[node.plane] = Plane(node.plane, [Node(f"{node.plane}_task", "userTask")])
        elif block.body is not None:
            node.plane = f"{block.name}_p" if block.kind == "call" else block.name
            if block.kind == "call":
                self.model.called.append(node.plane)
            self.inside(node.plane, block)
        for boundary in block.boundaries:
            ends += self._border(block.name, boundary)
        if block.undo is not None:
            self._undo(block.name, block.undo)
        return ends

    def inside(self, plane: str, block: b.Activity) -> None:
        assert block.body is not None
        self.fill(plane, block.body)
        outer, self._plane = self._plane, self.model.planes[plane]
        for handler in block.handlers:
            self._put(
                Node(handler.name, "eventSubProcess", handler.event, handler.interrupting, plane=handler.name)
            )
            self.fill(handler.name, handler.body, start=handler.event)
        self._plane = outer

    def _border(self, host: str, boundary: b.Boundary) -> Tails:
        self._put(Node(boundary.name, "boundaryEvent", boundary.event, boundary.interrupting, attached=host))
        ends = self._lay(boundary.body, [Tail(boundary.name)])
        if not boundary.ends:
            return ends
        if ends:
            self._step(Node(f"{boundary.name}_end", "endEvent", event=b.Event("none")), ends)
        return []

    def _undo(self, host: str, undo: b.Task | b.Script) -> None:
        self._put(replace(_single(undo), undoes=True))
        self._put(
            Node(f"{undo.name}_b", "boundaryEvent", b.Event("compensate"), attached=host, undo=undo.name)
        )
