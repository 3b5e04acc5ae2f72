"""When gateways with several ways in have enough: chapter 13.4."""

from collections.abc import Iterable

from tests.differential.graph import Flow, Model, Node
from tests.differential.standing import Scope


def parallel_ready(model: Model, scope: Scope, node: Node) -> bool:
    """There is at least one token on each incoming flow."""
    return all(scope.held[flow.id] for flow in model.into(node))


def inclusive_ready(model: Model, scope: Scope, node: Node, moving: Iterable[list[Flow]]) -> bool:
    """One incoming flow has a token, and no token is on its way to an empty one that could not also get to
    a full one, paths through this gateway left aside.
    """
    into = model.into(node)
    full = {flow.id for flow in into if scope.held[flow.id]}
    if not full:
        return False
    empty = {flow.id for flow in into} - full
    for flows in _tokens(model, scope, node, moving):
        reached = _reach(model, node, flows)
        if reached & empty and not reached & full:
            return False
    return True


def _tokens(model: Model, scope: Scope, node: Node, moving: Iterable[list[Flow]]) -> list[list[Flow]]:
    """For every token of the scope outside this gateway, the flows it stands on or will leave along."""
    found = list(moving)
    for flow in model.planes[scope.plane].flows:
        if scope.held[flow.id] and flow.target != node.id:
            found.append([flow])
    for early, count in scope.early.items():
        found += [model.out(model.nodes[early])] * bool(count)
    for busy in scope.inside:
        leaving = list(model.out(busy.node))
        for border in model.borders(busy.node):
            leaving += model.out(border)
        if busy.node.kind == "eventBasedGateway":
            leaving = [one for event in leaving for one in model.out(model.nodes[event.target])]
        found.append(leaving)
    return found


def _reach(model: Model, node: Node, flows: list[Flow]) -> set[str]:
    """Ids of all flows on paths that begin with these, without visiting the gateway."""
    seen: set[str] = set()
    waiting = list(flows)
    while waiting:
        flow = waiting.pop()
        if flow.id in seen:
            continue
        seen.add(flow.id)
        if flow.target != node.id:
            waiting += _onward(model, model.nodes[flow.target])
    return seen


def _onward(model: Model, node: Node) -> list[Flow]:
    found = list(model.out(node))
    if node.kind == "linkThrow":
        found += model.out(model.nodes[f"{node.id}_to"])
    for border in model.borders(node):
        found += model.out(border)
    return found
