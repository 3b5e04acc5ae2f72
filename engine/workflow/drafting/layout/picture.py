"""The picture of one scope: places and ways together, the best of several manners of placing."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from engine.workflow.drafting.layout.boxes import Box, Point
from engine.workflow.drafting.layout.graph import Flow, Graph, Node
from engine.workflow.drafting.layout.labels import (
    Labels,
    beside_boundary,
    beside_event,
    beside_flow,
    beside_gateway,
    wrapped,
)
from engine.workflow.drafting.layout.order import Order, order_of
from engine.workflow.drafting.layout.paper import EDGE, EVENT_LABEL, Paper, paper_of
from engine.workflow.drafting.layout.placing import Manner, Placement, place
from engine.workflow.drafting.layout.ways import Ways, length_of

# Tried in this order until nothing crosses and nothing turns back.
MANNERS = (
    Manner(),
    Manner(loops_up=True),
    Manner(early_first=True),
    Manner(sides_up=True),
    Manner(sides_up=True, loops_up=True),
    Manner(sides_up=True, loops_up=True, homewards=True),
    Manner(early_first=True, loops_up=True),
)


@dataclass(slots=True)
class Picture:
    """Where everything of one scope lies, from its own upper left corner."""

    width: float
    height: float
    shapes: dict[str, Box] = field(default_factory=dict)
    lines: dict[str, list[Point]] = field(default_factory=dict)
    labels: dict[str, Box] = field(default_factory=dict)
    lanes: list[tuple[float, float]] = field(default_factory=list)
    faults: int = 0  # flows that cross, names without room
    detours: int = 0  # flows that lead on and yet turn back on the way
    cost: float = 0.0


def picture_of(graph: Graph) -> Picture:
    """The first picture without fault or detour, else that with the fewest; equal graphs are drawn alike."""
    return _picture(tuple(graph.nodes.values()), tuple(graph.flows), graph.lanes)


@lru_cache(maxsize=500)
def _picture(nodes: tuple[Node, ...], flows: tuple[Flow, ...], lanes: tuple[float, ...]) -> Picture:
    usual = list(range(len(lanes)))
    best = _best(nodes, flows, lanes, usual, MANNERS)
    for upper in usual[1:-1] if best.faults else ():
        order = [*usual[:upper], upper + 1, upper, *usual[upper + 2 :]]
        best = min(best, _best(nodes, flows, lanes, order, MANNERS[:2]), key=_badness)
    return best


def _badness(picture: Picture) -> tuple[int, int, float]:
    return picture.faults, picture.detours, picture.cost


def _best(
    nodes: tuple[Node, ...],
    flows: tuple[Flow, ...],
    lanes: tuple[float, ...],
    bands: list[int],
    manners: Iterable[Manner],
) -> Picture:
    """The best picture with the lanes in an order; ``bands`` are their numbers from top to bottom."""
    place_of = {lane: place for place, lane in enumerate(bands)}
    moved = {node.id: replace(node, lane=place_of[node.lane]) for node in nodes}
    order = order_of(Graph(moved, list(flows), tuple(lanes[one] for one in bands)))
    tried: list[Picture] = []
    seen: set[tuple[tuple[str, int, int], ...]] = set()
    for manner in manners:
        placement = place(order, manner)
        places = tuple((one, placement.columns[one], row) for one, row in sorted(placement.rows.items()))
        if places in seen:
            continue
        seen.add(places)
        tried.append(_drawn(order, placement))
        if not tried[-1].faults and not tried[-1].detours:
            break
    found = min(tried, key=_badness)
    found.lanes = [found.lanes[place_of[lane]] for lane in range(len(lanes))]
    return found


def _drawn(order: Order, placement: Placement) -> Picture:
    graph, paper = order.graph, paper_of(order.graph, placement)
    picture = Picture(paper.width, paper.height, lanes=list(paper.lanes))
    for identity, node in graph.nodes.items():
        picture.shapes[identity] = Box.around(paper.centres[identity], node.width, node.height)
    ways = Ways(graph, paper, [*picture.shapes.values(), *_names_of_events(graph, paper)])
    ways.route(_in_turn(order, placement))
    picture.lines = {flow.id: ways.found[flow.id].points for flow in graph.flows}
    labels = _labels(graph, paper, picture)
    picture.faults, picture.cost = ways.faults + labels.poor, ways.cost
    picture.detours = sum(_turns_back(line) for one, line in picture.lines.items() if one not in order.back)
    return picture


def _names_of_events(graph: Graph, paper: Paper) -> list[Box]:
    """Room that flows leave to the names below events."""
    found = []
    for identity, node in graph.nodes.items():
        if node.event and node.host is None and node.name:
            x, y = paper.centres[identity]
            lines = wrapped(node.name, EVENT_LABEL[1])
            half = EVENT_LABEL[0] / 2 if lines == 1 and len(node.name) * 6 < EVENT_LABEL[0] else 75.0
            found.append(Box(x - half, y + EDGE, x + half, y + EDGE + 7 + 14 * lines))
    return found


def _in_turn(order: Order, placement: Placement) -> list[Flow]:
    """Short flows first, those that lead back last."""

    def turn(flow: Flow) -> tuple[bool, int]:
        graph = order.graph
        a, b = graph.anchor(flow.source), flow.target
        far = abs(placement.columns[a] - placement.columns[b]) + abs(placement.rows[a] - placement.rows[b])
        return flow.id in order.back, far + 3 * abs(graph.nodes[a].lane - graph.nodes[b].lane)

    return sorted(order.graph.flows, key=turn)


def _turns_back(line: list[Point]) -> bool:
    """Whether a line is longer than the way across and down from its start to its end."""
    (x, y), (to_x, to_y) = line[0], line[-1]
    return length_of(line) > abs(x - to_x) + abs(y - to_y)


def _labels(graph: Graph, paper: Paper, picture: Picture) -> Labels:
    pieces = [(a, b) for line in picture.lines.values() for a, b in pairwise(line)]
    borders = [y for lane in paper.lanes for y in lane]
    labels = Labels(shapes=list(picture.shapes.values()), lines=pieces, borders=borders)
    for identity, node in graph.nodes.items():
        if not node.name or not (node.event or node.gateway):
            continue
        beside = beside_gateway if node.gateway else beside_boundary if node.host else beside_event
        candidates = beside(node.name, paper.centres[identity], node.height / 2)
        picture.labels[identity] = labels.put(candidates)
    for flow in graph.flows:
        if flow.name:
            candidates = beside_flow(flow.name, picture.lines[flow.id], flow.default)
            picture.labels[flow.id] = labels.put(candidates)
    return labels
