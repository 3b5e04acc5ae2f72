"""Something that fits into every field that must be filled in: a scenario says only what matters to it."""

from collections.abc import Mapping
from typing import Any

from engine.domain import communes

TEXTS = {"^[0-9]{10}$": "4012345678", "^[0-9]{12}$": "040226000123"}
IDENTITIES = {
    "citizen_id": "040226000123", "tax_code": "2900325526", "phone": "0912345678", "province": "Nghệ An",
    "address": "12 Quang Trung, phường Thành Vinh, tỉnh Nghệ An",
}  # fmt: skip


def sample(form: Mapping[str, Any]) -> dict[str, Any]:
    """Answers to the required fields of a form-js form, and one row for each list."""
    answers: dict[str, Any] = {}
    for field in form["components"]:
        if field["type"] == "dynamiclist":
            answers[field["path"]] = [sample(field)]
        elif field.get("validate", {}).get("required"):
            answers[field["key"]] = _answer(field)
    return answers


def _answer(field: Mapping[str, Any]) -> Any:
    rules = field["validate"]
    identity = (field.get("properties") or {}).get("kind")
    if identity == "commune":
        return communes.of_province(field["properties"]["province"])[0].name
    if identity in IDENTITIES:
        return IDENTITIES[identity]
    if field["type"] in ("select", "radio"):
        return field["values"][0]["value"]
    if field["type"] == "number":
        return rules.get("min", 1)
    if field["type"] == "datetime":
        return "2026-03-09"
    if "pattern" in rules:
        return TEXTS.get(rules["pattern"], "37A-123.45")
    return "Nội dung số 1"
