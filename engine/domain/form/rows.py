"""Lists in a form: a browser sends ``people.0.name``, the API sends a list of objects. Addresses likewise."""

from collections.abc import Mapping
from typing import Any

from engine.domain.form.model import MAX_ROWS, Field, Form
from engine.domain.form.notation import Misread


def gathered(form: Form, raw: Mapping[str, Any]) -> dict[str, Any]:
    """The same answers with ``list.row.key`` and ``address.part`` brought together under one key."""
    lists = {field.key for field in form.each() if field.kind == "dynamiclist"}
    places = {field.key for field in form.each() if field.identity == "address"}
    given: dict[str, Any] = {}
    for name, value in raw.items():
        key, dot, part = str(name).partition(".")
        if dot and key in places and isinstance(given.setdefault(key, {}), dict):
            given[key][part] = value
            continue
        key, row, inner = _split(str(name), lists)
        if row is None:
            given[key] = value
            continue
        rows = given.setdefault(key, {})
        if isinstance(rows, dict):
            rows.setdefault(row, {})[inner] = value
    return given


def _split(name: str, lists: set[str]) -> tuple[str, int | None, str]:
    key, dot, rest = name.partition(".")
    row, second, inner = rest.partition(".")
    if dot and second and key in lists and row.isascii() and row.isdigit() and len(row) <= 3:
        return key, int(row), inner
    return name, None, ""


def small_form(field: Field) -> Form:
    """The form that each row of a list is."""
    return Form(id=field.key, fields=field.fields)


def rows_of(field: Field, raw: Any) -> list[tuple[int, dict[str, Any]]]:
    """Rows that hold anything, with their place in what was sent. Raises Misread."""
    if raw in (None, "", []):
        return []
    items = (
        sorted(raw.items()) if isinstance(raw, dict) else list(enumerate(raw if _is_list(raw) else [None]))
    )
    if any(not isinstance(row, dict) for _, row in items):
        raise Misread(
            f"«{field.label}» phải là một danh sách các dòng.", f"“{field.label_en}” must be a list of rows."
        )
    # The province of an address stands there from the start: alone it is no answer.
    given = {f"{one.key}.province" for one in field.fields if one.identity == "address"}
    filled = [
        (index, row)
        for index, row in items
        if any(not _empty(value) for name, value in row.items() if name not in given)
    ]
    if len(filled) > MAX_ROWS:
        raise Misread(
            f"«{field.label}» có quá {MAX_ROWS} dòng; gửi kèm danh sách dưới dạng tệp.",
            f"“{field.label_en}” has more than {MAX_ROWS} rows; attach the list as a file.",
        )
    return filled


def _is_list(raw: Any) -> bool:
    return isinstance(raw, list)


def _empty(value: Any) -> bool:
    if isinstance(value, list):
        return all(_empty(one) for one in value)
    return value is None or value is False or (isinstance(value, str) and not value.strip())
