"""Left to right: which flows lead back, what comes before what, and which way is the main one."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.workflow.drafting.layout.graph import Flow, Graph


@dataclass(slots=True)
class Order:
    """The forward part of a graph, whatever loops it has."""

    graph: Graph
    back: frozenset[str] = frozenset()  # ids of flows that lead back
    sorted: list[str] = field(default_factory=list)  # nodes with a place, before their followers
    length: dict[str, int] = field(default_factory=dict)  # nodes on the longest way to an end
    reach: dict[str, set[str]] = field(default_factory=dict)  # what can come after

    def forward(self, identity: str) -> list[Flow]:
        """Flows onwards from a node and from the events on its border."""
        sources = [identity, *self.graph.edged[identity]]
        return [flow for source in sources for flow in self.graph.leaving[source] if flow.id not in self.back]


def order_of(graph: Graph) -> Order:
    """Find the loops and the order of a graph."""
    order = Order(graph)
    order.back, order.sorted = _search(graph)
    for identity in reversed(order.sorted):
        followers = [flow.target for flow in order.forward(identity)]
        order.length[identity] = 1 + max((order.length[one] for one in followers), default=0)
        order.reach[identity] = set(followers).union(*(order.reach[one] for one in followers))
    return order


def _search(graph: Graph) -> tuple[frozenset[str], list[str]]:
    """Depth first from what nothing leads to; a flow to a node under way leads back."""
    back: set[str] = set()
    done: list[str] = []
    state: dict[str, int] = {}  # 1: under way, 2: done
    entered = {graph.anchor(flow.target) for flow in graph.flows}
    free = graph.free()
    for first in [one for one in free if one not in entered] + free:
        if first in state:
            continue
        state[first] = 1
        stack = [(first, _ways(graph, first))]
        while stack:
            identity, ways = stack[-1]
            flow = next(ways, None)
            if flow is None:
                state[identity] = 2
                done.append(identity)
                stack.pop()
            elif state.get(flow.target) == 1:
                back.add(flow.id)
            elif flow.target not in state:
                state[flow.target] = 1
                stack.append((flow.target, _ways(graph, flow.target)))
    return frozenset(back), done[::-1]


def _ways(graph: Graph, identity: str) -> Iterator[Flow]:
    for source in (identity, *graph.edged[identity]):
        yield from graph.leaving[source]


def columns_of(order: Order, least: dict[str, int]) -> dict[str, int]:
    """The column of each node: behind all it comes after, and at least where it was pushed to."""
    columns = {identity: least.get(identity, 0) for identity in order.sorted}
    for identity in order.sorted:
        for flow in order.forward(identity):
            columns[flow.target] = max(columns[flow.target], columns[identity] + 1)
    return columns


def main_way(order: Order, identity: str, taken: set[str]) -> str | None:
    """The follower that goes on in the same row: the default, else the one with most behind it.

    A follower that another one leads to is not it: it is where the ways meet again.
    """
    flows = [
        flow for flow in order.graph.leaving[identity]
        if flow.id not in order.back and flow.target not in taken
    ]  # fmt: skip
    all_targets = [flow.target for flow in order.forward(identity)]
    apart = [flow for flow in flows if not any(flow.target in order.reach[one] for one in all_targets)]
    candidates = apart or flows
    if not candidates:
        return None
    best = max(candidates, key=lambda flow: (flow.default, order.length[flow.target]))
    return best.target
