"""Searches the table: each combination of values is judged once, however many rows have it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from engine.domain.feel import Expression, FeelEvaluationError, compile_expression
from engine.portfolio.fields import SCOPES
from engine.portfolio.query import Query, read_of
from engine.portfolio.table import Column, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A step, or a procedure as a whole, that was asked for."""

    code: str
    name: str  # of the procedure
    file: str  # or CODE@VERSION among live versions
    process: str
    own: bool  # false: of a process that procedures share
    step: str | None  # id; None: the procedure as a whole
    step_name: str | None
    step_kind: str | None
    why: Mapping[str, Any]  # the words that decided, with their values

    def to_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


def search(table: Table, query: Query) -> list[Hit]:
    """Everything that a query asks for, procedure by procedure. Raises FeelEvaluationError."""
    found: list[tuple[int, int]] = []  # row of the procedure, row of the step or -1
    expression = compile_expression(query.condition) if query.condition else None
    if query.rows != "step":
        found += [(row, -1) for row in _rows(table, query, expression, steps=False)]
    if query.rows != "procedure":
        found += [(table.of[row], row) for row in _rows(table, query, expression, steps=True)]
    read = read_of(expression) if expression else []
    teller = _Teller(table, query, read)
    return [teller.hit(*one) for one in sorted(found)]


def _rows(table: Table, query: Query, expression: Expression | None, *, steps: bool) -> Sequence[int]:
    rows: Sequence[int] = range(len(table.of) if steps else table.files)
    columns = table.steps if steps else table.procedures
    if not steps:  # a shared process is no procedure; its steps are steps
        own = table.procedures["own"]
        rows = [row for row in rows if own.at(row)]
    if query.words:
        texts = columns["words"]
        fits = [all(word in text for word in query.words) for text in texts.values]
        rows = [row for row in rows if fits[texts.codes[row]]]
    if expression is not None:
        rows = list(_holding(table, expression, rows, steps=steps))
    return rows


def _holding(table: Table, expression: Expression, rows: Sequence[int], *, steps: bool) -> Iterator[int]:
    """Rows for which a condition is true; null, as of a step without a limit, is not."""
    read = read_of(expression)
    columns = [_column(table, scope, name, steps=steps) for scope, name in read]
    codes: list[Iterator[int]] = []
    for (scope, _), column in zip(read, columns, strict=True):
        places = map(table.of.__getitem__, rows) if steps and scope == "procedure" else rows
        codes.append(map(column.codes.__getitem__, places))
    verdicts: dict[tuple[int, ...], bool] = {}
    combinations = zip(*codes, strict=True) if codes else repeat((), len(rows))
    for row, combination in zip(rows, combinations, strict=True):
        verdict = verdicts.get(combination)
        if verdict is None:
            values = [column.values[code] for column, code in zip(columns, combination, strict=True)]
            verdict = verdicts[combination] = _true(expression, read, values)
        if verdict:
            yield row


def _column(table: Table, scope: str, name: str, *, steps: bool) -> Column:
    if scope == "step" or (scope == "words" and steps):
        return table.steps[name]
    return table.procedures[name]


def _true(expression: Expression, read: Sequence[tuple[str, str]], values: Sequence[Any]) -> bool:
    scope: dict[str, Any] = {"step": {}, "procedure": {}}
    for (place, name), value in zip(read, values, strict=True):
        if place == "words":
            scope["words"] = value
        else:
            scope[place][name] = value
    try:
        return expression.evaluate(scope) is True
    except FeelEvaluationError:  # a legal function on what a step does not have: not this one
        return False


class _Teller:
    """Tells hits of one query."""

    def __init__(self, table: Table, query: Query, read: Sequence[tuple[str, str]]) -> None:
        self._of = [table.procedures[name] for name in ("code", "name", "file", "process", "own")]
        self._step = [table.steps[name] for name in ("id", "name", "kind")]
        self._words = {"words": list(query.words)} if query.words else {}
        wanted = [(scope, name) for scope, name in read if scope in SCOPES and name != "words"]
        self._why = [(f"{scope}.{name}", scope, _column(table, scope, name, steps=True))
                     for scope, name in wanted]  # fmt: skip

    def hit(self, procedure: int, step: int) -> Hit:
        code, name, file, process, own = (column.at(procedure) for column in self._of)
        identity, step_name, kind = (column.at(step) if step >= 0 else None for column in self._step)
        why = {word: column.at(step if scope == "step" else procedure) for word, scope, column in self._why}
        return Hit(code=code, name=name, file=file, process=process, own=own, step=identity,
                   step_name=step_name, step_kind=kind, why={**self._words, **why})  # fmt: skip
