"""The play of tokens, tried out: joins that never complete, steps that are done twice.

All courses of a scope are followed without looking at data, each flow holding one token at most. What this
sketch does not know (complex gateways, links, numbers of tokens) is left to the dry run.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, combinations

from lxml import etree

from engine.domain.finding import Finding, Severity
from engine.workflow.checking.say import finding
from engine.workflow.checking.subject import ACTIVITIES, Scope, Subject, definitions
from engine.workflow.reading.names import bpmn, local

MAX_MARKINGS = 3_000  # of one scope; beyond that nothing is said
MAX_TOKENS = 100_000  # in all of them together: a thousand branches make markings of a thousand
MAX_BRANCHES = 6  # of an inclusive split

# End events that take every other token of their scope with them.
_ENDING = {"terminateEventDefinition", "errorEventDefinition", "cancelEventDefinition"}

Marking = frozenset[str]  # ids of the flows that hold a token


def joins(subject: Subject) -> Iterable[Finding]:
    """Joins whose branches cannot all arrive, and flows that two tokens run along."""
    for scope in subject.scopes:
        starts = [one for one in scope.of_kind("startEvent") if one.get("id")]
        if not _special(scope):
            yield from _played(subject, scope, starts)


def _played(subject: Subject, scope: Scope, starts: list[etree._Element]) -> Iterator[Finding]:
    """Several start events are alternatives: each begins a case of its own (10.5.2)."""
    always: set[str] = set()
    stuck: set[str] = set()
    doubled: set[str] = set()
    for start in starts:
        plain = _Play(scope, boundaries=False)
        plain.explore(start)
        whole = _Play(scope, boundaries=True) if any(scope.attached.values()) else plain
        if whole is not plain:
            whole.explore(start)
        always |= plain.stuck if len(starts) == 1 else set()
        stuck |= plain.stuck | whole.stuck
        doubled |= whole.doubled
    # With boundary events or several starts it may be meant, or rare; else only the drawing is to blame.
    for node in sorted(stuck & set(scope.nodes)):
        yield _stuck(scope, node, Severity.ERROR if node in always else subject.house_severity)
    yield from (_doubled(scope, node) for node in sorted(doubled & set(scope.nodes)))


def _special(scope: Scope) -> bool:
    """Complex gateways, links, conditions at activities and numbers of tokens: beyond this sketch."""
    return any(
        element.get("startQuantity", "1") != "1"
        or element.get("completionQuantity", "1") != "1"
        or local(element) == "complexGateway"
        or "linkEventDefinition" in definitions(element)
        or (
            local(element) in ACTIVITIES
            and any(
                flow.find(bpmn("conditionExpression")) is not None for flow in scope.outgoing.get(name, ())
            )
        )
        for name, element in scope.nodes.items()
    )


@dataclass(slots=True)
class _Play:
    """All courses of one scope; ``stuck`` and ``doubled`` are the elements found, once it was explored."""

    scope: Scope
    boundaries: bool  # whether boundary events may happen
    stuck: set[str] = field(default_factory=set)
    doubled: set[str] = field(default_factory=set)
    _targets: Mapping[str, str] = field(init=False)
    _before: dict[tuple[str, Marking], frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._targets = {flow.get("id", ""): flow.get("targetRef", "") for flow in self.scope.flows}

    def explore(self, start: etree._Element) -> None:
        """Follow every course; says nothing when there are too many."""
        waiting: list[Marking] = [frozenset(self._leaving(start))]
        seen, tokens = set(waiting), 0
        while waiting:
            marking, ends = waiting.pop(), True
            for rest, made in self._steps(marking):
                ends = False
                self.doubled |= {self._targets[flow] for flow in rest & made}
                if not rest & made and rest | made not in seen:
                    seen.add(rest | made)
                    waiting.append(rest | made)
                    tokens += len(rest | made)
                if len(seen) > MAX_MARKINGS or tokens > MAX_TOKENS:
                    self.stuck.clear()
                    self.doubled.clear()
                    return
            if ends:
                self.stuck |= {self._targets[flow] for flow in marking}

    def _leaving(self, element: etree._Element) -> list[str]:
        return [flow.get("id", "") for flow in self.scope.outgoing.get(element.get("id", ""), ())]

    def _entering(self, node: str) -> Marking:
        return frozenset(flow.get("id", "") for flow in self.scope.incoming.get(node, ()))

    def _steps(self, marking: Marking) -> Iterator[tuple[Marking, Marking]]:
        """What can happen next: the tokens that stay, and the new ones."""
        nodes = {self._targets[flow] for flow in marking}
        for node in sorted(nodes & set(self.scope.nodes)):
            element = self.scope.nodes[node]
            entering = self._entering(node)
            if local(element) in ("parallelGateway", "inclusiveGateway") and len(entering) > 1:
                if self._joins(element, entering, marking):
                    yield from ((marking - entering, frozenset(made)) for made in self._outcomes(element))
                continue
            for flow in sorted(entering & marking):
                if local(element) == "endEvent" and _ENDING & set(definitions(element)):
                    yield frozenset(), frozenset()
                else:
                    rest = marking - {flow}
                    yield from ((rest, frozenset(made)) for made in self._outcomes(element))

    def _joins(self, gateway: etree._Element, entering: Marking, marking: Marking) -> bool:
        """A parallel join needs all of its flows, an inclusive one those that can still come (13.4.3)."""
        missing = entering - marking
        if local(gateway) == "parallelGateway" or not missing:
            return not missing
        node = gateway.get("id", "")
        awaited = self._ways_to(node, missing) - self._ways_to(node, entering & marking)
        return not any(self._targets[flow] in awaited for flow in marking - entering)

    def _ways_to(self, gateway: str, flows: Marking) -> frozenset[str]:
        """Elements from which a token can come along one of the flows without passing the gateway."""
        known = self._before.get((gateway, flows))
        if known is None:
            sources = {flow.get("id", ""): flow.get("sourceRef", "") for flow in self.scope.flows}
            into: dict[str, list[str]] = defaultdict(list)
            for node in self.scope.nodes:
                for following in self.scope.after(node):
                    into[following].append(node)
            seen: set[str] = set()
            waiting = [sources[flow] for flow in flows]
            while waiting:
                here = waiting.pop()
                if here not in seen and here != gateway:
                    seen.add(here)
                    waiting.extend(into[here])
            known = self._before[gateway, flows] = frozenset(seen)
        return known

    def _outcomes(self, element: etree._Element) -> Iterator[Iterable[str]]:
        """The sets of flows that a token may leave an element along."""
        leaving = self._leaving(element)
        if local(element) in ("exclusiveGateway", "eventBasedGateway"):
            yield from ([flow] for flow in leaving)
        elif local(element) == "inclusiveGateway":
            few = leaving[:MAX_BRANCHES]
            yield from chain.from_iterable(combinations(few, count) for count in range(1, len(few) + 1))
        else:
            yield leaving
            for event in self._attached(element):
                beside = event.get("cancelActivity", "true") == "false"
                yield [*self._leaving(event), *(leaving if beside else ())]

    def _attached(self, element: etree._Element) -> Iterator[etree._Element]:
        if self.boundaries:
            for event in self.scope.attached.get(element.get("id", ""), ()):
                if "compensateEventDefinition" not in definitions(event):  # that only names the handler
                    yield event


def _stuck(scope: Scope, node: str, severity: Severity) -> Finding:
    return finding(
        "join-never-completes", severity, scope.file, scope.nodes[node],
        vi="cổng gộp có thể chờ mãi một nhánh không bao giờ đến",
        en="the join may wait for ever for a branch that never comes",
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
