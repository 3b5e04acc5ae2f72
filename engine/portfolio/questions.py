"""Open questions: what nobody has looked up yet, procedure by procedure."""

from dataclasses import dataclass
from typing import Any

from engine.portfolio.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """What is still to be found out about one procedure or shared process."""

    code: str
    name: str
    agency: str
    file: str
    questions: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def open_questions(table: Table) -> list[Questions]:
    """All procedures with questions, those with most of them first."""
    found = []
    for row in range(table.files):
        said = table.procedure(row, "code", "name", "agency", "file")
        questions = tuple(table.procedures["open"].at(row))
        if questions:
            found.append(Questions(**said, questions=questions))
    return sorted(found, key=lambda one: (-len(one.questions), one.code))
