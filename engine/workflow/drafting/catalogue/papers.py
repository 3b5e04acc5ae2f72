"""Papers in a cell: "Đơn đề nghị (1 bản chính); Giấy khai sinh (1 bản sao chứng thực, 2 bản sao)"."""

import re
from collections.abc import Iterable

from engine.domain.procedure import RequiredDocument
from engine.text import folded

_KINDS = {"ban chinh": "original", "ban sao chung thuc": "certified", "ban chung thuc": "certified",
          "ban sao": "copy", "original": "original", "certified": "certified", "copy": "copy"}  # fmt: skip
_WORDS = {"original": "bản chính", "certified": "bản chứng thực", "copy": "bản sao"}
_COUNTS = re.compile(r"\(([^()]*(?:bản|original|certified|copy)[^()]*)\)\s*\Z", re.IGNORECASE)
_COUNT = re.compile(r"0?([0-9]{1,2}) +(.+)\Z")


def papers_from(text: str) -> tuple[RequiredDocument, ...]:
    """The papers that a cell lists, by semicolons; one without a count is one original.

    Raises ValueError with the piece that cannot be understood.
    """
    pieces = [piece.strip() for piece in re.split(r"[;\n]", text)]
    return tuple(_paper(piece, number) for number, piece in enumerate(filter(None, pieces), start=1))


def _paper(piece: str, number: int) -> RequiredDocument:
    found = _COUNTS.search(piece)
    counts = dict(_count(one, piece) for one in found[1].split(",")) if found else {"original": 1}
    name = piece[: found.start()].strip() if found else piece
    if not name:
        raise ValueError(piece)
    return RequiredDocument(
        id=f"giay-to-{number}", name=name, electronic=True, original=counts.get("original", 0),
        certified=counts.get("certified", 0), copy=counts.get("copy", 0),
    )  # fmt: skip


def _count(text: str, piece: str) -> tuple[str, int]:
    found = _COUNT.match(text.strip())
    kind = _KINDS.get(folded(found[2])) if found else None
    if found is None or kind is None:
        raise ValueError(piece)
    return kind, int(found[1])


def papers_text(documents: Iterable[RequiredDocument]) -> str:
    """The same written; conditions and what else a checklist says are not of a table."""
    return "; ".join(_told(one) for one in documents)


def _told(document: RequiredDocument) -> str:
    counts = [f"{count} {word}" for kind, word in _WORDS.items() if (count := getattr(document, kind))]
    name = document.name.replace(";", ",")
    return f"{name} ({', '.join(counts)})" if counts else name
