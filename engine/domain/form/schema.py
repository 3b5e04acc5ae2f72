"""A form as JSON Schema 2020-12: what a program must send, and what is kept in the document.

Only what is asked may be answered. Decimal places stay a matter of the server: validators reckon multiples of
0.01 in binary and refuse 0.07.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from engine.domain import communes, provinces
from engine.domain.form.model import AREA_LENGTH, MAX_ROWS, TEXT_LENGTH, Field, Form

Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MOMENTS: Mapping[str, Schema] = {
    "date": {"type": "string", "format": "date"},
    "time": {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"},
    "datetime": {"type": "string", "format": "date-time"},
}
_PATTERNS = {
    "citizen_id": "^[0-9]{12}$",
    "tax_code": "^([0-9]{10}(-[0-9]{3})?|[0-9]{12})$",
    "phone": "^0[0-9]{9,10}$",
    "address": "^.+, .+, .+$",  # street, commune, province
}


def json_schema(form: Form, asked: frozenset[Field] | None = None) -> Schema:
    """The schema of a form's answers as they are kept.

    ``asked`` are the fields that stand on the page now (``Answers.visible``); without it all fields are in
    it, and those behind a condition may be missing.
    """
    return {"$schema": _DIALECT, **_object(form.fields, asked, sure=True)}


def _object(fields: Iterable[Field], asked: frozenset[Field] | None, *, sure: bool) -> Schema:
    properties: dict[str, Schema] = {}
    needed: list[str] = []
    for field, certain in _each(fields, asked, sure=sure):
        properties[field.key] = _property(field)
        if certain and field.required:
            needed.append(field.key)
    return {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}


def _each(
    fields: Iterable[Field], asked: frozenset[Field] | None, *, sure: bool
) -> Iterable[tuple[Field, bool]]:
    """Fields that hold an answer, and whether it is certain that they are asked."""
    for field in fields:
        if asked is not None and field not in asked:
            continue
        certain = asked is not None or (sure and field.hide is None)
        if field.kind == "group":
            yield from _each(field.fields, asked, sure=certain)
        elif field.answered:
            yield field, certain


def _property(field: Field) -> Schema:
    told = {"title": field.label} | ({"description": field.help} if field.help else {})
    schema = _KINDS[field.kind](field)
    if field.required or field.kind in _NEVER_NULL:
        return told | schema
    return told | {"anyOf": [schema, {"type": "null"}]}


_NEVER_NULL = frozenset({"checkbox", "checklist", "dynamiclist"})


def _text(field: Field) -> Schema:
    if field.identity == "province":
        return {"enum": list(provinces.MERGED)}
    if field.identity == "commune":
        return {"enum": [one.name for one in communes.of_province(field.province)]}
    most = field.max_length or (AREA_LENGTH if field.kind == "textarea" else TEXT_LENGTH)
    schema: Schema = {"type": "string", "minLength": max(1, field.min_length or 0), "maxLength": most}
    if field.identity:
        return schema | {"pattern": _PATTERNS[field.identity]}
    if field.pattern is not None:
        schema["pattern"] = field.pattern.pattern.replace(r"\Z", "$")
    return schema


def _number(field: Field) -> Schema:
    limits = {"minimum": field.minimum, "maximum": field.maximum}
    limits["multipleOf"] = None if field.step is None else float(field.step)
    schema = {"type": "integer" if field.digits == 0 else "number"}
    return schema | {name: value for name, value in limits.items() if value is not None}


def _several(field: Field) -> Schema:
    items = {"enum": [one.value for one in field.options]}
    return {"type": "array", "items": items, "uniqueItems": True, "minItems": int(field.required)}


def _rows(field: Field) -> Schema:
    # Conditions of a row look at the row: nothing behind one is certain.
    row = _object(field.fields, None, sure=True)
    return {"type": "array", "items": row, "minItems": int(field.required), "maxItems": MAX_ROWS}


def _one_of(field: Field) -> Schema:
    return {"enum": [one.value for one in field.options]}


_KINDS: Mapping[str, Callable[[Field], Schema]] = {
    "textfield": _text,
    "textarea": _text,
    "number": _number,
    "datetime": lambda field: dict(_MOMENTS[field.subtype]),
    "checkbox": lambda field: {"const": True} if field.required else {"type": "boolean"},
    "radio": _one_of,
    "select": _one_of,
    "checklist": _several,
    "dynamiclist": _rows,
}
