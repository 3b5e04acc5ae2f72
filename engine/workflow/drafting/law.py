"""Articles of law as an outline names them."""

import re

from engine.domain.procedure import Basis
from engine.workflow.drafting.said import Said

_ARTICLE = re.compile(r"[,;]?\s+(?=(?:Điều|Khoản|khoản|Phụ lục|Mục|Chương|Phần)\s)")


def basis_of(text: str) -> Basis:
    """«NĐ 61/2018/NĐ-CP Điều 19 khoản 3 | ghi chú» taken apart."""
    law, _, note = text.partition("|")
    document, *article = _ARTICLE.split(law.strip(), maxsplit=1)
    return Basis(
        document=document.strip(" ,;"), article=article[0].strip() if article else "", note=note.strip()
    )


def read_basis(said: Said) -> tuple[Basis, ...]:
    """The field ``basis``: articles, each as a text or in its parts."""
    found = []
    for one in said.list("basis"):
        if isinstance(one, str):
            found.append(basis_of(one))
        else:
            found.append(
                Basis(
                    document=one.need("document"),
                    article=one.text("article") or "",
                    note=one.text("note") or "",
                )
            )
            one.close()
    return tuple(one for one in found if one.document != "none")
