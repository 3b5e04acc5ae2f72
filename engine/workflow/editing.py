"""A diagram changed in place: each byte that need not change stays, comments and picture included."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from lxml import etree

from engine.workflow.reading.guard import as_utf8, parse_xml
from engine.workflow.reading.names import MOTCUA, bpmn, our_word

Element = etree._Element  # for those who may not know lxml

# All that can begin with "<" in a well-formed file without a document type; the guard has seen to both.
_TAG = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|</[^>]*>"
    r"|<(?P<name>[^\s/>!?]+)(?P<said>(?:\s+[^\s=]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*(?P<empty>/?)>",
    re.DOTALL,
)


@dataclass(slots=True)
class _Place:
    """Where an element stands in the text."""

    name: str  # with its prefix
    start: int
    said: tuple[int, int]  # its attributes
    inside: int  # behind its start tag
    closing: int = -1  # its end tag; -1: it has none
    end: int = -1


class Markup:
    """One file. What is asked for is done all at once, by ``render``. Raises XmlRefused."""

    def __init__(self, content: bytes, name: str) -> None:
        self._name = name
        data = as_utf8(content)
        self.root = parse_xml(data, name)
        self._text = data.decode("utf-8")
        elements = [one for one in self.root.iter() if isinstance(one.tag, str)]
        self._places = dict(zip(elements, self._found(), strict=True))
        self._attributes: dict[tuple[etree._Element, str], str] = {}
        self._words: dict[etree._Element, list[tuple[str, Mapping[str, str]]]] = {}

    def set(self, element: etree._Element, name: str, value: str) -> None:
        """Give an attribute a value."""
        if element.get(name) != value:
            self._attributes[element, name] = value

    def say(self, owner: etree._Element, word: str, attributes: Mapping[str, str]) -> None:
        """Set attributes of a word of ours, which is made when the element does not have it."""
        found = our_word(owner, word)
        if found is None:
            self.add(owner, word, attributes)
        else:
            for name, value in attributes.items():
                self.set(found, name, value)

    def add(self, owner: etree._Element, word: str, attributes: Mapping[str, str]) -> None:
        """Add a word of ours to an element."""
        said = self._words.setdefault(owner, [])
        for at, (other, before) in enumerate(said):
            if other == word == "task":  # an element has only one
                said[at] = word, {**before, **attributes}
                return
        said.append((word, attributes))

    def render(self) -> bytes:
        """The file with all changes; the same bytes when there are none."""
        edits = [self._attribute(element, name, value) for (element, name), value in self._attributes.items()]
        edits += [self._extension(owner, words) for owner, words in self._words.items()]
        text = self._text
        for start, end, new in sorted(edits, key=lambda one: one[0], reverse=True):
            text = text[:start] + new + text[end:]
        data = text.encode("utf-8")
        parse_xml(data, self._name)
        return data

    def _found(self) -> list[_Place]:
        places: list[_Place] = []
        open_: list[_Place] = []
        for tag in _TAG.finditer(self._text):
            if tag["name"] is not None:
                place = _Place(tag["name"], tag.start(), tag.span("said"), tag.end())
                places.append(place)
                if tag["empty"]:
                    place.end = tag.end()
                else:
                    open_.append(place)
            elif tag[0].startswith("</"):
                place = open_.pop()
                place.closing, place.end = tag.start(), tag.end()
        return places

    def _attribute(self, element: etree._Element, name: str, value: str) -> tuple[int, int, str]:
        start, end = self._places[element].said
        pattern = re.compile(rf"\s{re.escape(name)}\s*=\s*(\"[^\"]*\"|'[^']*')")
        found = pattern.search(self._text, start, end)
        if found:
            return found.start(1), found.end(1), _quoted(value)
        return end, end, f" {name}={_quoted(value)}"

    def _extension(
        self, owner: etree._Element, words: list[tuple[str, Mapping[str, str]]]
    ) -> tuple[int, int, str]:
        """Where words of ours go: behind the last one, or into an extension that is made for them."""
        there = next(owner.iterchildren(bpmn("extensionElements")), None)
        told = [self._word(owner, word, attributes) for word, attributes in words]
        if there is not None:
            return self._appended(there, told)
        place = self._places[owner]
        margin = self._margin(place) + "  "
        tag = f"{owner.prefix}:extensionElements" if owner.prefix else "extensionElements"
        inner = "".join(f"{margin}  {one}" for one in told)
        made = f"{margin}<{tag}>{inner}{margin}</{tag}>"
        documentation = list(owner.iterchildren(bpmn("documentation")))
        at = self._places[documentation[-1]].end if documentation else place.inside
        return (at, at, made) if place.closing >= 0 else self._opened(place, made)

    def _appended(self, there: etree._Element, told: list[str]) -> tuple[int, int, str]:
        place, children = self._places[there], list(there)
        margin = self._margin(self._places[children[0]] if children else place) + ("" if children else "  ")
        made = "".join(margin + one for one in told)
        if place.closing < 0:
            return self._opened(place, made)
        at = self._places[children[-1]].end if children else place.inside
        return at, at, made

    def _opened(self, place: _Place, inner: str) -> tuple[int, int, str]:
        """``<a/>`` with something in it."""
        return place.said[1], place.end, f">{inner}{self._margin(place)}</{place.name}>"

    def _margin(self, place: _Place) -> str:
        """A new line as deep as the one that an element begins on."""
        line = self._text[: place.start].rpartition("\n")[2]
        deep = line[: len(line) - len(line.lstrip())]
        return ("\r\n" if "\r\n" in self._text else "\n") + deep

    def _word(self, owner: etree._Element, word: str, attributes: Mapping[str, str]) -> str:
        prefix = next((one for one, space in owner.nsmap.items() if space == MOTCUA and one), None)
        said = "".join(f" {name}={_quoted(value)}" for name, value in attributes.items())
        space = " " if 2 * self._text.count(" />") > self._text.count("/>") else ""
        declared = "" if prefix else f' xmlns:motcua="{MOTCUA}"'
        return f"<{prefix or 'motcua'}:{word}{declared}{said}{space}/>"


def _quoted(value: str) -> str:
    return '"' + escape(value, {'"': "&quot;", "\n": "&#10;"}) + '"'
