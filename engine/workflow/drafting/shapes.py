"""Which drafts are alike but for their facts, so that the check need not be repeated for each of them."""

import hashlib
import re
from dataclasses import replace

from engine.domain.procedure import RequiredDocument
from engine.workflow.drafting.outline import Outline

_NUMBER = re.compile(r"[0-9]+")
_UNIT = re.compile(r"working days|calendar days|months|working hours")


def shape_of(outline: Outline) -> str:
    """A digest of everything that the check looks into.

    Texts (code, name, field, questions, agency) are only repeated in the diagram, and spans of time differ in
    number and unit alone: a limit of another length is as sound as this one.
    """
    limit = _UNIT.sub("span", _NUMBER.sub("n", outline.limit)) if outline.limit else None
    papers = dict.fromkeys(_alike(one) for one in outline.documents)
    alike = replace(
        outline, code="x", name="x", agency="x", domain="", source="", limit=limit, limit_note="",
        channels=(), result=None, questions=(), documents=tuple(papers),
    )  # fmt: skip
    return hashlib.sha256(repr(alike).encode()).hexdigest()


def _alike(paper: RequiredDocument) -> RequiredDocument:
    """A line of the checklist without what differs from one to the next."""
    return replace(
        paper, id="x", name="x", original=min(paper.original, 1), certified=min(paper.certified, 1),
        copy=min(paper.copy, 1),
    )  # fmt: skip
