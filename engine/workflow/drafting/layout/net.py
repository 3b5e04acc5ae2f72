"""The net of lines on which flows may run: its crossings, the walls on it, and who runs where already."""

from dataclasses import dataclass, field
from enum import IntFlag

from engine.workflow.drafting.layout.boxes import Box, Point
from engine.workflow.drafting.layout.graph import Graph
from engine.workflow.drafting.layout.paper import Paper

EAST, SOUTH, WEST, NORTH = range(4)
STEPS = ((1, 0), (0, 1), (-1, 0), (0, -1))
BEND, CROSSING = 80.0, 1500.0
MISTAKEN = 250.0  # two flows on a line that belongs to one
_DEAR, _ABOVE = 150.0, 40.0  # a side of a shape where flows are not expected; where they may come from above
_ASIDE = 0.001  # of its length, a flow down costs more for each step aside of the middle between columns


class Kinship(IntFlag):
    """What two flows have in common: from one source they part once, to one target they meet once."""

    SOURCE = 1
    TARGET = 2


@dataclass(frozen=True, slots=True)
class Pass:
    """How a flow goes through a crossing: the arms by which it comes and goes, and both as bits."""

    enters: int
    leaves: int
    arms: int

    @classmethod
    def of(cls, enters: int, leaves: int) -> "Pass":
        return cls(enters, leaves, 1 << enters | 1 << leaves)

    def disturbs(self, other: "Pass", kinship: int) -> bool:
        """Whether both on one crossing look as if they led to where they do not lead."""
        if kinship == Kinship.SOURCE:
            return self.enters != other.enters
        if kinship == Kinship.TARGET:
            return self.leaves != other.leaves
        return not kinship or not self.arms & other.arms


@dataclass(frozen=True, slots=True)
class Door:
    """A crossing next to a shape, from which one goes straight to the point on its border."""

    at: int
    side: int  # direction away from the shape
    price: float
    border: Point


@dataclass(slots=True)
class Net:
    """Crossings are numbered row by row; an arm is one of the four directions from a crossing, as a bit."""

    paper: Paper
    users: list[dict[str, Pass]] = field(default_factory=list)  # flows at each crossing
    ports: dict[tuple[str, int], dict[str, bool]] = field(default_factory=dict)  # flows; leaving?
    links: list[tuple[tuple[int, float] | None, ...]] = field(default_factory=list)  # to neighbours, how far
    points: list[Point] = field(default_factory=list)

    def doors(self, graph: Graph, identity: str, leaving: bool) -> list[Door]:
        """Where a flow may leave or enter a shape."""
        node, (x, y) = graph.nodes[identity], self.paper.centres[identity]
        found = []
        for side, price in _sides(node.kind, node.host is not None, leaving):
            step_x, step_y = STEPS[side]
            border = (x + step_x * node.width / 2, y + step_y * node.height / 2)
            at = self._beyond(border, side)
            users = self.ports.get((identity, side), {})
            if at is None or any(one != leaving for one in users.values()):
                continue
            # Straight on leads one way only; up and down others may follow the same line for a while.
            crowded = _DEAR if leaving and side == EAST and users else 0.0
            found.append(Door(at, side, price + crowded, border))
        return found

    def _beyond(self, border: Point, side: int) -> int | None:
        """The first crossing from a point on a border outwards."""
        (x, y), xs, ys = border, self.paper.xs, self.paper.ys
        if side in (EAST, WEST):
            row = ys.index(y) if y in ys else None
            column = _nearest(xs, x, side == EAST)
        else:
            column = xs.index(x) if x in xs else None
            row = _nearest(ys, y, side == SOUTH)
        return None if row is None or column is None else row * len(xs) + column


def _sides(kind: str, edged: bool, leaving: bool) -> list[tuple[int, float]]:
    """Sides of a shape for a flow, with what they cost."""
    if edged:
        return [(SOUTH, 0.0)]
    dear = 0.0 if kind.endswith("Gateway") else _DEAR
    if leaving:
        return [(EAST, 0.0), (SOUTH, dear), (NORTH, dear + 40)]
    return [(WEST, 0.0), (NORTH, 0.0 if kind == "endEvent" else min(dear, _ABOVE)), (SOUTH, dear)]


def _nearest(lines: list[float], at: float, upwards: bool) -> int | None:
    beyond = [number for number, one in enumerate(lines) if (one > at if upwards else one < at)]
    return (beyond[0] if upwards else beyond[-1]) if beyond else None


def net_of(paper: Paper, walls: list[Box]) -> Net:
    """The net of a paper; nothing runs through a wall."""
    xs, ys = paper.xs, paper.ys
    wide = len(xs)
    net = Net(paper, users=[{} for _ in range(wide * len(ys))], points=[(x, y) for y in ys for x in xs])
    for row, y in enumerate(ys):
        for column, x in enumerate(xs):
            links: list[tuple[int, float] | None] = []
            for step_x, step_y in STEPS:
                to_column, to_row = column + step_x, row + step_y
                if not (0 <= to_column < wide and 0 <= to_row < len(ys)):
                    links.append(None)
                    continue
                far = abs(xs[to_column] - x) + abs(ys[to_row] - y) * (1 + paper.aside.get(x, 0.0) * _ASIDE)
                links.append((to_row * wide + to_column, far))
            net.links.append(tuple(links))
    for wall in walls:
        _build(net, wall)
    return net


def _build(net: Net, wall: Box) -> None:
    """Cut the links that a wall stands on."""
    xs, ys = net.paper.xs, net.paper.ys
    for row, y in enumerate(ys):
        if not wall.top - 60 < y < wall.bottom + 60:
            continue
        for column, x in enumerate(xs):
            east = column + 1 < len(xs) and x < wall.right and xs[column + 1] > wall.left
            south = row + 1 < len(ys) and y < wall.bottom and ys[row + 1] > wall.top
            at = row * len(xs) + column
            if east and wall.top < y < wall.bottom:
                _cut(net, at, EAST, at + 1)
            if south and wall.left < x < wall.right:
                _cut(net, at, SOUTH, at + len(xs))


def _cut(net: Net, at: int, side: int, to: int) -> None:
    for place, direction in ((at, side), (to, (side + 2) % 4)):
        links = list(net.links[place])
        links[direction] = None
        net.links[place] = tuple(links)
