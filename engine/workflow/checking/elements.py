"""Only what we execute exactly as BPMN says; everything else is refused by name, never ignored."""

from collections.abc import Iterable

from engine.domain.finding import Finding, Severity
from engine.workflow.checking.say import finding
from engine.workflow.checking.subject import Subject, definitions
from engine.workflow.reading.names import BPMN, bpmn, local
from engine.workflow.running.specs import ELEMENTS

# What a process or sub-process may hold besides nodes: decoration, or structure that others check.
STRUCTURE = frozenset(
    {
        "documentation", "extensionElements", "auditing", "monitoring", "laneSet", "sequenceFlow",
        "association", "group", "textAnnotation", "dataObject", "dataObjectReference", "dataStoreReference",
        "property", "incoming", "outgoing", "supportedInterfaceRef", "supports", "ioSpecification",
        "dataInputAssociation", "dataOutputAssociation", "standardLoopCharacteristics",
        "multiInstanceLoopCharacteristics", "completionCondition", "resourceRole", "performer",
        "humanPerformer", "potentialOwner", "correlationSubscription",
    }
)  # fmt: skip

_MESSAGE, _TIMER, _SIGNAL = "messageEventDefinition", "timerEventDefinition", "signalEventDefinition"
_ERROR, _ESCALATION = "errorEventDefinition", "escalationEventDefinition"
_CONDITION, _LINK = "conditionalEventDefinition", "linkEventDefinition"
_COMPENSATE, _CANCEL = "compensateEventDefinition", "cancelEventDefinition"
_TERMINATE = "terminateEventDefinition"

# Event definitions that each event may carry (BPMN 2.0.2, table 10.93); None: no definition at all.
EVENTS: dict[str, frozenset[str | None]] = {
    "startEvent": frozenset({None, _MESSAGE, _TIMER, _SIGNAL, _CONDITION}),
    "eventSubProcessStart": frozenset(
        {_MESSAGE, _TIMER, _SIGNAL, _CONDITION, _ERROR, _ESCALATION, _COMPENSATE}
    ),
    "subProcessStart": frozenset({None}),
    "endEvent": frozenset({None, _MESSAGE, _SIGNAL, _ERROR, _ESCALATION, _COMPENSATE, _CANCEL, _TERMINATE}),
    "intermediateThrowEvent": frozenset({None, _MESSAGE, _SIGNAL, _ESCALATION, _COMPENSATE, _LINK}),
    "intermediateCatchEvent": frozenset({_MESSAGE, _TIMER, _SIGNAL, _CONDITION, _LINK}),
    "boundaryEvent": frozenset(
        {_MESSAGE, _TIMER, _SIGNAL, _CONDITION, _ERROR, _ESCALATION, _COMPENSATE, _CANCEL}
    ),
}
# Definitions that stand alone: beside another one it would be unclear what the event does.
_ALONE = frozenset({_ERROR, _COMPENSATE, _CANCEL, _TERMINATE, _LINK})


def known(subject: Subject) -> Iterable[Finding]:
    """Elements outside the list are refused."""
    for scope in subject.scopes:
        for element in scope.owner.iterchildren(f"{{{BPMN}}}*"):
            name = local(element)
            if name not in ELEMENTS and name not in STRUCTURE:
                yield finding(
                    "element-not-supported", Severity.ERROR, scope.file, element,
                    vi=f"phần tử «{name}» chưa được hỗ trợ", en=f"element “{name}” is not supported",
                    remedy_vi="Thay bằng phần tử có trong danh sách của docs/bpmn-support.md.",
                    remedy_en="Replace it by an element listed in docs/bpmn-support.md.",
                )  # fmt: skip


def place_of(owner_kind: str, event: str) -> str:
    """The row of ``EVENTS`` for an event in a process or sub-process."""
    if event != "startEvent" or owner_kind == "process":
        return event
    return "eventSubProcessStart" if owner_kind == "eventSubProcess" else "subProcessStart"


def events(subject: Subject) -> Iterable[Finding]:
    """Events with a definition that has no meaning there are refused."""
    for scope, element in subject.nodes():
        allowed = EVENTS.get(place_of(scope.kind, local(element)))
        if allowed is None:
            continue
        found: list[str | None] = [*definitions(element)]
        wrong = [one for one in found or [None] if one not in allowed]
        if len(found) > 1:
            wrong += [one for one in found if one in _ALONE]
            # A cycle that goes on beside other definitions of one listener would have to be counted apart.
            wrong += [
                "timeCycle" for _ in element.iterfind(f"{bpmn('timerEventDefinition')}/{bpmn('timeCycle')}")
            ]
        if wrong:
            shown = ", ".join(str(one or "không có định nghĩa") for one in wrong)
            yield finding(
                "event-not-supported", Severity.ERROR, scope.file, element,
                vi=f"sự kiện loại này ({shown}) không đặt được ở đây",
                en=f"an event of this kind ({shown}) has no meaning here",
                remedy_vi="Xem bảng sự kiện trong docs/bpmn-support.md và đổi loại sự kiện.",
                remedy_en="See the table of events in docs/bpmn-support.md and change its kind.",
            )  # fmt: skip


def quantities(subject: Subject) -> Iterable[Finding]:
    """Numbers of tokens are whole and at least one (BPMN 2.0.2, table 10.3)."""
    for scope, element in subject.nodes():
        for name in ("startQuantity", "completionQuantity"):
            said = element.get(name, "1").strip()
            if not said.isdigit() or int(said) < 1:
                yield finding(
                    "token-quantity", Severity.ERROR, scope.file, element,
                    vi=f'{name}="{said}" không phải là số nguyên từ 1 trở lên',
                    en=f'{name}="{said}" is not a whole number of at least 1',
                    remedy_vi="Ghi số lượng từ 1 trở lên, hoặc bỏ thuộc tính.",
                    remedy_en="Write a number of at least 1, or remove the attribute.",
                )  # fmt: skip


def instantiation(subject: Subject) -> Iterable[Finding]:
    """What starts a process stands at its beginning; several messages that all must come are not executed."""
    for scope, element in subject.nodes():
        parallel = element.get("eventGatewayType") == "Parallel"
        if element.get("instantiate") != "true" and not parallel:
            continue
        if parallel or scope.kind != "process" or scope.incoming.get(element.get("id", "")):
            yield finding(
                "instantiation", Severity.ERROR, scope.file, element,
                vi="phần tử khởi tạo quy trình phải đứng đầu và không chờ nhiều tin nhắn cùng lúc",
                en="what instantiates a process begins it, and does not wait for several messages at once",
                remedy_vi="Dùng sự kiện bắt đầu bằng tin nhắn, hoặc bỏ instantiate.",
                remedy_en="Use a message start event, or remove instantiate.",
            )  # fmt: skip


def parallel_events(subject: Subject) -> Iterable[Finding]:
    """A parallel start of several events would need to remember what has come before there is a dossier."""
    for scope, element in subject.nodes():
        if (
            local(element) == "startEvent"
            and element.get("parallelMultiple") == "true"
            and scope.kind == "process"
        ):
            yield finding(
                "parallel-start", Severity.ERROR, scope.file, element,
                vi="sự kiện bắt đầu chờ nhiều điều cùng lúc (parallelMultiple) chưa được hỗ trợ",
                en="a start event that waits for several things at once (parallelMultiple) is not supported",
                remedy_vi="Bắt đầu bằng một sự kiện, rồi chờ các sự kiện khác sau cổng song song.",
                remedy_en="Start with one event and wait for the others behind a parallel gateway.",
            )  # fmt: skip


def data_stores(subject: Subject) -> Iterable[Finding]:
    """A data store may be drawn; nothing is read from it or written to it."""
    for scope, element in subject.nodes():
        stores = {one.get("id") for one in element.getroottree().getroot().iter(bpmn("dataStoreReference"))}
        for tag in ("dataInputAssociation", "dataOutputAssociation"):
            for association in element.iterchildren(bpmn(tag)):
                ends = {
                    (one.text or "").strip() for one in association.iter(bpmn("sourceRef"), bpmn("targetRef"))
                }
                if ends & stores:
                    yield finding(
                        "data-store", Severity.ERROR, scope.file, element,
                        vi="mũi tên dữ liệu đọc hoặc ghi kho dữ liệu (data store): chưa được hỗ trợ",
                        en="a data arrow reads or writes a data store, which is not supported",
                        remedy_vi="Dùng đối tượng dữ liệu, hoặc một bước tự động gọi hệ thống khác.",
                        remedy_en="Use a data object, or a service task that calls the other system.",
                    )  # fmt: skip


RULES = (known, events, quantities, instantiation, parallel_events, data_stores)
