"""Names that expressions read and that nothing in the bundle writes are probably misspelt."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

from engine.domain.feel import FeelSyntaxError, compile_script
from engine.domain.finding import Finding, Severity
from engine.workflow.checking.expressions import Use, uses
from engine.workflow.checking.say import finding
from engine.workflow.checking.subject import Subject
from engine.workflow.reading.names import bpmn
from engine.workflow.reading.words import text_of

# Written by milestones, shared processes and pages.
RESERVED = frozenset(
    {
        "dossier", "applicant", "representative", "owner", "request", "documents", "decision", "reason",
        "supplement_items", "supplement_reason", "refusal_reason", "refusal_basis", "result_number",
        "result_signed_by", "fee_amount", "result_channel",
    }
)  # fmt: skip


def unknown(subject: Subject) -> Iterable[Finding]:
    """A name that nobody writes is always null."""
    written = _written(subject)
    for use in uses(subject):
        expression = use.compiled()
        for name in sorted((expression.names if expression is not None else frozenset()) - written):
            if use.kind == "timer":
                yield _no_moment(use, name)
                continue
            yield finding(
                "name-unknown", Severity.WARNING, use.file, use.element,
                vi=f"biểu thức đọc «{name}», nhưng không biểu mẫu hay bước nào ghi tên này",
                en=f"the expression reads “{name}”, which no form and no step writes",
                remedy_vi="Kiểm tra chính tả, hoặc thêm trường vào biểu mẫu.",
                remedy_en="Check the spelling, or add a field to a form.",
            )  # fmt: skip


def _no_moment(use: Use, name: str) -> Finding:
    """A timer that waits for null cannot be started: the dossier would stop there."""
    return finding(
        "timer-unknown", Severity.ERROR, use.file, use.element,
        vi=f"thời hạn chờ đọc «{name}», nhưng không biểu mẫu hay bước nào ghi tên này",
        en=f"the timer reads “{name}”, which no form and no step writes",
        remedy_vi="Viết thời hạn pháp lý, ví dụ working days(3) hoặc calendar days(15).",
        remedy_en="Write a legal time such as working days(3) or calendar days(15).",
    )  # fmt: skip


def _written(subject: Subject) -> frozenset[str]:
    names = set(RESERVED)
    for form in subject.closure.forms.values():
        names.update(_keys(form))
    for _, element in subject.nodes():
        names.update(_assigned(text_of(element.find(bpmn("script")))))
        names.update(_repeated(element))
    for facts in subject.closure.nodes.values():
        names.update(output.name for output in facts.outputs)
        names.update(one for one in (facts.decision_result, facts.decision_table) if one)
        if facts.decisions:
            names.add(f"{facts.id}_decision")
    return frozenset(names)


def _keys(form: Mapping[str, Any]) -> Iterator[str]:
    components = form.get("components") if isinstance(form, Mapping) else None
    for component in components if isinstance(components, list) else ():
        if isinstance(component, Mapping):
            yield from (str(component[word]) for word in ("key", "path") if component.get(word))
            yield from _keys(component)


def _repeated(element: etree._Element) -> Iterator[str]:
    """What an instance of a repeated activity works on, and the list that instances give."""
    for item in element.iterfind("./*/" + bpmn("inputDataItem")):
        yield from (str(item.get(word)) for word in ("id", "name") if item.get(word))
    yield from filter(None, (text_of(one) for one in element.iterfind("./*/" + bpmn("loopDataOutputRef"))))


def _assigned(script: str | None) -> frozenset[str]:
    try:
        return compile_script(script).assigned if script else frozenset()
    except FeelSyntaxError:
        return frozenset()


RULES = (unknown,)
