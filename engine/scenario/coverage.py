"""What scenarios reach of a diagram: elements that have completed, flows that tokens took.

History notes elements, not flows. What leaves a choice is told by what comes next among its targets; two
flows between the same two elements count as one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from engine.scenario.result import Part, Reached
from engine.workflow.bundle import Definition

Event = tuple[str, str, str]  # (entered, completed or cancelled; BPMN id; task id)

# Of these, not every flow is taken.
_CHOICES = frozenset({"exclusiveGateway", "inclusiveGateway", "complexGateway", "eventBasedGateway"})
_ONE = frozenset({"exclusiveGateway", "eventBasedGateway"})


def drawn(definition: Definition) -> tuple[Part, ...]:
    """What there is to reach, process by process, the main one first; everything is still missing."""
    flows = _flows(definition)
    parts = []
    for process in dict.fromkeys(definition.process_of(node) for node in definition.nodes):
        nodes = [node for node in definition.nodes if definition.process_of(node) == process]
        ours = [flow for node in nodes for flow, _ in flows.get(node, ())]
        parts.append(
            Part(
                process=process,
                name=definition.diagram_names.get(process) or process,
                nodes=len(nodes),
                flows=len(ours),
                missing_nodes=tuple(nodes),
                missing_flows=tuple(ours),
                labels=_labels(definition, nodes, flows),
            )
        )
    return tuple(sorted(parts, key=lambda part: part.process != definition.main_process))


def _labels(
    definition: Definition, nodes: Sequence[str], flows: Mapping[str, list[tuple[str, str]]]
) -> Mapping[str, str]:
    names = {node: facts.name or node for node, facts in definition.nodes.items()}
    ways = {
        flow: f"{names[node]} → {names.get(to, to)}" for node in nodes for flow, to in flows.get(node, ())
    }
    return {node: names[node] for node in nodes if names[node] != node} | ways


def without(parts: Iterable[Part], reached: Iterable[Reached]) -> tuple[Part, ...]:
    """The same, without what was reached."""
    nodes: set[str] = set()
    flows: set[str] = set()
    for one in reached:
        nodes |= one.nodes
        flows |= one.flows
    return tuple(
        replace(
            part,
            missing_nodes=tuple(node for node in part.missing_nodes if node not in nodes),
            missing_flows=tuple(flow for flow in part.missing_flows if flow not in flows),
        )
        for part in parts
    )


def reached(definition: Definition, commands: Sequence[Sequence[Event]]) -> Reached:
    """What the events of a dossier's commands, in their order, have passed."""
    flows, kinds = _flows(definition), {name: node.kind for name, node in definition.nodes.items()}
    events = [event for command in commands for event in command]
    done = frozenset(node for what, node, _ in events if what == "completed")
    taken: set[str] = set()
    for place, (what, node, _) in enumerate(events):
        ways = flows.get(node, ()) if what == "completed" else ()
        if kinds.get(node) not in _CHOICES or len(ways) < 2:
            taken.update(flow for flow, _ in ways)
        else:
            taken.update(_chosen(ways, events[place + 1 :], only_one=kinds[node] in _ONE))
    return Reached(nodes=done, flows=frozenset(taken))


def _chosen(ways: Sequence[tuple[str, str]], after: Sequence[Event], *, only_one: bool) -> Iterator[str]:
    """The flows whose targets come next: of an exclusive choice the first."""
    targets = {to: flow for flow, to in ways}
    for what, node, _ in after:
        if node in targets and what != "cancelled":
            yield targets.pop(node)
            if only_one:
                return


def _flows(definition: Definition) -> Mapping[str, list[tuple[str, str]]]:
    """Flows by the element they leave: their id, and where they lead. One for each pair of elements."""
    found: dict[str, dict[str, str]] = {}
    for plan in definition.plans.values():
        element: Mapping[str, Any]
        for element in plan["elements"]:
            for flow in element.get("flows", ()):
                found.setdefault(element["id"], {}).setdefault(flow["to"], flow["id"])
    return {node: [(flow, to) for to, flow in ways.items()] for node, ways in found.items()}
