"""Which flows may leave and enter what, and where conditions may stand."""

from collections.abc import Iterable

from lxml import etree

from engine.domain.finding import Finding, Severity
from engine.workflow.checking.say import finding
from engine.workflow.checking.subject import ACTIVITIES, Subject
from engine.workflow.reading.names import bpmn, local

CONDITIONAL = ("exclusiveGateway", "inclusiveGateway", "complexGateway")
_EVENTS = frozenset({"startEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})


def conditions(subject: Subject) -> Iterable[Finding]:
    """Conditions stand behind deciding gateways and activities; of ours, at gateways only."""
    for scope in subject.scopes:
        for flow in scope.flows:
            source = scope.nodes.get(flow.get("sourceRef", ""))
            if source is None or local(source) in CONDITIONAL:
                continue
            if flow.find(bpmn("conditionExpression")) is not None:
                decides = local(source) in ACTIVITIES
                yield finding(
                    "condition-not-allowed",
                    subject.house_severity if decides else Severity.ERROR,
                    scope.file,
                    flow,
                    vi="luồng có điều kiện nhưng không đi ra từ cổng lựa chọn",
                    en="the flow has a condition but does not leave a deciding gateway",
                    remedy_vi="Đặt cổng lựa chọn (XOR) trước các nhánh có điều kiện.",
                    remedy_en="Put an exclusive gateway before the conditional branches.",
                )


def one_way_out(subject: Subject) -> Iterable[Finding]:
    """Several ways out of an activity are taken at once, which few readers of a diagram know."""
    for scope, element in subject.nodes():
        leaving = scope.outgoing.get(element.get("id", ""), ())
        if local(element) in ACTIVITIES | _EVENTS and len(leaving) > 1:
            yield finding(
                "several-ways-out",
                subject.house_severity,
                scope.file,
                element,
                vi=f"có {len(leaving)} luồng đi ra",
                en=f"{len(leaving)} flows leave it",
                remedy_vi="Thêm cổng song song hoặc cổng lựa chọn để tách nhánh.",
                remedy_en="Split with a parallel or exclusive gateway.",
            )


def one_way_in(subject: Subject) -> Iterable[Finding]:
    """Activities have one way in: otherwise it stays unsaid whether the paths exclude each other."""
    for scope, element in subject.nodes():
        entering = scope.incoming.get(element.get("id", ""), ())
        if local(element) in ACTIVITIES and len(entering) > 1:
            yield finding(
                "several-ways-in",
                subject.house_severity,
                scope.file,
                element,
                vi=f"có {len(entering)} luồng đi vào",
                en=f"{len(entering)} flows enter it",
                remedy_vi="Gộp các nhánh bằng một cổng lựa chọn (XOR) đứng trước bước này.",
                remedy_en="Merge the paths with an exclusive gateway before it.",
            )


def no_way(subject: Subject) -> Iterable[Finding]:
    """Nothing leads into a start or boundary event, nothing out of an end event."""
    for scope, element in subject.nodes():
        kind, identity = local(element), element.get("id", "")
        into = (kind in ("startEvent", "boundaryEvent") or _is_target(element)) and scope.incoming.get(
            identity
        )
        into = into or (_is_source(element) and scope.outgoing.get(identity))
        if into or (kind == "endEvent" and scope.outgoing.get(identity)):
            yield finding(
                "flow-not-allowed",
                Severity.ERROR,
                scope.file,
                element,
                vi="có luồng đi vào sự kiện bắt đầu/sự kiện biên hoặc đi ra từ sự kiện kết thúc",
                en="a flow enters a start or boundary event, or leaves an end event",
                remedy_vi="Xóa hoặc nối lại luồng này.",
                remedy_en="Delete the flow or connect it elsewhere.",
            )


def _is_target(element: etree._Element) -> bool:
    return (
        local(element) == "intermediateCatchEvent" and element.find(bpmn("linkEventDefinition")) is not None
    )


def _is_source(element: etree._Element) -> bool:
    return (
        local(element) == "intermediateThrowEvent" and element.find(bpmn("linkEventDefinition")) is not None
    )


def alone(subject: Subject) -> Iterable[Finding]:
    """A condition behind an activity needs another flow beside it: else there may be no way on (8.4.13)."""
    for scope, element in subject.nodes():
        leaving = scope.outgoing.get(element.get("id", ""), ())
        only = leaving[0] if local(element) in ACTIVITIES and len(leaving) == 1 else None
        if only is not None and only.find(bpmn("conditionExpression")) is not None:
            yield finding(
                "condition-alone", Severity.ERROR, scope.file, only,
                vi="luồng có điều kiện là luồng ra duy nhất; điều kiện sai thì hồ sơ đứng lại",
                en="the conditional flow is the only one out; when it does not hold nothing goes on",
                remedy_vi="Thêm một luồng khác (mặc định), hoặc bỏ điều kiện.",
                remedy_en="Add another flow as the default, or remove the condition.",
            )  # fmt: skip


def immediate(subject: Subject) -> Iterable[Finding]:
    """Nothing that is not drawn happens along a flow of a process that is executed (table 8.60)."""
    for scope in subject.scopes:
        for flow in scope.flows:
            if flow.get("isImmediate") in ("false", "0"):
                yield finding(
                    "flow-not-immediate", Severity.ERROR, scope.file, flow,
                    vi='isImmediate="false" chỉ dùng trong quy trình không thực hiện',
                    en='isImmediate="false" is for processes that are not executed',
                    remedy_vi="Bỏ isImmediate.", remedy_en="Remove isImmediate.",
                )  # fmt: skip


def listed(subject: Subject) -> Iterable[Finding]:
    """Where an element lists its flows, they are flows that enter or leave it."""
    for scope, element in subject.nodes():
        identity = element.get("id", "")
        for tag, flows in (("incoming", scope.incoming), ("outgoing", scope.outgoing)):
            real = {flow.get("id") for flow in flows.get(identity, ())}
            for child in element.iterchildren(bpmn(tag)):
                said = (child.text or "").strip().rsplit(":", 1)[-1]
                if said not in real:
                    yield finding(
                        "flow-listed", Severity.ERROR, scope.file, element,
                        vi=f"{tag} ghi «{said}», nhưng luồng ấy không nối với phần tử này",
                        en=f"{tag} lists “{said}”, which is not connected to this element",
                        remedy_vi="Sửa nguồn, đích của luồng, hoặc xóa dòng incoming/outgoing.",
                        remedy_en="Mend the flow's ends, or delete the incoming/outgoing line.",
                    )  # fmt: skip


RULES = (conditions, alone, one_way_out, one_way_in, no_way, immediate, listed)
