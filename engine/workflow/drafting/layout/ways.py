"""The ways of all flows of a scope: one after the other, then again for those that cross."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from engine.workflow.drafting.layout.boxes import Box, Point
from engine.workflow.drafting.layout.graph import Flow, Graph
from engine.workflow.drafting.layout.net import BEND, MISTAKEN, Kinship, Pass, net_of
from engine.workflow.drafting.layout.paper import Paper
from engine.workflow.drafting.layout.search import Search

_ROUNDS = 3


@dataclass(slots=True)
class Way:
    """Where a flow runs: corners from shape to shape, and what it takes of the net."""

    points: list[Point]
    taken: dict[int, Pass] = field(default_factory=dict)  # by crossing
    ports: tuple[tuple[str, int], ...] = ()  # shape and side of both ends
    faults: int = 0  # places where it crosses or touches another one


class Ways:
    """All flows of one scope."""

    def __init__(self, graph: Graph, paper: Paper, walls: list[Box]) -> None:
        self._graph, self._paper = graph, paper
        self._net = net_of(paper, walls)
        self._flows = {flow.id: flow for flow in graph.flows}
        self.found: dict[str, Way] = {}

    def route(self, order: list[Flow]) -> None:
        """Find a way for each flow, then try again for those that cross another."""
        for flow in order:
            self._find(flow)
        for _ in range(_ROUNDS):
            faulty = [flow for flow in order if self.found[flow.id].faults]
            before = self.faults
            for flow in faulty:
                self._again(flow)
            if self.faults == before:
                return

    @property
    def faults(self) -> int:
        return sum(way.faults for way in self.found.values())

    @property
    def cost(self) -> float:
        """Length and corners of all ways together."""
        return sum(length_of(way.points) + BEND * (len(way.points) - 1) for way in self.found.values())

    def _find(self, flow: Flow) -> None:
        kin = {one: self._kinship(flow, one) for one in self.found}
        starts = [
            replace(one, price=one.price + self._mistaken(flow, one.side))
            for one in self._net.doors(self._graph, flow.source, True)
        ]
        goals = self._net.doors(self._graph, flow.target, False)
        track = Search(self._net, kin, starts, goals).run()
        if track is None:
            self._keep(flow, self._straight(flow))
            return
        points = simplified([track.start.border, *track.corners, track.goal.border])
        ports = (flow.source, track.start.side), (flow.target, track.goal.side)
        self._keep(flow, Way(points, track.taken, ports))

    def _mistaken(self, flow: Flow, side: int) -> float:
        """The mark of a default flow would stand on the line of another one."""
        users = [self._flows[one] for one in self._net.ports.get((flow.source, side), {})]
        return MISTAKEN if users and (flow.default or any(one.default for one in users)) else 0.0

    def _straight(self, flow: Flow) -> Way:
        """No way at all: from middle to middle, so that nothing is lost."""
        a, b = self._paper.centres[flow.source], self._paper.centres[flow.target]
        return Way(simplified([a, (b[0], a[1]), b]), faults=1)

    def _again(self, flow: Flow) -> None:
        """Draw a flow before those that it crosses, and keep that when it is better."""
        before = {one: self.found[one] for one in (flow.id, *sorted(set(self._disturbed(flow))))}
        faults = self.faults
        for one in before:
            self._remove(one)
        for one in before:
            self._find(self._flows[one])
        if self.faults < faults:
            return
        for one in before:
            self._remove(one)
        for one, way in before.items():
            self._keep(self._flows[one], way)

    def _kinship(self, flow: Flow, other: str) -> int:
        known = self._flows[other]
        return Kinship.SOURCE * (known.source == flow.source) | Kinship.TARGET * (known.target == flow.target)

    def _keep(self, flow: Flow, way: Way) -> None:
        for at, through in way.taken.items():
            self._net.users[at][flow.id] = through
        for number, port in enumerate(way.ports):
            self._net.ports.setdefault(port, {})[flow.id] = number == 0
        self.found[flow.id] = way
        for one in (flow.id, *self._near(flow.id)):
            self._count(one)

    def _remove(self, identity: str) -> None:
        way, near = self.found[identity], self._near(identity)
        for at in way.taken:
            self._net.users[at].pop(identity, None)
        for port in way.ports:
            self._net.ports[port].pop(identity, None)
        del self.found[identity]
        for one in near:
            self._count(one)

    def _near(self, identity: str) -> set[str]:
        return {one for at in self.found[identity].taken for one in self._net.users[at]} - {identity}

    def _count(self, identity: str) -> None:
        way = self.found[identity]
        if way.taken:
            way.faults = sum(1 for _ in self._disturbed(self._flows[identity]))

    def _disturbed(self, flow: Flow) -> Iterator[str]:
        """Flows that a way crosses or touches, place by place."""
        for at, mine in self.found[flow.id].taken.items():
            for one, other in self._net.users[at].items():
                if one != flow.id and mine.disturbs(other, self._kinship(flow, one)):
                    yield one


def length_of(points: list[Point]) -> float:
    return sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(points))


def simplified(points: list[Point]) -> list[Point]:
    """The same line with its corners only."""
    kept: list[Point] = []
    for point in points:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and _on_line(kept[-2], kept[-1], point):
            kept[-1] = point
        else:
            kept.append(point)
    return kept


def _on_line(a: Point, b: Point, c: Point) -> bool:
    return (a[0] == b[0] == c[0]) or (a[1] == b[1] == c[1])
