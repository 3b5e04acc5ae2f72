"""Small helpers over the XML of DMN: names without namespace, texts, types."""

from collections.abc import Iterator
from unicodedata import normalize

from lxml.etree import _Element

MODEL = ("http://www.omg.org/spec/DMN/", "https://www.omg.org/spec/DMN/")


def local(element: _Element) -> str:
    """The element's name when it is DMN's own, of whatever version; else an empty string."""
    tag = element.tag
    if not isinstance(tag, str) or not tag.startswith("{"):
        return ""
    namespace, _, name = tag[1:].partition("}")
    return name if namespace.startswith(MODEL) else ""


def children(element: _Element, *names: str) -> Iterator[_Element]:
    """DMN's own children of these names, in order."""
    return (child for child in element if local(child) in names)


def child(element: _Element, *names: str) -> _Element | None:
    """The first of them."""
    return next(children(element, *names), None)


def text_of(element: _Element | None) -> str:
    """The text of an expression element: of its ``text`` child, as written."""
    inner = None if element is None else child(element, "text")
    return "" if inner is None else "".join(str(part) for part in inner.itertext())


def name_of(element: _Element | None) -> str:
    """The name as FEEL writes it: composed letters, one space between words."""
    return "" if element is None else " ".join(normalize("NFC", element.get("name", "")).split())


def type_of(element: _Element) -> str | None:
    """``typeRef`` without the prefix that DMN 1.1 put before it; as attribute or as child."""
    inner = child(element, "typeRef")
    found = element.get("typeRef") or (inner.text if inner is not None else None)
    return found.strip().rpartition(":")[2] or None if found else None


def line_of(element: _Element) -> int | None:
    """The line an expression's text begins in, from 1."""
    inner = child(element, "text")
    line = (element if inner is None else inner).sourceline
    return line if isinstance(line, int) else None
