"""Elements and flows of a diagram while it is written, with ids that nobody else has."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from engine.text import folded
from engine.workflow.drafting.outline import Step
from engine.workflow.reading.names import MOTCUA, bpmn

XSI = "http://www.w3.org/2001/XMLSchema-instance"
_LONGEST = 24  # letters of an id made from a name


class Ids:
    """Ids of one bundle; those of the shared processes are taken from the beginning."""

    def __init__(self, taken: frozenset[str] = frozenset()) -> None:
        self._taken = set(taken)

    def claim(self, wanted: str) -> str:
        """This id, or with a number when somebody has it."""
        name, number = wanted, 1
        while name in self._taken:
            number += 1
            name = f"{wanted}_{number}"
        self._taken.add(name)
        return name

    def has(self, name: str) -> bool:
        return name in self._taken


def slug(name: str) -> str:
    """A short id from a Vietnamese name, whole words only."""
    words = re.sub(r"[^a-z0-9]+", " ", folded(name)).split()
    found = words[0][:_LONGEST] if words else "buoc"
    for word in words[1:]:
        if len(found) + 1 + len(word) > _LONGEST:
            break
        found += f"_{word}"
    return found if not found[0].isdigit() else f"b_{found}"


@dataclass(slots=True)
class Named:
    """Messages, errors and signals of the document: kind and name to id."""

    found: dict[tuple[str, str], str] = field(default_factory=dict)
    tasks: list[Step] = field(default_factory=list)  # as drawn, each with its form

    def refer(self, kind: str, name: str) -> str:
        prefix = {"message": "msg", "error": "err", "signal": "sig"}[kind]
        return self.found.setdefault((kind, name), f"{prefix}_{re.sub(r'[^A-Za-z0-9_]', '_', name)}")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A flow as it will be written."""

    id: str
    source: str
    target: str
    name: str
    condition: str | None


class Canvas:
    """What stands in one process or sub-process."""

    def __init__(
        self, ids: Ids, named: Named, lanes: dict[str, list[str]], count: Iterator[int] | None = None
    ) -> None:
        self.ids, self.named, self.lanes = ids, named, lanes
        self.count = itertools.count(1) if count is None else count  # of flows, through all scopes
        self.nodes: dict[str, etree._Element] = {}
        self.flows: list[Drawn] = []

    def node(self, tag: str, identity: str, name: str, lane: str, **attributes: str) -> etree._Element:
        """A new node; its id is claimed already."""
        element = etree.Element(bpmn(tag), attrib={"id": identity})
        if name:
            element.set("name", name)
        for key, value in attributes.items():
            element.set(key, value)
        self.nodes[identity] = element
        self.lanes.setdefault(lane, []).append(identity)
        return element

    def flow(self, source: str, target: str, name: str, condition: str | None, default: bool) -> None:
        """A flow between two nodes; ids count on through the whole document."""
        identity = self.ids.claim(f"f{next(self.count)}_{source}_{target}")
        self.flows.append(Drawn(identity, source, target, name, condition))
        if default:
            self.nodes[source].set("default", identity)

    def finish(self, scope: etree._Element) -> None:
        """Write nodes and flows into their scope, each node with the flows that it has."""
        for identity, element in self.nodes.items():
            place = sum(one.tag in (bpmn("documentation"), bpmn("extensionElements")) for one in element)
            for tag, end in (("incoming", "target"), ("outgoing", "source")):
                for flow in self.flows:
                    if getattr(flow, end) == identity:
                        mention = etree.Element(bpmn(tag))
                        mention.text = flow.id
                        element.insert(place, mention)
                        place += 1
            scope.append(element)
        for flow in self.flows:
            written = etree.SubElement(scope, bpmn("sequenceFlow"), id=flow.id)
            if flow.name:
                written.set("name", flow.name)
            written.set("sourceRef", flow.source)
            written.set("targetRef", flow.target)
            if flow.condition:
                text(written, "conditionExpression", flow.condition).set(
                    f"{{{XSI}}}type", "bpmn:tFormalExpression"
                )


def text(parent: etree._Element, tag: str, said: str) -> etree._Element:
    """A BPMN element that holds a text."""
    element = etree.SubElement(parent, bpmn(tag))
    element.text = said
    return element


def word(
    parent: etree._Element, tag: str, said: str | None = None, **attributes: str | None
) -> etree._Element:
    """A word of ours; attributes without a value are left out."""
    given = {key: value for key, value in attributes.items() if value is not None}
    element = etree.SubElement(parent, f"{{{MOTCUA}}}{tag}", attrib=given)
    element.text = said
    return element
