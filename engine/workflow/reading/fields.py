"""Fields of element templates: how a ``camunda:property`` is named that says a word of ours.

``motcua:task.form`` is an attribute, ``motcua:timeLimit.body`` a content, ``motcua:decision.2.label`` of the
second such word, ``motcua:handler.inputs.1.name`` of a word inside of it.
"""

import re
from collections.abc import Mapping
from typing import Any

from engine.workflow.reading.descriptor import WORDS

PREFIX = "motcua:"
DURATION = "bpmn:timeDuration"  # how long a timer waits: BPMN's own, which no template can write otherwise
MADE = "{urn:motcua:imported:1}made"  # on what bears fields: names of the words that an import made of them
_SLOT = re.compile(r"[1-9][0-9]{0,2}\Z")
Path = tuple[str, int, str] | tuple[str, int, str, int, str]


def field_name(word: str, slot: int, *inner: str | int) -> str:
    """The name of a field; ``slot`` counts from 1 for words that may be several, else it is 0."""
    return PREFIX + ".".join(str(one) for one in (word, *([slot] if slot else []), *inner))


def path_of(name: str) -> Path | None:
    """Word, slot and attribute that a field is for; None when the descriptor knows no such thing."""
    first, *rest = name.removeprefix(PREFIX).split(".")
    word = WORDS.get(first)
    if not name.startswith(PREFIX) or word is None or not word.allowed_in:
        return None
    slot = 0
    if word.many:
        slot, rest = (int(rest[0]), rest[1:]) if rest and _SLOT.match(rest[0]) else (1, rest)
    if len(rest) == 1 and rest[0] in word.properties:
        return (first, slot, rest[0])
    if len(rest) == 3 and rest[0] in word.parts and _SLOT.match(rest[1]):
        known = rest[2] in WORDS[word.parts[rest[0]]].properties
        return (first, slot, rest[0], int(rest[1]), rest[2]) if known else None
    return None


def is_field(name: str) -> bool:
    """Whether a property of that name is a field of ours."""
    return name == DURATION or path_of(name) is not None


def words_said(fields: Mapping[str, str]) -> dict[str, Any]:
    """The words that fields say, as ``reading.spoken.written`` takes them; unknown fields say nothing."""
    slots: dict[str, dict[int, dict[str, Any]]] = {}
    for name, value in fields.items():
        path = path_of(name)
        if path is None:
            continue
        said = slots.setdefault(path[0], {}).setdefault(path[1], {})
        if len(path) == 5:
            said = said.setdefault(path[2], {}).setdefault(path[3], {})
        said[path[-1]] = value
    found = {word: [_lists(said[slot]) for slot in sorted(said)] for word, said in slots.items()}
    return {word: said if WORDS[word].many else said[0] for word, said in found.items()}


def _lists(said: dict[str, Any]) -> dict[str, Any]:
    """What stands inside of a word, in the order of its numbers."""
    return {
        key: [value[number] for number in sorted(value)] if isinstance(value, dict) else value
        for key, value in said.items()
    }
