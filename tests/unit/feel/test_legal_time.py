"""Legal time in a diagram: units of law, never silently lost."""

import pytest

from engine.domain.duration import (
    AfterMilestone,
    BeforeDue,
    CalendarDays,
    ClockHours,
    Months,
    WorkingDays,
    WorkingHours,
)
from engine.domain.feel import FeelEvaluationError, FeelSyntaxError, compile_expression, to_json


def value(source: str, **scope: object) -> object:
    return compile_expression(source).evaluate(scope)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("working days(5)", WorkingDays(5)),
        ("working hours(8)", WorkingHours(8)),
        ("calendar days(30)", CalendarDays(30)),
        ("clock hours(24)", ClockHours(24)),
        ("months(2)", Months(2)),
        ('legal duration("5WD")', WorkingDays(5)),
        ("before due(working days(1))", BeforeDue(WorkingDays(1))),
        ('after milestone("received", working days(3))', AfterMilestone("received", WorkingDays(3))),
        ("working days(count: n + 1)", WorkingDays(4)),
        ("working days(2) + working days(3)", WorkingDays(5)),
        ("working days(5) - working days(3)", WorkingDays(2)),
        ("sum(for d in [1, 2] return working days(d))", WorkingDays(3)),
        ("max(working days(5), working days(7))", WorkingDays(7)),
    ],
)
def test_legal_units_are_values(source: str, expected: object) -> None:
    assert value(source, n=3) == expected


def test_a_limit_may_depend_on_the_channel() -> None:
    limit = compile_expression('if dossier.channel = "online" then working days(22) else working days(25)')
    assert limit.evaluate({"dossier": {"channel": "online"}}) == WorkingDays(22)
    assert limit.evaluate({"dossier": {"channel": "counter"}}) == WorkingDays(25)
    assert limit.names == {"dossier"}


def test_equal_units_compare_and_different_ones_do_not() -> None:
    assert value("working days(5) < working days(7)") is True
    assert value("working days(5) = working days(5)") is True
    assert value("working days(5) < calendar days(7)") is None
    assert value("working days(5) = calendar days(5)") is None


@pytest.mark.parametrize(
    "source",
    [
        "working days(null)",
        "working days(missing)",
        'working days("5")',
        "working days(1.5)",
        "working days(-1)",
        "working days(1000000)",
        "months(true)",
        "before due(5)",
        "after milestone(null, working days(1))",
        'after milestone("received", 3)',
        'legal duration("5XY")',
        "working days(5) + calendar days(3)",
        "working days(1) - working days(2)",
    ],
)
def test_a_limit_that_makes_no_sense_is_an_error_and_never_null(source: str) -> None:
    with pytest.raises((FeelSyntaxError, FeelEvaluationError)) as caught:
        value(source)
    assert caught.value.message("vi") != caught.value.message("en")


def test_a_constant_limit_that_makes_no_sense_is_refused_at_deployment() -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        compile_expression("if a then\n  working days(-1) else null")
    assert (caught.value.line, caught.value.column) == (2, 3)


def test_an_expression_never_reads_a_clock() -> None:
    with pytest.raises(FeelEvaluationError):
        value("now()")
    with pytest.raises(FeelEvaluationError):
        value("today()")


def test_legal_values_are_stored_as_their_code() -> None:
    assert to_json(value("working days(5)")) == "5WD"
    assert to_json(value("[months(2)]")) == ["2M"]
