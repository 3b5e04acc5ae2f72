"""Names of XML in BPMN files, and how to ask for them."""

from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
MOTCUA = "urn:motcua:bpmn:1"

NAMESPACES = {"bpmn": BPMN, "bpmndi": BPMNDI, "motcua": MOTCUA}


def bpmn(tag: str) -> str:
    """The full name of a BPMN element."""
    return f"{{{BPMN}}}{tag}"


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


@lru_cache(maxsize=512)
def _compiled(path: str) -> etree.XPath:
    """A path, compiled once: a check asks for the same ones thousands of times."""
    return etree.XPath(path, namespaces=NAMESPACES)


def find_all(element: etree._Element, path: str) -> list[etree._Element]:
    """Elements at a path written with the prefixes bpmn, bpmndi and motcua."""
    found = _compiled(path)(element)
    return [one for one in found if isinstance(one, etree._Element)] if isinstance(found, list) else []


def our_words(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Words of ours directly in the element's extensionElements."""
    for extensions in element.iterchildren(bpmn("extensionElements")):
        yield from extensions.iterchildren(f"{{{MOTCUA}}}{tag}")


def our_word(element: etree._Element, tag: str) -> etree._Element | None:
    """The first word of that name, if it is there."""
    return next(our_words(element, tag), None)
