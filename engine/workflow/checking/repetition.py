"""Loops and multiple instances: they say how often, and what they are about."""

from collections.abc import Iterable, Iterator

from lxml import etree

from engine.domain.finding import Finding, Severity
from engine.workflow.checking.say import finding
from engine.workflow.checking.subject import Subject
from engine.workflow.reading.names import bpmn
from engine.workflow.reading.words import text_of

_BEHAVIORS = ("None", "One", "All", "Complex")


def loops(subject: Subject) -> Iterable[Finding]:
    """A loop has a condition or a maximum of at least one round: else it turns for ever, or not at all."""
    for scope, element in subject.nodes():
        loop = element.find(bpmn("standardLoopCharacteristics"))
        if loop is None:
            continue
        maximum = (loop.get("loopMaximum") or "").strip()
        if maximum and (not maximum.isdigit() or int(maximum) < 1):
            vi, en = (
                f"số vòng tối đa «{maximum}» phải từ 1 trở lên",
                f"loopMaximum “{maximum}” must be at least 1",
            )
        elif not maximum and text_of(loop.find(bpmn("loopCondition"))) is None:
            vi, en = (
                "vòng lặp không có điều kiện và không có số vòng tối đa",
                "the loop has no condition and no maximum",
            )
        else:
            continue
        yield _wrong("loop", scope.file, element, vi, en, "Ghi loopCondition (FEEL) hoặc loopMaximum từ 1.",
                     "Write a loopCondition in FEEL, or a loopMaximum of at least 1.")  # fmt: skip


def instances(subject: Subject) -> Iterable[Finding]:
    """Multiple instances say how many, or over which list."""
    for scope, element in subject.nodes():
        many = element.find(bpmn("multiInstanceLoopCharacteristics"))
        if many is None:
            continue
        for vi, en in _faults(many):
            yield _wrong("instances", scope.file, element, vi, en,
                         "Ghi loopCardinality (FEEL), hoặc loopDataInputRef với danh sách.",
                         "Write a loopCardinality in FEEL, or a loopDataInputRef with a list.")  # fmt: skip


def _faults(many: etree._Element) -> Iterator[tuple[str, str]]:
    cardinality = text_of(many.find(bpmn("loopCardinality")))
    items = text_of(many.find(bpmn("loopDataInputRef")))
    if cardinality is None and items is None:
        yield "chưa ghi số lần thực hiện", "it does not say how many instances"
    if cardinality is not None and items is not None:
        yield "ghi cả số lần lẫn danh sách, không rõ theo cái nào", "it says both a number and a list"
    if cardinality is not None and cardinality.startswith("-"):
        yield f"số lần «{cardinality}» là số âm", f"the number “{cardinality}” is negative"
    behavior = many.get("behavior", "All")
    if behavior not in _BEHAVIORS:
        yield f"behavior «{behavior}» không có trong BPMN", f"BPMN knows no behavior “{behavior}”"
    if behavior == "Complex" and many.find(bpmn("complexBehaviorDefinition")) is None:
        yield "behavior Complex mà không có điều kiện nào", "behavior Complex without a definition"


def _wrong(
    rule: str, file: str, element: etree._Element, vi: str, en: str, remedy_vi: str, remedy_en: str
) -> Finding:
    return finding(
        rule, Severity.ERROR, file, element, vi=vi, en=en, remedy_vi=remedy_vi, remedy_en=remedy_en
    )


RULES = (loops, instances)
