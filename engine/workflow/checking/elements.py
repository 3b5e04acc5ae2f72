"""Only elements that we execute exactly as BPMN says; everything else is refused by name."""

from collections.abc import Iterable

from lxml import etree

from engine.domain.finding import Finding, Severity
from engine.workflow.checking.say import finding
from engine.workflow.checking.subject import Subject, definitions
from engine.workflow.reading.names import BPMN, bpmn, local
from engine.workflow.reading.parser import PARSERS

# Event definitions that each event may carry; None: no definition at all.
EVENTS: dict[str, frozenset[str | None]] = {
    "startEvent": frozenset({None}),
    "endEvent": frozenset({None, "terminateEventDefinition", "errorEventDefinition"}),
    "intermediateThrowEvent": frozenset({None}),
    "intermediateCatchEvent": frozenset({"messageEventDefinition", "timerEventDefinition"}),
    "boundaryEvent": frozenset({"messageEventDefinition", "timerEventDefinition", "errorEventDefinition"}),
}
# What a process or sub-process may hold besides nodes: decoration, or structure that others check.
STRUCTURE = frozenset(
    {
        "documentation", "extensionElements", "auditing", "monitoring", "laneSet", "sequenceFlow",
        "association", "group", "textAnnotation", "dataObject", "dataObjectReference", "dataStoreReference",
        "property", "incoming", "outgoing", "supportedInterfaceRef", "supports",
    }
)  # fmt: skip
LOOPS = ("standardLoopCharacteristics", "multiInstanceLoopCharacteristics")
DATA = ("ioSpecification", "dataInputAssociation", "dataOutputAssociation")
# Attributes that change what an element does, with the value that changes nothing.
ATTRIBUTES = {
    "isForCompensation": "false",
    "startQuantity": "1",
    "completionQuantity": "1",
    "instantiate": "false",
    "parallelMultiple": "false",
    "eventGatewayType": "Exclusive",
    "triggeredByEvent": "false",
}


def known(subject: Subject) -> Iterable[Finding]:
    """Elements outside the list are refused."""
    for scope in subject.scopes:
        for element in scope.owner.iterchildren(f"{{{BPMN}}}*"):
            name = local(element)
            if name not in PARSERS and name not in STRUCTURE and name not in (*LOOPS, *DATA):
                yield finding(
                    "element-not-supported",
                    Severity.ERROR,
                    scope.file,
                    element,
                    vi=f"phần tử «{name}» chưa được hỗ trợ",
                    en=f"element “{name}” is not supported",
                    remedy_vi="Thay bằng phần tử có trong danh sách của processes/README.md.",
                    remedy_en="Replace it by an element listed in processes/README.md.",
                )


def events(subject: Subject) -> Iterable[Finding]:
    """Events with a definition that we do not execute are refused, never ignored."""
    for scope, element in subject.nodes():
        allowed = EVENTS.get(local(element))
        if allowed is None:
            continue
        found: list[str | None] = [*definitions(element)]
        wrong = [one for one in found or [None] if one not in allowed]
        if wrong or len(found) > 1:
            shown = ", ".join(str(one or "không có định nghĩa") for one in wrong or found)
            yield finding(
                "event-not-supported",
                Severity.ERROR,
                scope.file,
                element,
                vi=f"sự kiện loại này ({shown}) chưa được hỗ trợ ở đây",
                en=f"an event of this kind ({shown}) is not supported here",
                remedy_vi="Dùng sự kiện tin nhắn, thời hạn hoặc lỗi theo processes/README.md.",
                remedy_en="Use a message, timer or error event as processes/README.md says.",
            )


def loops(subject: Subject) -> Iterable[Finding]:
    """Loops and multiple instances are not executed yet."""
    for scope, element in subject.nodes():
        if any(element.find(bpmn(loop)) is not None for loop in LOOPS):
            yield finding(
                "loop-not-supported",
                Severity.ERROR,
                scope.file,
                element,
                vi="vòng lặp và nhiều bản song song của một bước chưa được hỗ trợ",
                en="loops and multiple instances of an activity are not supported",
                remedy_vi="Vẽ vòng lặp bằng cổng lựa chọn quay lại bước trước.",
                remedy_en="Draw the loop with an exclusive gateway that leads back.",
            )


def data(subject: Subject) -> Iterable[Finding]:
    """Data flow of BPMN is not executed: the dossier has one document."""
    for scope, element in subject.nodes():
        found = next((name for name in DATA if element.find(bpmn(name)) is not None), None)
        if found:
            yield finding(
                "data-not-supported",
                Severity.ERROR,
                scope.file,
                element,
                vi=f"luồng dữ liệu «{found}» chưa được hỗ trợ",
                en=f"data flow “{found}” is not supported",
                remedy_vi="Bỏ mũi tên dữ liệu; mọi bước cùng đọc và ghi dữ liệu của hồ sơ.",
                remedy_en="Remove the data arrow; all steps read and write the dossier's document.",
            )


def attributes(subject: Subject) -> Iterable[Finding]:
    """Attributes that would change what an element does."""
    for scope, element in subject.nodes():
        for name, harmless in ATTRIBUTES.items():
            if element.get(name, harmless) != harmless:
                yield finding(
                    "attribute-not-supported",
                    Severity.ERROR,
                    scope.file,
                    element,
                    vi=f'thuộc tính {name}="{element.get(name)}" chưa được hỗ trợ',
                    en=f'attribute {name}="{element.get(name)}" is not supported',
                    remedy_vi=f'Bỏ thuộc tính này hoặc đặt {name}="{harmless}".',
                    remedy_en=f'Remove it or set {name}="{harmless}".',
                )


def cycles(subject: Subject) -> Iterable[Finding]:
    """A repeating timer would fire once only."""
    for scope, element in subject.nodes():
        timer = _timer(element)
        if timer is not None and timer.find(bpmn("timeCycle")) is not None:
            yield finding(
                "timer-cycle",
                Severity.ERROR,
                scope.file,
                element,
                vi="thời hạn lặp lại (timeCycle) chưa được hỗ trợ",
                en="a repeating timer (timeCycle) is not supported",
                remedy_vi="Dùng timeDuration, ví dụ working days(3).",
                remedy_en="Use timeDuration, for example working days(3).",
            )


def _timer(element: etree._Element) -> etree._Element | None:
    return element.find(bpmn("timerEventDefinition"))


RULES = (known, events, loops, data, attributes, cycles)
