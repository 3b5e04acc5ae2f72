"""Checking what was filled in: only known fields, only visible ones, each with its own sentence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.domain.form import rows
from engine.domain.form.address import PLACES
from engine.domain.form.conditions import Asked, asked, in_row
from engine.domain.form.findings import read_form
from engine.domain.form.identity import KINDS
from engine.domain.form.limits import Errors, unfit
from engine.domain.form.model import Field, Form
from engine.domain.form.notation import MOMENTS, Misread, area, line, number


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What may go into the document, and what has to be mended first."""

    values: Mapping[str, Any]  # JSON: text, numbers, booleans, ISO dates, lists; hidden fields are not in it
    errors: Errors  # key of the field (rows of lists: list.0.key) to its Vietnamese and English sentence
    visible: frozenset[Field] = frozenset()  # what is asked, given these answers; fields of lists not in it
    unasked: frozenset[str] = frozenset()  # cells of lists that are not: list.0.key


def check_answers(form: Mapping[str, Any], raw: Mapping[str, Any], scope: Mapping[str, object]) -> Answers:
    """``check`` for form-js JSON as a bundle keeps it. Raises FormRefused."""
    return check(read_form(form), raw, scope)


def check(form: Form, raw: Mapping[str, Any], scope: Mapping[str, object], row: int = 0) -> Answers:
    """Check a filled form, or a row of a list as a small form of its own.

    ``raw`` holds texts and lists of texts as a browser sends them, or JSON values as the API does; ``scope``
    is the document with the ``dossier`` context, for conditions. Errors come in the order of the fields.
    """
    given = rows.gathered(form, raw)
    values, troubles = _read(form, given)
    shown = asked(form, values, scope, row)
    known = {field.key for field in form.each() if field.answered}
    kept: dict[str, Any] = {}
    errors: Errors = {}
    unasked: set[str] = set()
    for field in form.each():
        if field not in shown.fields or not field.answered:
            continue
        if field.kind == "dynamiclist":
            kept[field.key] = _checked_rows(field, given.get(field.key), shown, errors, unasked)
            continue
        errors |= troubles.get(field.key) or _unfit(field, values.get(field.key))
        kept[field.key] = values.get(field.key)
    for key in given:
        if key not in known:
            errors[key] = (
                f"Biểu mẫu này không có mục «{key}» để điền.",
                f"This form has no field “{key}” to fill in.",
            )
    return Answers(values=kept, errors=errors, visible=shown.fields, unasked=frozenset(unasked))


def _unfit(field: Field, value: Any) -> Errors:
    sentence = unfit(field, value)
    return {} if sentence is None else {field.key: sentence}


def _read(form: Form, given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Errors]]:
    """The answers as JSON, and by field what cannot be read."""
    values: dict[str, Any] = {}
    troubles: dict[str, Errors] = {}
    for field in form.each():
        if not field.answered:
            continue
        try:
            values[field.key] = _value(field, given.get(field.key))
        except Misread as problem:
            troubles[field.key] = {
                f"{field.key}.{part}" if part else field.key: (
                    f"{field.label}: {vi}",
                    f"{field.label_en}: {en}",
                )
                for part, (vi, en) in problem.parts.items()
            }
    return values, troubles


def _value(field: Field, raw: Any) -> Any:
    """The answer as JSON; None when nothing was answered. Raises Misread."""
    if field.kind == "dynamiclist":
        return [_read(rows.small_form(field), row)[0] for _, row in rows.rows_of(field, raw)]
    if field.kind == "checklist":
        return _several(raw)
    single = _single(raw)
    if field.kind == "checkbox":
        return _ticked(single)
    if single is None or (isinstance(single, str) and not single.strip()):
        return None
    if field.kind == "datetime":
        return MOMENTS[field.subtype](single)
    if field.identity in PLACES:
        return PLACES[field.identity](single, field.province)
    if field.identity:
        return KINDS[field.identity](single)
    read: Callable[[Any], Any] = _READERS.get(field.kind, line)
    return read(single)


_READERS: Mapping[str, Callable[[Any], Any]] = {"number": number, "textarea": area}


def _single(raw: Any) -> Any:
    if not isinstance(raw, list):
        return raw
    if len(raw) > 1:
        raise Misread("Mục này chỉ nhận một câu trả lời.", "Only one answer is taken here.")
    return raw[0] if raw else None


def _several(raw: Any) -> list[str]:
    chosen = raw if isinstance(raw, list) else [] if raw in (None, "") else [raw]
    return [text for one in chosen if (text := line(one))]


def _ticked(raw: Any) -> bool:
    if isinstance(raw, bool) or raw is None:
        return bool(raw)
    text = line(raw).lower()
    if text in ("true", "on", "1"):
        return True
    if text in ("", "false", "off", "0"):
        return False
    raise Misread("Đánh dấu hoặc bỏ trống ô này.", "Tick this box or leave it.")


def _checked_rows(
    field: Field, raw: Any, outside: Asked, errors: Errors, unasked: set[str]
) -> list[dict[str, Any]]:
    """Rows of a list, each checked as a small form of its own; those left empty are dropped."""
    found: list[dict[str, Any]] = []
    try:
        given = rows.rows_of(field, raw)
    except Misread as problem:
        errors[field.key] = problem.sentence
        return found
    for index, row in given:
        result = check(rows.small_form(field), row, in_row(outside), row=index + 1)
        for key, (vi, en) in result.errors.items():
            where = f"{field.label}, dòng {len(found) + 1}", f"{field.label_en}, row {len(found) + 1}"
            errors[f"{field.key}.{index}.{key}"] = (f"{where[0]}: {vi}", f"{where[1]}: {en}")
        unasked |= {f"{field.key}.{index}.{one.key}" for one in field.fields if one not in result.visible}
        if result.values:  # else nothing is asked in it
            found.append(dict(result.values))
    if field.required and not found:
        errors[field.key] = (
            f"Điền ít nhất một dòng «{field.label}».",
            f"Fill in one row of “{field.label_en}”.",
        )
    return found
