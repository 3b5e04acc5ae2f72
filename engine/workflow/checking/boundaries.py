"""Boundary events: which go together on one activity."""

from collections import Counter
from collections.abc import Iterable

from lxml import etree

from engine.domain.finding import Finding, Severity
from engine.workflow.checking.say import finding
from engine.workflow.checking.subject import Subject, definitions
from engine.workflow.reading.names import bpmn, local

_THROWING = frozenset(
    {
        "serviceTask",
        "subProcess",
        "callActivity",
        "transaction",
        "adHocSubProcess",
        "scriptTask",
        "businessRuleTask",
    }
)


def _caught(event: etree._Element) -> str | None:
    for kind, reference in (("errorEventDefinition", "errorRef"), ("messageEventDefinition", "messageRef")):
        definition = event.find(bpmn(kind))
        if definition is not None and definition.get(reference):
            return f"{kind}:{definition.get(reference)}"
    return None


def one_each(subject: Subject) -> Iterable[Finding]:
    """One boundary event for each error and message on an activity: two would compete."""
    for scope in subject.scopes:
        for events in scope.attached.values():
            counts = Counter(caught for event in events if (caught := _caught(event)))
            for event in events:
                if counts.get(_caught(event) or "", 0) > 1:
                    yield finding(
                        "boundary-twice", Severity.ERROR, scope.file, event,
                        vi="có hai sự kiện biên cùng bắt một lỗi hoặc một tin nhắn trên cùng một bước",
                        en="two boundary events of one activity catch the same error or message",
                        remedy_vi="Giữ lại một sự kiện.", remedy_en="Keep one of them.",
                    )  # fmt: skip


def errors(subject: Subject) -> Iterable[Finding]:
    """Errors and cancelling interrupt; errors come from service tasks and sub-processes only."""
    for scope in subject.scopes:
        for identity, events in scope.attached.items():
            host = scope.nodes.get(identity)
            for event in events:
                kinds = {"errorEventDefinition", "cancelEventDefinition"} & set(definitions(event))
                if not kinds or host is None:
                    continue
                beside = event.get("cancelActivity", "true") in ("false", "0")
                if beside or ("errorEventDefinition" in kinds and local(host) not in _THROWING):
                    severity = Severity.ERROR if beside else subject.house_severity
                    yield finding(
                        "boundary-error", severity, scope.file, event,
                        vi="sự kiện lỗi, hủy phải ngắt; lỗi chỉ gắn vào bước tự động hoặc quy trình con",
                        en="error and cancel events interrupt; errors come from automatic steps and scopes",
                        remedy_vi="Đổi thành sự kiện ngắt hoặc gắn vào đúng bước.",
                        remedy_en="Make it interrupting, or attach it to the activity that fails.",
                    )  # fmt: skip


def on_automatic(subject: Subject) -> Iterable[Finding]:
    """A script or decision table is over at once: nothing can happen beside it."""
    for scope in subject.scopes:
        for identity, events in scope.attached.items():
            host = scope.nodes.get(identity)
            if host is None or local(host) not in ("scriptTask", "businessRuleTask"):
                continue
            facts = subject.closure.nodes.get(identity)
            if local(host) == "businessRuleTask" and not (facts and facts.decision_table):
                continue
            for event in events:
                yield finding(
                    "boundary-on-automatic", Severity.WARNING, scope.file, event,
                    vi="bước này chạy xong ngay, sự kiện biên không bao giờ xảy ra",
                    en="this activity is over at once; the boundary event never happens",
                    remedy_vi="Bỏ sự kiện hoặc gắn vào bước có chờ đợi.",
                    remedy_en="Remove it, or attach it to an activity that waits.",
                )  # fmt: skip


RULES = (one_each, errors, on_automatic)
