"""Loops and multiple instances that do not say how often."""

from collections.abc import Iterator

from lxml import etree

from engine.workflow.importing.drawing import Drawing
from engine.workflow.importing.order import extensions, put
from engine.workflow.importing.repair import Case, Repair
from engine.workflow.importing.repairs.conditions import is_feel
from engine.workflow.reading.names import MOTCUA, bpmn, local, our_word
from engine.workflow.reading.words import text_of

_PEOPLE = ("task", "userTask", "manualTask")
_FEW = "2"  # the smallest number that is several


def _uncounted(drawing: Drawing) -> Iterator[Case]:
    for node in drawing.nodes():
        many = node.find(bpmn("multiInstanceLoopCharacteristics"))
        if many is None:
            continue
        if not any(text_of(many.find(bpmn(tag))) for tag in ("loopCardinality", "loopDataInputRef")):
            yield Case(element=node, default=_FEW, more=many)


def _count(_: Drawing, case: Case, answer: str) -> None:
    cardinality = case.more.find(bpmn("loopCardinality"))
    if cardinality is None:
        cardinality = etree.Element(bpmn("loopCardinality"))
        put(case.more, cardinality)
    cardinality.text = answer


def _endless(drawing: Drawing) -> Iterator[Case]:
    for node in drawing.nodes():
        loop = node.find(bpmn("standardLoopCharacteristics"))
        if (
            loop is not None
            and not loop.get("loopMaximum")
            and text_of(loop.find(bpmn("loopCondition"))) is None
        ):
            free = local(node) in _PEOPLE and our_word(node, "decision") is None
            yield Case(element=node, default="person" if free else _FEW, more=loop)


def _bound(drawing: Drawing, case: Case, answer: str) -> None:
    loop = case.more
    if answer.isdigit():
        loop.set("loopMaximum", answer)
        return
    condition = loop.find(bpmn("loopCondition"))
    if condition is None:
        condition = etree.SubElement(loop, bpmn("loopCondition"))
    condition.text = answer
    if answer == "person":
        words = extensions(case.element)
        for value, label in (("again", "Làm lại"), ("done", "Xong")):
            etree.SubElement(words, f"{{{MOTCUA}}}decision", value=value, label=label)
        condition.text = f'{drawing.plain(case.element)}_decision = "again"'


REPAIRS = (
    Repair(
        rule="instances", find=_uncounted, mend=_count, takes=is_feel,
        vi="bước làm nhiều lần nhưng chưa nói mấy lần. Mấy lần?",
        en="it is done several times, but not said how often. How often?",
    ),
    Repair(
        rule="loop", find=_endless, mend=_bound, takes=is_feel,
        options={"person": "whoever does it says whether once more"},
        vi="vòng lặp chưa có điều kiện. Lặp đến khi nào?",
        en="the loop has no condition. How long does it go on?",
    ),
)  # fmt: skip
