"""Filling in a form as a scenario says it: fields and choices by their labels or by their names."""

from collections.abc import Mapping
from typing import Any

from engine.domain.form import read_form
from engine.domain.form.model import Field
from engine.scenario.samples import sample
from engine.scenario.words import key

_TICKS = {"co": True, "khong": False}


class Unfilled(Exception):
    """A scenario fills in a field that the form does not have."""

    def __init__(self, said: str, labels: list[str]) -> None:
        super().__init__(said)
        self.said, self.labels = said, labels


def filled(form: Mapping[str, Any] | None, said: Mapping[str, Any]) -> dict[str, Any]:
    """Answers for a form: what the scenario says, and a sample where something must be answered.

    Raises Unfilled.
    """
    if form is None:
        return dict(said)
    answers = sample(form)
    return {**answers, **_named(read_form(form).each(), said)}


def _named(fields: Any, said: Mapping[str, Any]) -> dict[str, Any]:
    known = [one for one in fields if one.key]
    found: dict[str, Any] = {}
    for name, value in said.items():
        field = _field(known, name)
        if field is None:
            raise Unfilled(name, [f"{one.label} ({one.key})" if one.label else one.key for one in known])
        found[field.key] = _chosen(field, value)
    return found


def _field(known: list[Field], name: str) -> Field | None:
    by_name = next((one for one in known if one.key == name), None)
    return by_name or next((one for one in known if key(one.label) == key(name)), None)


def _chosen(field: Field, value: Any) -> Any:
    """A label becomes its value, "có" a tick, rows of a list are filled in as small forms."""
    if field.kind == "dynamiclist" and isinstance(value, list):
        return [_named(field.fields, row) if isinstance(row, dict) else row for row in value]
    if isinstance(value, list):
        return [_chosen(field, one) for one in value]
    if field.kind == "checkbox" and isinstance(value, str):
        return _TICKS.get(key(value), value)
    if field.options and isinstance(value, str) and field.option(value) is None:
        return next((one.value for one in field.options if key(one.label) == key(value)), value)
    return value
