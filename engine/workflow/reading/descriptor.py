"""Our words as ``processes/motcua.moddle.json`` describes them: the one list of what a diagram may say.

The file is a moddle descriptor, so that modelers read it too; what only we ask of it stands under ``meta``.
So do defaults: moddle would leave out of a file what says the default, and change it by merely saving it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import orjson

from engine.workflow.reading.words import NODE_TAGS

FILE = Path(__file__).resolve().parents[3] / "processes" / "motcua.moddle.json"
# Kinds of elements that stand for several of them.
_FAMILIES: Mapping[str, frozenset[str]] = {
    "FlowNode": NODE_TAGS,
    "CatchEvent": frozenset({"startEvent", "intermediateCatchEvent", "boundaryEvent"}),
}
_BOOLEANS = ("true", "false")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What something means, and the law that it stems from ("" when none does)."""

    vi: str
    en: str
    law: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """An attribute of a word, or its content under the name ``body``."""

    name: str
    kind: str  # String, Integer, Boolean
    label: Meaning  # a few words, for a field
    meaning: Meaning
    values: Mapping[str, Meaning]  # the only ones that there are; empty: any text
    required: bool
    default: str | None  # what stands where it is left out; None: nothing does
    pattern: str  # a regular expression that the whole text follows; "": any text
    language: str  # FEEL for an expression
    allowed_in: tuple[str, ...] = ()  # of a form's field, the types that may have it; (): all

    @property
    def choices(self) -> tuple[str, ...]:
        """All texts that it may be; () when there is no end of them."""
        return tuple(self.values) or (_BOOLEANS if self.kind == "Boolean" else ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One element of our namespace."""

    name: str
    meaning: Meaning
    allowed_in: tuple[str, ...]  # kinds of BPMN elements, as the descriptor names them; (): inside of a word
    many: bool  # whether it may stand there several times
    properties: Mapping[str, Property]
    parts: Mapping[str, str]  # words inside of it: name of the list to name of the word

    @property
    def attributes(self) -> frozenset[str]:
        return frozenset(self.properties) - {"body"}

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(name for name, one in self.properties.items() if one.required)

    @property
    def places(self) -> frozenset[str]:
        """Local names of the BPMN elements that may bear it."""
        return frozenset().union(*(_FAMILIES.get(one, {_lower(one)}) for one in self.allowed_in))


def _read(content: bytes) -> tuple[Mapping[str, Word], Mapping[str, Property]]:
    """The words of a descriptor and the properties of forms' fields, each by its name."""
    read = orjson.loads(content)
    values = {
        one["name"]: {value["name"]: _meaning(value["meta"]) for value in one["literalValues"]}
        for one in read["enumerations"]
    }
    words = (_word(one, values) for one in read["types"])
    fields = (_property(one, values) for one in read["fieldProperties"])
    return MappingProxyType({one.name: one for one in words}), {one.name: one for one in fields}


def _word(said: Mapping[str, Any], values: Mapping[str, Mapping[str, Meaning]]) -> Word:
    meta = said["meta"]
    return Word(
        name=_lower(said["name"]),
        meaning=_meaning(meta),
        allowed_in=tuple(one.removeprefix("bpmn:") for one in meta.get("allowedIn", ())),
        many=meta.get("many", False),
        properties={one["name"]: _property(one, values) for one in said["properties"] if "meta" in one},
        parts={one["name"]: _lower(one["type"]) for one in said["properties"] if one.get("isMany")},
    )


def _property(said: Mapping[str, Any], values: Mapping[str, Mapping[str, Meaning]]) -> Property:
    meta, kind, default = said["meta"], said["type"], said["meta"].get("default")
    return Property(
        name=said["name"],
        kind="String" if kind in values else kind,
        label=Meaning(vi=meta["label_vi"], en=meta["label_en"]),
        meaning=_meaning(meta),
        values=values.get(kind, {}),
        required=meta.get("required", False),
        default=None if default is None else str(default).lower() if kind == "Boolean" else str(default),
        pattern=meta.get("pattern", ""),
        language=meta.get("language", ""),
        allowed_in=tuple(meta.get("allowedIn", ())),
    )


def _meaning(meta: Mapping[str, Any]) -> Meaning:
    return Meaning(vi=meta["vi"], en=meta["en"], law=meta.get("law", ""))


def _lower(name: str) -> str:
    """The name of an element, from the name of its type."""
    return name[:1].lower() + name[1:]


def words_at(kind: str) -> Iterable[Word]:
    """The words that a kind of BPMN element may bear, in the order of the descriptor."""
    return (word for word in WORDS.values() if kind in word.places)


# What a diagram may say, and what a form-js field may say under ``properties``.
WORDS, FIELD_PROPERTIES = _read(FILE.read_bytes())
