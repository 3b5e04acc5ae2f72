"""Timers: what a tool says in its own way is kept, what is not said is asked for."""

import re
from collections.abc import Iterator

from lxml import etree

from engine.domain.cycle import parse_cycle
from engine.domain.duration import BadDuration
from engine.domain.feel import FeelEvaluationError, FeelSyntaxError, compile_expression
from engine.workflow.elements.timers import span_code
from engine.workflow.importing.drawing import Drawing
from engine.workflow.importing.repair import Case, Repair
from engine.workflow.reading.names import bpmn
from engine.workflow.reading.words import text_of, timer_expression

DEFAULT = "working days(5)"
_KINDS = ("timeDuration", "timeDate", "timeCycle")
_PERIOD = re.compile(r"""=?\s*(?:duration\()?["']?\s*((?:R[0-9]*/)?P[0-9A-Z.]+)\s*["']?\)?\Z""")


def _timers(drawing: Drawing) -> Iterator[tuple[etree._Element, etree._Element]]:
    for node in drawing.nodes():
        for timer in node.iterchildren(bpmn("timerEventDefinition")):
            yield node, timer


def _said(timer: etree._Element) -> tuple[etree._Element | None, str]:
    """The element that says the time, and its text; the first one that says anything."""
    places = list(timer.iterchildren(*(bpmn(kind) for kind in _KINDS)))
    for place in places:
        text = text_of(place)
        if text:
            return place, text
    return (places[0] if places else None), ""


def _is_time(text: str, cycle: bool = False) -> bool:
    """Whether an expression gives legal time without looking at the dossier."""
    try:
        expression = compile_expression(text)
        if expression.names - {"dossier"}:
            return False
        if expression.names:
            return True
        value = expression.evaluate({})
        if cycle and isinstance(value, str):
            parse_cycle(value)
        else:
            span_code(value)
    except (FeelSyntaxError, FeelEvaluationError, BadDuration, AttributeError, OverflowError):
        return False
    return True


def _works(timer: etree._Element) -> bool:
    expression = timer_expression(timer)
    return expression is not None and _is_time(expression, timer.find(bpmn("timeCycle")) is not None)


def _respellable(drawing: Drawing) -> Iterator[Case]:
    """``=duration("P5D")``, ``"P5D"`` and ``=now() …`` of FEEL editors."""
    for node, timer in _timers(drawing):
        place, text = _said(timer)
        if place is None or not text or _works(timer):
            continue
        period = _PERIOD.match(text)
        found = period[1] if period else text.removeprefix("=").strip()
        place.text = found
        works = _works(timer)
        place.text = text
        if works:
            yield Case(element=node, default=found, before=text, more=place)


def _respell(_: Drawing, case: Case, answer: str) -> None:
    case.more.text = answer


def _without(drawing: Drawing) -> Iterator[Case]:
    for node, timer in _timers(drawing):
        if not _works(timer):
            yield Case(element=node, default=DEFAULT, before=_said(timer)[1], more=timer)


def _set(drawing: Drawing, case: Case, answer: str) -> None:
    place, _ = _said(case.more)
    for one in case.more.iterchildren(*(bpmn(kind) for kind in _KINDS)):
        if text_of(one):
            drawing.say(case.element, str(text_of(one)))
    if place is None:
        place = etree.SubElement(case.more, bpmn("timeDuration"))
    for other in list(case.more.iterchildren(*(bpmn(kind) for kind in _KINDS))):
        if other is not place:
            case.more.remove(other)
    place.tag = bpmn("timeDuration")
    place.text = answer


REPAIRS = (
    Repair(
        rule="timer-spelling", find=_respellable, mend=_respell, asks=False,
        vi="thời hạn được viết lại theo cách của Motcua", en="the time, written as Motcua reads it",
    ),
    Repair(
        rule="timer-value", find=_without, mend=_set, takes=lambda text: _is_time(text) or _is_code(text),
        vi="chưa rõ chờ bao lâu. Mấy ngày làm việc?", en="it is not said how long. How many working days?",
    ),
)  # fmt: skip


def _is_code(text: str) -> bool:
    return _is_time(f'"{text}"')
