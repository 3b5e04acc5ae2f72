"""The mark of drawn files, by which it is known later whether a person has changed them."""

import hashlib
import re
from collections.abc import Mapping

from lxml import etree

from engine.workflow.errors import XmlRefused
from engine.workflow.reading.guard import parse_xml

_MARK = re.compile(rb"<!-- motcua draw ([0-9a-f]{64})((?: [^\s=]+=[0-9a-f]{64})*) -->\s*\Z")


def sealed(root: etree._Element, others: Mapping[str, bytes]) -> bytes:
    """The diagram with digests of itself and of its forms in a comment at its end.

    A modeler that drops the comment tells by that that somebody has saved the file.
    """
    etree.indent(root)
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    marks = "".join(f" {name}={_hash(made)}" for name, made in sorted(others.items()))
    return content + f"\n<!-- motcua draw {_digest(root)}{marks} -->\n".encode()


def edited(main: str, files: Mapping[str, bytes]) -> list[str]:
    """Which of the files that lie in a folder are not as they were drawn there; ``main`` is the diagram."""
    content = files.get(main)
    mark = _MARK.search(content) if content is not None else None
    if mark is None or content is None:
        return sorted(files)
    marks = dict(one.split("=") for one in mark[2].decode().split())
    changed = [] if _same(content, main, mark[1].decode()) else [main]
    return changed + [
        name for name, found in sorted(files.items()) if name != main and marks.get(name) != _hash(found)
    ]


def forms_of_seal(content: bytes) -> frozenset[str]:
    """Forms that were drawn together with a diagram."""
    mark = _MARK.search(content)
    return frozenset(one.split("=")[0] for one in mark[2].decode().split()) if mark else frozenset()


def _same(content: bytes, name: str, digest: str) -> bool:
    try:
        return _digest(parse_xml(content, name)) == digest
    except XmlRefused:
        return False


def _hash(content: bytes) -> str:
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def _digest(root: etree._Element) -> str:
    """SHA-256 of what the document says, whatever its line ends and quotes."""
    return hashlib.sha256(etree.tostring(root, method="c14n", with_comments=False)).hexdigest()
