"""A version as it is drawn, for comparing two of them: elements, where they stand, where they lead."""

from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from engine.domain.mapping import Drawn, Element, Flow
from engine.workflow.definition import Definition
from engine.workflow.reading.closure import Closure
from engine.workflow.reading.names import MOTCUA, bpmn, local

_SCOPES = ("process", "subProcess", "transaction", "adHocSubProcess")
_MARKERS = ("standardLoopCharacteristics", "multiInstanceLoopCharacteristics")


@lru_cache(maxsize=64)
def drawn(definition: Definition) -> Drawn:
    """What is drawn in the diagrams of a version, its own process first."""
    return _drawn(definition)


def drawn_in(closure: Closure) -> Drawn:
    """The same of files that have been read and need not be fit to run."""
    return _drawn(closure)


def _drawn(read: Definition | Closure) -> Drawn:
    elements: dict[str, Element] = {}
    others = [one for one in read.diagrams if one != read.main_process]
    for identity in (read.main_process, *others):
        # Our own bundle, read and checked when it was compiled; entities cannot be in it.
        root = etree.fromstring(read.diagrams[identity].encode(), _PARSER)
        for process in root.iter(bpmn("process")):
            if process.get("id") == identity:
                elements.update((one.id, one) for one in _elements(process))
    return Drawn(
        main=read.main_process,
        elements=elements,
        nodes=read.nodes,
        procedure=read.procedure,
        forms=read.forms,
        tables=read.tables,
    )


_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)


def _elements(scope: etree._Element) -> Iterator[Element]:
    flows: dict[str, list[etree._Element]] = {}
    for flow in scope.iterchildren(bpmn("sequenceFlow")):
        flows.setdefault(str(flow.get("sourceRef")), []).append(flow)
    for node in scope.iterchildren(etree.Element):
        identity = node.get("id")
        if identity is None or not _is_node(node):
            continue
        yield Element(
            id=identity,
            name=" ".join((node.get("name") or "").split()) or identity,
            kind=local(node),
            within=str(scope.get("id")),
            attached=node.get("attachedToRef"),
            interrupting=node.get("cancelActivity", "true") != "false",
            marker=_marker(node),
            trigger=_trigger(node),
            flows=tuple(_flow(flow, node) for flow in flows.get(identity, ())),
        )
        if local(node) in _SCOPES:
            yield from _elements(node)


def _is_node(node: etree._Element) -> bool:
    name = local(node)
    return name.endswith(("Task", "Event", "Gateway")) or name in ("task", "callActivity", *_SCOPES)


def _flow(flow: etree._Element, node: etree._Element) -> Flow:
    condition = flow.find(bpmn("conditionExpression"))
    return Flow(
        to=str(flow.get("targetRef")),
        condition=" ".join((condition.text or "").split()) if condition is not None else "",
        default=flow.get("id") == node.get("default"),
    )


def _marker(node: etree._Element) -> str:
    for name in _MARKERS:
        found = node.find(bpmn(name))
        if found is not None:
            return _canonical(found)
    return ""


def _trigger(node: etree._Element) -> str:
    """What an event waits for or throws, what a script reckons; ids of definitions do not count."""
    said = [
        _spoken(one)
        for one in node.iterchildren(etree.Element)
        if local(one) == "script" or local(one).endswith("EventDefinition")
    ]
    timer = [
        _canonical(word)
        for words in node.iterchildren(bpmn("extensionElements"))
        for word in words.iterchildren(f"{{{MOTCUA}}}timer")
    ]
    return " ".join([*said, *timer])


def _spoken(element: etree._Element) -> str:
    """As people read it: a timer by its expression, a script by its lines, the rest in BPMN's words."""
    kind = local(element)
    if kind == "timerEventDefinition":
        return " ".join(_canonical(one).partition(" ")[2] for one in element.iterchildren(etree.Element))
    return _canonical(element).removeprefix("script ") if kind == "script" else _canonical(element)


def _canonical(element: etree._Element) -> str:
    attributes = " ".join(f'{name}="{text}"' for name, text in sorted(_texts(element)) if name != "id")
    inner = " ".join(_canonical(one) for one in element.iterchildren(etree.Element))
    text = " ".join((element.text or "").split())
    return " ".join(part for part in (local(element), attributes, text, inner) if part)


def _texts(element: etree._Element) -> Iterator[tuple[str, str]]:
    return ((str(name), str(text)) for name, text in element.items())
