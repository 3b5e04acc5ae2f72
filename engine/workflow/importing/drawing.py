"""A drawing under repair: what stands where, and how it is changed without breaking the schema's order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from engine.workflow.importing import layout
from engine.workflow.importing.lookup import with_attribute
from engine.workflow.importing.order import put
from engine.workflow.reading.names import BPMN, bpmn, local
from engine.workflow.reading.words import NODE_TAGS

SCOPES = ("subProcess", "transaction", "adHocSubProcess")
PLAIN_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
# Where ids of other elements stand: attributes, and texts of elements.
REFERENCES = frozenset(
    {
        "sourceRef", "targetRef", "attachedToRef", "default", "bpmnElement", "processRef", "messageRef",
        "signalRef", "errorRef", "escalationRef", "activityRef", "dataObjectRef", "dataStoreRef",
        "calledElement", "categoryValueRef", "itemSubjectRef", "operationRef", "itemRef", "participantRef",
        "structureRef", "noneBehaviorEventRef", "oneBehaviorEventRef", "partitionElementRef",
        "definitionalCollaborationRef",
    }
)  # fmt: skip
_TEXTS = frozenset(
    {
        "incoming", "outgoing", "flowNodeRef", "sourceRef", "targetRef", "dataInputRefs", "dataOutputRefs",
        "loopDataInputRef", "loopDataOutputRef", "eventDefinitionRef", "participantRef", "source", "target",
        "messageFlowRef", "optionalInputRefs", "whileExecutingInputRefs", "outputSetRefs", "inputSetRefs",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What there is for a drawing to use: ids of processes, decisions and forms, names of handlers."""

    processes: frozenset[str] = frozenset()
    tables: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
    handlers: frozenset[str] = frozenset()


class Drawing:
    """A BPMN document; everything is looked up anew, since repairs change it."""

    def __init__(self, root: etree._Element, beside: "Beside | None" = None) -> None:
        self.root = root
        beside = beside or Beside()
        self.callable, self.tables = beside.processes, beside.tables
        self.forms, self.handlers = beside.forms, beside.handlers
        self.drawn = not any(one.get("isExecutable") == "true" for one in self.processes())
        self._known: dict[str, etree._Element] = {}  # by id; looked up anew when it is out of date
        self.renamed: dict[str, str] = {}  # new id to the one in the file
        self.added: set[str] = set()  # ids of what was not in the file

    def processes(self) -> list[etree._Element]:
        return list(self.root.iterchildren(bpmn("process")))

    def ours(self) -> etree._Element | None:
        """The process that is executed."""
        return next((one for one in self.processes() if one.get("isExecutable") == "true"), None)

    def executed(self) -> list[etree._Element]:
        """Our process and those of the file that it calls, directly or not."""
        by_id = {one.get("id"): one for one in self.processes()}
        first = self.ours()
        found = [first] if first is not None else []
        for process in found:
            for call in process.iter(bpmn("callActivity")):
                target = by_id.get(plain_reference(call.get("calledElement")))
                if target is not None and target not in found:
                    found.append(target)
        return found

    def scopes(self) -> list[etree._Element]:
        """The executed processes and the sub-processes in them."""
        tags = [bpmn(tag) for tag in SCOPES]
        return [scope for process in self.executed() for scope in (process, *process.iter(*tags))]

    def nodes(self, *kinds: str) -> list[etree._Element]:
        """What tokens can stand on, in all scopes; only of these kinds when some are given."""
        return [
            node for scope in self.scopes() for node in nodes_of(scope) if not kinds or local(node) in kinds
        ]

    def find(self, reference: str | None) -> etree._Element | None:
        """The BPMN element of an id."""
        wanted = plain_reference(reference)
        if not wanted:
            return None
        known = self._known.get(wanted)
        if known is not None and known.get("id") == wanted and known.getroottree().getroot() is self.root:
            return known
        self._known = {}
        for one in self.root.iter(f"{{{BPMN}}}*"):
            self._known.setdefault(one.get("id", ""), one)
        return self._known.get(wanted)

    def outgoing(self, node: etree._Element) -> list[etree._Element]:
        return [flow for flow in flows_of(node.getparent()) if flow.get("sourceRef") == node.get("id")]

    def incoming(self, node: etree._Element) -> list[etree._Element]:
        return [flow for flow in flows_of(node.getparent()) if flow.get("targetRef") == node.get("id")]

    def fresh(self, hint: str) -> str:
        """An id that nobody has yet, plain enough for FEEL."""
        base = re.sub(r"[^A-Za-z0-9_]", "_", hint)
        base = base if PLAIN_ID.match(base) else f"_{base}"
        name, number = base, 1
        while with_attribute(self.root, "id", name):
            number += 1
            name = f"{base}_{number}"
        return name

    def rename(self, element: etree._Element, new: str, within: etree._Element | None = None) -> None:
        """Give an element another id; what refers to it inside of ``within`` (default: anywhere) follows."""
        old = element.get("id")
        element.set("id", new)
        if old:
            self.renamed[new] = self.renamed.pop(old, old)
        for one in (within if within is not None else self.root).iter():
            for attribute in REFERENCES & {str(name) for name in one.attrib} if old else ():
                if plain_reference(one.get(attribute)) == old:
                    one.set(attribute, new)
            if old and one.text and local(one) in _TEXTS and plain_reference(one.text) == old:
                one.text = new

    def plain(self, element: etree._Element) -> str:
        """The id of an element, made plain enough for FEEL where it is not."""
        if not PLAIN_ID.match(element.get("id", "")):
            self.rename(element, self.fresh(element.get("id", "")))
        return str(element.get("id"))

    def add_node(
        self, scope: etree._Element, kind: str, hint: str, name: str | None = None
    ) -> etree._Element:
        """A new node of a scope, without a place in the picture yet."""
        node = etree.Element(bpmn(kind), attrib={"id": self.fresh(hint)})
        if name:
            node.set("name", name)
        self.added.add(str(node.get("id")))
        put(scope, node)
        return node

    def add_flow(self, source: etree._Element, target: etree._Element) -> etree._Element:
        """A new sequence flow between two nodes of one scope, drawn when both are."""
        hint = f"{source.get('id')}_to_{target.get('id')}"
        ends = {
            "id": self.fresh(hint),
            "sourceRef": str(source.get("id")),
            "targetRef": str(target.get("id")),
        }
        flow = etree.Element(bpmn("sequenceFlow"), attrib=ends)
        self.added.add(str(flow.get("id")))
        put(parent_of(source), flow)
        _mention(source, "outgoing", flow)
        _mention(target, "incoming", flow)
        layout.draw_flow(self.root, flow)
        return flow

    def lead(self, flow: etree._Element, target: etree._Element) -> None:
        """Let a flow end at another node."""
        before = self.find(flow.get("targetRef"))
        for mention in list(before.iterchildren(bpmn("incoming"))) if before is not None else ():
            if before is not None and plain_reference(mention.text) == flow.get("id"):
                before.remove(mention)
        flow.set("targetRef", str(target.get("id")))
        _mention(target, "incoming", flow)
        layout.redraw_end(self.root, flow)

    def say(self, element: etree._Element, text: str) -> None:
        """Keep a text of the drawing where every modeler shows it."""
        note = etree.Element(bpmn("documentation"))
        note.text = text
        put(element, note)


def _mention(node: etree._Element, tag: str, flow: etree._Element) -> None:
    mention = etree.Element(bpmn(tag))
    mention.text = flow.get("id")
    put(node, mention)


def parent_of(element: etree._Element) -> etree._Element:
    """What an element stands in; all but the root stand in something."""
    parent = element.getparent()
    if parent is None:
        raise LookupError(element.tag)
    return parent


def plain_reference(reference: str | None) -> str:
    """An id as it is referred to, without the prefix of a namespace."""
    return (reference or "").strip().rsplit(":", 1)[-1]


def nodes_of(scope: etree._Element) -> list[etree._Element]:
    """What stands directly in a process or sub-process."""
    return [one for one in scope.iterchildren(f"{{{BPMN}}}*") if local(one) in NODE_TAGS]


def flows_of(scope: etree._Element | None) -> Iterator[etree._Element]:
    return iter(()) if scope is None else scope.iterchildren(bpmn("sequenceFlow"))


def label_of(element: etree._Element) -> str:
    """The name of an element in one line, else its id."""
    return " ".join((element.get("name") or "").split()) or str(element.get("id") or "")
