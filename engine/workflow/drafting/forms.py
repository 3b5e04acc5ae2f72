"""Forms in form-js from a short list of fields."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import orjson

from engine.workflow.drafting.outline import Outline, Step

_RULES = {
    "min": "min",
    "max": "max",
    "min_length": "minLength",
    "max_length": "maxLength",
    "pattern": "pattern",
}
_LENGTH = {"textfield": 300, "textarea": 2000}
_ROWS = {"defaultRepetitions": 1, "allowAddRemove": True}


def forms_of(outline: Outline, tasks: Iterable[Step], existing: frozenset[str]) -> dict[str, bytes]:
    """Files of an outline's forms by id: the applicant's, those it describes, and one for each task without.

    ``existing`` are forms that need not be written.
    """
    found = {name: form(name, fields) for name, fields in outline.forms.items()}
    if outline.form is not None:
        found[outline.form_id] = form(outline.form_id, outline.form)
    for step in tasks:
        if step.form and step.form not in found and step.form not in existing:
            found[step.form] = form(step.form, default_fields(step))
    return found


def default_fields(step: Step) -> tuple[Mapping[str, Any], ...]:
    """What an officer writes down where the outline says no fields: the outcome, and a remark."""
    key = (step.form or "").replace("-", "_").replace(".", "_").lower()
    key = key if key[:1].isalpha() else f"f_{key}"
    return (
        {
            "key": f"{key}_outcome", "type": "textarea", "required": True,
            "label": "Nội dung, kết quả thực hiện", "en": "What was done and came of it",
        },
        {"key": f"{key}_note", "type": "textarea", "label": "Ghi chú", "en": "Remark"},
    )  # fmt: skip


def form(name: str, fields: tuple[Mapping[str, Any], ...]) -> bytes:
    """A form-js file, as our other forms are written."""
    made = {
        "id": name, "type": "default", "schemaVersion": 18,
        "components": [component(one) for one in fields],
    }  # fmt: skip
    return orjson.dumps(made, option=orjson.OPT_INDENT_2) + b"\n"


def component(said: Mapping[str, Any]) -> dict[str, Any]:
    """One field; its type is a line of text unless said otherwise."""
    kind = str(said.get("type") or ("select" if said.get("options") else "textfield"))
    key = str(said.get("key") or said.get("path") or "")
    made: dict[str, Any] = {
        "id": f"f_{key}" if key else "f_line",
        "type": kind,
        "label": said.get("label", ""),
    }
    made.update({"path": key, **_ROWS} if kind == "dynamiclist" else {"key": key} if key else {})
    if said.get("hide"):
        made["conditional"] = {"hide": "=" + str(said["hide"]).removeprefix("=")}
    validate = dict(_validate(said, kind))
    if validate:
        made["validate"] = validate
    if kind == "datetime":
        made.update(subtype=said.get("subtype", "date"), dateLabel=said.get("label", ""))
    if said.get("options"):
        made["values"] = [_option(value, label) for value, label in dict(said["options"]).items()]
    if said.get("help"):
        made["description"] = said["help"]
    own = {"label_en": said.get("en")} | {name: said.get(name) for name in ("help_en", "kind", "province")}
    made["properties"] = {name: text for name, text in own.items() if text}
    if said.get("fields"):
        made["components"] = [component(one) for one in said["fields"]]
    return {name: value for name, value in made.items() if value not in ({}, "")}


def _validate(said: Mapping[str, Any], kind: str) -> Iterator[tuple[str, Any]]:
    if "required" in said:
        yield "required", bool(said["required"])
    for name, rule in _RULES.items():
        if name in said:
            yield rule, said[name]
    if kind in _LENGTH and "max_length" not in said and "pattern" not in said:
        yield "maxLength", _LENGTH[kind]


def _option(value: str, label: Any) -> dict[str, str]:
    """Its label in Vietnamese, or in both languages."""
    if isinstance(label, list):
        return {"value": str(value), "label": str(label[0]), "label_en": str(label[-1])}
    return {"value": str(value), "label": str(label)}
