"""The JSON Schema of the words of an element, in the form of ``reading.spoken``, from the descriptor."""

from typing import Any

from engine.workflow.reading.descriptor import FIELD_PROPERTIES, WORDS, Meaning, Property, Word, words_at

FIELD = "fieldProperties"  # of form-js; motcua.schema.json#/$defs/fieldProperties
_TYPES = {"String": "string", "Integer": "integer", "Boolean": "boolean"}


def schema() -> dict[str, Any]:
    """An object that names an element and its kind, and has the words that such an element may bear."""
    kinds = sorted({kind for word in WORDS.values() for kind in word.places})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:motcua:schema:words:1",
        "title": "Motcua: từ của một phần tử / words of one element",
        "description": "Written by `python -m engine.workflow.describing schema` from motcua.moddle.json.",
        "type": "object",
        "properties": {
            "file": {"type": "string"},
            "id": {"type": "string"},
            "kind": {"enum": kinds},
            "words": {"type": "object"},
        },
        "required": ["id", "kind", "words"],
        "additionalProperties": False,
        "allOf": [_at(kind) for kind in kinds],
        "$defs": {word.name: _word(word) for word in WORDS.values()} | {FIELD: _field()},
    }


def _at(kind: str) -> dict[str, Any]:
    """What an element of a kind may bear."""
    words = {
        word.name: {"type": "array", "items": _ref(word.name), "minItems": 1}
        if word.many
        else _ref(word.name)
        for word in words_at(kind)
    }
    return {
        "if": {"properties": {"kind": {"const": kind}}},
        "then": {"properties": {"words": {"properties": words, "additionalProperties": False}}},
    }


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/$defs/{name}"}


def _word(word: Word) -> dict[str, Any]:
    lists = {name: {"type": "array", "items": _ref(part)} for name, part in word.parts.items()}
    described = {
        "type": "object",
        "description": _described(word.meaning),
        "properties": {name: _property(one) for name, one in word.properties.items()} | lists,
        "additionalProperties": False,
    }
    return described | ({"required": list(word.required)} if word.required else {})


def _field() -> dict[str, Any]:
    """What a field of a form may say under ``properties``."""
    known = {name: _property(one) for name, one in FIELD_PROPERTIES.items()}
    return {"type": "object", "properties": known, "additionalProperties": False}


def _property(said: Property) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": _TYPES[said.kind],
        "title": f"{said.label.vi} / {said.label.en}",
        "description": _described(said.meaning),
    }
    if said.values:
        found["enum"] = list(said.values)
    if said.kind == "Integer":
        found["minimum"] = 0
    if said.pattern:
        found["pattern"] = f"^(?:{said.pattern})$"
    if said.required and said.kind == "String" and not said.values:
        found["minLength"] = 1
    if said.default is not None:
        found["default"] = _DEFAULTS.get(said.kind, str)(said.default)
    return found


_DEFAULTS: dict[str, Any] = {"Integer": int, "Boolean": "true".__eq__}


def _described(meaning: Meaning) -> str:
    law = f" ({meaning.law})" if meaning.law else ""
    return f"{meaning.vi} / {meaning.en}{law}"
