"""Made-up answers for a dry run: what a form, a decision or an expression lets a name be."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from random import Random
from typing import Any

from engine.domain.feel import FeelSyntaxError, compile_script
from engine.domain.form import read_form
from engine.domain.form.model import Field
from engine.domain.procedure import ProcedureFacts
from engine.workflow.checking.expressions import uses
from engine.workflow.checking.subject import Subject
from engine.workflow.reading.names import bpmn
from engine.workflow.reading.words import text_of

_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
_NUMBER = re.compile(r"(?<![\w.\"])\d+(?:\.\d+)?")
_COUNTED = re.compile(r"\b(?:days|hours|months)\(\s*([\w.]+)\s*\)")  # names that count legal time
_MANY = bpmn("multiInstanceLoopCharacteristics")
_SAMPLES: Mapping[str, Sequence[Any]] = {
    "number": (0, 1, 1_000), "checkbox": (True, False), "date": ("2026-11-26",), "time": ("08:00",),
    "datetime": ("2026-11-26T08:00:00+07:00",), "dynamiclist": ([],),
}  # fmt: skip


def _context(facts: ProcedureFacts) -> dict[str, list[Any]]:
    """What every dossier says of itself, and what every one may."""
    moment = datetime(2026, 11, 26, 8, tzinfo=timezone(timedelta(hours=7)))
    return {
        "channel": ["counter", "online", "postal"], "applicant_kind": ["citizen", "organisation"],
        "received_at": [moment], "submitted_at": [moment], "signed_at": [moment], "due_at": [moment],
        "agency": [facts.agency], "procedure_code": [facts.code], "number": ["H01.01-000001"],
        "fee_paid": [True, False], "result_channel": ["counter", "postal"],
        "supplement_expiry": [facts.supplement_expiry or "15D"],
        "result_type": [facts.result.type if facts.result else "licence"],
        "to_digitise": [0, 1] if any(one.digitise for one in facts.documents) else [0],
    }  # fmt: skip


class Answers:
    """Values that each name may have, dotted where expressions look into a context."""

    def __init__(self, subject: Subject) -> None:
        self._values: dict[str, list[Any]] = defaultdict(list)
        for name, values in _of_expressions(subject):
            self._values[name] += values
        for name, values in _context(subject.closure.procedure).items():
            self._values[f"dossier.{name}"] = values
        for form in subject.closure.forms.values():
            for field in read_form(form).each():
                if field.answered:
                    self._values[field.key] = _of_field(field, self._values.get(field.key, []))

    def drawn(self, random: Random) -> dict[str, Any]:
        """One document."""
        document: dict[str, Any] = {}
        for name in sorted(self._values, key=lambda name: name.count(".")):
            *around, last = name.split(".")
            here = document
            for part in around:
                inner = here.get(part)
                here[part] = here = inner if isinstance(inner, dict) else {}
            here[last] = random.choice(self._values[name])
        return document


def _of_field(field: Field, seen: list[Any]) -> list[Any]:
    if field.options:
        chosen = [option.value for option in field.options]
        return [[one] for one in chosen] if field.kind == "checklist" else chosen
    kind = field.subtype or field.kind if field.kind == "datetime" else field.kind
    return [*_SAMPLES.get(kind, ("Nguyễn Văn An",)), *(one for one in seen if kind == "number")]


def _of_expressions(subject: Subject) -> Iterator[tuple[str, list[Any]]]:
    """Names with the values that expressions compare them to, and values beside these."""
    for _, element in subject.nodes():
        many = element.find(_MANY)
        items = text_of(many.find(bpmn("loopDataInputRef"))) if many is not None else None
        if items:
            yield items, [["A", "B"]]
        yield from _of_script(text_of(element.find(bpmn("script"))))
    for use in uses(subject):
        expression = use.compiled()
        if expression is not None:
            values = [2] if use.kind == "instances" else _literals(use.source)
            counted = set(_COUNTED.findall(use.source))
            for name in expression.paths | (expression.names - _roots(expression.paths)):
                yield name, [1, 5] if name in counted else values


def _of_script(script: str | None) -> Iterator[tuple[str, list[Any]]]:
    try:
        names = compile_script(script).names if script else frozenset()
    except FeelSyntaxError:
        return
    for name in names:
        yield name, [[] if f"append({name}" in (script or "") else 1]


def _roots(paths: Iterable[str]) -> set[str]:
    return {path.split(".", 1)[0] for path in paths}


def _literals(source: str) -> list[Any]:
    texts: list[Any] = _TEXT.findall(source)
    numbers = [float(one) if "." in one else int(one) for one in _NUMBER.findall(_TEXT.sub("", source))]
    near = [number + change for number in numbers for change in (-1, 0, 1)]
    return [*texts, *near] or [True, False]
