"""The order in which the schema of BPMN 2.0 wants the children of an element."""

from lxml import etree

from engine.workflow.reading.names import BPMN, BPMNDI, bpmn, local
from engine.workflow.reading.words import NODE_TAGS

_FLOW_ELEMENTS = (
    *sorted(NODE_TAGS),
    "sequenceFlow",
    "dataObject",
    "dataObjectReference",
    "dataStoreReference",
)
_ARTIFACTS = ("association", "group", "textAnnotation")
_BY_RESOURCE = ("resourceRole", "performer", "humanPerformer", "potentialOwner")
_EVENT_DEFINITIONS = (
    "cancelEventDefinition", "compensateEventDefinition", "conditionalEventDefinition",
    "errorEventDefinition",
    "escalationEventDefinition", "linkEventDefinition", "messageEventDefinition", "signalEventDefinition",
    "terminateEventDefinition", "timerEventDefinition",
)  # fmt: skip

# Groups of names of equal rank; what is in no group keeps its place behind what came before it.
_ANY = (
    ("documentation",), ("extensionElements",), ("auditing",), ("monitoring",), ("categoryValueRef",),
    ("incoming",), ("outgoing",), ("ioSpecification",), ("property",), ("dataInput", "dataOutput"),
    ("dataInputAssociation",), ("dataOutputAssociation",), ("inputSet",), ("outputSet",), _BY_RESOURCE,
    ("standardLoopCharacteristics", "multiInstanceLoopCharacteristics"), _EVENT_DEFINITIONS,
    ("eventDefinitionRef",), ("laneSet",), _FLOW_ELEMENTS, _ARTIFACTS, ("completionCondition",), ("script",),
    ("conditionExpression",), ("partitionElement",), ("flowNodeRef",), ("childLaneSet",),
)  # fmt: skip
_PROCESS = (
    ("documentation",), ("extensionElements",), ("supportedInterfaceRef",), ("ioSpecification",),
    ("ioBinding",),
    ("auditing",), ("monitoring",), ("property",), ("laneSet",), _FLOW_ELEMENTS, _ARTIFACTS, _BY_RESOURCE,
    ("correlationSubscription",), ("supports",),
)  # fmt: skip
_DEFINITIONS = (("import",), ("extension",), (), ("BPMNDiagram",), ("relationship",))
_DATA_ASSOCIATION = (
    ("documentation",), ("extensionElements",), ("sourceRef",), ("targetRef",), ("transformation",),
    ("assignment",),
)  # fmt: skip
_COLLABORATION = (
    ("documentation",), ("extensionElements",), ("participant",), ("messageFlow",), _ARTIFACTS,
)  # fmt: skip
_MANY = (
    ("documentation",), ("extensionElements",), ("loopCardinality",), ("loopDataInputRef",),
    ("loopDataOutputRef",), ("inputDataItem",), ("outputDataItem",), ("complexBehaviorDefinition",),
    ("completionCondition",),
)  # fmt: skip
_SPECIFICATION = (
    ("documentation",), ("extensionElements",), ("dataInput",), ("dataOutput",), ("inputSet",),
    ("outputSet",),
)  # fmt: skip
_OWN = {
    "ioSpecification": _SPECIFICATION,
    "process": _PROCESS,
    "definitions": _DEFINITIONS,
    "dataInputAssociation": _DATA_ASSOCIATION,
    "dataOutputAssociation": _DATA_ASSOCIATION,
    "collaboration": _COLLABORATION,
    "multiInstanceLoopCharacteristics": _MANY,
}
_RANKS = {
    owner: {name: rank for rank, group in enumerate(groups) for name in group}
    for owner, groups in [("", _ANY), *_OWN.items()]
}


def _ranks(parent: etree._Element) -> dict[str, int]:
    return _RANKS.get(local(parent), _RANKS[""])


def rank(parent: etree._Element, child: etree._Element) -> int | None:
    """The place of a child among the children of its parent; None: it has none of its own."""
    known = (
        _ranks(parent).get(local(child)) if child.tag.startswith((f"{{{BPMN}}}", f"{{{BPMNDI}}}")) else None
    )
    return 2 if known is None and local(parent) == "definitions" else known


def put(parent: etree._Element, child: etree._Element) -> None:
    """Insert a child behind its like and before what must come later."""
    own = rank(parent, child)
    position = len(parent)
    for index, other in enumerate(parent):
        place = rank(parent, other)
        if own is not None and place is not None and place > own:
            position = index
            break
    parent.insert(position, child)


def in_order(parent: etree._Element) -> list[etree._Element]:
    """The children of an element as the schema wants them; equal ones stay as they are."""
    ranks: list[tuple[int, int]] = []
    last = 0
    for index, child in enumerate(parent):
        last = last if (found := rank(parent, child)) is None else found
        ranks.append((last, index))
    return [parent[index] for _, index in sorted(ranks)]


def extensions(element: etree._Element) -> etree._Element:
    """The extensionElements of an element, made when there are none."""
    found = element.find(bpmn("extensionElements"))
    if found is None:
        found = etree.Element(bpmn("extensionElements"))
        put(element, found)
    return found
