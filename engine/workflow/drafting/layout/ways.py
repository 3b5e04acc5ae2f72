"""The ways of flows over squared paper: one after the other, each the cheapest that is left."""

from dataclasses import dataclass, field
from heapq import heappop, heappush

from engine.workflow.drafting.layout.boxes import Box, Point
from engine.workflow.drafting.layout.graph import Flow, Graph
from engine.workflow.drafting.layout.paper import Paper

EAST, SOUTH, WEST, NORTH = range(4)
STEPS = ((1, 0), (0, 1), (-1, 0), (0, -1))
BEND, CROSSING = 80.0, 1500.0
_DEAR = 150.0  # a side of a shape where flows are not expected


@dataclass(slots=True)
class Way:
    """Where a flow runs: corners from shape to shape, and what it took on the paper."""

    points: list[Point]
    taken: dict[int, int] = field(default_factory=dict)  # crossing of two lines to the arms that are used
    ports: tuple[tuple[str, int], ...] = ()
    faults: int = 0  # flows that it crosses or touches


class Ways:
    """All flows of one scope."""

    def __init__(self, graph: Graph, paper: Paper, walls: list[Box]) -> None:
        self._graph, self._paper = graph, paper
        self._xs, self._ys = paper.xs, paper.ys
        self._wide = len(paper.xs)
        self._blocked = self._walls(walls)
        self._arms: list[dict[str, int]] = [{} for _ in range(self._wide * len(paper.ys))]
        self._ports: dict[tuple[str, int], dict[str, bool]] = {}  # to the flows there, and whether they leave
        self._flows = {flow.id: flow for flow in graph.flows}
        self.found: dict[str, Way] = {}

    def route(self, order: list[Flow]) -> None:
        """Find a way for each flow, then try again for those that cross another."""
        for flow in order:
            self._find(flow)
        for _ in range(3):
            faulty = [flow for flow in order if self.found[flow.id].faults]
            if not faulty:
                return
            for flow in faulty:
                self._again(flow)

    @property
    def faults(self) -> int:
        return sum(way.faults for way in self.found.values())

    @property
    def cost(self) -> float:
        """Length and corners of all ways together."""
        return sum(
            abs(a[0] - b[0]) + abs(a[1] - b[1]) + BEND
            for way in self.found.values()
            for a, b in zip(way.points, way.points[1:], strict=False)
        )

    def _again(self, flow: Flow) -> None:
        """Draw a flow before those that it crosses, and keep that when it is better."""
        partners = self._partners(flow)
        before = {one: self.found[one] for one in (flow.id, *partners)}
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

    def _partners(self, flow: Flow) -> list[str]:
        touched = {other for at in self.found[flow.id].taken for other in self._arms[at]}
        return sorted(one for one in touched if one != flow.id and not self._related(flow, one))

    def _related(self, flow: Flow, other: str) -> bool:
        """Flows with an end in common may run together there."""
        known = self._flows[other]
        return known.source == flow.source or known.target == flow.target

    def _walls(self, walls: list[Box]) -> list[int]:
        """For each crossing the arms on which a wall stands."""
        blocked = [0] * (self._wide * len(self._ys))
        for box in walls:
            for row, y in enumerate(self._ys):
                for column, x in enumerate(self._xs):
                    at = row * self._wide + column
                    if box.top < y < box.bottom and column + 1 < self._wide:
                        if x < box.right and self._xs[column + 1] > box.left:
                            blocked[at] |= 1 << EAST
                            blocked[at + 1] |= 1 << WEST
                    if box.left < x < box.right and row + 1 < len(self._ys):
                        if y < box.bottom and self._ys[row + 1] > box.top:
                            blocked[at] |= 1 << SOUTH
                            blocked[at + self._wide] |= 1 << NORTH
        return blocked

    # ---- ends of a flow

    def _doors(self, identity: str, leaving: bool) -> list[tuple[int, int, float, Point]]:
        """Crossings next to a shape: crossing, direction outwards, price and the point on its border."""
        node, (x, y) = self._graph.nodes[identity], self._paper.centres[identity]
        right, down = node.width / 2, node.height / 2
        if node.host is not None:
            sides = [(SOUTH, 0.0)]
        elif leaving:
            dear = 0.0 if node.gateway else _DEAR
            sides = [(EAST, 0.0), (SOUTH, dear), (NORTH, dear + 40)]
        else:
            dear = 0.0 if node.gateway else _DEAR
            sides = [(WEST, 0.0), (NORTH, 0.0 if node.kind == "endEvent" else dear), (SOUTH, dear)]
        found = []
        for side, price in sides:
            step_x, step_y = STEPS[side]
            border = (x + step_x * right, y + step_y * down)
            at = self._next(border, side)
            if at is not None:
                found.append((at, side, price, border))
        return found

    def _next(self, border: Point, side: int) -> int | None:
        """The first crossing from a point on a border outwards."""
        x, y = border
        xs, ys = self._xs, self._ys
        if side in (EAST, WEST):
            row = ys.index(y) if y in ys else None
            beyond = [one for one, at in enumerate(xs) if (at > x if side == EAST else at < x)]
            column = (beyond[0] if side == EAST else beyond[-1]) if beyond else None
        else:
            column = xs.index(x) if x in xs else None
            beyond = [one for one, at in enumerate(ys) if (at > y if side == SOUTH else at < y)]
            row = (beyond[0] if side == SOUTH else beyond[-1]) if beyond else None
        return None if row is None or column is None else row * self._wide + column

    def _crowded(self, identity: str, side: int) -> float:
        """Straight on leads one way only; up and down others may follow the same line for a while."""
        return _DEAR if side == EAST and self._ports.get((identity, EAST)) else 0.0

    def _open(self, identity: str, side: int, leaving: bool) -> bool:
        """Whether a side of a shape has no flow in the other direction."""
        users = self._ports.get((identity, side), {})
        return all(one == leaving for one in users.values())

    # ---- the search

    def _find(self, flow: Flow) -> None:
        starts = [
            (at, side, price + self._crowded(flow.source, side), border)
            for at, side, price, border in self._doors(flow.source, True)
            if self._open(flow.source, side, True)
        ]
        goals = {}
        for at, side, price, border in self._doors(flow.target, False):
            if self._open(flow.target, side, False):
                goals[at, (side + 2) % 4] = price, border, side
        self._keep(flow, self._search(flow, starts, goals))

    def _search(
        self,
        flow: Flow,
        starts: list[tuple[int, int, float, Point]],
        goals: dict[tuple[int, int], tuple[float, Point, int]],
    ) -> Way:
        xs, ys, wide = self._xs, self._ys, self._wide
        aims = [(xs[at % wide], ys[at // wide]) for at, _ in goals]
        related = {one: self._related(flow, one) for one in self.found}
        best: dict[tuple[int, int], float] = {}
        came: dict[tuple[int, int], tuple[int, int]] = {}
        queue: list[tuple[float, float, int, int]] = []

        def rest(at: int) -> float:
            x, y = xs[at % wide], ys[at // wide]
            return min((abs(x - a) + abs(y - b) for a, b in aims), default=0.0)

        def offer(at: int, way: int, price: float, before: tuple[int, int] | None) -> None:
            if price < best.get((at, way), 1e18):
                best[at, way] = price
                if before is not None:
                    came[at, way] = before
                heappush(queue, (price + rest(at), price, at, way))

        for at, side, price, border in starts:
            offer(at, side, price + abs(xs[at % wide] - border[0]) + abs(ys[at // wide] - border[1]), None)
        while queue:
            _, price, at, way = heappop(queue)
            if price > best[at, way]:
                continue
            if way == 4:  # noqa: PLR2004  (arrived)
                return self._way(flow, (at, way), came, starts, goals)
            for turn in (way, (way + 1) % 4, (way + 3) % 4):
                extra = self._passing(at, way, turn, related)
                if (at, turn) in goals:
                    offer(at, 4, price + extra + goals[at, turn][0], (at, way * 4 + turn))
                arms = self._blocked[at]
                if arms >> turn & 1 or not self._free(at, turn, related):
                    continue
                step = self._step(at, turn)
                if step is not None:
                    offer(step[0], turn, price + extra + step[1], (at, way))
        return self._straight(flow)

    def _step(self, at: int, turn: int) -> tuple[int, float] | None:
        """The neighbour in a direction and how far it is."""
        column, row = at % self._wide, at // self._wide
        step_x, step_y = STEPS[turn]
        column, row = column + step_x, row + step_y
        if not (0 <= column < self._wide and 0 <= row < len(self._ys)):
            return None
        to = row * self._wide + column
        far = abs(self._xs[column] - self._xs[at % self._wide]) + abs(self._ys[row] - self._ys[at // self._wide])
        return to, far

    def _free(self, at: int, turn: int, related: dict[str, bool]) -> bool:
        """Whether only flows that may run together use this arm."""
        return all(related[one] or not arms >> turn & 1 for one, arms in self._arms[at].items())

    def _passing(self, at: int, way: int, turn: int, related: dict[str, bool]) -> float:
        """What it costs to pass a crossing: corners, and flows that are crossed or touched."""
        price = 0.0 if way == turn else BEND
        mine = 1 << (way + 2) % 4 | 1 << turn
        for one, arms in self._arms[at].items():
            if not related[one]:
                price += CROSSING
            elif way == turn and arms & ~mine == 0b1111 & ~mine and arms & mine == 0:
                price += CROSSING
        return price

    # ---- what was found

    def _way(
        self,
        flow: Flow,
        last: tuple[int, int],
        came: dict[tuple[int, int], tuple[int, int]],
        starts: list[tuple[int, int, float, Point]],
        goals: dict[tuple[int, int], tuple[float, Point, int]],
    ) -> Way:
        at, coded = came[last]
        way, turn = divmod(coded, 4)
        _, border, side = goals[at, turn]
        way_taken = Way([border])
        states = [(at, way)]
        while (before := came.get(states[-1])) is not None:
            states.append(before)
        self._take(way_taken, states[::-1], turn)
        first = next(one for one in starts if (one[0], one[1]) == states[-1])
        corners = [(self._xs[one % self._wide], self._ys[one // self._wide]) for one, _ in states[::-1]]
        way_taken.points = simplified([first[3], *corners, border])
        way_taken.ports = ((flow.source, first[1]), (flow.target, side))
        return way_taken

    def _take(self, way: Way, states: list[tuple[int, int]], turn: int) -> None:
        for number, (at, came_by) in enumerate(states):
            leaves = states[number + 1][1] if number + 1 < len(states) else turn
            way.taken[at] = way.taken.get(at, 0) | 1 << (came_by + 2) % 4 | 1 << leaves

    def _straight(self, flow: Flow) -> Way:
        """No way at all: from middle to middle, so that nothing is lost."""
        a, b = self._paper.centres[flow.source], self._paper.centres[flow.target]
        return Way(simplified([a, (b[0], a[1]), b]), faults=1)

    def _keep(self, flow: Flow, way: Way) -> None:
        for at, arms in way.taken.items():
            self._arms[at][flow.id] = arms
        for number, port in enumerate(way.ports):
            self._ports.setdefault(port, {})[flow.id] = number == 0
        self.found[flow.id] = way
        self._count(flow.id)
        for one in self._near(flow.id):
            self._count(one)

    def _remove(self, identity: str) -> None:
        way, near = self.found[identity], self._near(identity)
        for at in way.taken:
            self._arms[at].pop(identity, None)
        for port in way.ports:
            self._ports[port].pop(identity, None)
        del self.found[identity]
        for one in near:
            self._count(one)

    def _near(self, identity: str) -> set[str]:
        return {one for at in self.found[identity].taken for one in self._arms[at]} - {identity}

    def _count(self, identity: str) -> None:
        """How many flows a way crosses or touches."""
        way, flow = self.found[identity], self._flows[identity]
        if not way.taken:
            return
        crossed = set()
        for at, mine in way.taken.items():
            for other, arms in self._arms[at].items():
                if other != identity and self._meets(flow, mine, other, arms):
                    crossed.add((other, at))
        way.faults = len(crossed)

    def _meets(self, flow: Flow, mine: int, other: str, arms: int) -> bool:
        if not self._related(flow, other):
            return True
        across, down = 0b0101, 0b1010
        return (mine, arms) in ((across, down), (down, across))


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
