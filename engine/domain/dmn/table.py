"""A decision table and its evaluation. Pure: a scope goes in, a value comes out."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.domain.dmn.aggregate import aggregated
from engine.domain.dmn.errors import (
    CellFailed,
    Located,
    TableConflict,
    TableInputRefused,
    TableOutputRefused,
    TableWrong,
)
from engine.domain.dmn.kinds import as_type
from engine.domain.dmn.policy import RANKED, SEVERAL, Aggregation, HitPolicy
from engine.domain.feel import Expression, FeelEvaluationError, FeelValue, UnaryTests
from engine.domain.feel.comparison import equal
from engine.domain.feel.formatting import text_of
from engine.domain.feel.frame import Frame, Meter

CELL = 6  # steps of coming to a cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One condition column."""

    label: str
    expression: Expression
    type_ref: str | None = None
    allowed: UnaryTests | None = None  # values its author foresaw; others are refused, not passed over


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """One result column. ``ranked`` are its allowed values, best first; none where they are no plain list."""

    name: str
    type_ref: str | None = None
    allowed: UnaryTests | None = None
    ranked: tuple[FeelValue, ...] = ()
    default: Expression | None = None

    def takes(self, value: FeelValue, frame: Frame) -> bool:
        """Whether the column allows a value of the right type; its tests may read what the frame sees."""
        fits, taken = as_type(value, self.type_ref)
        if not fits:
            return False
        if self.ranked:
            return any(equal(taken, one) is True for one in self.ranked)
        return self.allowed is None or self.allowed.within(frame, taken)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row. A test of None passes everything (``-``)."""

    number: int  # from 1, as an analyst counts
    id: str | None = None
    tests: tuple[UnaryTests | None, ...]
    results: tuple[Expression, ...]
    annotations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """A value, and the numbers of the rules it came from (none: the default or nothing)."""

    value: FeelValue
    rules: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTable:
    """A checked table. Raises TableWrong when it is made of parts that do not fit together."""

    id: str
    name: str
    policy: HitPolicy
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    aggregation: Aggregation | None = None
    words: frozenset[str] = frozenset()  # names with keywords or signs that its cells may use

    def __post_init__(self) -> None:
        for vi, en in _faults(self):
            raise TableWrong(self.name, vi, en)

    @property
    def names(self) -> frozenset[str]:
        """The names of the scope that it reads."""
        return frozenset().union(*(part.names for part in self._parts()))

    @property
    def paths(self) -> frozenset[str]:
        """The dotted paths that it reads."""
        return frozenset().union(*(part.paths for part in self._parts()))

    @property
    def calls(self) -> frozenset[str]:
        """The functions that it calls."""
        return frozenset().union(*(part.calls for part in self._parts()))

    def evaluate(self, scope: Mapping[str, object]) -> FeelValue:
        """The value for a scope: one result or a list of them as the policy says, null without a match.

        Several outputs make a context. Raises TableConflict, TableInputRefused,
        TableOutputRefused, CellFailed.
        """
        return self.decide(scope).value

    def value_within(self, scope: Mapping[str, object], meter: Meter) -> FeelValue:
        """As ``evaluate``, as a part of something larger that counts its work on ``meter``."""
        return self.decide(scope, meter).value

    def decide(self, scope: Mapping[str, object], meter: Meter | None = None) -> Decided:
        """As ``evaluate``, with the rules that spoke: history keeps them."""
        case = _Case(self, Frame(scope, meter or Meter()))
        values = [case.input(column) for column in self.inputs]
        matching = [rule for rule in self.rules if case.matches(rule, values)]
        if self.policy == HitPolicy.FIRST:
            matching = matching[:1]
        if self.policy == HitPolicy.UNIQUE and len(matching) > 1:
            raise self._conflict(matching)
        if not matching:
            return Decided(self._nothing(case), ())
        return self._settle(matching, [case.results(rule) for rule in matching])

    def _settle(self, matching: list[Rule], results: list[tuple[FeelValue, ...]]) -> Decided:
        if self.policy == HitPolicy.ANY and any(equal([*r], [*results[0]]) is not True for r in results):
            raise self._conflict(matching)
        if self.policy in RANKED:
            order = sorted(range(len(results)), key=lambda index: self._rank(results[index]))
            matching, results = [matching[i] for i in order], [results[i] for i in order]
        numbers = tuple(rule.number for rule in matching)
        if self.policy not in SEVERAL:
            return Decided(self._shaped(results[0]), numbers if self.policy == HitPolicy.ANY else numbers[:1])
        if self.aggregation is not None:
            return Decided(aggregated(self.aggregation, [r[0] for r in results], self.name), numbers)
        return Decided([self._shaped(result) for result in results], numbers)

    def _shaped(self, result: tuple[FeelValue, ...]) -> FeelValue:
        if len(self.outputs) == 1:
            return result[0]
        return {column.name: value for column, value in zip(self.outputs, result, strict=True)}

    def _nothing(self, case: "_Case") -> FeelValue:
        """What a table says when no rule matches: its defaults, else nothing at all."""
        listed = self.policy in SEVERAL and self.aggregation is None
        if any(column.default is not None for column in self.outputs):
            value = self._shaped(tuple(case.default(column) for column in self.outputs))
            return [value] if listed else value
        if self.aggregation == Aggregation.COUNT:
            return 0
        return [] if listed else None

    def _rank(self, result: tuple[FeelValue, ...]) -> tuple[int, ...]:
        """The place of each value in its column's list; columns without a list do not rank."""
        return tuple(
            next(place for place, value in enumerate(column.ranked) if equal(value, one) is True)
            for column, one in zip(self.outputs, result, strict=True)
            if column.ranked
        )

    def _conflict(self, rules: list[Rule]) -> TableConflict:
        return TableConflict(self.name, self.policy, tuple(rule.number for rule in rules))

    def _parts(self) -> list[Expression | UnaryTests]:
        parts: list[Expression | UnaryTests | None] = []
        for rule in self.rules:
            parts += [*rule.tests, *rule.results]
        for column in self.inputs:
            parts += [column.expression, column.allowed]
        for output in self.outputs:
            parts += [output.allowed, output.default]
        return [part for part in parts if part is not None]


@dataclass(frozen=True, slots=True)
class _Case:
    """A table and what it is asked about."""

    table: DecisionTable
    frame: Frame

    def input(self, column: Input) -> FeelValue:
        found = self.value(column.expression, 0, column.label)
        self.frame.meter.weigh(found)
        fits, value = as_type(found, column.type_ref)
        if not fits or (column.allowed is not None and not column.allowed.within(self.frame, value)):
            raise TableInputRefused(self.table.name, column.label, text_of(found))
        return value

    def matches(self, rule: Rule, values: list[FeelValue]) -> bool:
        for test, value, column in zip(rule.tests, values, self.table.inputs, strict=True):
            if test is None:
                continue
            self.charge(test)
            try:
                if not test.within(self.frame, value):
                    return False
            except Located:
                raise
            except FeelEvaluationError as problem:
                raise CellFailed(self.table.name, rule.number, column.label, problem) from None
        return True

    def results(self, rule: Rule) -> tuple[FeelValue, ...]:
        made = []
        for column, expression in zip(self.table.outputs, rule.results, strict=True):
            found = self.value(expression, rule.number, column.name)
            if not column.takes(found, self.frame):
                raise TableOutputRefused(self.table.name, column.name, text_of(found), rule.number)
            made.append(as_type(found, column.type_ref)[1])
        return tuple(made)

    def default(self, column: Output) -> FeelValue:
        return None if column.default is None else self.value(column.default, 0, column.name)

    def charge(self, cell: Expression | UnaryTests) -> None:
        """What a cell costs without loops, which is bounded by its text."""
        self.frame.meter.charge(CELL + (len(cell.source) >> 2))

    def value(self, expression: Expression, row: int, column: str) -> FeelValue:
        """Of a cell; row 0 is what stands above the rules."""
        self.charge(expression)
        try:
            return expression.within(self.frame)
        except Located:
            raise
        except FeelEvaluationError as problem:
            raise CellFailed(self.table.name, row, column, problem) from None


def _faults(table: DecisionTable) -> list[tuple[str, str]]:
    """What is wrong with the shape of a table; the first is reported."""
    names = [column.name for column in table.outputs]
    widths = {(len(rule.tests), len(rule.results)) for rule in table.rules}
    checks = [
        (not table.outputs, "chưa có cột kết quả", "it has no output column"),
        (not table.rules, "chưa có dòng nào", "it has no rule"),
        (len(set(names)) < len(names), "hai cột kết quả trùng tên", "two output columns have the same name"),
        (len(names) > 1 and "" in names, "mỗi cột kết quả cần một tên", "every output column needs a name"),
        (
            bool(widths - {(len(table.inputs), len(table.outputs))}),
            "có dòng thiếu hoặc thừa ô",
            "a rule has too few or too many cells",
        ),
        (
            table.policy in RANKED and not any(column.ranked for column in table.outputs),
            f"{table.policy} cần danh sách giá trị của cột kết quả, theo thứ tự ưu tiên",
            f"{table.policy} needs the allowed values of an output column, in order of priority",
        ),
        (
            table.aggregation is not None and (table.policy != HitPolicy.COLLECT or len(names) > 1),
            "chỉ tổng hợp được COLLECT với một cột kết quả",
            "only COLLECT with one output column can be aggregated",
        ),
    ]
    return [(vi, en) for wrong, vi, en in checks if wrong]
