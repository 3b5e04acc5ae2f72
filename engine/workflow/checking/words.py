"""Our own words: spelt right, and saying things that exist."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree

from engine.domain.duration import BadDuration, parse_duration
from engine.domain.finding import Finding, Severity
from engine.domain.milestone import MILESTONES
from engine.domain.papers.forms import FORMS
from engine.workflow.checking.say import finding
from engine.workflow.checking.subject import Scope, Subject
from engine.workflow.reading.names import BPMN, BPMNDI, MOTCUA, local, our_words

PAPERS = frozenset(form.name for form in FORMS)

# Words and their attributes; None: any attribute.
WORDS: dict[str, frozenset[str] | None] = {
    "procedure": frozenset(
        {
            "code", "name", "agency", "domain", "level", "resume", "appointmentSlip", "supplementExpiry",
            "retention", "form", "source", "clockStarts", "sameDay",
        }
    ),
    "timeLimit": frozenset({"note"}),
    "fee": frozenset({"when", "name", "kind", "table"}),
    "document": frozenset({"id", "name", "original", "copy", "certified", "condition", "electronic"}),
    "result": frozenset({"name", "type", "signer"}),
    "channel": frozenset({"name"}),
    "open": frozenset({"question"}),
    "basis": frozenset({"document", "article", "note"}),
    "milestone": None,
    "role": frozenset({"name", "agency"}),
    "task": frozenset({"form", "timeLimit", "hint", "role", "agency"}),
    "decision": frozenset({"value", "label", "style", "reason"}),
    "handler": frozenset({"name"}),
    "input": frozenset({"name"}),
    "output": frozenset({"name", "from"}),
    "table": frozenset({"decision", "result"}),
    "timer": frozenset({"clock"}),
    "paper": frozenset({"name"}),
}  # fmt: skip

# Attributes with few values; the default is what stands when the attribute does not.
CHOICES: dict[tuple[str, str], frozenset[str]] = {
    ("procedure", "level"): frozenset({"full", "partial", "direct"}),
    ("procedure", "clockStarts"): frozenset({"received", "fee_paid"}),
    ("procedure", "appointmentSlip"): frozenset({"always", "on_request"}),
    ("procedure", "sameDay"): frozenset({"true", "false"}),
    ("fee", "when"): frozenset({"submission", "midway", "return"}),
    ("fee", "kind"): frozenset({"charge", "fee"}),
    ("channel", "name"): frozenset({"counter", "online", "postal"}),
    ("decision", "style"): frozenset({"primary", "secondary", "danger"}),
    ("decision", "reason"): frozenset({"required", "optional"}),
    ("timer", "clock"): frozenset({"legal", "elapsed"}),
    ("milestone", "name"): frozenset(MILESTONES),
    ("paper", "name"): PAPERS,
}
_DURATIONS = ("supplementExpiry", "retention")


def _words(subject: Subject) -> Iterator[tuple[str, etree._Element]]:
    for file, root in subject.closure.roots.items():
        for word in root.iter(f"{{{MOTCUA}}}*"):
            yield file, word


def spelling(subject: Subject) -> Iterable[Finding]:
    """A misspelt word would be read as nothing."""
    for file, word in _words(subject):
        allowed = WORDS.get(local(word), frozenset())
        if local(word) not in WORDS:
            yield _wrong(
                "word-unknown",
                file,
                word,
                f"không có từ motcua:{local(word)}",
                f"no word motcua:{local(word)}",
            )
        for name in [str(name) for name in word.attrib] if allowed is not None else []:
            if local(word) in WORDS and allowed is not None and name not in allowed:
                vi = f"motcua:{local(word)} không có thuộc tính «{name}»"
                yield _wrong(
                    "word-unknown", file, word, vi, f"motcua:{local(word)} has no attribute “{name}”"
                )


def choices(subject: Subject) -> Iterable[Finding]:
    """Attributes with a fixed set of values have one of them."""
    for file, word in _words(subject):
        for (tag, name), values in CHOICES.items():
            value = word.get(name)
            if local(word) == tag and value is not None and value not in values:
                shown = ", ".join(sorted(values))
                yield _wrong(
                    "word-value", file, word,
                    f"{name}=\"{value}\" không được biết; có thể là: {shown}",
                    f"{name}=\"{value}\" is not known; it may be: {shown}",
                )  # fmt: skip


def durations(subject: Subject) -> Iterable[Finding]:
    """Spans of a procedure are codes such as 15D; the resume policy may add one."""
    for file, word in _words(subject):
        if local(word) != "procedure":
            continue
        found = [word.get(name) for name in _DURATIONS]
        resume = word.get("resume", "RESTART")
        found.append(resume.removeprefix("+") if resume not in ("RESTART", "RESUME") else None)
        for code in found:
            if code and not _is_span(code):
                vi, en = f"«{code}» không phải thời hạn", f"“{code}” is no span of time"
                yield _wrong("word-value", file, word, vi, en)


def _is_span(code: str) -> bool:
    if code.endswith("Y") and code[:-1].isdigit():  # years of keeping
        return True
    try:
        parse_duration(code)
    except BadDuration:
        return False
    return True


def procedure(subject: Subject) -> Iterable[Finding]:
    """A procedure says its code and its agency, and names each document once."""
    closure = subject.closure
    main = closure.processes.get(closure.main_process)
    if main is None or not subject.house:
        return
    file = closure.files_of[closure.main_process]
    word = next(our_words(main, "procedure"))
    for name in ("code", "agency"):
        if not word.get(name):
            vi, en = f"thủ tục chưa ghi {name}", f"the procedure says no {name}"
            yield _wrong("procedure-incomplete", file, word, vi, en)
    counts = Counter(document.id for document in closure.procedure.documents)
    for identity, count in counts.items():
        if count > 1 or not identity:
            vi, en = (
                f"thành phần hồ sơ «{identity}» có {count} lần",
                f"document “{identity}” is there {count} times",
            )
            yield _wrong("document-twice", file, main, vi, en)


def law(subject: Subject) -> Iterable[Finding]:
    """A procedure names the articles of law that it stands on."""
    closure = subject.closure
    main = closure.processes.get(closure.main_process)
    if main is not None and subject.house and not closure.procedure.basis:
        yield finding(
            "law-missing", Severity.WARNING, closure.files_of[closure.main_process], main,
            vi="thủ tục chưa ghi căn cứ pháp lý", en="the procedure names no article of law",
            remedy_vi="Thêm motcua:basis document=\"…\" article=\"…\".",
            remedy_en="Add motcua:basis document=\"…\" article=\"…\".",
        )  # fmt: skip


def decisions(subject: Subject) -> Iterable[Finding]:
    """Buttons of a task differ and are labelled."""
    for scope, element in subject.nodes():
        values = [word.get("value", "") for word in our_words(element, "decision")]
        labels = [word.get("label", "") for word in our_words(element, "decision")]
        if not all(values) or not all(labels) or len(set(values)) != len(values):
            yield _wrong(
                "decision", scope.file, element,
                "nút quyết định thiếu giá trị hoặc nhãn, hoặc hai nút trùng giá trị",
                "a decision lacks value or label, or two have the same value",
            )  # fmt: skip


def automatic(subject: Subject) -> Iterable[Finding]:
    """Automatic steps say what they do."""
    for scope, element in subject.nodes():
        yield from _automatic(subject, scope, element)


def _automatic(subject: Subject, scope: Scope, element: etree._Element) -> Iterator[Finding]:
    facts = subject.closure.nodes.get(element.get("id", ""))
    if facts is None:
        return
    if facts.kind == "serviceTask" and not facts.handler:
        vi, en = "chưa ghi motcua:handler", "it names no motcua:handler"
        yield replace(_wrong("handler", scope.file, element, vi, en), severity=subject.house_severity)
    if facts.handler and subject.handlers and facts.handler not in subject.handlers:
        vi, en = f"không có bộ xử lý «{facts.handler}»", f"there is no handler “{facts.handler}”"
        yield _wrong("handler", scope.file, element, vi, en)
    if facts.kind == "businessRuleTask" and not facts.decision_table:
        vi, en = "chưa ghi motcua:table", "it names no motcua:table"
        yield replace(_wrong("table", scope.file, element, vi, en), severity=subject.house_severity)


def questions(subject: Subject) -> Iterable[Finding]:
    """Facts that nobody has looked up yet stay visible."""
    for file, word in _words(subject):
        if local(word) == "open":
            question = word.get("question", "")
            yield finding(
                "open-question", Severity.WARNING, file, word,
                vi=f"còn câu hỏi: {question}", en=f"open question: {question}",
                remedy_vi="Tra cứu văn bản pháp luật rồi xóa dòng này.",
                remedy_en="Look it up in the law, then remove the line.",
            )  # fmt: skip


def foreign(subject: Subject) -> Iterable[Finding]:
    """Words of other editors are kept in the file and not executed; nobody should think that they are."""
    for file, root in subject.closure.roots.items():
        counts: Counter[str] = Counter()
        for element in root.iter(f"{{{BPMN}}}*"):
            for holder in element.iterchildren(f"{{{BPMN}}}extensionElements"):
                counts.update(_namespace(word.tag) for word in holder)
            counts.update(_namespace(str(name)) for name in element.attrib)
        for namespace, count in sorted(counts.items()):
            if namespace and namespace not in (BPMN, BPMNDI, MOTCUA, _SCHEMA):
                yield finding(
                    "foreign-words", Severity.WARNING, file, root,
                    vi=f"{count} chỗ dùng từ của «{namespace}»: giữ nguyên, không thực hiện",
                    en=f"{count} words of “{namespace}”: kept, not executed",
                    remedy_vi="Ghi lại ý nghĩa bằng từ motcua nếu cần.",
                    remedy_en="Say what they mean in motcua words where it matters.",
                )  # fmt: skip


_SCHEMA = "http://www.w3.org/2001/XMLSchema-instance"


def _namespace(name: str) -> str:
    return name[1:].partition("}")[0] if name.startswith("{") else ""


def _wrong(rule: str, file: str, element: etree._Element, vi: str, en: str) -> Finding:
    return finding(
        rule, Severity.ERROR, file, element, vi=vi, en=en,
        remedy_vi="Sửa theo bảng từ motcua trong processes/README.md.",
        remedy_en="Mend it by the list of motcua words in processes/README.md.",
    )  # fmt: skip


RULES = (spelling, choices, durations, procedure, law, decisions, automatic, questions, foreign)
