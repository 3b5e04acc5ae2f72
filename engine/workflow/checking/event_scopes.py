"""Event sub-processes, links and ad-hoc sub-processes: what stands in them, and what does not."""

from collections import Counter
from collections.abc import Iterable

from engine.domain.finding import Finding, Severity
from engine.workflow.checking.say import finding
from engine.workflow.checking.subject import Subject
from engine.workflow.reading.names import bpmn, local


def event_sub_processes(subject: Subject) -> Iterable[Finding]:
    """An event sub-process has one start event and stands alone (BPMN 2.0.2, 10.3.5)."""
    for scope in subject.scopes:
        for identity, element in scope.nodes.items():
            if element.get("triggeredByEvent") != "true":
                continue
            starts = list(element.iterchildren(bpmn("startEvent")))
            flows = (
                scope.incoming.get(identity) or scope.outgoing.get(identity) or scope.attached.get(identity)
            )
            error = any(one.find(bpmn("errorEventDefinition")) is not None for one in starts)
            beside = any(one.get("isInterrupting") == "false" for one in starts)
            if len(starts) != 1 or flows or (error and beside):
                yield finding(
                    "event-sub-process", Severity.ERROR, scope.file, element,
                    vi="quy trình con theo sự kiện: một sự kiện bắt đầu, không luồng, không sự kiện biên",
                    en="an event sub-process has one start event, no flows and no boundary events",
                    remedy_vi="Giữ một sự kiện bắt đầu (lỗi thì phải ngắt), bỏ luồng nối từ ngoài vào.",
                    remedy_en="Keep one start event (errors interrupt) and remove flows from outside.",
                )  # fmt: skip


def links(subject: Subject) -> Iterable[Finding]:
    """Every link that is thrown has one target of its name in the same scope, and every target a source."""
    for scope in subject.scopes:
        thrown, caught = Counter[str](), Counter[str]()
        for element in scope.of_kind("intermediateThrowEvent", "intermediateCatchEvent"):
            link = element.find(bpmn("linkEventDefinition"))
            if link is not None:
                side = thrown if local(element) == "intermediateThrowEvent" else caught
                side[(link.get("name") or "").strip()] += 1
        for element in scope.of_kind("intermediateThrowEvent", "intermediateCatchEvent"):
            link = element.find(bpmn("linkEventDefinition"))
            name = (link.get("name") or "").strip() if link is not None else ""
            if link is not None and (not name or caught[name] != 1 or not thrown[name]):
                yield finding(
                    "link", Severity.ERROR, scope.file, element,
                    vi=f"liên kết «{name}» cần một nơi đi và đúng một nơi đến cùng tên trong cùng quy trình",
                    en=f"link “{name}” needs a source and exactly one target of its name in the same scope",
                    remedy_vi="Đặt cùng một tên cho sự kiện đi và sự kiện đến.",
                    remedy_en="Give the throwing and the catching event the same name.",
                )  # fmt: skip


def ad_hoc(subject: Subject) -> Iterable[Finding]:
    """An ad-hoc sub-process holds activities, and neither start nor end (BPMN 2.0.2, 10.3.5.2)."""
    for scope in subject.scopes:
        if scope.kind != "adHocSubProcess":
            continue
        wrong = list(scope.of_kind("startEvent", "endEvent"))
        if wrong or not scope.nodes:
            yield finding(
                "ad-hoc", Severity.ERROR, scope.file, wrong[0] if wrong else scope.owner,
                vi="quy trình con tùy biến (ad-hoc) chỉ chứa các bước, không có sự kiện bắt đầu và kết thúc",
                en="an ad-hoc sub-process holds activities, and neither start nor end events",
                remedy_vi="Bỏ sự kiện bắt đầu, kết thúc; ghi completionCondition nếu cần.",
                remedy_en="Remove start and end events; write a completionCondition where needed.",
            )  # fmt: skip


RULES = (event_sub_processes, links, ad_hoc)
