"""A table as JSON and back: its texts, not its closures. For the stored bundle of a procedure version."""

from collections.abc import Mapping
from typing import Any

from engine.domain.dmn.policy import Aggregation, HitPolicy
from engine.domain.dmn.ranking import ranked_values
from engine.domain.dmn.table import DecisionTable, Input, Output, Rule
from engine.domain.feel import UnaryTests, compile_expression, compile_unary_tests


def plain_to_json(table: DecisionTable) -> dict[str, Any]:
    """Everything ``plain_from_json`` needs, as JSON."""
    return {
        "id": table.id,
        "name": table.name,
        "policy": str(table.policy),
        "aggregation": str(table.aggregation) if table.aggregation else None,
        "words": sorted(table.words),
        "inputs": [
            {
                "label": c.label,
                "expression": c.expression.source,
                "type": c.type_ref,
                "allowed": _source(c.allowed),
            }
            for c in table.inputs
        ],
        "outputs": [
            {
                "name": c.name,
                "type": c.type_ref,
                "allowed": _source(c.allowed),
                "default": c.default.source if c.default else None,
            }
            for c in table.outputs
        ],
        "rules": [
            {
                "id": r.id,
                "tests": [_source(t) for t in r.tests],
                "results": [e.source for e in r.results],
                "annotations": list(r.annotations),
            }
            for r in table.rules
        ],
    }


def plain_from_json(data: Mapping[str, Any]) -> DecisionTable:
    """The table behind the JSON. Raises FeelSyntaxError or TableWrong for what does not fit together."""
    words = tuple(data["words"])
    return DecisionTable(
        id=data["id"],
        name=data["name"],
        policy=HitPolicy(data["policy"]),
        aggregation=Aggregation(data["aggregation"]) if data["aggregation"] else None,
        words=frozenset(words),
        inputs=tuple(_input(c, words) for c in data["inputs"]),
        outputs=tuple(_output(c, words) for c in data["outputs"]),
        rules=tuple(_rule(number, r, words) for number, r in enumerate(data["rules"], 1)),
    )


def _source(tests: UnaryTests | None) -> str | None:
    return None if tests is None else tests.source


def _tests(source: str | None, words: tuple[str, ...]) -> UnaryTests | None:
    """A cell; ``-`` and an empty one ask nothing, hence need no test at all."""
    if source is None or source.strip() in ("", "-"):
        return None
    return compile_unary_tests(source, names=words)


def _input(column: Mapping[str, Any], words: tuple[str, ...]) -> Input:
    return Input(
        label=column["label"],
        expression=compile_expression(column["expression"], names=words),
        type_ref=column["type"],
        allowed=_tests(column["allowed"], words),
    )


def _output(column: Mapping[str, Any], words: tuple[str, ...]) -> Output:
    default = column["default"]
    return Output(
        name=column["name"],
        type_ref=column["type"],
        allowed=_tests(column["allowed"], words),
        ranked=ranked_values(column["allowed"]),
        default=compile_expression(default, names=words) if default else None,
    )


def _rule(number: int, rule: Mapping[str, Any], words: tuple[str, ...]) -> Rule:
    return Rule(
        number=number,
        id=rule["id"],
        tests=tuple(_tests(source, words) for source in rule["tests"]),
        results=tuple(compile_expression(source, names=words) for source in rule["results"]),
        annotations=tuple(rule["annotations"]),
    )
