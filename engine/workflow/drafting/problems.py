"""What is wrong with an outline: each with its line and field."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.errors import MotcuaError


@dataclass(frozen=True, slots=True)
class Problem:
    line: int  # 0: of no line, but of what is drawn by itself
    field: str  # e.g. steps[3].limit
    vi: str
    en: str

    def sentence(self, lang: str = "vi") -> str:
        where = f"{self.field}: " if self.field else ""
        said = self.vi if lang == "vi" else self.en
        line = f"{'dòng' if lang == 'vi' else 'line'} {self.line}: " if self.line else ""
        return f"{line}{where}{said}"


class BadOutline(MotcuaError):
    """An outline that cannot be drawn."""

    code = "bad-outline"
    vi = "Bản phác thảo chưa vẽ được: {said}"
    en = "The outline cannot be drawn: {said_en}"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            said="; ".join(one.sentence() for one in problems),
            said_en="; ".join(one.sentence("en") for one in problems),
        )
