"""Bytes of a file as the guard wants them: UTF-8, nothing before the declaration, the final namespace."""

import re

from engine.workflow.reading.guard import MAX_BYTES, XML_DECLARATION, decoded, tried

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
    text, said = decoded(content)
    if text is None and said in ("utf-8", "utf8"):  # Windows tools call their own code page so
        text, said = tried(content, "cp1252"), "cp1252"
    if text is None:
        return content, ""
    said = "" if said == "utf-8" else said
    stripped = text.lstrip("\ufeff\u200b \t\r\n")
    if stripped != text and text[:1] != "<":
        said = said or ("BOM" if text.startswith("\ufeff") else "space before <?xml")
    for draft, final in _DRAFTS.items():
        if f'"{draft}"' in stripped or f"'{draft}'" in stripped:
            said = said or draft
            stripped = re.sub(rf"""(["']){re.escape(draft)}(["'])""", rf"\g<1>{final}\g<2>", stripped)
    if not said:
        return content, ""
    return ('<?xml version="1.0" encoding="UTF-8"?>' + XML_DECLARATION.sub("", stripped)).encode(
        "utf-8"
    ), said
