"""A bundle as the rules look at it: its scopes with their nodes and flows, worked out once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from engine.domain.finding import Severity
from engine.workflow.reading.closure import Closure
from engine.workflow.reading.names import BPMN, bpmn, local, our_word
from engine.workflow.reading.words import NODE_TAGS

ACTIVITIES = frozenset(
    {
        "task", "userTask", "manualTask", "serviceTask", "scriptTask", "businessRuleTask", "sendTask",
        "receiveTask", "callActivity", "subProcess", "transaction", "adHocSubProcess",
    }
)  # fmt: skip
# Elements at which a dossier stands still until somebody or something from outside moves it.
WAITING = frozenset(
    {"task", "userTask", "manualTask", "receiveTask", "intermediateCatchEvent", "eventBasedGateway"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A process or an embedded sub-process: what stands directly in it."""

    file: str
    process: str  # id of the process around it
    owner: etree._Element
    kind: str  # process, subProcess, eventSubProcess, transaction, adHocSubProcess
    nodes: Mapping[str, etree._Element]
    flows: tuple[etree._Element, ...]
    outgoing: Mapping[str, tuple[etree._Element, ...]]
    incoming: Mapping[str, tuple[etree._Element, ...]]
    attached: Mapping[str, tuple[etree._Element, ...]]  # boundary events by the id of their activity

    def after(self, node: str) -> Iterator[str]:
        """Nodes that a token can be at next; boundary events of an activity and targets of links too."""
        yield from self._linked(node)
        yield from (flow.get("targetRef", "") for flow in self.outgoing.get(node, ()))
        yield from (event.get("id", "") for event in self.attached.get(node, ()))

    def _linked(self, node: str) -> Iterator[str]:
        element = self.nodes.get(node)
        link = element.find(bpmn("linkEventDefinition")) if element is not None else None
        if element is not None and link is not None and local(element) == "intermediateThrowEvent":
            for target in self.of_kind("intermediateCatchEvent"):
                caught = target.find(bpmn("linkEventDefinition"))
                if caught is not None and caught.get("name") == link.get("name"):
                    yield target.get("id", "")

    def begins(self) -> list[str]:
        """Where tokens begin without a flow: start events, else what nothing leads to."""
        starts = [element.get("id", "") for element in self.of_kind("startEvent")]
        alone = [
            identity
            for identity, element in self.nodes.items()
            if element.get("triggeredByEvent") == "true" or element.get("isForCompensation") == "true"
        ]
        if starts:
            return (
                starts
                + alone
                + [one for one, element in self.nodes.items() if element.get("instantiate") == "true"]
            )
        linked = {target for node in self.nodes for target in self._linked(node)}
        return [
            identity
            for identity, element in self.nodes.items()
            if not self.incoming.get(identity)
            and local(element) != "boundaryEvent"
            and identity not in linked
        ]

    def of_kind(self, *kinds: str) -> Iterator[etree._Element]:
        return (element for element in self.nodes.values() if local(element) in kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is checked."""

    closure: Closure
    handlers: frozenset[str]  # names of the registry; empty: not known, not checked
    scopes: tuple[Scope, ...]
    house: bool  # says which procedure it is, so it is held to the rules of the house, not to BPMN alone

    @property
    def house_severity(self) -> Severity:
        """For what BPMN allows and the house does not."""
        return Severity.ERROR if self.house else Severity.WARNING

    def nodes(self) -> Iterator[tuple[Scope, etree._Element]]:
        """Every element that a token can stand on."""
        for scope in self.scopes:
            for element in scope.nodes.values():
                yield scope, element


def subject_of(closure: Closure, handlers: frozenset[str], *, house: bool = True) -> Subject:
    """The closure, ready for the rules."""
    scopes = []
    for file, process in _processes(closure):
        owners = [
            process,
            *process.iter(*(bpmn(tag) for tag in ("subProcess", "transaction", "adHocSubProcess"))),
        ]
        scopes += [_scope(file, str(process.get("id")), owner) for owner in owners]
    main = closure.processes.get(closure.main_process)
    house = house and main is not None and our_word(main, "procedure") is not None
    return Subject(closure=closure, handlers=handlers, scopes=tuple(scopes), house=house)


def _processes(closure: Closure) -> Iterator[tuple[str, etree._Element]]:
    """File and element of all that is executed: called processes, and other pools that say that they are."""
    yield from ((closure.files_of[identity], process) for identity, process in closure.processes.items())
    for file, root in closure.roots.items():
        for process in root.iterchildren(bpmn("process")):
            if process.get("isExecutable") == "true" and process.get("id") not in closure.processes:
                yield file, process


def _scope(file: str, process: str, owner: etree._Element) -> Scope:
    outgoing: dict[str, list[etree._Element]] = defaultdict(list)
    incoming: dict[str, list[etree._Element]] = defaultdict(list)
    attached: dict[str, list[etree._Element]] = defaultdict(list)
    nodes = {}
    for element in owner.iterchildren(f"{{{BPMN}}}*"):
        if local(element) in NODE_TAGS:
            nodes[element.get("id", "")] = element
        if local(element) == "boundaryEvent":
            attached[element.get("attachedToRef", "")].append(element)
    flows = tuple(owner.iterchildren(bpmn("sequenceFlow")))
    kind = "eventSubProcess" if owner.get("triggeredByEvent") == "true" else local(owner)
    for flow in flows:
        outgoing[flow.get("sourceRef", "")].append(flow)
        incoming[flow.get("targetRef", "")].append(flow)
    return Scope(
        file=file, process=process, owner=owner, kind=kind, nodes=nodes, flows=flows,
        outgoing=_frozen(outgoing), incoming=_frozen(incoming), attached=_frozen(attached),
    )  # fmt: skip


def _frozen(lists: Mapping[str, list[etree._Element]]) -> dict[str, tuple[etree._Element, ...]]:
    return {key: tuple(value) for key, value in lists.items()}


def definitions(event: etree._Element) -> list[str]:
    """The kinds of the event definitions that an event carries, those that it refers to included.

    A reference that leads nowhere stays "eventDefinitionRef", which no event may carry.
    """
    found = []
    for child in event.iterchildren(f"{{{BPMN}}}*"):
        if local(child) == "eventDefinitionRef":
            named = (child.text or "").strip().rsplit(":", 1)[-1]
            root = event.getroottree().getroot()
            kinds = [local(one) for one in root.iterchildren(f"{{{BPMN}}}*") if one.get("id") == named]
            found.append(kinds[0] if kinds and kinds[0].endswith("EventDefinition") else "eventDefinitionRef")
        elif local(child).endswith("EventDefinition"):
            found.append(local(child))
    return found
