"""Expressions in other languages than FEEL: translated where that is provable, else asked for."""

import re
from collections.abc import Iterator

from lxml import etree

from engine.domain.feel import FeelSyntaxError, compile_expression
from engine.workflow.checking.subject import ACTIVITIES
from engine.workflow.importing.dialects import to_feel
from engine.workflow.importing.drawing import Drawing, flows_of, parent_of
from engine.workflow.importing.repair import REFUSE, Case, Repair
from engine.workflow.importing.repairs.decisions import PEOPLE, add_button, chosen, labels_of
from engine.workflow.importing.repairs.shape import qualified
from engine.workflow.reading.names import bpmn, find_all, local
from engine.workflow.reading.words import text_of

FEEL = "https://www.omg.org/spec/DMN/20191111/FEEL/"
_FOREIGN = re.compile(r"javascript|groovy|java|juel|mvel|python|xpath|jexl|drools|\bel\b", re.IGNORECASE)
_DECIDING = ("exclusiveGateway", "inclusiveGateway", "complexGateway")
_PLACES = (
    "./bpmn:conditionalEventDefinition/bpmn:condition",
    "./bpmn:standardLoopCharacteristics/bpmn:loopCondition",
    "./bpmn:multiInstanceLoopCharacteristics/bpmn:loopCardinality",
    "./bpmn:multiInstanceLoopCharacteristics/bpmn:completionCondition",
    "./bpmn:multiInstanceLoopCharacteristics/bpmn:complexBehaviorDefinition/bpmn:condition",
    "./bpmn:completionCondition",
    "./bpmn:activationCondition",
    "./bpmn:dataInputAssociation/bpmn:transformation",
    "./bpmn:dataOutputAssociation/bpmn:transformation",
    "./bpmn:dataInputAssociation/bpmn:assignment/bpmn:from",
    "./bpmn:dataOutputAssociation/bpmn:assignment/bpmn:from",
)
_SHORT = 80  # signs of a label
# What stands when nobody answers; the repairs of these places then ask what is missing.
_ASKED_LATER = frozenset({"loopCondition", "loopCardinality", "activationCondition"})


def places(drawing: Drawing) -> Iterator[tuple[etree._Element, etree._Element]]:
    """Every expression with the flow or node that it belongs to; timers and scripts aside."""
    for scope in drawing.scopes():
        for flow in flows_of(scope):
            for condition in flow.iterchildren(bpmn("conditionExpression")):
                yield flow, condition
    for node in drawing.nodes():
        for path in _PLACES:
            for place in find_all(node, path):
                yield node, place


def is_feel(text: str) -> bool:
    try:
        compile_expression(text)
    except FeelSyntaxError:
        return False
    return True


def feel_of(text: str, language: str) -> str | None:
    """The FEEL that a text stands for; None when nothing is provable, the same text when it is FEEL."""
    wrapped = text.startswith(("${", "#{"))
    if text.startswith("=") and is_feel(text[1:].strip()):
        return text[1:].strip()
    if not wrapped and not _FOREIGN.search(language) and is_feel(text):
        return text
    return to_feel(text)


def _language(place: etree._Element) -> str:
    """What an expression says of itself; what all of a file says is most often only a habit of its tool."""
    return place.get("language") or ""


def _only_a_label(drawing: Drawing, text: str) -> bool:
    """Words beside an arrow in a drawing that was never executed: they tell people, and no engine."""
    return (
        drawing.drawn
        and re.fullmatch(r"[^\W\d][\w ]*[?!.]?", text) is not None
        and text not in ("true", "false")
    )


def _translatable(drawing: Drawing) -> Iterator[Case]:
    for owner, place in places(drawing):
        text = text_of(place)
        found = feel_of(text, _language(place)) if text else None
        foreign = bool(_FOREIGN.search(_language(place)))
        if text and found is not None and (found != text or foreign) and not _only_a_label(drawing, text):
            yield Case(element=owner, default=found, before=text, more=place)


def _translate(drawing: Drawing, case: Case, answer: str) -> None:
    case.more.text = answer
    if case.more.get("language"):
        case.more.set("language", FEEL)


def _unknown(drawing: Drawing) -> Iterator[Case]:
    for owner, place in places(drawing):
        text = text_of(place)
        if not text or _idle(drawing, owner):
            continue
        if feel_of(text, _language(place)) is None or _only_a_label(drawing, text):
            yield Case(element=owner, default=_otherwise(drawing, owner, place), before=text, more=place)


def _idle(drawing: Drawing, owner: etree._Element) -> bool:
    """The condition of the only way out of a gateway, or of its default, is never looked at."""
    source = drawing.find(owner.get("sourceRef")) if local(owner) == "sequenceFlow" else None
    return source is not None and local(source) == "parallelGateway"


def _otherwise(drawing: Drawing, owner: etree._Element, place: etree._Element) -> str:
    if len(place):  # it holds more than its text
        return REFUSE
    if local(place) in _ASKED_LATER:
        return "ask"
    if local(place) == "condition" and local(owner).endswith("Event"):
        return "field"
    source = drawing.find(owner.get("sourceRef")) if local(owner) == "sequenceFlow" else None
    if source is None:
        return REFUSE
    repeated = any("LoopCharacteristics" in local(child) for child in source)
    asked = local(source) in _DECIDING or (local(source) in PEOPLE and not repeated)
    return "ask" if asked else REFUSE


def _supply(drawing: Drawing, case: Case, answer: str) -> None:
    drawing.say(case.element, case.before)
    if answer == "ask":
        if (
            local(case.element) == "sequenceFlow"
            and not case.element.get("name")
            and len(case.before) <= _SHORT
        ):
            case.element.set("name", " ".join(case.before.split()))  # it becomes the name of a button
        source = drawing.find(case.element.get("sourceRef"))
        if source is not None and local(source) in PEOPLE and local(case.element) == "sequenceFlow":
            label = labels_of(drawing, [case.element])[0]
            add_button(source, label)
            set_condition(case.element, chosen(drawing, source, label))
        else:
            parent_of(case.more).remove(case.more)
    elif answer == "field":
        case.more.text = f"{plain_name(case.element)}_occurred = true"
    else:
        _translate(drawing, case, answer)


def plain_name(element: etree._Element) -> str:
    """The id of an element as a name in FEEL."""
    return "_".join(re.findall(r"\w+", element.get("id", "")))


def _missing(drawing: Drawing) -> Iterator[Case]:
    """Conditional events without a condition."""
    for node in drawing.nodes():
        for definition in node.iterchildren(bpmn("conditionalEventDefinition")):
            if text_of(definition.find(bpmn("condition"))) is None:
                yield Case(element=node, default="field", more=definition)


def _give(drawing: Drawing, case: Case, answer: str) -> None:
    condition = case.more.find(bpmn("condition"))
    if condition is None:
        condition = etree.SubElement(case.more, bpmn("condition"))
    condition.text = f"{plain_name(case.element)}_occurred = true" if answer == "field" else answer


def _useless(drawing: Drawing) -> Iterator[Case]:
    """Conditions on flows that no condition decides about."""
    for scope in drawing.scopes():
        for flow in flows_of(scope):
            source, condition = drawing.find(flow.get("sourceRef")), flow.find(bpmn("conditionExpression"))
            if source is None or condition is None:
                continue
            kind = local(source)
            never = kind in ("parallelGateway", "eventBasedGateway") or kind.endswith("Event")
            if never and text_of(condition) is None:
                yield Case(element=flow, default="ignore", more=condition)
            elif never:
                sure = kind in ("parallelGateway", "eventBasedGateway")
                default = "ignore" if sure or drawing.drawn else REFUSE
                yield Case(element=flow, default=default, before=text_of(condition) or "", more=condition)


def _lonely(drawing: Drawing) -> Iterator[Case]:
    """The condition of the only flow out of an activity: words beside an arrow, or a way to get stuck."""
    for node in drawing.nodes(*sorted(ACTIVITIES)):
        leaving = drawing.outgoing(node)
        condition = leaving[0].find(bpmn("conditionExpression")) if len(leaving) == 1 else None
        if condition is not None:
            text = text_of(condition) or ""
            harmless = drawing.drawn or text in ("", "true")
            yield Case(
                element=leaving[0], default="ignore" if harmless else REFUSE, before=text, more=condition
            )


def _ignore(drawing: Drawing, case: Case, _: str) -> None:
    if case.before:
        drawing.say(case.element, case.before)
    case.element.remove(case.more)


def set_condition(flow: etree._Element, feel: str) -> None:
    """Give a flow its condition."""
    condition = flow.find(bpmn("conditionExpression"))
    if condition is None:
        condition = etree.SubElement(flow, bpmn("conditionExpression"))
        condition.set("{http://www.w3.org/2001/XMLSchema-instance}type", qualified(flow, "tFormalExpression"))
    elif condition.get("language"):
        condition.set("language", FEEL)
    condition.text = feel


REPAIRS = (
    Repair(
        rule="expression", find=_translatable, mend=_translate, asks=False,
        vi="biểu thức của công cụ khác được viết lại bằng FEEL",
        en="an expression of another tool, written in FEEL",
    ),
    Repair(
        rule="condition-ignored", find=_useless, mend=_ignore, options={"ignore": "it stays as a note"},
        vi="điều kiện ở nơi BPMN không xét đến. Giữ làm ghi chú?",
        en="a condition where BPMN never looks at one. Keep it as a note?",
    ),
    Repair(
        rule="condition-alone", find=_lonely, mend=_ignore, options={"ignore": "it stays as a note"},
        vi="luồng duy nhất ra khỏi bước có điều kiện. Giữ điều kiện làm ghi chú?",
        en="the only flow out of an activity has a condition. Keep the condition as a note?",
    ),
    Repair(
        rule="expression-unknown", find=_unknown, mend=_supply, takes=is_feel,
        options={"ask": "a person decides", "field": "when the field «…_occurred» is true"},
        vi="biểu thức này viết bằng FEEL thế nào?", en="how is this expression written in FEEL?",
    ),
    Repair(
        rule="event-condition", find=_missing, mend=_give, takes=is_feel,
        options={"field": "when the field «…_occurred» is true"},
        vi="sự kiện điều kiện chưa ghi điều kiện. Nó xảy ra khi nào?",
        en="the conditional event says no condition. When does it happen?",
    ),
)  # fmt: skip
