"""FEEL conditions of the checklist and of fees in the citizen's words, by the labels of the form."""

import re
from collections.abc import Mapping
from decimal import Decimal

from api.i18n import _, pick
from engine.domain.form import Field
from engine.domain.form.notation import written_number

Questions = Mapping[str, Field]  # of the procedure's form, by key

_COMPARISON = re.compile(r'\s*([a-z_.]+)\s*(=|<=|>=|<|>)\s*(true|false|[0-9.]+|"[^"]*")\s*\Z')
_SPAN = re.compile(r"\s*([\[(])\s*([0-9.]+)\s*\.\.\s*([0-9.]+)\s*[\])]\s*\Z")
_BOUND = re.compile(r"\s*(<=|>=|<|>)\s*([0-9.]+)\s*\Z")
_BOUNDS = {"<=": "đến {number}", "<": "dưới {number}", ">=": "từ {number}", ">": "trên {number}"}
_KINDS = {"citizen": "cá nhân", "organisation": "tổ chức, doanh nghiệp"}


def label_of(field: Field) -> str:
    """What the form calls a question, in the language of the request."""
    return pick(field.label, field.label_en)


def condition_words(source: str, questions: Questions) -> str:
    """When a document is needed: "khi có: Nộp thay theo ủy quyền"; a general word for what has none."""
    match = _COMPARISON.match(source)
    if match is None:
        return _("tùy trường hợp")
    name, sign, value = match.groups()
    if name == "dossier.applicant_kind":
        return _("khi người nộp là {kind}", kind=_(_KINDS.get(value.strip('"'), "")))
    field = questions.get(name)
    if field is None:
        return _("tùy trường hợp")
    if value in ("true", "false"):
        words = "khi có: {label}" if value == "true" else "khi không: {label}"
        return _(words, label=label_of(field))
    return _("khi {label}: {value}", label=label_of(field), value=_value_words(field, sign, value))


def _value_words(field: Field, sign: str, value: str) -> str:
    if value.startswith('"'):
        option = field.option(value.strip('"'))
        return pick(option.label, option.label_en) if option else value.strip('"')
    words = _(_BOUNDS[sign], number=_number(value)) if sign in _BOUNDS else _number(value)
    return f"{words} {field.unit}".strip()


def test_words(source: str, field: Field | None) -> str:
    """A cell of a decision table: "trên 50 đến 100"; what cannot be said better stays as it is."""
    text = source.strip()
    if text.startswith('"') and field is not None:
        option = field.option(text.strip('"'))
        return pick(option.label, option.label_en) if option else text.strip('"')
    span, bound = _SPAN.match(text), _BOUND.match(text)
    if span:
        low, high = _number(span[2]), _number(span[3])
        return _("trên {low} đến {high}", low=low, high=high) if span[1] == "(" else f"{low}-{high}"
    return _(_BOUNDS[bound[1]], number=_number(bound[2])) if bound else text


def _number(text: str) -> str:
    return written_number(Decimal(text))
