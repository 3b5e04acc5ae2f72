"""What is wrong with a catalogue: each with its row and column."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.errors import MotcuaError


@dataclass(frozen=True, slots=True)
class CellProblem:
    row: int  # as the file counts them, from 1; 0: the whole file
    column: str  # name of the column, or letter of the spreadsheet
    vi: str
    en: str

    def sentence(self, lang: str = "vi") -> str:
        if lang == "vi":
            where = f"dòng {self.row}" if self.row else ""
            column = f"cột {self.column}" if self.column else ""
        else:
            where = f"row {self.row}" if self.row else ""
            column = f"column {self.column}" if self.column else ""
        place = ", ".join(part for part in (where, column) if part)
        said = self.vi if lang == "vi" else self.en
        return f"{place}: {said}" if place else said


class BadCatalogue(MotcuaError):
    """A catalogue that cannot be imported; nothing was written."""

    code = "bad-catalogue"
    vi = "Danh mục chưa nhập được: {said}"
    en = "The catalogue cannot be imported: {said_en}"

    def __init__(self, problems: Sequence[CellProblem]) -> None:
        self.problems = tuple(problems)
        shown = self.problems[:20]
        super().__init__(
            said="; ".join(one.sentence() for one in shown),
            said_en="; ".join(one.sentence("en") for one in shown),
        )


def refuse(vi: str, en: str, row: int = 0, column: str = "") -> BadCatalogue:
    """The error for a single problem."""
    return BadCatalogue([CellProblem(row, column, vi, en)])
