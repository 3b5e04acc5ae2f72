"""All steps and procedures as columns: a value that comes again is kept, and judged, only once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from engine.portfolio.fields import PROCEDURE, STEP, Field, is_step
from engine.portfolio.records import PROCESS, Record


@dataclass(slots=True)
class Column:
    """One word over all rows: its different values, and which of them each row has."""

    values: list[Any] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)

    def at(self, row: int) -> Any:
        """The value in a row."""
        return self.values[self.codes[row]]


Columns = dict[str, Column]


@dataclass(slots=True, kw_only=True)
class Table:
    """A catalogue as it is searched."""

    procedures: Columns  # the words of PROCEDURE, and file, process, own
    steps: Columns  # the words of STEP
    of: list[int]  # row of the procedure of each step
    forms: list[list[Any]]  # file, id, [[kind, number, issuer], ...] of each form
    problems: list[list[str]]  # name, vi, en of each file that could not be read

    @property
    def files(self) -> int:
        return len(self.procedures["file"].codes)

    def procedure(self, row: int, *names: str) -> dict[str, Any]:
        """Some words of a procedure."""
        return {name: self.procedures[name].at(row) for name in names}

    def to_json(self) -> dict[str, Any]:
        return {
            "procedures": _packed(self.procedures),
            "steps": _packed(self.steps),
            "of": self.of,
            "forms": self.forms,
            "problems": self.problems,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Table":
        return cls(
            procedures={name: Column(*one) for name, one in kept["procedures"].items()},
            steps={name: Column(*one) for name, one in kept["steps"].items()},
            of=kept["of"],
            forms=kept["forms"],
            problems=kept["problems"],
        )


class _Writer:
    """Appends rows to columns."""

    def __init__(self, names: Iterable[str]) -> None:
        self.columns: Columns = {name: Column() for name in names}
        self._seen: dict[str, dict[bytes, int]] = {name: {} for name in self.columns}

    def add(self, row: Mapping[str, Any]) -> None:
        for name, column in self.columns.items():
            seen, key = self._seen[name], orjson.dumps(row[name])
            code = seen.setdefault(key, len(column.values))
            if code == len(column.values):
                column.values.append(row[name])
            column.codes.append(code)


def table_of(found: Sequence[tuple[str, str, Record]], problems: list[list[str]], *, centre: str) -> Table:
    """The table of records, each with the name it lies under and its digest.

    What several names share, as versions share their called processes, stands in it once.
    """
    procedures, steps = _Writer([*PROCEDURE, "file", "process", "own"]), _Writer(STEP)
    of: list[int] = []
    forms: list[list[Any]] = []
    taken: set[str] = set()
    for name, key, record in found:
        if record["record"] != PROCESS:
            forms.append([name, record["form"], record["cites"]])
            continue
        if not record["own"] and key in taken:
            continue
        taken.add(key)
        facts = record["procedure"]
        said = {"file": name, "process": record["process"], "own": record["own"]}
        procedures.add(said | _row(PROCEDURE, facts, facts))
        for node in filter(is_step, record["nodes"]):
            row = _row(STEP, node, facts)
            steps.add(row | {"agency": centre} if row["agency"] == "centre" else row)
            of.append(len(procedures.columns["file"].codes) - 1)
    return Table(procedures=procedures.columns, steps=steps.columns, of=of, forms=forms, problems=problems)


def _row(
    fields: Mapping[str, Field], facts: Mapping[str, Any], procedure: Mapping[str, Any]
) -> dict[str, Any]:
    return {name: one.value(facts, procedure) for name, one in fields.items()}


def _packed(columns: Columns) -> dict[str, list[Any]]:
    return {name: [column.values, column.codes] for name, column in columns.items()}
