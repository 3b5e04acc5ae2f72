"""Whatever is typed compiles or is a FeelSyntaxError; whatever runs gives a value or FeelEvaluationError."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.domain.feel import (
    STANDARD,
    FeelEvaluationError,
    FeelSyntaxError,
    compile_expression,
    compile_script,
    compile_unary_tests,
    from_json,
    to_json,
)
from engine.domain.feel.comparison import equal
from engine.domain.feel.values import KINDS
from tests.pace import seconds

QUICK = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WORDS = (
    *[
        "if",
        "then",
        "else",
        "for",
        "in",
        "return",
        "some",
        "every",
        "satisfies",
        "and",
        "or",
        "between",
        "not",
        "true",
        "false",
        "null",
        "function",
    ],
    *[
        "instance",
        "of",
        "number",
        "list",
        "item",
        "partial",
        "?",
        "@",
        "x",
        "đơn",
        "1",
        "2.5",
        ".5",
        "1E2",
        "..",
        ".",
        ",",
        ":",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "+",
        "-",
        "*",
        "/",
        "**",
    ],
    *["=", "!=", "<", "<=", ">", ">=", "->", "count", "sum", "sort"],
    *('"a"', '"2026-01-02"', "họ tên", "// c\n", "/* c */", "\n", "working days", "date and time"),
)
SCOPE = {
    "x": [1, 2.5, None, "a", {"a": 1}],
    "đơn": {"họ tên": "Hà", "a": [True, False]},
    "item": "outer",
    "dossier": {"received_at": datetime(2026, 1, 2, tzinfo=UTC)},
}
NUMBERS = st.integers(-(10**40), 10**40) | st.decimals(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15)
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)

LITERALS = st.sampled_from(
    (
        *[
            "null",
            "true",
            "false",
            "0",
            "1",
            "-3",
            "2.5",
            '""',
            '"ạ"',
            "[]",
            "[1,2]",
            "{}",
            "{a:1}",
            "x",
            "đơn",
            "[1..3]",
            "]1..3[",
            "item",
            "partial",
            "?",
            "missing",
        ],
        *[
            '@"2026-01-31"',
            '@"10:00:00"',
            '@"2026-01-31T10:00:00Z"',
            '@"P1M"',
            '@"-P1DT1H"',
            "10**40",
            "10**6000",
            "1/3",
        ],
        *("working days(3)", "months(1)", 'date("9999-12-31")', 'date("0001-01-01")'),
        *("function(a) a", "function(a, b) a < b"),
    )
)
OPERATORS = st.sampled_from(["+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or", "in"])
NAMES = st.sampled_from(sorted(STANDARD))
TYPES = st.sampled_from(["number", "list<string>", "context<a: Any>", "Any", "range"])
MEMBERS = st.sampled_from(["a", "họ tên", "year", "weekday", "days", "months", "start", "time offset"])


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Expressions one level larger than ``inner``."""
    arguments = st.lists(inner, max_size=3).map(", ".join)
    return st.one_of(
        st.builds("({}) {} ({})".format, inner, OPERATORS, inner),
        st.builds("-({})".format, inner),
        st.builds("if {} then {} else {}".format, inner, inner, inner),
        st.builds("({}) between ({}) and ({})".format, inner, inner, inner),
        st.builds("({})[{}]".format, inner, inner),
        st.builds("({}).{}".format, inner, MEMBERS),
        st.builds("[{}]".format, arguments),
        st.builds("{{a: {}, b: {}}}".format, inner, inner),
        st.builds("for i in {} return {}".format, inner, inner),
        st.builds("for i in {}..{} return [i, partial]".format, inner, inner),
        st.builds("some i in {} satisfies {}".format, inner, inner),
        st.builds("every i in {} satisfies {}".format, inner, inner),
        st.builds("({}) in (< ({}), [({})..({})], {})".format, inner, inner, inner, inner, inner),
        st.builds("(function(a, i) {})({})".format, inner, arguments),
        st.builds(
            "({}) instance of {}".format, inner, st.sampled_from(["number", "list<string>", "Any", "range"])
        ),
        st.builds("{}({})".format, NAMES, arguments),
    )


EXPRESSIONS = st.recursive(LITERALS, grown, max_leaves=12)


@QUICK
@given(st.text(max_size=60) | st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_any_text_compiles_or_is_a_syntax_error(source: str) -> None:
    for compile_ in (compile_expression, compile_unary_tests, compile_script):
        problem = refusal(compile_, source)
        if problem is not None:
            assert 1 <= problem.line <= len(source.splitlines()) + 1
            assert problem.column >= 1
            assert problem.message("vi")
            assert problem.message("en")


def refusal(compile_: Callable[[str], object], source: str) -> FeelSyntaxError | None:
    try:
        compile_(source)
    except FeelSyntaxError as problem:
        return problem
    return None


@QUICK
@given(EXPRESSIONS)
def test_any_expression_gives_a_value_or_an_evaluation_error(source: str) -> None:
    try:
        value = compile_expression(source).evaluate(SCOPE)
        assert type(value) in KINDS
        to_json(value)
    except (FeelSyntaxError, FeelEvaluationError):
        return


@settings(QUICK, max_examples=150)
@given(EXPRESSIONS)
def test_any_expression_repeated_thousands_of_times_ends_soon(source: str) -> None:
    again = f"for n in 1..9000 return {source}"
    # A quarter of a second of work; one that is not bounded takes many seconds.
    assert _spent(again) < 0.25 or min(_spent(again) for _ in range(3)) < seconds(0.25)


def _spent(source: str) -> float:
    began = time.thread_time()
    with suppress(FeelSyntaxError, FeelEvaluationError):
        to_json(compile_expression(source).evaluate(SCOPE))
    return time.thread_time() - began


@QUICK
@given(EXPRESSIONS)
def test_the_same_expression_gives_the_same_value(source: str) -> None:
    try:
        expression = compile_expression(source)
        first, second = expression.evaluate(SCOPE), expression.evaluate(dict(SCOPE))
        assert to_json(first) == to_json(second)
    except (FeelSyntaxError, FeelEvaluationError):
        return


@QUICK
@given(EXPRESSIONS, EXPRESSIONS)
def test_a_cell_matches_or_does_not(source: str, subject: str) -> None:
    try:
        value = compile_expression(subject).evaluate(SCOPE)
        assert compile_unary_tests(source).matches(value, SCOPE) in (True, False)
    except (FeelSyntaxError, FeelEvaluationError):
        return


@given(JSON)
def test_json_survives_the_way_in_and_out(document: object) -> None:
    assert to_json(from_json(document)) == document


@given(JSON)
def test_a_document_is_equal_to_itself(document: object) -> None:
    assert equal(from_json(document), from_json(document)) is True


@given(NUMBERS, NUMBERS)
def test_arithmetic_agrees_with_decimal(a: int | Decimal, b: int | Decimal) -> None:
    scope = {"a": a, "b": b}
    total = compile_expression("a + b").evaluate(scope)
    assert compile_expression("b + a").evaluate(scope) == total
    order = compile_expression("if a < b then -1 else if a > b then 1 else 0").evaluate(scope)
    small = all(abs(n) < 10**30 for n in (a, b))
    if small and isinstance(a, int) and isinstance(b, int):
        assert total == a + b
        assert order == (a > b) - (a < b)


@given(st.text(max_size=80))
def test_a_text_in_quotes_is_that_text(text: str) -> None:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    try:
        found = compile_expression(f'"{escaped}"').evaluate({})
    except FeelSyntaxError:
        pytest.fail("a quoted text is an expression")
    # The source is put into composed form (NFC), texts included.
    assert compile_expression("a = b").evaluate({"a": found, "b": found}) is True
    if text.isascii():
        assert found == text
