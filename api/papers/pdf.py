"""A paper as PDF/A: typst sets it, Tinos is embedded, and equal content gives equal bytes."""

import json
from datetime import UTC
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from api.papers.letters import WHOLE_WORDS, printable
from api.qr import qr_svg_image
from engine.domain.papers import Paper

_HERE = Path(__file__).parent
_LOCK = Lock()  # one compiler per process: it keeps the fonts in memory


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_HERE / "fonts")]
    )
    return typst.Compiler(font_paths=fonts)


@cache
def _template() -> bytes:
    return (_HERE / "paper.typ").read_bytes()


def render_pdf(paper: Paper) -> bytes:
    """The PDF of an issued paper, PDF/A-2a, the same bytes whenever it is asked for.

    The creation date inside is the moment of issue, in UTC.
    """
    content: dict[str, Any] = _printable(paper.to_json())
    issued = paper.issued_at.astimezone(UTC).replace(microsecond=0)  # PDF tells seconds, typst takes no less
    content["issued"] = [issued.year, issued.month, issued.day, issued.hour, issued.minute, issued.second]
    inputs = {
        "paper": json.dumps(content, ensure_ascii=False),
        "whole-words": WHOLE_WORDS,
        "qr": qr_svg_image(paper.lookup.url) if paper.lookup else "",
    }
    with _LOCK:
        pdf = _compiler().compile(
            _template(), format="pdf", sys_inputs=inputs, pdf_standards="a-2a", timestamp=issued
        )
    if not isinstance(pdf, bytes):
        raise TypeError(f"typst gave {type(pdf).__name__} instead of one PDF")
    return pdf


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _printable(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_printable(part) for part in value]
    return value
