"""A ``decisionTable`` element as the JSON that ``engine.domain.dmn.codec`` reads, every cell checked."""

from collections.abc import Mapping
from typing import Any

from lxml.etree import _Element

from engine.domain.dmn import Aggregation, DecisionTable, HitPolicy, Output, TableWrong
from engine.domain.dmn.codec import plain_from_json
from engine.domain.feel import Expression, FeelEvaluationError, compile_expression, compile_unary_tests
from engine.domain.feel.frame import Frame, Meter
from engine.workflow.reading.dmn_xml import child, children, name_of, text_of, type_of
from engine.workflow.reading.item_types import column_type
from engine.workflow.reading.table_faults import Faults

NOT_ASKED = ("", "-")


class TableXml:
    """Reads the tables of one file; what is wrong with them goes to ``faults``."""

    def __init__(self, faults: Faults, types: Mapping[str, Any], inputs: Mapping[str, str | None]) -> None:
        self.faults = faults
        self.types = types
        self.inputs = inputs  # the type of each input of the model, by name

    def read(self, table: _Element, key: str, name: str, type_ref: str | None) -> dict[str, Any]:
        """The table as JSON. ``type_ref`` is the decision's own type, which a single column may leave out."""
        self.faults.language(table)
        errors = len(self.faults.findings)
        policy, aggregation = table.get("hitPolicy", "UNIQUE"), table.get("aggregation")
        if policy not in list(HitPolicy) or (
            aggregation is not None and aggregation not in list(Aggregation)
        ):
            self.faults.add("dmn-policy", table, what=f"{policy} {aggregation or ''}".strip())
        inputs = [self.input(element) for element in children(table, "input")]
        columns = list(children(table, "output"))
        outputs = [self.output(element, type_ref if len(columns) == 1 else None) for element in columns]
        rules = [
            self.rule(element, number, inputs, outputs)
            for number, element in enumerate(children(table, "rule"), 1)
        ]
        data = {
            "id": key,
            "name": name,
            "policy": policy,
            "aggregation": aggregation,
            "words": sorted(self.faults.words),
            "inputs": inputs,
            "outputs": outputs,
            "rules": rules,
        }
        if len(self.faults.findings) == errors:
            self.check(table, data)
        return data

    def input(self, element: _Element) -> dict[str, Any]:
        expression = child(element, "inputExpression")
        source = text_of(expression)
        label = element.get("label") or source.strip()
        own = None if expression is None else type_of(expression)
        # A column that only names an input and has no type of its own takes that of the input.
        kind, of_type = column_type(own or self.inputs.get(" ".join(source.split())), self.types)
        self.faults.compiled(element if expression is None else expression, source, label, compile_expression)
        allowed = self.values(element, "inputValues", label, of_type)
        return {"label": label, "expression": source, "type": kind, "allowed": allowed}

    def output(self, element: _Element, type_ref: str | None) -> dict[str, Any]:
        name = name_of(element)
        label = name or element.get("label") or "kết quả"
        kind, of_type = column_type(type_of(element) or type_ref, self.types)
        allowed = self.values(element, "outputValues", label, of_type)
        default = child(element, "defaultOutputEntry")
        source = text_of(default).strip() or None
        if default is not None and source:
            self.faults.compiled(default, source, label, compile_expression)
        return {"name": name, "type": kind, "allowed": allowed, "default": source}

    def values(self, element: _Element, name: str, label: str, of_type: str | None) -> str | None:
        """The allowed values of a column: its own, else those of its type."""
        holder = child(element, name)
        source = text_of(holder).strip() or of_type or ""
        if source in NOT_ASKED:
            return None
        self.faults.compiled(element if holder is None else holder, source, label, compile_unary_tests)
        return source

    def rule(
        self, element: _Element, number: int, inputs: list[dict[str, Any]], outputs: list[dict[str, Any]]
    ) -> dict[str, Any]:
        tests, results = list(children(element, "inputEntry")), list(children(element, "outputEntry"))
        if (len(tests), len(results)) != (len(inputs), len(outputs)):
            vi, en = f"dòng {number} thiếu hoặc thừa ô", f"rule {number} has too few or too many cells"
            self.faults.add("dmn-shape", element, vi=vi, en=en)
        for column, cell in zip(inputs, tests, strict=False):
            where = f"{number}, «{column['label']}»"
            self.faults.compiled(cell, text_of(cell), where, compile_unary_tests)
        for column, cell in zip(outputs, results, strict=False):
            where = f"{number}, «{column['name'] or 'kết quả'}»"
            self.faults.compiled(cell, text_of(cell).strip() or "null", where, compile_expression)
        return {
            "id": element.get("id"),
            "tests": [None if text_of(cell).strip() in NOT_ASKED else text_of(cell) for cell in tests],
            "results": [text_of(cell).strip() or "null" for cell in results],
            "annotations": [text_of(note).strip() for note in children(element, "annotationEntry")],
        }

    def check(self, element: _Element, data: Mapping[str, Any]) -> None:
        """What shows only in the whole: the shape, and constant results that do not fit their column."""
        try:
            table: DecisionTable = plain_from_json(data)
        except TableWrong as problem:
            self.faults.add(
                "dmn-shape", element, vi=problem.details["problem_vi"], en=problem.details["problem_en"]
            )
            return
        for rule, row in zip(table.rules, children(element, "rule"), strict=True):
            cells = children(row, "outputEntry")
            for column, expression, cell in zip(table.outputs, rule.results, cells, strict=True):
                if not _fits(column, expression):
                    where = f"{rule.number}, «{column.name}»"
                    self.faults.add("dmn-value", cell, where=where, what=expression.source)


def _fits(column: Output, expression: Expression) -> bool:
    """Whether a result that reads nothing is one the column allows; others show at run time."""
    if expression.names or expression.calls:
        return True
    try:
        return column.takes(expression.evaluate({}), Frame({}, Meter()))
    except FeelEvaluationError:
        return False
