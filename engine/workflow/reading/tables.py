"""DMN files to decision tables. What is not executed exactly is refused with its element, never ignored."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lxml.etree import _Element

from engine.domain.dmn import Aggregation, DecisionTable, HitPolicy, Output, TableWrong, table_from_json
from engine.domain.feel import (
    Expression,
    FeelEvaluationError,
    FeelSyntaxError,
    compile_expression,
    compile_unary_tests,
)
from engine.domain.feel.lexer import is_special
from engine.domain.finding import Finding, Severity
from engine.workflow.reading.dmn_xml import child, children, line_of, local, text_of, type_of
from engine.workflow.reading.item_types import item_types, resolve
from engine.workflow.reading.table_faults import FAULTS

OTHER_LOGIC = (
    *("literalExpression", "invocation", "context", "relation", "functionDefinition", "list"),
    *("conditional", "filter", "for", "every", "some"),
)
NOT_ASKED = ("", "-")


@dataclass(frozen=True, slots=True)
class TablesRead:
    """The tables of one file by decision id; those with an error among the findings are left out."""

    tables: Mapping[str, DecisionTable]
    findings: tuple[Finding, ...]


def read_tables(root: _Element, file: str) -> TablesRead:
    """Read every decision of a DMN file (1.1 to 1.5).

    ``root`` is the ``definitions`` element from the guarded reader, ``file`` the name to show. Never raises
    for the content: whatever is wrong or not supported becomes a finding.
    """
    reader = _Reader(root, file)
    reader.read()
    return TablesRead(reader.tables, tuple(reader.findings))


class _Reader:
    """One walk over one file."""

    def __init__(self, root: _Element, file: str) -> None:
        self.root = root
        self.file = file
        self.tables: dict[str, DecisionTable] = {}
        self.findings: list[Finding] = []
        self.types = item_types(root)
        named = (
            element.get("name", "") for element in root.iter() if local(element) in ("inputData", "variable")
        )
        self.words = tuple(sorted({name for name in named if name and is_special(name)}))
        self.table = ""

    def read(self) -> None:
        if local(self.root) != "definitions":
            self.fault("dmn-root", self.root)
            return
        self.language(self.root)
        for element in children(self.root, "businessKnowledgeModel", "decisionService", "import"):
            self.fault("dmn-outside", element, what=local(element))
        decisions = list(children(self.root, "decision"))
        if not decisions:
            self.fault("dmn-empty", self.root)
        for decision in decisions:
            self.decision(decision)

    def decision(self, decision: _Element) -> None:
        key = decision.get("id")
        self.table = decision.get("name") or key or ""
        errors = len(self.findings)
        if not key or key in self.tables:
            self.fault("dmn-id", decision)
        for requirement in children(decision, "informationRequirement"):
            if child(requirement, "requiredDecision") is not None:
                self.fault("dmn-requirement", requirement)
        if child(decision, "knowledgeRequirement") is not None:
            self.fault("dmn-requirement", decision)
        table = child(decision, "decisionTable")
        if table is None:
            other = child(decision, *OTHER_LOGIC)
            self.fault("dmn-logic", decision, what="" if other is None else local(other))
            return
        data = self.data(key or "", table)
        if len(self.findings) == errors and key:
            self.make(key, table, data)

    def make(self, key: str, element: _Element, data: Mapping[str, Any]) -> None:
        try:
            table = table_from_json(data)
        except TableWrong as problem:
            self.fault(
                "dmn-shape", element, vi=problem.details["problem_vi"], en=problem.details["problem_en"]
            )
            return
        if self.constants(element, table):
            self.tables[key] = table

    def data(self, key: str, table: _Element) -> dict[str, Any]:
        """The table as ``table_from_json`` takes it; every cell is compiled to find its faults."""
        self.language(table)
        policy = table.get("hitPolicy", "UNIQUE")
        aggregation = table.get("aggregation")
        if policy not in list(HitPolicy) or (
            aggregation is not None and aggregation not in list(Aggregation)
        ):
            self.fault("dmn-policy", table, what=f"{policy} {aggregation or ''}".strip())
        inputs = [self.input(element) for element in children(table, "input")]
        outputs = [self.output(element) for element in children(table, "output")]
        rules = [
            self.rule(element, number, inputs, outputs)
            for number, element in enumerate(children(table, "rule"), 1)
        ]
        return {
            "id": key,
            "name": self.table,
            "policy": policy,
            "aggregation": aggregation,
            "words": list(self.words),
            "inputs": inputs,
            "outputs": outputs,
            "rules": rules,
        }

    def input(self, element: _Element) -> dict[str, Any]:
        expression = child(element, "inputExpression")
        source = text_of(expression)
        label = element.get("label") or source.strip()
        found = resolve(type_of(expression) if expression is not None else None, self.types)
        self.compiled(element if expression is None else expression, source, label, compile_expression)
        allowed = self.values(element, "inputValues", label, found.allowed)
        return {"label": label, "expression": source, "type": found.type_ref, "allowed": allowed}

    def output(self, element: _Element) -> dict[str, Any]:
        name = element.get("name") or ""
        label = name or element.get("label") or "kết quả"
        found = resolve(type_of(element), self.types)
        allowed = self.values(element, "outputValues", label, found.allowed)
        default = child(element, "defaultOutputEntry")
        source = text_of(default).strip() or None
        if default is not None and source:
            self.compiled(default, source, label, compile_expression)
        return {"name": name, "type": found.type_ref, "allowed": allowed, "default": source}

    def values(self, element: _Element, name: str, label: str, of_type: str | None) -> str | None:
        """The allowed values of a column: its own, else those of its type."""
        holder = child(element, name)
        source = text_of(holder).strip() or of_type or ""
        if source in NOT_ASKED:
            return None
        self.compiled(element if holder is None else holder, source, label, compile_unary_tests)
        return source

    def rule(
        self, element: _Element, number: int, inputs: list[dict[str, Any]], outputs: list[dict[str, Any]]
    ) -> dict[str, Any]:
        tests, results = list(children(element, "inputEntry")), list(children(element, "outputEntry"))
        for column, cell in zip(inputs, tests, strict=False):
            where = f"{number}, «{column['label']}»"
            self.compiled(cell, text_of(cell), where, compile_unary_tests)
        for column, cell in zip(outputs, results, strict=False):
            where = f"{number}, «{column['name'] or 'kết quả'}»"
            self.compiled(cell, text_of(cell).strip() or "null", where, compile_expression)
        return {
            "id": element.get("id"),
            "tests": [None if text_of(cell).strip() in NOT_ASKED else text_of(cell) for cell in tests],
            "results": [text_of(cell).strip() or "null" for cell in results],
            "annotations": [text_of(note).strip() for note in children(element, "annotationEntry")],
        }

    def compiled(self, element: _Element, source: str, where: str, compile_: Callable[..., object]) -> None:
        """Compile a cell only to learn what is wrong with it."""
        self.language(element)
        try:
            compile_(source, names=self.words)
        except FeelSyntaxError as problem:
            first = line_of(element)
            self.fault(
                "dmn-expression",
                element,
                line=None if first is None else first + problem.line - 1,
                where=where,
                vi=problem.message("vi"),
                en=problem.message("en"),
            )

    def constants(self, element: _Element, table: DecisionTable) -> bool:
        """Whether all constant results fit their column; a wrong one would only show in a dossier."""
        errors = len(self.findings)
        for rule, row in zip(table.rules, children(element, "rule"), strict=True):
            cells = children(row, "outputEntry")
            for column, expression, cell in zip(table.outputs, rule.results, cells, strict=True):
                if not _fits(column, expression):
                    where = f"{rule.number}, «{column.name}»"
                    self.fault("dmn-value", cell, where=where, what=expression.source)
        return len(self.findings) == errors

    def language(self, element: _Element) -> None:
        language = element.get("expressionLanguage")
        if language and not language.rstrip("/").lower().endswith("feel"):
            self.fault("dmn-language", element, what=language)

    def fault(self, rule: str, element: _Element, *, line: int | None = None, **details: object) -> None:
        vi, en, remedy_vi, remedy_en = (
            text.format(**{"where": "", "what": "", **details}) for text in FAULTS[rule]
        )
        self.findings.append(
            Finding(
                rule=rule,
                severity=Severity.ERROR,
                element_id=element.get("id"),
                element_name=self.table or None,
                file=self.file,
                line=line if line is not None else line_of(element),
                message_vi=vi,
                message_en=en,
                remedy_vi=remedy_vi,
                remedy_en=remedy_en,
            )
        )


def _fits(column: Output, expression: Expression) -> bool:
    """Whether a result that reads nothing is one the column allows; others show at run time."""
    if expression.names or expression.calls:
        return True
    try:
        return column.takes(expression.evaluate({}), {})
    except FeelEvaluationError:
        return False
