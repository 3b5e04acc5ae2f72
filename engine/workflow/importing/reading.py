"""Bytes of a file as the guard wants them: UTF-8, nothing before the declaration, the final namespace."""

import re

from engine.workflow.reading.guard import MAX_BYTES

_DECLARATION = re.compile(r"\A<\?xml[^>]*\?>")
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)", re.IGNORECASE)
# Encodings that modelers write besides UTF-8, and what Python calls them.
_KNOWN = {
    "iso-8859-1": "iso-8859-1", "latin1": "iso-8859-1", "iso-8859-15": "iso-8859-15", "us-ascii": "ascii",
    "windows-1252": "cp1252", "cp1252": "cp1252", "windows-1258": "cp1258", "utf-16": "utf-16",
}  # fmt: skip
# Namespaces of the drafts of BPMN 2.0, which had the same elements.
_DRAFTS = {
    "http://schema.omg.org/spec/BPMN/2.0": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "http://www.omg.org/spec/BPMN/2.0": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "http://www.omg.org/spec/BPMN/20100501/MODEL": "http://www.omg.org/spec/BPMN/20100524/MODEL",
}


def as_utf8(content: bytes) -> tuple[bytes, str]:
    """The same text in UTF-8, and what was wrong with the file as it came ("" when nothing was).

    What cannot be read is given back as it is: the guard then says what is wrong.
    """
    if len(content) > MAX_BYTES:
        return content, ""
    text, said = _decoded(content)
    if text is None:
        return content, ""
    stripped = text.lstrip("\ufeff\u200b \t\r\n")
    if stripped != text and text[:1] != "<":
        said = said or ("BOM" if text.startswith("\ufeff") else "space before <?xml")
    for draft, final in _DRAFTS.items():
        if f'"{draft}"' in stripped or f"'{draft}'" in stripped:
            said = said or draft
            stripped = re.sub(rf"""(["']){re.escape(draft)}(["'])""", rf"\g<1>{final}\g<2>", stripped)
    if not said:
        return content, ""
    return ('<?xml version="1.0" encoding="UTF-8"?>' + _DECLARATION.sub("", stripped)).encode("utf-8"), said


def _decoded(content: bytes) -> tuple[str | None, str]:
    """The text, and the encoding when it is another one than UTF-8."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _try(content, "utf-16")
    match = _ENCODING.match(content.lstrip(b"\xef\xbb\xbf \t\r\n"))
    named = match[1].decode("ascii").lower() if match else "utf-8"
    if named in ("utf-8", "utf8"):
        text, _ = _try(content, "utf-8")
        # Windows tools write their own code page under the name of UTF-8.
        return (text, "" if named == "utf-8" else named) if text is not None else _try(content, "cp1252")
    return _try(content, _KNOWN[named]) if named in _KNOWN and named != "utf-16" else (None, "")


def _try(content: bytes, encoding: str) -> tuple[str | None, str]:
    try:
        return content.decode(encoding), encoding
    except UnicodeDecodeError:
        return None, ""
