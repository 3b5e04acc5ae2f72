"""Scripts assign line by line; what they assign is JSON by the time it reaches the document."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from engine.domain.feel import (
    FeelEvaluationError,
    FeelSyntaxError,
    compile_expression,
    compile_script,
    compile_unary_tests,
    from_json,
    to_json,
)

SCRIPT = """
// phí theo Thông tư
fee = 1000 * count(documents)   // đồng
vat = fee * 0.1

total = if vat > 50
    then fee + vat
    else fee
note = "a = b // (không phải chú thích"
list = [
  total,
  vat
]
"""


def test_a_script_runs_line_by_line_and_sees_what_it_made() -> None:
    scope = {"documents": [1, 2], "fee": 7}
    assert compile_script(SCRIPT).run(scope) == [
        ("fee", 2000),
        ("vat", 200),
        ("total", 2200),
        ("note", "a = b // (không phải chú thích"),
        ("list", [2200, 200]),
    ]
    assert scope == {"documents": [1, 2], "fee": 7}


def test_the_last_assignment_to_a_name_counts_and_all_are_told() -> None:
    assert compile_script("a = 1\na = a + 1").run({}) == [("a", 1), ("a", 2)]


def test_an_empty_script_does_nothing() -> None:
    assert compile_script("\n // nothing\n").run({}) == []


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a = 1\nb = 1 +", 2, 8),
        ("a = 1\n\n  b = foo(1)", 3, 7),
        ("a.b = 1", 1, 1),
        ("1 = 2", 1, 1),
        ("a", 1, 1),
        ("a = [1,\n  2,\n  $]", 3, 3),
        ("if = 3", 1, 1),
    ],
)
def test_a_wrong_line_is_told_by_its_place_in_the_script(text: str, line: int, column: int) -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        compile_script(text)
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("null", None),
        ("1.50", 1.5),
        ("2.0", 2),
        ('date("2026-01-02")', "2026-01-02"),
        ('date and time("2026-01-02T08:00:00")', "2026-01-02T08:00:00+07:00"),
        ('time("08:00:00Z")', "08:00:00Z"),
        ('@"P1DT2H"', "P1DT2H"),
        ('@"P14M"', "P1Y2M"),
        ("{a: [working days(5)]}", {"a": ["5WD"]}),
        ('after milestone("received", working days(3))', "received+3WD"),
    ],
)
def test_values_become_json(source: str, expected: object) -> None:
    assert to_json(compile_expression(source).evaluate({})) == expected


@pytest.mark.parametrize("source", ["[1..2]", "function(a) a", "10 ** 20", "[10 ** 400]"])
def test_what_json_cannot_hold_is_refused(source: str) -> None:
    with pytest.raises(FeelEvaluationError):
        to_json(compile_expression(source).evaluate({}))


def test_json_numbers_are_exact() -> None:
    assert from_json(0.1) == Decimal("0.1")
    assert from_json(2.0) == 2
    assert from_json({"a": [1.5, "2026-01-02"]}) == {"a": [Decimal("1.5"), "2026-01-02"]}


def test_the_present_moment_is_what_the_scope_says() -> None:
    at = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
    assert compile_expression("today()").evaluate({"now": at}) == date(2026, 11, 25)
    assert compile_expression("now() = dossier.now").evaluate({"dossier": {"now": at}}) is True


@pytest.mark.parametrize(
    ("cell", "value", "matches"),
    [
        ("-", None, True),
        ("", 1, True),
        ("5", 5, True),
        ("< 5", 4, True),
        ("< 5", None, False),
        ("< 5", "a", False),
        ("!= 5", 4, True),
        ('"a", "b"', "b", True),
        ('not("a", "b")', "b", False),
        ('not("a", "b")', "c", True),
        ("not(null)", 1, True),
        ("null", None, True),
        ("[1..5)", 5, False),
        ("[limit..100]", 10, True),
        ("> limit * 2", 21, True),
        ("[1, 2, 3]", 2, True),
        ("? > 2 and ? < limit", 5, True),
        ("count(?) > 1", [1, 2], True),
        ("some d in ? satisfies d = 2", [1, 2], True),
        ("true", True, True),
        ("true", False, False),
        ("false", False, True),
        ("not(true)", False, True),
        ("limit = 10", "anything", True),
        ('date("2026-01-01")', date(2026, 1, 1), True),
        ('starts with(?, "1.00")', "1.009397", True),
    ],
)
def test_cells_of_tables(cell: str, value: object, matches: bool) -> None:
    assert compile_unary_tests(cell).matches(value, {"limit": 10}) is matches


def test_a_condition_is_true_or_false_and_nothing_else() -> None:
    condition = compile_expression("amount > 5")
    assert condition.holds({"amount": 6}) is True
    assert condition.holds({"amount": 5}) is False
    for amount in (None, "6"):
        with pytest.raises(FeelEvaluationError, match="amount > 5"):
            condition.holds({"amount": amount})
