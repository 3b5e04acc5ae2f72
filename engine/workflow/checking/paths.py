"""Every element lies on a path from the one start to an end, and no path runs on for ever by itself."""

from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from engine.domain.finding import Finding, Severity
from engine.workflow.checking.say import finding
from engine.workflow.checking.subject import WAITING, Scope, Subject, definitions
from engine.workflow.reading.names import bpmn, local

MAX_NODES = 300  # of one process; the parser recurses along its paths


def starts(subject: Subject) -> Iterable[Finding]:
    """A scope has somewhere to begin, an event or sub-process only one; a procedure of ours always one."""
    for scope in subject.scopes:
        count = len(list(scope.of_kind("startEvent")))
        lost = not scope.begins() or (scope.kind in ("subProcess", "transaction") and count > 1)
        if (count != 1 and scope.kind != "adHocSubProcess" and subject.house) or lost:
            yield finding(
                "one-start", Severity.ERROR, scope.file, scope.owner,
                vi=f"có {count} sự kiện bắt đầu, cần đúng một",
                en=f"it has {count} start events, exactly one is needed",
                remedy_vi="Giữ đúng một sự kiện bắt đầu.", remedy_en="Keep exactly one start event.",
            )  # fmt: skip


def plain_starts(subject: Subject) -> Iterable[Finding]:
    """What is called or embedded begins without an event; else nothing would happen in it."""
    main = subject.closure.main_process
    called = {*subject.closure.processes} - {main}
    for scope in subject.scopes:
        inner = scope.kind in ("subProcess", "transaction") or scope.owner.get("id") in called
        starts = list(scope.of_kind("startEvent"))
        if inner and starts and all(definitions(start) for start in starts):
            yield finding(
                "no-plain-start", Severity.ERROR, scope.file, scope.owner,
                vi="được gọi nhưng chỉ bắt đầu bằng sự kiện, nên không có chỗ bắt đầu",
                en="it is called, but only events start it: it has no place to begin",
                remedy_vi="Thêm một sự kiện bắt đầu thường.", remedy_en="Add a plain start event.",
            )  # fmt: skip


def reached(subject: Subject) -> Iterable[Finding]:
    """An element that no path reaches would be dropped without notice."""
    for scope in subject.scopes:
        begin = scope.begins()
        seen = _reachable(begin, {node: list(scope.after(node)) for node in scope.nodes})
        for identity, element in scope.nodes.items():
            if begin and identity not in seen:
                yield finding(
                    "not-reached", Severity.ERROR, scope.file, element,
                    vi="không có đường nào từ sự kiện bắt đầu đến phần tử này",
                    en="no path leads from the start to this element",
                    remedy_vi="Nối phần tử vào quy trình hoặc xóa nó.",
                    remedy_en="Connect it or delete it.",
                )  # fmt: skip


def ends(subject: Subject) -> Iterable[Finding]:
    """From every element an end can be reached; paths end at end events."""
    for scope in subject.scopes:
        last = [node for node in scope.nodes if not list(scope.after(node)) or not scope.outgoing.get(node)]
        backward: dict[str, list[str]] = {node: [] for node in scope.nodes}
        for node in scope.nodes:
            for following in scope.after(node):
                backward.setdefault(following, []).append(node)
        seen = _reachable(last, backward)
        for identity, element in scope.nodes.items():
            if identity not in seen:
                yield finding(
                    "no-way-to-end", Severity.ERROR, scope.file, element,
                    vi="từ phần tử này không đến được sự kiện kết thúc nào",
                    en="no end event can be reached from this element",
                    remedy_vi="Thêm đường đi đến một sự kiện kết thúc.",
                    remedy_en="Add a path to an end event.",
                )  # fmt: skip
            elif identity in last and not _may_be_last(scope, element):
                # A boundary event that leads nowhere says nothing at all (10.5.4); other paths may just end.
                nowhere = local(element) == "boundaryEvent"
                severity = Severity.ERROR if nowhere else subject.house_severity
                yield finding(
                    "path-without-end", severity, scope.file, element,
                    vi="đường đi dừng ở đây mà không có sự kiện kết thúc",
                    en="a path stops here without an end event",
                    remedy_vi="Nối phần tử với một sự kiện kết thúc.",
                    remedy_en="Connect it to an end event.",
                )  # fmt: skip


def _may_be_last(scope: Scope, element: etree._Element) -> bool:
    """Ends, and what stands beside the flow: handlers, event sub-processes, activities of an ad-hoc scope."""
    return (
        local(element) in ("endEvent", "eventBasedGateway")
        or element.get("triggeredByEvent") == "true"
        or element.get("isForCompensation") == "true"
        or scope.kind == "adHocSubProcess"
        or any(
            element.find(bpmn(kind)) is not None
            for kind in ("compensateEventDefinition", "linkEventDefinition")
        )
    )


def _reachable(begin: Iterable[str], after: Mapping[str, Iterable[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(begin)
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting.extend(after.get(here, ()))
    return seen


def automatic_cycles(subject: Subject) -> Iterable[Finding]:
    """A loop in which nobody is waited for turns until the engine stops it."""
    for scope in subject.scopes:
        automatic = {node for node, element in scope.nodes.items() if not _waits(subject, element)}
        after = {node: [one for one in scope.after(node) if one in automatic] for node in automatic}
        circling = [
            node for node in scope.nodes if node in automatic and node in _reachable(after[node], after)
        ]
        if circling:
            yield _endless(subject, scope, scope.nodes[circling[0]])


def _endless(subject: Subject, scope: Scope, element: etree._Element) -> Finding:
    return finding(
        "automatic-cycle", subject.house_severity, scope.file, element,
        vi="vòng lặp tự động không chờ ai, có thể chạy mãi",
        en="an automatic loop waits for nobody and may turn for ever",
        remedy_vi="Đặt vào vòng lặp một bước của cán bộ, tin nhắn hoặc thời hạn.",
        remedy_en="Put a task of a person, a message or a timer into the loop.",
    )  # fmt: skip


def _waits(subject: Subject, element: etree._Element) -> bool:
    kind = local(element)
    if kind in ("subProcess", "transaction", "adHocSubProcess"):
        return any(local(one) in WAITING for one in _inside(element))
    if kind == "callActivity":
        called = subject.closure.processes.get(element.get("calledElement", ""))
        return called is not None and any(local(one) in WAITING for one in _inside(called))
    return kind in WAITING


def _inside(owner: etree._Element) -> Iterator[etree._Element]:
    return owner.iter(*(bpmn(tag) for tag in WAITING))


def sizes(subject: Subject) -> Iterable[Finding]:
    """Processes that a person can still oversee, and the parser too."""
    for scope in subject.scopes:
        if len(scope.nodes) > MAX_NODES:
            yield finding(
                "too-many-nodes", Severity.ERROR, scope.file, scope.owner,
                vi=f"có {len(scope.nodes)} phần tử, nhiều nhất {MAX_NODES}",
                en=f"it has {len(scope.nodes)} elements, at most {MAX_NODES}",
                remedy_vi="Tách thành quy trình con.", remedy_en="Split it into sub-processes.",
            )  # fmt: skip


RULES = (starts, plain_starts, reached, ends, automatic_cycles, sizes)
