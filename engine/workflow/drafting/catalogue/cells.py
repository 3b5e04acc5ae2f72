"""Cells of a table before anybody knows what they mean."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell, and what a spreadsheet made of it when it is no text."""

    text: str
    kind: Literal["text", "number", "date", "error"] = "text"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of cells with its number in the file, from 1."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def empty(self) -> bool:
        return not any(cell.text for cell in self.cells)
