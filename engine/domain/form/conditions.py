"""Which fields are asked, given what was answered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.domain.form.model import Field, Form


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, and what conditions know: the document, answers that count, ``this``, ``parent``."""

    fields: frozenset[Field]  # those shown; fields of hidden groups are not in it
    scope: Mapping[str, Any]


def asked(form: Form, values: Mapping[str, Any], scope: Mapping[str, Any], row: int = 0) -> Asked:
    """Components that are shown.

    The answer of a hidden field does not count for the conditions of others, so this is repeated until it
    stands; conditions that chase each other stop after as many rounds as there are fields. ``row`` is the
    place of a list's row, from 1, when ``form`` is one: its cells are known as ``this.key``, as in form-js.
    """
    everything = frozenset(form.each())
    blank = {field.key: None for field in everything if field.key}  # what is only read stands in the document
    given = {field.key: _said(field, values.get(field.key)) for field in everything if field.answered}
    found = Asked(everything, scope)
    for _ in range(len(everything) + 1):
        hidden = {field.key for field in everything - found.fields}
        own = {key: None if key in hidden else value for key, value in given.items()}
        known = {**scope, "this": own, "i": [row]} if row else {"this": own, **blank, **scope, **own}
        again = Asked(frozenset(_walk(form.fields, known)), known)
        if again.fields == found.fields:
            return again
        found = again
    return found


def in_row(outside: Asked) -> dict[str, Any]:
    """What the conditions of a row know of the form around it."""
    return {**outside.scope, "parent": outside.scope["this"]}


def _said(field: Field, value: Any) -> Any:
    """An empty line is text for a condition, as in form-js: ``note = ""`` fits it, ``note = null`` not."""
    return "" if value is None and field.kind in ("textfield", "textarea") else value


def _walk(fields: tuple[Field, ...], scope: Mapping[str, Any]) -> Iterator[Field]:
    for field in fields:
        if field.hide is not None and field.hide.holds(scope):
            continue
        yield field
        if field.kind == "group":
            yield from _walk(field.fields, scope)
