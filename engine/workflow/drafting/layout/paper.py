"""Squared paper: where columns and rows of a placement lie, and the lines on which flows may run."""

from dataclasses import dataclass, field

from engine.workflow.drafting.layout.graph import TASK, Graph
from engine.workflow.drafting.layout.labels import wrapped
from engine.workflow.drafting.layout.placing import Placement

CLEARANCE = 12.0  # from a flow to a shape that it passes, with room for an arrowhead
TRACKS = (-20.0, -10.0, 0.0, 10.0, 20.0)  # beside the border of two columns
ROW_TRACKS = (8.0, 16.0)  # from the border of two rows
GAP, ROW_GAP = TRACKS[-1] + CLEARANCE, ROW_TRACKS[-1] + CLEARANCE  # from a shape to the border of its cell
HALF_COLUMN, HALF_ROW = TASK[0] / 2 + GAP, TASK[1] / 2 + ROW_GAP
EDGE = 18.0  # half of an event
EVENT_LABEL = 110.0, 150.0  # room of an event's name: usual, and at most


@dataclass(slots=True)
class Paper:
    """Coordinates of one scope, from its own upper left corner."""

    centres: dict[str, tuple[float, float]] = field(default_factory=dict)
    xs: list[float] = field(default_factory=list)  # lines on which flows run down
    ys: list[float] = field(default_factory=list)  # lines on which they run across
    aside: dict[float, float] = field(default_factory=dict)  # how far a line down is from between two columns
    lanes: list[tuple[float, float]] = field(default_factory=list)  # top and bottom
    width: float = 0.0
    height: float = 0.0


def paper_of(graph: Graph, placement: Placement) -> Paper:
    """Columns as wide and rows as high as what stands in them."""
    paper = Paper()
    across = _columns(graph, placement, paper)
    down = _rows(graph, placement, paper)
    for identity, row in placement.rows.items():
        node = graph.nodes[identity]
        paper.centres[identity] = across[placement.columns[identity]], down[node.lane, row]
    for host, events in graph.edged.items():
        x, y = paper.centres[host]
        node = graph.nodes[host]
        for number, event in enumerate(events):
            paper.centres[event] = x + node.width / 2 - 20 - 46 * number, y + node.height / 2
            paper.xs.append(paper.centres[event][0])
    paper.xs, paper.ys = sorted(set(paper.xs)), sorted(set(paper.ys))
    return paper


def _columns(graph: Graph, placement: Placement, paper: Paper) -> list[float]:
    count = 1 + max(placement.columns.values(), default=0)
    half = [HALF_COLUMN] * count
    for identity, column in placement.columns.items():
        half[column] = max(half[column], graph.nodes[identity].width / 2 + GAP)
    centres, left = [], 0.0
    for one in half:
        paper.xs.extend(left + track for track in TRACKS)
        paper.aside.update({left + track: abs(track) for track in TRACKS})
        paper.xs.append(left + one)
        centres.append(left + one)
        left += 2 * one
    paper.xs.extend(left + track for track in TRACKS if track <= 0)
    paper.width = left
    return centres


def _rows(graph: Graph, placement: Placement, paper: Paper) -> dict[tuple[int, int], float]:
    centres: dict[tuple[int, int], float] = {}
    top = 0.0
    for lane, needed in enumerate(graph.lanes):
        start = top
        halves = _halves(graph, placement, lane)
        spare = max(0.0, needed - sum(above + below for above, below in halves.values()))
        top += spare // 2
        for row, (above, below) in halves.items():
            centres[lane, row] = top + above
            bottom = top + above + below
            paper.ys.append(top + above)
            paper.ys.extend(top + track for track in ROW_TRACKS)
            paper.ys.extend(bottom - track for track in ROW_TRACKS)
            top = bottom
        top += spare - spare // 2
        paper.lanes.append((start, top))
    paper.height = top
    return centres


def _halves(graph: Graph, placement: Placement, lane: int) -> dict[int, tuple[float, float]]:
    """How much each row of a lane takes above and below its middle, from top to bottom."""
    inside: dict[int, list[str]] = {}
    for identity, row in placement.rows.items():
        if graph.nodes[identity].lane == lane:
            inside.setdefault(row, []).append(identity)
    return {
        row: (
            max([HALF_ROW, *(graph.nodes[one].height / 2 + ROW_GAP for one in inside[row])]),
            max([HALF_ROW, *(_depth(graph, one) for one in inside[row])]),
        )
        for row in sorted(inside)
    } or {0: (HALF_ROW, HALF_ROW)}


def _depth(graph: Graph, identity: str) -> float:
    """Room below the middle of a node, with what hangs on its border and its name."""
    node = graph.nodes[identity]
    depth = node.height / 2 + ROW_GAP
    if graph.edged[identity]:
        depth = node.height / 2 + EDGE + 38
    if node.event and node.name:
        depth = max(depth, EDGE + 5 + 14 * wrapped(node.name, EVENT_LABEL[1]) + 12)
    return depth
