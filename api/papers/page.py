"""A paper as a page for the browser's own printer: the way that needs nothing but a browser."""

import re
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from api.papers.letters import WHOLE_WORDS
from api.qr import qr_svg
from engine.domain.papers import Paper
from engine.domain.papers.content import Column, Table

_WHOLE = re.compile(f"({WHOLE_WORDS})")


@dataclass(frozen=True, slots=True)
class Heading:
    """A cell of a table's heading."""

    title: str
    across: int = 1
    down: int = 1


def page_context(paper: Paper, *, pdf_url: str | None = None, back_url: str | None = None) -> dict[str, Any]:
    """What the template ``papers/paper.html`` needs; the addresses are for its two links, not printed."""
    return {
        "paper": paper,
        "qr": Markup(qr_svg(paper.lookup.url)) if paper.lookup else None,  # noqa: S704 -- made by segno
        "headings": {id(block): _headings(block) for block in paper.blocks if isinstance(block, Table)},
        "widths": {id(block): _widths(block.columns) for block in paper.blocks if isinstance(block, Table)},
        "key": id,
        "density": _density(paper),
        "whole": whole_words,
        "pdf_url": pdf_url,
        "back_url": back_url,
    }


def whole_words(text: str) -> Markup:
    """Escaped text whose two-syllable words do not break at the end of a line."""
    parts = _WHOLE.split(text)
    return Markup("").join(
        Markup('<span class="whole">{}</span>').format(part) if index % 2 else escape(part)
        for index, part in enumerate(parts)
    )


def _headings(table: Table) -> tuple[tuple[Heading, ...], ...]:
    """One row of headings, or two when columns are grouped."""
    groups = [column.group for column in table.columns]
    if not any(groups):
        return (tuple(Heading(column.title) for column in table.columns),)
    upper: list[Heading] = []
    for index, column in enumerate(table.columns):
        if not column.group:
            upper.append(Heading(column.title, down=2))
        elif index == 0 or groups[index - 1] != column.group:
            upper.append(Heading(column.group, across=groups.count(column.group)))
    return tuple(upper), tuple(Heading(column.title) for column in table.columns if column.group)


def _widths(columns: tuple[Column, ...]) -> tuple[str, ...]:
    total = sum(column.width for column in columns)
    return tuple(f"{100 * column.width / total:.1f}%" for column in columns)


def _density(paper: Paper) -> str:
    """How small the type must be for a slip to stay on one A5 page; a browser cannot try sizes."""
    rows = sum(len(block.rows) for block in paper.blocks if isinstance(block, Table))
    if paper.page != "A5" or rows <= 3:
        return "open"
    return "dense" if rows <= 7 else "tight"
