"""Everything that is spoken of must be there, and in the same scope."""

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from engine.domain.finding import Finding, Severity
from engine.workflow.checking.say import finding
from engine.workflow.checking.subject import ACTIVITIES, Scope, Subject
from engine.workflow.reading.names import bpmn, local

_PLAIN_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


def flow_ends(subject: Subject) -> Iterable[Finding]:
    """A flow joins two nodes of one scope."""
    for scope in subject.scopes:
        for flow in scope.flows:
            for end, vi in (("sourceRef", "nguồn"), ("targetRef", "đích")):
                if flow.get(end) not in scope.nodes:
                    yield finding(
                        "flow-end-missing",
                        Severity.ERROR,
                        scope.file,
                        flow,
                        vi=f"luồng không có {vi} trong cùng quy trình («{flow.get(end) or ''}»)",
                        en=f"the flow's {end} “{flow.get(end) or ''}” is not in the same process",
                        remedy_vi="Nối luồng vào một phần tử của cùng quy trình, hoặc xóa luồng.",
                        remedy_en="Connect it to an element of the same process, or delete it.",
                    )


def attachments(subject: Subject) -> Iterable[Finding]:
    """A boundary event sits on an activity of its scope."""
    for scope in subject.scopes:
        for event in scope.of_kind("boundaryEvent"):
            host = scope.nodes.get(event.get("attachedToRef", ""))
            if host is None or local(host) not in ACTIVITIES:
                yield finding(
                    "boundary-host-missing",
                    Severity.ERROR,
                    scope.file,
                    event,
                    vi=f"sự kiện biên không gắn vào bước nào («{event.get('attachedToRef') or ''}»)",
                    en=f"the boundary event sits on no activity (“{event.get('attachedToRef') or ''}”)",
                    remedy_vi="Kéo sự kiện lên viền của một bước.",
                    remedy_en="Drag the event onto the border of an activity.",
                )


def messages(subject: Subject) -> Iterable[Finding]:
    """Messages have names: outside knows them by nothing else."""
    for scope, element in subject.nodes():
        for place in _speaking_of(element, "messageEventDefinition", "receiveTask"):
            if not _named(element, "message", place.get("messageRef"), "name"):
                yield finding(
                    "message-missing",
                    _severity(subject, element, "message", place.get("messageRef")),
                    scope.file,
                    element,
                    vi=f"tin nhắn «{place.get('messageRef') or ''}» không có hoặc chưa có tên",
                    en=f"message “{place.get('messageRef') or ''}” is missing or has no name",
                    remedy_vi="Chọn tin nhắn cho phần tử và đặt tên, ví dụ supplement.",
                    remedy_en="Choose a message for the element and name it, for example supplement.",
                )


def errors(subject: Subject) -> Iterable[Finding]:
    """Errors have codes: catching goes by them."""
    for scope, element in subject.nodes():
        for place in _speaking_of(element, "errorEventDefinition", ""):
            caught = place.get("errorRef") is None and local(element) in ("boundaryEvent", "startEvent")
            if not caught and not _named(element, "error", place.get("errorRef"), "errorCode"):
                yield finding(
                    "error-code-missing",
                    _severity(subject, element, "error", place.get("errorRef")),
                    scope.file,
                    element,
                    vi=f"lỗi «{place.get('errorRef') or ''}» không có hoặc chưa có mã",
                    en=f"error “{place.get('errorRef') or ''}” is missing or has no code",
                    remedy_vi="Chọn lỗi cho sự kiện và đặt mã lỗi (errorCode).",
                    remedy_en="Choose an error for the event and give it an errorCode.",
                )


def _speaking_of(element: etree._Element, definition: str, task: str) -> Iterator[etree._Element]:
    yield from element.iterchildren(bpmn(definition))
    if local(element) == task:
        yield element


def _severity(subject: Subject, element: etree._Element, kind: str, reference: str | None) -> Severity:
    """A reference that leads nowhere is wrong; what merely has no name of its own is known by its id."""
    root = element.getroottree().getroot()
    there = reference is None or any(
        one.get("id") == reference.rsplit(":", 1)[-1] for one in root.iterchildren(bpmn(kind))
    )
    return subject.house_severity if there else Severity.ERROR


def _named(element: etree._Element, kind: str, identity: str | None, attribute: str) -> bool:
    root = element.getroottree().getroot()
    return any(
        one.get("id") == (identity or "").rsplit(":", 1)[-1] and (one.get(attribute) or "").strip()
        for one in root.iterchildren(bpmn(kind))
    )


def unique_ids(subject: Subject) -> Iterable[Finding]:
    """Ids of nodes are unique over all diagrams of the bundle: timers, history and forms go by them."""
    seen: dict[str, Scope] = {}
    for scope, element in subject.nodes():
        identity = element.get("id", "")
        if not identity or identity in seen:
            other = seen[identity].file if identity else scope.file
            yield finding(
                "id-not-unique",
                Severity.ERROR,
                scope.file,
                element,
                vi=f"mã «{identity}» thiếu hoặc đã dùng trong {other}",
                en=f"id “{identity}” is missing or used in {other} already",
                remedy_vi="Đặt mã riêng, ví dụ thêm tên quy trình vào trước.",
                remedy_en="Give it an id of its own, for example with the process's name in front.",
            )
        seen.setdefault(identity, scope)


def plain_ids(subject: Subject) -> Iterable[Finding]:
    """Ids become names in expressions: plain letters, digits and underscores."""
    for scope, element in subject.nodes():
        if not _PLAIN_ID.match(element.get("id", "")):
            yield finding(
                "id-not-plain",
                subject.house_severity,
                scope.file,
                element,
                vi=f"mã «{element.get('id') or ''}» có ký tự khác chữ không dấu, số và gạch dưới",
                en=f"id “{element.get('id') or ''}” has other signs than letters, digits and underscores",
                remedy_vi="Đổi mã, ví dụ tham_dinh.",
                remedy_en="Change the id, for example to tham_dinh.",
            )


RULES = (flow_ends, attachments, messages, errors, unique_ids, plain_ids)
