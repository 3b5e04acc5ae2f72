"""Work for people: who, with what form or buttons, in how much time."""

from collections.abc import Iterable

from engine.domain.finding import Finding, Severity
from engine.workflow.checking.say import finding
from engine.workflow.checking.subject import Subject
from engine.workflow.reading.names import local

ROLES = frozenset(
    {
        "reception", "cashier", "processing", "head", "leader", "clerk", "supervisor", "director",
        "auditor", "analyst", "administrator", "citizen",
    }
)  # fmt: skip
_MANUAL = ("userTask", "manualTask", "task")


def roles(subject: Subject) -> Iterable[Finding]:
    """A task belongs to a role that exists."""
    for scope, element in subject.nodes():
        facts = subject.closure.nodes.get(element.get("id", ""))
        if local(element) not in _MANUAL or facts is None or facts.role in ROLES:
            continue
        wrong = facts.role is not None
        yield finding(
            "role", Severity.ERROR if wrong else subject.house_severity, scope.file, element,
            vi=f"không có vai trò «{facts.role}»" if wrong else "bước chưa thuộc vai trò nào",
            en=f"there is no role “{facts.role}”" if wrong else "the task belongs to no role",
            remedy_vi="Đặt bước vào làn có motcua:role, ví dụ name=\"processing\".",
            remedy_en="Put it into a lane with a motcua:role, for example name=\"processing\".",
        )  # fmt: skip


def forms(subject: Subject) -> Iterable[Finding]:
    """A task asks for something or is decided."""
    for scope, element in subject.nodes():
        facts = subject.closure.nodes.get(element.get("id", ""))
        if local(element) not in _MANUAL or facts is None or facts.form or facts.decisions:
            continue
        yield finding(
            "task-without-form", subject.house_severity, scope.file, element,
            vi="bước chưa có biểu mẫu và cũng chưa có nút quyết định",
            en="the task has neither a form nor decisions",
            remedy_vi="Thêm motcua:task form=\"…\" hoặc motcua:decision.",
            remedy_en="Add a motcua:task form=\"…\" or motcua:decision.",
        )  # fmt: skip


def time_limits(subject: Subject) -> Iterable[Finding]:
    """A task has a budget of time, or says that it has none."""
    for scope, element in subject.nodes():
        facts = subject.closure.nodes.get(element.get("id", ""))
        if local(element) not in _MANUAL or facts is None or facts.time_limit:
            continue
        yield finding(
            "task-without-limit", subject.house_severity, scope.file, element,
            vi="bước chưa ghi thời hạn", en="the task says no time limit",
            remedy_vi="Ghi motcua:task timeLimit=\"working days(2)\", hoặc timeLimit=\"none\".",
            remedy_en="Write motcua:task timeLimit=\"working days(2)\", or timeLimit=\"none\".",
        )  # fmt: skip


RULES = (roles, forms, time_limits)
