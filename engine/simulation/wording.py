"""Something for the fields that an officer fills in when the way taken asks for words, beside the sample."""

from collections.abc import Mapping
from typing import Any

from engine.scenario.samples import sample

_WORDS = "Nội dung số 1"
_TEXTS = frozenset({"textfield", "textarea"})


def worded(form: Mapping[str, Any]) -> dict[str, Any]:
    """A sample with words in every free text: papers ask for reasons that a form leaves open."""
    return {**_texts(form), **sample(form), **_lists(form)}


def _texts(form: Mapping[str, Any]) -> dict[str, Any]:
    return {
        field["key"]: _WORDS[: field.get("validate", {}).get("maxLength")]
        for field in form["components"]
        if field["type"] in _TEXTS and "pattern" not in field.get("validate", {})
    }


def _lists(form: Mapping[str, Any]) -> dict[str, Any]:
    return {field["path"]: [worded(field)] for field in form["components"] if field["type"] == "dynamiclist"}
