"""The checklist of papers: what a procedure asks for, held against what was handed in."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from engine.domain.procedure import RequiredDocument
from engine.text import folded

ITEMS = "supplement_items"  # the list in the forms by which a supplement is asked for
_COUNTS = ("originals", "certified", "copies", "digital")

Sentence = tuple[str, str]


def missing(
    documents: Iterable[RequiredDocument], handed: object, scope: Mapping[str, object]
) -> list[RequiredDocument]:
    """Papers that this dossier needs and of which nothing was handed in.

    ``handed`` is the document's own list of counts. Empty when nobody has counted anything yet: then nothing
    is known.
    """
    counted = _counted(handed)
    there = {str(one.get("id")) for one in counted if any(one.get(name) for name in _COUNTS)}
    return [one for one in documents if one.id not in there and one.needed(scope)] if counted else []


def undigitised(documents: Iterable[RequiredDocument], handed: object) -> list[RequiredDocument]:
    """Papers that came on paper alone and have to be scanned; a plain copy has not.

    TT 01/2023/TT-VPCP Điều 8; what the centre's list names is scanned, photocopies are left out.
    """
    on_paper = {
        str(one.get("id"))
        for one in _counted(handed)
        if (one.get("originals") or one.get("certified")) and not one.get("digital")
    }
    return [one for one in documents if one.digitise and one.id in on_paper]


def _counted(handed: object) -> list[Mapping[str, Any]]:
    """What was counted of each paper; nothing when nobody has counted yet."""
    return [one for one in handed if isinstance(one, Mapping)] if isinstance(handed, list) else []


def unnamed(absent: Sequence[RequiredDocument], items: object) -> Sentence | None:
    """What a request for a supplement forgets; None when it names every paper that is missing.

    NĐ 61/2018/NĐ-CP Điều 17 khoản 3: the request lists, once and completely, what has to be added.
    """
    named = [
        folded(str(one.get("document") or ""))
        for one in (items if isinstance(items, list) else ())
        if isinstance(one, Mapping)
    ]
    forgotten = [one for one in absent if not any(_same(folded(one.name), name) for name in named)]
    if not forgotten:
        return None
    papers = "; ".join(f"«{one.name}»" for one in forgotten)
    return (
        f"Yêu cầu bổ sung phải nêu đủ một lần giấy tờ còn thiếu. Thêm vào danh sách: {papers}.",
        f"The request has to name, once and completely, what is missing. Add to the list: {papers}.",
    )


def _same(paper: str, named: str) -> bool:
    """The officer may shorten the official name, or add to it."""
    return bool(named) and (named in paper or paper in named)


def rows_for(absent: Sequence[RequiredDocument]) -> dict[str, Any]:
    """The rows that a request for a supplement begins with, as a form takes what was typed."""
    typed: dict[str, Any] = {}
    for number, one in enumerate(absent):
        typed[f"{ITEMS}.{number}.document"] = one.name
        typed[f"{ITEMS}.{number}.quantity"] = _asked(one)
    return typed


def _asked(document: RequiredDocument) -> str:
    parts = [
        f"{count:02d} {word}"
        for count, word in (
            (document.original, "bản chính"),
            (document.certified, "bản chứng thực"),
            (document.copy, "bản sao"),
        )
        if count
    ]
    return ", ".join(parts)
