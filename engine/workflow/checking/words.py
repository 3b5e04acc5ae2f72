"""What our words say: a law, things that exist, decisions that differ, questions that are still open."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree

from engine.domain.finding import Finding, Severity
from engine.workflow.checking.say import finding
from engine.workflow.checking.spelling import words_of
from engine.workflow.checking.subject import Scope, Subject
from engine.workflow.reading.fields import MADE, is_field
from engine.workflow.reading.names import BPMN, BPMNDI, MOTCUA, local, our_words


def procedure(subject: Subject) -> Iterable[Finding]:
    """A procedure names each document once."""
    closure = subject.closure
    main = closure.processes.get(closure.main_process)
    if main is None or not subject.house:
        return
    file = closure.files_of[closure.main_process]
    counts = Counter(document.id for document in closure.procedure.documents)
    for identity, count in counts.items():
        if count > 1:
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
    """Buttons of a task differ."""
    for scope, element in subject.nodes():
        values = [word.get("value", "") for word in our_words(element, "decision")]
        if len(set(values)) != len(values):
            vi, en = "hai nút quyết định trùng giá trị", "two decisions have the same value"
            yield _wrong("decision", scope.file, element, vi, en)


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
    for file, word in words_of(subject):
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
                counts.update(_namespace(word.tag) for word in holder if not _only_fields(word))
            counts.update(_namespace(str(name)) for name in element.attrib if not _is_template(str(name)))
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


def _only_fields(word: etree._Element) -> bool:
    """Whether a list of properties only repeats words of ours, as element templates write them."""
    fields = [one.get("name") or "" for one in word.iterchildren(etree.Element)]
    return local(word) == "properties" and bool(fields) and all(map(is_field, fields))


def _is_template(name: str) -> bool:
    """Whether an attribute only says which template an element has, or that its words were made of one."""
    return name == MADE or name.rpartition("}")[2] in ("modelerTemplate", "modelerTemplateVersion")


def _namespace(name: str) -> str:
    return name[1:].partition("}")[0] if name.startswith("{") else ""


def _wrong(rule: str, file: str, element: etree._Element, vi: str, en: str) -> Finding:
    return finding(
        rule, Severity.ERROR, file, element, vi=vi, en=en,
        remedy_vi="Sửa theo bảng từ ở docs/reference/words.vi.md.",
        remedy_en="Mend it by the list of words in docs/reference/words.en.md.",
    )  # fmt: skip


RULES = (procedure, law, decisions, automatic, questions, foreign)
