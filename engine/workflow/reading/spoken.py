"""The words of an element as JSON, and back: the form that ``processes/motcua.schema.json`` describes.

A word is an object of its attributes, its text under ``body``; a word that may stand several times is a list.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

from engine.workflow.reading.descriptor import WORDS
from engine.workflow.reading.names import BPMN, MOTCUA, bpmn, local
from engine.workflow.reading.words import text_of

_FROM_TEXT: Mapping[str, Mapping[str, bool]] = {"Boolean": {"true": True, "false": False}}


def spoken(element: etree._Element) -> dict[str, Any]:
    """All words of ours that an element bears, by their names; {} when it bears none."""
    holders = element.iterchildren(bpmn("extensionElements"))
    return listed(word for holder in holders for word in holder.iterchildren(f"{{{MOTCUA}}}*"))


def spoken_in(root: etree._Element) -> Iterator[dict[str, Any]]:
    """Every element of a file that bears words: its id, its kind, its words."""
    for element in root.iter(f"{{{BPMN}}}*"):
        if words := spoken(element):
            yield {"id": str(element.get("id", "")), "kind": local(element), "words": words}


def listed(words: Iterable[etree._Element]) -> dict[str, Any]:
    """Words in the form of JSON, by their names; of those that stand once only, the first one is read."""
    found: dict[str, Any] = {}
    for word in words:
        name = local(word)
        if name in WORDS and not WORDS[name].many:
            found.setdefault(name, _said(word))
        else:
            found.setdefault(name, []).append(_said(word))
    return found


def _said(word: etree._Element) -> dict[str, Any]:
    """One word; what the descriptor does not know is text."""
    known = WORDS.get(local(word))
    kinds = {name: one.kind for name, one in known.properties.items()} if known else {}
    found = {str(name): _value(str(text), kinds.get(str(name), "")) for name, text in word.attrib.items()}
    if (body := text_of(word)) is not None:
        found["body"] = body
    inner = listed(word.iterchildren(f"{{{MOTCUA}}}*"))
    lists = {part: name for name, part in known.parts.items()} if known else {}
    return found | {lists.get(name, name): said for name, said in inner.items()}


def _value(text: str, kind: str) -> str | int | bool:
    if kind == "Integer" and text.isdecimal():
        return int(text)
    return _FROM_TEXT.get(kind, {}).get(text, text)


def written(words: Mapping[str, Any]) -> list[etree._Element]:
    """The elements for words in the same form, for extensionElements. Raises ValueError for odd names."""
    several = {name: said if isinstance(said, list) else [said] for name, said in words.items()}
    return [_element(name, one) for name, said in several.items() for one in said]


def _element(name: str, said: Mapping[str, Any]) -> etree._Element:
    parts = WORDS[name].parts if name in WORDS else {}
    word = etree.Element(f"{{{MOTCUA}}}{name}", nsmap={"motcua": MOTCUA})
    for key, value in said.items():
        if key == "body":
            word.text = _text(value)
        elif key in parts:
            word.extend(_element(parts[key], one) for one in value)
        else:
            word.set(key, _text(value))
    return word


def _text(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
