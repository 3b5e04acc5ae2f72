"""Called processes: all there, none calling itself, none drawn and forgotten."""

from collections.abc import Iterable

from lxml import etree

from engine.domain.finding import Finding, Severity
from engine.workflow.checking.say import finding
from engine.workflow.checking.subject import Subject
from engine.workflow.reading.names import bpmn


def _target(call: etree._Element) -> str:
    """The id of the called process; a namespace prefix does not count."""
    return (call.get("calledElement") or "").rsplit(":", 1)[-1]


def called(subject: Subject) -> Iterable[Finding]:
    """The called process is among the files."""
    roots = subject.closure.roots.values()
    there = {process.get("id") for root in roots for process in root.iterchildren(bpmn("process"))}
    for scope in subject.scopes:
        for call in scope.of_kind("callActivity"):
            if _target(call) not in there and scope.process in subject.closure.processes:
                yield finding(
                    "called-process-missing", Severity.ERROR, scope.file, call,
                    vi=f"không có quy trình «{call.get('calledElement') or ''}» để gọi",
                    en=f"there is no process “{call.get('calledElement') or ''}” to call",
                    remedy_vi="Ghi đúng mã của quy trình dùng chung trong processes/shared/.",
                    remedy_en="Write the id of a shared process of processes/shared/.",
                )  # fmt: skip


def _calls(process: etree._Element) -> set[str]:
    return {_target(call) for call in process.iter(bpmn("callActivity"))}


def _reached(subject: Subject, begin: Iterable[str]) -> set[str]:
    processes = subject.closure.processes
    seen: set[str] = set()
    waiting = list(begin)
    while waiting:
        here = waiting.pop()
        if here in processes and here not in seen:
            seen.add(here)
            waiting.extend(_calls(processes[here]))
    return seen


def acyclic(subject: Subject) -> Iterable[Finding]:
    """A process that calls itself comes back only when it stops: nobody can follow that in a procedure."""
    for identity, process in subject.closure.processes.items():
        if identity in _reached(subject, _calls(process)):
            yield finding(
                "calls-itself", subject.house_severity, subject.closure.files_of[identity], process,
                vi="quy trình gọi lại chính nó", en="the process calls itself",
                remedy_vi="Bỏ bước gọi quay vòng; dùng cổng lựa chọn để lặp.",
                remedy_en="Remove the circular call; loop with a gateway.",
            )  # fmt: skip


RULES = (called, acyclic)
