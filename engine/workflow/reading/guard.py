"""The one gate for XML: no declarations, no network, limited in every direction."""

import re

from lxml import etree

from engine.workflow.errors import XmlRefused
from engine.workflow.reading.syntax import syntax_fault

MAX_BYTES = 2_000_000
MAX_ELEMENTS = 20_000
MAX_DEPTH = 60
MAX_TEXT = 20_000  # characters of one text or attribute
MAX_ATTRIBUTES = 500  # of one element: the parser compares each with all, and would take a minute for 100,000

# A document type or entity can pull in files or blow up; BPMN and DMN need neither.
_ENCODING = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"=\s*[\"']")
XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", re.IGNORECASE)

# (Vietnamese, English): what is wrong, and what an analyst can do about it.
_NOT_UTF8 = (
    "tệp không phải XML mã hóa UTF-8. Mở tệp trong Camunda Modeler hoặc bpmn.io và lưu lại",
    "it is not XML in UTF-8. Open it in Camunda Modeler or bpmn.io and save it again",
)
_ENCODED = (
    "tệp ghi bảng mã «{encoding}», không đọc được. Mở bằng Camunda Modeler hoặc bpmn.io, lưu lại dạng UTF-8",
    "it names the encoding “{encoding}”, which cannot be read. Save it again as UTF-8 in your modeler",
)
_CROWDED = (
    f"một phần tử có hơn {MAX_ATTRIBUTES} thuộc tính. Bỏ bớt thuộc tính, phần mềm vẽ chỉ ghi vài chục",
    f"an element has more than {MAX_ATTRIBUTES} attributes. Remove some, modelers write a few dozen at most",
)
_DECLARES = (
    "tệp khai báo DOCTYPE hoặc ENTITY. Xóa phần khai báo này, quy trình không cần đến",
    "it declares a DOCTYPE or ENTITY. Remove the declaration, no diagram needs it",
)


def parse_xml(data: bytes, name: str) -> etree._Element:
    """The root of a well-formed, harmless file, without comments and processing instructions.

    Raises XmlRefused with the line where there is one.
    """
    if len(data) > MAX_BYTES:
        raise XmlRefused(
            name,
            "tệp lớn hơn 2 MB. Kiểm tra lại tệp đã chọn",
            "the file is larger than 2 MB. Check which file you chose",
        )
    data = as_utf8(data)
    _require_plain(data, name)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise XmlRefused(name, *syntax_fault(error), getattr(error, "lineno", None)) from error
    _require_modest(root, name)
    return root


# Encodings that modelers write, and what Python calls them. Every one of them is decoded before anything is
# looked for, so none can hide a declaration.
_ENCODINGS = {
    "utf-8": "utf-8", "us-ascii": "utf-8", "ascii": "utf-8", "utf8": "utf-8",
    "iso-8859-1": "iso-8859-1", "latin-1": "iso-8859-1", "latin1": "iso-8859-1",
    "iso-8859-15": "iso-8859-15", "windows-1252": "cp1252", "cp1252": "cp1252",
    "windows-1258": "cp1258", "cp1258": "cp1258",
}  # fmt: skip
_PLAIN = frozenset({"utf-8", "us-ascii", "ascii", "utf8"})  # left as they are, for the guard to judge


def decoded(data: bytes) -> tuple[str | None, str]:
    """The text of a file and the encoding that it names, lower case; None for what cannot be read.

    Bytes know better than declarations: what is UTF-8 beyond ASCII is hardly ever anything else.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return tried(data, "utf-16"), "utf-16"
    said = _ENCODING.match(data)
    named = said[1].decode("ascii", "replace").lower() if said else "utf-8"
    if named not in _ENCODINGS:
        return None, named
    text = tried(data, "utf-8")
    return (tried(data, _ENCODINGS[named]) if text is None else text), named


def tried(data: bytes, encoding: str) -> str | None:
    """The text behind bytes in an encoding; None when they are not."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def as_utf8(data: bytes) -> bytes:
    """XML of another encoding that we know as UTF-8, its declaration left out; anything else as it is."""
    if len(data) > MAX_BYTES:
        return data
    text, named = decoded(data)
    if text is None or named in _PLAIN:
        return data
    return XML_DECLARATION.sub("", text, count=1).encode("utf-8")


def _require_plain(data: bytes, name: str) -> None:
    head = data[:4]
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00")) or b"\x00" in data[:200]:
        raise XmlRefused(name, *_NOT_UTF8)
    if _DECLARATION.search(data):
        raise XmlRefused(name, *_DECLARES)
    _require_utf8(data, name)
    # Before the parser sees them. No "<" can stand in an attribute, so no tag is longer than such a piece.
    if any(piece.count(b"=") > MAX_ATTRIBUTES and _crowded(piece) for piece in data.split(b"<")):
        raise XmlRefused(name, *_CROWDED)


def _crowded(piece: bytes) -> bool:
    return len(_ATTRIBUTE.findall(piece)) > MAX_ATTRIBUTES


def _require_utf8(data: bytes, name: str) -> None:
    """The bytes are UTF-8 and claim nothing else: another encoding could hide a declaration."""
    encoding = _ENCODING.match(data)
    if encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"):
        said = encoding[1][:40].decode("ascii", "replace")
        raise XmlRefused(name, _ENCODED[0].format(encoding=said), _ENCODED[1].format(encoding=said))
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise XmlRefused(name, *_NOT_UTF8, data[: error.start].count(b"\n") + 1) from error


def _require_modest(root: etree._Element, name: str) -> None:
    count = 0
    stack: list[tuple[etree._Element, int]] = [(root, 1)]
    while stack:
        element, depth = stack.pop()
        count += 1
        if count > MAX_ELEMENTS or depth > MAX_DEPTH:
            raise XmlRefused(
                name,
                f"quá {MAX_ELEMENTS} phần tử hoặc lồng sâu quá {MAX_DEPTH} mức. Tách thành quy trình con",
                f"more than {MAX_ELEMENTS} elements or deeper than {MAX_DEPTH}. Split it into sub-processes",
                _line(element),
            )
        texts = [element.text or "", element.tail or "", *map(str, element.attrib.values())]
        if any(len(text) > MAX_TEXT for text in texts):
            raise XmlRefused(
                name,
                f"một nội dung dài quá {MAX_TEXT} ký tự. Rút ngắn nội dung đó",
                f"a text is longer than {MAX_TEXT} characters. Shorten it",
                _line(element),
            )
        stack.extend((child, depth + 1) for child in element)


def _line(element: etree._Element) -> int | None:
    line = element.sourceline
    return line if isinstance(line, int) else None
