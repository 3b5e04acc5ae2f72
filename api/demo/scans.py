"""Scans that applicants of the demo bring: small PDF files, one for each kind of paper."""

import json
from functools import cache
from pathlib import Path

import typst

_FONTS = Path(__file__).parents[1] / "papers" / "fonts"
_SHEET = b"""
#set page(width: 148mm, height: 105mm, margin: 12mm)
#set text(font: "Tinos", size: 12pt, lang: "vi")
#let it = json(bytes(sys.inputs.at("it")))
#align(center)[*#upper(it.title)*]
#v(6mm)
#it.text
#v(1fr)
#align(right)[#emph(it.foot)]
"""


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_FONTS)])
    return typst.Compiler(font_paths=fonts)


@cache
def scan(title: str, procedure: str) -> bytes:
    """A sheet that stands for the paper ``title`` in the demo."""
    it = {
        "title": title,
        "text": f"Giấy tờ kèm theo hồ sơ: {procedure}.",
        "foot": "Bản quét minh họa của dữ liệu mẫu",
    }
    pdf = _compiler().compile(_SHEET, format="pdf", sys_inputs={"it": json.dumps(it, ensure_ascii=False)})
    if not isinstance(pdf, bytes):
        raise TypeError(f"typst gave {type(pdf).__name__} instead of one PDF")
    return pdf
