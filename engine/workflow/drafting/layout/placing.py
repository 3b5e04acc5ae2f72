"""Which column and which row of its lane each node gets: the main way straight on, side ways beside it."""

from collections import defaultdict
from dataclasses import dataclass, field

from engine.workflow.drafting.layout.graph import Flow
from engine.workflow.drafting.layout.order import Order, columns_of, main_way

_FURTHER = 40  # rows that are tried; a lane never comes near it


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a placement is made where there is a choice."""

    loops_up: bool = False  # ways that lead back stand above the main way
    sides_up: bool = False  # ways that go on stand above it
    homewards: bool = False  # of those, what goes on in a lower lane stands below all the same
    early_first: bool = False  # side ways from the left to the right


@dataclass(frozen=True, slots=True)
class Run:
    """What nodes and the lines between them take of a row, in halves of columns: odd is between two."""

    first: int
    last: int
    end: int  # column of its last node
    origin: str | None = None  # where the line to it comes from

    def meets(self, first: int, last: int) -> bool:
        """Whether both cannot be in one row; between columns there is room for two lines."""
        low, high = max(self.first, first), min(self.last, last)
        return low < high or (low == high and low % 2 == 0)

    def crossed(self, at: int) -> bool:
        """Whether a line down or up there would cross it."""
        return self.first < at < self.last or (at % 2 == 0 and at in (self.first, self.last))


@dataclass(slots=True)
class Placement:
    """The outcome: column and row of each node, and what was taken on the way."""

    columns: dict[str, int]
    rows: dict[str, int] = field(default_factory=dict)  # within the lane; may be negative
    runs: dict[tuple[int, int], list[Run]] = field(default_factory=lambda: defaultdict(list))


class Placing:
    """Lays one chain of nodes after the other."""

    def __init__(self, order: Order, manner: Manner, least: dict[str, int]) -> None:
        self._order, self._graph, self._manner = order, order.graph, manner
        self._placed = Placement(columns_of(order, least))
        self._taken: set[str] = set()
        self._tuck()

    def lay(self) -> Placement:
        """Place everything, beginning with what nothing leads to."""
        entered = {self._graph.anchor(flow.target) for flow in self._graph.flows}
        roots = [one for one in self._order.sorted if one not in entered]
        roots.sort(key=lambda one: not self._graph.leaving[one])  # what stands alone comes last
        for root in [*roots, *self._order.sorted]:
            if root not in self._taken:
                self._chain(root, None)
        return self._placed

    def _tuck(self) -> None:
        """The short way out of a question stands right below it."""
        for identity in self._order.sorted:
            flows, node = self._graph.leaving[identity], self._graph.nodes[identity]
            if not node.gateway or len(flows) != 2 or any(one.id in self._order.back for one in flows):
                continue
            main = main_way(self._order, identity, set())
            for flow in flows:
                end = self._graph.nodes[flow.target]
                alone = len(self._graph.entering[end.id]) == 1 and end.kind == "endEvent"
                if alone and end.id != main and end.lane == node.lane:
                    self._placed.columns[end.id] = self._placed.columns[identity]

    def _chain(self, first: str, origin: str | None) -> None:
        chain = [first]
        self._taken.add(first)
        while (following := main_way(self._order, chain[-1], self._taken)) is not None:
            chain.append(following)
            self._taken.add(following)
        for segment in self._segments(chain):
            self._segment(segment, origin)
            origin = segment[-1]
        for identity in chain if self._manner.early_first else reversed(chain):
            for target in self._sides(identity):
                if target not in self._taken:
                    self._chain(target, identity)

    def _segments(self, chain: list[str]) -> list[list[str]]:
        segments: list[list[str]] = []
        for identity in chain:
            lane = self._graph.nodes[identity].lane
            if segments and self._graph.nodes[segments[-1][-1]].lane == lane:
                segments[-1].append(identity)
            else:
                segments.append([identity])
        return segments

    def _sides(self, identity: str) -> list[str]:
        """Where else a node leads; what comes back from there stands outermost."""
        targets = [flow.target for flow in self._order.forward(identity) if flow.target not in self._taken]
        return sorted(dict.fromkeys(targets), key=lambda one: self._returns(one, identity))

    def _returns(self, first: str, origin: str) -> bool:
        """Whether what begins there has a flow back to before its origin."""
        columns = self._placed.columns
        return any(
            flow.id in self._order.back and columns[self._graph.anchor(flow.target)] <= columns[origin]
            for one in (first, *self._order.reach[first])
            if one not in self._taken or one == first
            for flow in self._graph.leaving[one]
        )

    def _segment(self, segment: list[str], origin: str | None) -> None:
        lane = self._graph.nodes[segment[0]].lane
        run = self._run(segment, origin)
        row = next(
            (one for one in self._rows(segment, origin, lane) if self._fits(segment[0], one, run, origin)),
            _FURTHER,
        )
        for identity in segment:
            self._placed.rows[identity] = row
        self._placed.runs[lane, row].append(run)
        if origin is not None and self._graph.nodes[origin].lane == lane:
            below = self._placed.rows[origin]
            column = self._placed.columns[origin]
            for between in range(min(below, row) + 1, max(below, row)):
                self._placed.runs[lane, between].append(Run(2 * column, 2 * column, column, origin))

    def _run(self, segment: list[str], origin: str | None) -> Run:
        columns, nodes = self._placed.columns, self._graph.nodes
        first, last = 2 * columns[segment[0]], 2 * columns[segment[-1]]
        if origin is not None and nodes[origin].lane == nodes[segment[0]].lane:
            first = min(first, 2 * columns[origin] + (not nodes[origin].gateway))
        targets = [flow.target for flow in self._order.forward(segment[-1])]
        meeting = [2 * columns[one] - (not nodes[one].gateway) for one in targets if one in self._taken]
        return Run(first, max([last, *meeting]), columns[segment[-1]], origin)

    def _rows(self, segment: list[str], origin: str | None, lane: int) -> list[int]:
        """Rows in the order in which they are tried."""
        if origin is None or self._graph.nodes[origin].lane != lane:
            return [0, *(row for one in range(1, _FURTHER) for row in (one, -one))]
        here = self._placed.rows[origin]
        down = list(range(here + 1, _FURTHER))
        up = list(range(here - 1, here - _FURTHER, -1))
        edged = any(flow.target == segment[0] for one in self._graph.edged[origin]
                    for flow in self._graph.leaving[one])  # fmt: skip
        upwards = self._manner.loops_up if self._returns(segment[0], origin) else self._manner.sides_up
        onwards = [self._graph.nodes[flow.target].lane for flow in self._order.forward(segment[-1])]
        if self._manner.homewards and any(one > lane for one in onwards):
            upwards = False  # it goes on further down, and would cross the main way
        return up + down if upwards and not edged else down

    def _fits(self, first: str, row: int, run: Run, origin: str | None) -> bool:
        runs, node = self._placed.runs, self._graph.nodes[first]
        if any(one.meets(run.first, run.last) for one in runs[node.lane, row]):
            return False
        if origin is None:
            return True
        start = self._graph.nodes[origin]
        if start.lane == node.lane:
            here, at = self._placed.rows[origin], 2 * self._placed.columns[origin]
            between = list(range(min(here, row) + 1, max(here, row)))
        else:
            at = 2 * self._placed.columns[first] - (not node.gateway)
            used = [line for lane, line in runs if lane == node.lane and runs[lane, line]]
            between = [one for one in used if (one < row if start.lane < node.lane else one > row)]
        return not any(
            one.crossed(at) and one.origin != origin for line in between for one in runs[node.lane, line]
        )


def place(order: Order, manner: Manner) -> Placement:
    """A placement in which flows between lanes find a way past what stands between, if pushing helps."""
    least: dict[str, int] = {}
    tried: list[tuple[int, Placement]] = []
    for _ in range(12):
        placement = Placing(order, manner, least).lay()
        pushes = _pushes(order, placement)
        tried.append((len(pushes), placement))
        fresh = {node: column for node, column in pushes.items() if column > least.get(node, 0)}
        if not fresh:
            break
        least.update(fresh)
    return min(tried, key=lambda one: one[0])[1]


def _pushes(order: Order, placement: Placement) -> dict[str, int]:
    """Nodes that a flow from another lane cannot reach, and the column behind what is in its way."""
    wanted: dict[str, int] = {}
    lines = _lines(order, placement)
    for flow in order.graph.flows:
        if flow.id in order.back:
            continue
        blocking = _blocking(order, placement, flow, lines)
        behind = max((one.end for one in blocking), default=-1) + 1
        if behind > placement.columns[flow.target]:
            wanted[flow.target] = max(wanted.get(flow.target, 0), behind)
    return wanted


def _lines(order: Order, placement: Placement) -> list[tuple[int, int]]:
    """Lane and row of all rows, from top to bottom."""
    used = {(order.graph.nodes[one].lane, row) for one, row in placement.rows.items()}
    return sorted(used)


def _blocking(order: Order, placement: Placement, flow: Flow, lines: list[tuple[int, int]]) -> list[Run]:
    """What is in the way of a flow that could go down or up right before its target, when it can nowhere."""
    graph, columns = order.graph, placement.columns
    source, target = graph.anchor(flow.source), flow.target
    if graph.nodes[source].lane == graph.nodes[target].lane:
        return []
    ends = [lines.index((graph.nodes[one].lane, placement.rows[one])) for one in (source, target)]
    between = [run for line in lines[min(ends) + 1 : max(ends)] for run in placement.runs[line]]
    between += _loops(order, placement, lines, min(ends), max(ends))
    between += _onwards(order, placement, flow, lines[min(ends) + 1 : max(ends)])
    channels = [2 * columns[target] - 1, 2 * columns[source] + 1]
    if graph.nodes[source].gateway:
        channels.append(2 * columns[source])
    if graph.nodes[target].gateway:
        channels.append(2 * columns[target])
    # Side ways of a gateway may begin on one line; a default has its own, for the mark that it bears.
    shared = -1 if flow.default else 2 * columns[source]
    found = [
        [run for run in between if run.crossed(at) and not (run.origin == source and at == shared)]
        for at in channels
    ]
    return found[0] if all(found) else []


def _loops(
    order: Order, placement: Placement, lines: list[tuple[int, int]], top: int, bottom: int
) -> list[Run]:
    """Flows that lead back below their side way, as if they were runs."""
    graph, columns, found = order.graph, placement.columns, []
    for flow in graph.flows:
        source = graph.anchor(flow.source)
        row = placement.rows[source]
        if flow.id in order.back and row > 0 and top <= lines.index((graph.nodes[source].lane, row)) < bottom:
            found.append(Run(2 * columns[flow.target], 2 * columns[source], columns[source]))
    return found


def _onwards(order: Order, placement: Placement, flow: Flow, lines: list[tuple[int, int]]) -> list[Run]:
    """Flows that leave these rows further on, as if they were runs; not those to where this one leads too."""
    graph, columns, found = order.graph, placement.columns, []
    for other in graph.flows:
        source, target = graph.anchor(other.source), other.target
        lane = graph.nodes[source].lane
        if (lane, placement.rows[source]) not in lines or graph.nodes[target].lane == lane:
            continue
        if columns[source] < columns[target] and target not in order.reach[flow.target] | {flow.target}:
            found.append(Run(2 * columns[source], 2 * columns[target] - 1, columns[target] - 1))
    return found
