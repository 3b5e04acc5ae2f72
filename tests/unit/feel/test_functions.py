"""The built-in functions, by topic, with the results the standard prints for them."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from engine.clock import VIETNAM
from engine.domain.feel import FeelSyntaxError, Range, YearsMonths, compile_expression


def value(source: str) -> object:
    return compile_expression(source).evaluate({"nothing": None})


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('substring("foobar", 3)', "obar"),
        ('substring("foobar", 3, 3)', "oba"),
        ('substring("foobar", -2, 1)', "a"),
        ('substring("foobar", 0)', None),
        ('substring("foobar", 9)', None),
        ('string length("Nghệ An")', 7),
        ('upper case("đạt")', "ĐẠT"),
        ('lower case("ĐẠT")', "đạt"),
        ('substring before("foobar", "bar")', "foo"),
        ('substring before("foobar", "xyz")', ""),
        ('substring after("foobar", "ob")', "ar"),
        ('contains("foobar", "ob")', True),
        ('starts with("foobar", "fo")', True),
        ('ends with("foobar", "r")', True),
        ('trim("  a ")', "a"),
        ('string join(["a", null, "c"])', "ac"),
        ('string join(["a", "b"], "-")', "a-b"),
        ('string join(["a", 1])', None),
        ("contains(null, null)", None),
        ('contains("a", 1)', None),
        ('contains(["foobar"], "ob")', True),
        ("string length(string: null)", None),
        ('starts with(match: "a", string: "ab")', True),
    ],
)
def test_text(source: str, expected: object) -> None:
    assert value(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("decimal(1/3, 2)", Decimal("0.33")),
        ("decimal(2.5, 0)", 2),
        ("decimal(1234, -2)", 1200),
        ("floor(-1.5)", -2),
        ("floor(1.56, 1)", Decimal("1.5")),
        ("ceiling(-1.5)", -1),
        ("round up(5.5, 0)", 6),
        ("round up(-1.121, 2)", Decimal("-1.13")),
        ("round down(-1.126, 2)", Decimal("-1.12")),
        ("round half up(2.5, 0)", 3),
        ("round half down(2.5, 0)", 2),
        ("abs(-10)", 10),
        ('abs(@"-P1D")', timedelta(days=1)),
        ('abs(@"-P1Y")', YearsMonths(12)),
        ("modulo(10 ** 6000, 1/3)", None),
        ("modulo(-12, 5)", 3),
        ("modulo(12, -5)", -3),
        ("modulo(10.1, 4.5)", Decimal("1.1")),
        ("modulo(1, 0)", None),
        ("sqrt(16)", 4),
        ("sqrt(-1)", None),
        ("log(0)", None),
        ("exp(0)", 1),
        ("odd(5)", True),
        ("even(5)", False),
        ('number("1 000,5", " ", ",")', Decimal("1000.5")),
        ('number("1.000.000", ".", ",")', 1_000_000),
        ('number("-2")', -2),
        ('number("hai")', None),
        ('number("1e400000")', None),
    ],
)
def test_numbers(source: str, expected: object) -> None:
    assert value(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("list contains([1, null], null)", True),
        ("count([])", 0),
        ("count(1)", 1),
        ("count(null)", None),
        ("min([2, 1])", 1),
        ("max(1, 3, 2)", 3),
        ('min("b", "a")', "a"),
        ("min([])", None),
        ('max([1, "a"])', None),
        ("sum([1, 2.5])", Decimal("3.5")),
        ("sum([])", None),
        ("sum([1, null])", None),
        ('sum([@"P1D", @"P2D"])', timedelta(days=3)),
        ("mean(1, 2, 3)", 2),
        ("product([2, 3, 4])", 24),
        ("median([6, 1, 2, 3])", Decimal("2.5")),
        ("median([8, 2, 5])", 5),
        ("stddev(2, 4, 7, 5)", Decimal("2.081665999466132735282297706979931")),
        ("mode([6, 1, 9, 6, 1])", [1, 6]),
        ("mode([])", []),
        ("all([true, null])", None),
        ("all([false, null])", False),
        ("any([true, null])", True),
        ("any([])", False),
        ("all(true, true)", True),
        ("sublist([4, 5, 6], 1, 2)", [4, 5]),
        ("sublist([4, 5, 6], -1)", [6]),
        ("append([1], 2, 3)", [1, 2, 3]),
        ("concatenate([1, 2], [3])", [1, 2, 3]),
        ("union([1, 2], [2, 3])", [1, 2, 3]),
        ("insert before([1, 3], 1, 2)", [2, 1, 3]),
        ("remove([1, 2, 3], 2)", [1, 3]),
        ("list replace([2, 4, 7], 3, 6)", [2, 4, 6]),
        ("list replace([2, 4, 7], function(item, newItem) item < newItem, 5)", [5, 5, 7]),
        ("reverse([1, 2])", [2, 1]),
        ("index of([1, 2, 2], 2)", [2, 3]),
        ("distinct values([1, 2.0, 2, [1], [1], null])", [1, 2, [1], None]),
        ("distinct values([1, true])", [1, True]),
        ("duplicate values([1, 2, 2, 3, 3])", [2, 3]),
        ("flatten([[1, [2]], 3])", [1, 2, 3]),
        ("sort([3, 1, 2])", [1, 2, 3]),
        ("sort([3, 1, 2], function(x, y) x > y)", [3, 2, 1]),
        ('sort([1, "a"])', None),
    ],
)
def test_lists(source: str, expected: object) -> None:
    assert value(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("date(2026, 11, 24)", date(2026, 11, 24)),
        ("date(2026, 13, 1)", None),
        ('date(date and time("2026-11-24T10:00:00"))', date(2026, 11, 24)),
        ('date and time(date("2026-11-24"), time("08:00:00"))', datetime(2026, 11, 24, 8, tzinfo=VIETNAM)),
        ("time(8, 30, 0)", time(8, 30, tzinfo=VIETNAM)),
        ("time(25, 0, 0)", None),
        ('time("08:30:00.25").second', 0),
        ('duration("P1Y")', YearsMonths(12)),
        ('duration("PT")', None),
        ('duration("P")', None),
        ('years and months duration(date("2025-12-31"), date("2026-11-30"))', YearsMonths(10)),
        ('years and months duration(date("2026-11-30"), date("2025-12-31"))', YearsMonths(-10)),
        ('day of year(date("2026-02-01"))', 32),
        ('day of week(date("2026-11-24"))', "Tuesday"),
        ('month of year(date("2026-11-24"))', "November"),
        ('week of year(date("2026-01-01"))', 1),
        ('last day of month(date("2028-02-01"))', 29),
        ('date("2026-1-2")', None),
        ('time("08:30:00@Asia/Ho_Chi_Minh") = time("08:30:00+07:00")', True),
        ('date and time("2026-11-24T08:00:00@Europe/Paris")', None),
    ],
)
def test_dates(source: str, expected: object) -> None:
    assert value(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("string(1.10)", "1.1"),
        ("string(10**20)", "100000000000000000000"),
        ("string(1/3)", "0." + "3" * 34),
        ("string(null)", None),
        ("string(true)", "true"),
        ('string([1, "a", null])', '[1, "a", null]'),
        ('string({a: 1, "b-c": "d"})', '{a: 1, "b-c": "d"}'),
        ('string(date("2026-01-02"))', "2026-01-02"),
        ('string(time("08:00:00"))', "08:00:00"),
        ('string(time("08:00:00Z"))', "08:00:00Z"),
        ('string(date and time("2026-01-02T08:00:00+07:00"))', "2026-01-02T08:00:00+07:00"),
        ('string(@"P1DT2H3M4.5S")', "P1DT2H3M4.5S"),
        ('string(@"-PT90M")', "-PT1H30M"),
        ('string(@"PT0S")', "PT0S"),
        ('string(@"P14M")', "P1Y2M"),
        ('string(@"P0M")', "P0M"),
        ("string([1..3))", "[1..3)"),
        ("string(function(a) a)", "function(a)"),
        ("string(working days(3))", "3WD"),
        ("string(before due(working days(1)))", "due-1WD"),
    ],
)
def test_values_as_text(source: str, expected: object) -> None:
    assert value(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('get value({a: 1}, "a")', 1),
        ('get value({a: {b: 2}}, ["a", "b"])', 2),
        ("get entries({a: 1})", [{"key": "a", "value": 1}]),
        ('context([{key: "a", value: 1}])', {"a": 1}),
        ('context([{key: "a", value: 1}, {key: "a", value: 2}])', None),
        ('context put({a: 1}, "b", 2)', {"a": 1, "b": 2}),
        ('context put({a: {b: 1}}, ["a", "b"], 2)', {"a": {"b": 2}}),
        ("context merge([{a: 1}, {b: 2}])", {"a": 1, "b": 2}),
        ("not(true)", False),
        ("not(null)", None),
        ("is(1, 1.0)", True),
        ('is(1, "1")', False),
    ],
)
def test_contexts_and_booleans(source: str, expected: object) -> None:
    assert value(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("before(1, 10)", True),
        ("before([1..10), 10)", True),
        ("before([1..10], [10..20])", False),
        ("before([1..10], (10..20])", True),
        ("after(12, [1..10])", True),
        ("meets([1..5], [5..10])", True),
        ("meets([1..5), [5..10])", False),
        ("met by([5..10], [1..5])", True),
        ("overlaps([1..5], [5..8])", True),
        ("overlaps([1..5), [5..8])", False),
        ("overlaps before([1..5], [3..8])", True),
        ("overlaps after([3..8], [1..5])", True),
        ("finishes(10, [1..10])", True),
        ("finishes([5..10], [1..10])", True),
        ("finished by([1..10], 10)", True),
        ("includes([1..10], 5)", True),
        ("includes([1..10), [1..10])", False),
        ("during(5, (5..10])", False),
        ("starts(1, [1..10])", True),
        ("started by([1..10], [1..5])", True),
        ("coincides([1..5], [1..5])", True),
        ('includes([date("2026-01-01")..date("2026-12-31")], date("2026-11-24"))', True),
        ('before(1, "a")', None),
        ("before(null, 1)", None),
    ],
)
def test_relations_of_ranges(source: str, expected: object) -> None:
    assert value(source) is expected


@pytest.mark.parametrize(
    "source",
    ["count()", "count(1, 2)", "substring(1)", "substring(text: 1)", "string(a: 1, from: 2)", "sort()"],
)
def test_a_wrong_number_or_name_of_arguments_is_told_at_deployment(source: str) -> None:
    with pytest.raises(FeelSyntaxError):
        value(source)


def test_an_unknown_function_is_told_with_its_neighbours() -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        value("1 +\n  substrin(nothing, 1)")
    assert "substring" in caught.value.message("en")
    assert (caught.value.line, caught.value.column) == (2, 3)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[1..3]", Range(1, 3)),
        (" ( 1 .. 3 ) ", Range(1, 3, False, False)),
        ("]1..3[", Range(1, 3, False, False)),
        ("[18..)", Range(18, None, True, False)),
        ("(..-2.5]", Range(None, Decimal("-2.5"), False, True)),
        ('["a".."c"]', Range("a", "c")),
        ('[@"2026-01-01"..date("2026-02-01")]', Range(date(2026, 1, 1), date(2026, 2, 1))),
        ('[duration("P1D")..@"P2D"]', Range(timedelta(days=1), timedelta(days=2))),
        ("[..3]", None),
        ("[1..]", None),
        ("(..)", None),
        ("[1..2..3]", None),
        ("[x..3]", None),
        ("[1 + 1..3]", None),
        ('[1.."a"]', None),
        ('[date(string("2026-01-01"))..@"2026-02-01"]', None),
        ("", None),
        ("[1..'", None),
    ],
)
def test_a_range_is_read_from_text_that_holds_literals_only(source: str, expected: object) -> None:
    assert compile_expression("range(text)").evaluate({"text": source}) == expected
    if expected is not None:
        assert compile_expression("range(string(range(text)))").evaluate({"text": source}) == expected
