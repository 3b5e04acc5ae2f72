"""What every reference of BPMN leads to: something that is there, and of the right kind."""

from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from engine.domain.finding import Finding, Severity
from engine.workflow.checking.say import finding
from engine.workflow.checking.subject import ACTIVITIES, Subject
from engine.workflow.reading.names import BPMN, local
from engine.workflow.reading.words import NODE_TAGS

_DATA = frozenset(
    {
        "dataObject", "dataObjectReference", "dataStoreReference", "property", "dataInput", "dataOutput",
        "inputDataItem", "outputDataItem",
    }
)  # fmt: skip
_ANY: frozenset[str] = frozenset()
_EVENT_DEFINITIONS = frozenset(
    f"{kind}EventDefinition"
    for kind in ("message", "timer", "signal", "error", "escalation", "conditional", "compensate", "cancel",
                 "link", "terminate")
)  # fmt: skip

# (element, attribute or child) to the kinds that it may lead to; "*" is any other element, no kinds any kind.
# Left out are those with rules of their own: flows, boundary events, calls, messages and errors of events.
TARGETS: Mapping[tuple[str, str], frozenset[str]] = {
    ("association", "sourceRef"): _ANY,
    ("association", "targetRef"): _ANY,
    ("*", "itemSubjectRef"): frozenset({"itemDefinition"}),
    ("*", "evaluatesToTypeRef"): frozenset({"itemDefinition"}),
    ("message", "itemRef"): frozenset({"itemDefinition"}),
    ("error", "structureRef"): frozenset({"itemDefinition"}),
    ("escalation", "structureRef"): frozenset({"itemDefinition"}),
    ("signal", "structureRef"): frozenset({"itemDefinition"}),
    ("signalEventDefinition", "signalRef"): frozenset({"signal"}),
    ("escalationEventDefinition", "escalationRef"): frozenset({"escalation"}),
    ("compensateEventDefinition", "activityRef"): ACTIVITIES,
    ("sendTask", "messageRef"): frozenset({"message"}),
    ("messageFlow", "messageRef"): frozenset({"message"}),
    ("*", "operationRef"): frozenset({"operation"}),
    ("operation", "inMessageRef"): frozenset({"message"}),
    ("operation", "outMessageRef"): frozenset({"message"}),
    ("operation", "errorRef"): frozenset({"error"}),
    ("*", "supportedInterfaceRef"): frozenset({"interface"}),
    ("participant", "interfaceRef"): frozenset({"interface"}),
    ("participant", "processRef"): frozenset({"process"}),
    ("process", "definitionalCollaborationRef"): frozenset({"collaboration", "choreography"}),
    ("dataObjectReference", "dataObjectRef"): frozenset({"dataObject"}),
    ("dataStoreReference", "dataStoreRef"): frozenset({"dataStore"}),
    ("dataInputAssociation", "sourceRef"): _DATA,
    ("dataInputAssociation", "targetRef"): _DATA,
    ("dataOutputAssociation", "sourceRef"): _DATA,
    ("dataOutputAssociation", "targetRef"): _DATA,
    ("*", "noneBehaviorEventRef"): _EVENT_DEFINITIONS,
    ("*", "oneBehaviorEventRef"): _EVENT_DEFINITIONS,
    ("lane", "flowNodeRef"): NODE_TAGS,
    ("correlationKey", "correlationPropertyRef"): frozenset({"correlationProperty"}),
    ("correlationPropertyBinding", "correlationPropertyRef"): frozenset({"correlationProperty"}),
    ("correlationPropertyRetrievalExpression", "messageRef"): frozenset({"message"}),
    ("correlationSubscription", "correlationKeyRef"): frozenset({"correlationKey"}),
    ("*", "resourceRef"): frozenset({"resource"}),
    ("resourceParameterBinding", "parameterRef"): frozenset({"resourceParameter"}),
    ("group", "categoryValueRef"): frozenset({"categoryValue"}),
}
_NAMES = frozenset(name for _, name in TARGETS)


def resolved(subject: Subject) -> Iterable[Finding]:
    """References lead to something of the right kind in the same file; other files are not looked into."""
    for file, root in subject.closure.roots.items():
        known = {str(one.get("id")): one for one in root.iter(f"{{{BPMN}}}*") if one.get("id")}
        for holder, name, reference in _references(root):
            kinds = TARGETS.get((local(holder), name), TARGETS.get(("*", name)))
            if kinds is None or _is_foreign(holder, root, reference):
                continue
            target = known.get(reference.rsplit(":", 1)[-1])
            if target is None or (kinds and local(target) not in kinds):
                yield _missing(file, holder, name, reference, target)


def _references(root: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    """Holder, name and text of everything in a file that may be a reference."""
    for element in root.iter(f"{{{BPMN}}}*"):
        for name in _NAMES & set(map(str, element.attrib)):
            yield element, name, str(element.get(name)).strip()
        parent = element.getparent()
        if local(element) in _NAMES and parent is not None and element.text and element.text.strip():
            yield parent, local(element), element.text.strip()


def _is_foreign(holder: etree._Element, root: etree._Element, reference: str) -> bool:
    """Whether the prefix of a reference speaks of another file."""
    prefix, colon, _ = reference.rpartition(":")
    namespace = holder.nsmap.get(prefix) if colon else None
    return namespace is not None and namespace not in (root.get("targetNamespace"), BPMN)


def bearer(element: etree._Element) -> etree._Element:
    """The element itself, or the nearest around it that has an id: where an editor can show it."""
    here = element
    while here.get("id") is None:
        parent = here.getparent()
        if parent is None:
            return element
        here = parent
    return here


def _missing(
    file: str, holder: etree._Element, name: str, reference: str, target: etree._Element | None
) -> Finding:
    wrong = f" ({local(target)})" if target is not None else ""
    return finding(
        "reference-missing", Severity.ERROR, file, bearer(holder),
        vi=f"{name} của {local(holder)} trỏ đến «{reference}»{wrong}: không có hoặc sai loại",
        en=f"{name} of {local(holder)} leads to “{reference}”{wrong}: not there, or of the wrong kind",
        remedy_vi="Chọn lại phần tử được trỏ đến, hoặc bỏ tham chiếu.",
        remedy_en="Choose again what it leads to, or remove the reference.",
    )  # fmt: skip


RULES = (resolved,)
