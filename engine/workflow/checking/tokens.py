"""The play of tokens, tried out: joins that never complete, steps that are done twice.

All courses of a scope are followed without looking at data, each flow holding one token at most.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, combinations

from lxml import etree

from engine.domain.finding import Finding, Severity
from engine.workflow.checking.say import finding
from engine.workflow.checking.subject import ACTIVITIES, Scope, Subject, definitions
from engine.workflow.reading.names import local

MAX_MARKINGS = 3_000  # of one scope; beyond that nothing is said
MAX_BRANCHES = 6  # of an inclusive split

# End events that take every other token of their scope with them.
_ENDING = {"terminateEventDefinition", "errorEventDefinition", "cancelEventDefinition"}

Marking = frozenset[str]  # ids of the flows that hold a token


def joins(subject: Subject) -> Iterable[Finding]:
    """Parallel joins whose branches cannot all arrive, and flows that two tokens run along."""
    for scope in subject.scopes:
        starts = list(scope.of_kind("startEvent"))
        inclusive = any(
            len(scope.incoming.get(gateway.get("id", ""), ())) > 1
            for gateway in scope.of_kind("inclusiveGateway")
        )
        # An inclusive join asks where other tokens may still go: that is for the engine, not for a sketch.
        plain = all(local(element) not in ("complexGateway",) for element in scope.nodes.values())
        if len(starts) == 1 and not inclusive and plain and not _special(scope):
            yield from _explore(scope, starts[0])


def _special(scope: Scope) -> bool:
    """Links, conditions at activities and numbers of tokens: beyond this sketch."""
    return any(
        element.get("startQuantity", "1") != "1" or element.get("completionQuantity", "1") != "1"
        or "linkEventDefinition" in definitions(element)
        or (local(element) in ACTIVITIES and any(len(flow) for flow in scope.outgoing.get(identity, ())))
        for identity, element in scope.nodes.items()
    )  # fmt: skip


def _explore(scope: Scope, start: etree._Element) -> Iterator[Finding]:
    waiting: list[Marking] = [frozenset(_ids(scope, start))]
    seen = set(waiting)
    stuck: set[str] = set()
    doubled: set[str] = set()
    while waiting:
        if len(seen) > MAX_MARKINGS:
            return
        marking = waiting.pop()
        following = list(_steps(scope, marking))
        if not following:
            stuck |= {_target(scope, flow) for flow in marking}
        for rest, made in following:
            doubled |= {_target(scope, flow) for flow in rest & made}
            if not rest & made and rest | made not in seen:
                seen.add(rest | made)
                waiting.append(rest | made)
    yield from (_stuck(scope, node) for node in sorted(stuck) if node in scope.nodes)
    yield from (_doubled(scope, node) for node in sorted(doubled) if node in scope.nodes)


def _ids(scope: Scope, element: etree._Element) -> list[str]:
    return [flow.get("id", "") for flow in scope.outgoing.get(element.get("id", ""), ())]


def _target(scope: Scope, flow: str) -> str:
    return next((one.get("targetRef", "") for one in scope.flows if one.get("id") == flow), "")


def _steps(scope: Scope, marking: Marking) -> Iterator[tuple[Marking, Marking]]:
    """What can happen next: the tokens that stay, and the new ones."""
    nodes = {_target(scope, flow) for flow in marking}
    for identity in sorted(nodes & set(scope.nodes)):
        element = scope.nodes[identity]
        entering = {flow.get("id", "") for flow in scope.incoming.get(identity, ())}
        if local(element) == "parallelGateway":
            if entering <= marking:
                yield marking - entering, frozenset(_ids(scope, element))
            continue
        for flow in sorted(entering & marking):
            rest = marking - {flow}
            if _ENDING & set(definitions(element)) and local(element) == "endEvent":
                yield frozenset(), frozenset()
            else:
                yield from ((rest, frozenset(made)) for made in _outcomes(scope, element))


def _outcomes(scope: Scope, element: etree._Element) -> Iterator[Iterable[str]]:
    """The sets of flows that a token may leave an element along."""
    leaving = _ids(scope, element)
    if local(element) in ("exclusiveGateway", "eventBasedGateway"):
        yield from ([flow] for flow in leaving)
    elif local(element) == "inclusiveGateway":
        few = leaving[:MAX_BRANCHES]
        yield from chain.from_iterable(combinations(few, count) for count in range(1, len(few) + 1))
    else:
        yield leaving
        for event in scope.attached.get(element.get("id", ""), ()):
            if "compensateEventDefinition" in definitions(event):
                continue  # it only names the handler
            beside = event.get("cancelActivity", "true") == "false"
            yield [*_ids(scope, event), *(leaving if beside else ())]


def _stuck(scope: Scope, node: str) -> Finding:
    return finding(
        "join-never-completes", Severity.ERROR, scope.file, scope.nodes[node],
        vi="cổng gộp song song có thể chờ mãi một nhánh không bao giờ đến",
        en="the parallel join may wait for ever for a branch that never comes",
        remedy_vi="Tách bằng cổng loại nào thì gộp bằng cổng loại đó.",
        remedy_en="Join with the kind of gateway that splits.",
    )  # fmt: skip


def _doubled(scope: Scope, node: str) -> Finding:
    return finding(
        "done-twice", Severity.WARNING, scope.file, scope.nodes[node],
        vi="bước này có thể được làm hai lần vì hai nhánh song song cùng đến",
        en="this may be done twice, because two parallel branches come here",
        remedy_vi="Gộp các nhánh song song bằng cổng song song trước bước này.",
        remedy_en="Join the parallel branches with a parallel gateway before it.",
    )  # fmt: skip


RULES = (joins,)
