"""What an analyst writes in a gateway comes out as DMN 1.5 says."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from engine.clock import VIETNAM
from engine.domain.feel import Range, YearsMonths, compile_expression

SCOPE = {
    "decision": "approve",
    "n": 3,
    "rate": 0.1,
    "flag": True,
    "nothing": None,
    "đơn": {"họ tên": "Đỗ Thị Hà", "số lượng": 2},
    "dossier": {"channel": "online", "received_at": datetime(2026, 8, 29, 20, 30, tzinfo=UTC)},
    "documents": [
        {"id": "don", "ok": True, "copies": 1},
        {"id": "banve", "ok": False, "copies": 3},
    ],
}


def value(source: str) -> object:
    return compile_expression(source).evaluate(SCOPE)


def check(source: str, expected: object) -> None:
    found = value(source)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1", 1),
        ("-1", -1),
        ("1.50", Decimal("1.5")),
        (".5", Decimal("0.5")),
        ("1E3", 1000),
        ("true", True),
        ("false", False),
        ("null", None),
        ('"a\\"b\\u1ea1\\n"', 'a"bạ\n'),
        ('""', ""),
        ('@"2026-01-02"', date(2026, 1, 2)),
        ('date("2026-01-02")', date(2026, 1, 2)),
        ('date("2026-02-30")', None),
        ('@"08:30:00"', time(8, 30, tzinfo=VIETNAM)),
        ('@"08:30:00Z"', time(8, 30, tzinfo=UTC)),
        ('date and time("2026-01-02T08:30:00")', datetime(2026, 1, 2, 8, 30, tzinfo=VIETNAM)),
        ('date and time("2026-01-02T01:30:00Z")', datetime(2026, 1, 2, 1, 30, tzinfo=UTC)),
        ('@"P1DT2H"', timedelta(days=1, hours=2)),
        ('@"-PT30M"', timedelta(minutes=-30)),
        ('@"P1Y2M"', YearsMonths(14)),
        ("[1, 2]", [1, 2]),
        ("[]", []),
        ("{}", {}),
        ('{a: 1, "b c": a + 1}', {"a": 1, "b c": 2}),
        ("[1..5]", Range(1, 5)),
        ("(1..5)", Range(1, 5, False, False)),
        ("]1..5[", Range(1, 5, False, False)),
        ("(< 5)", Range(None, 5, False, False)),
        ("(<= 5)", Range(None, 5, False, True)),
        ("(> 5)", Range(5, None, False, False)),
        ("(>= 5)", Range(5, None, True, False)),
        ("(< null)", None),
        ('"\\uD83D\\uDE00"', "\U0001f600"),
        ('"\\U01F600"', "\U0001f600"),
    ],
)
def test_literals_have_the_value_they_show(source: str, expected: object) -> None:
    check(source, expected)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("7 - 2 - 1", 4),
        ("2 * 3 / 4", Decimal("1.5")),
        ("6 / 3", 2),
        ("1 / 3", Decimal("0." + "3" * 34)),
        ("10 ** -2", Decimal("0.01")),
        ("2 ** 3 ** 2", 64),
        ("-3 ** 2", 9),
        ("5 -3", 2),
        ("0.1 + 0.2", Decimal("0.3")),
        ("n * rate", Decimal("0.3")),
        ("1 / 0", None),
        ("1 + null", None),
        ("nothing * 2", None),
        ('"a" + "b"', "ab"),
        ('"a" + 1', None),
        ("true + 1", None),
        ('date("2026-01-31") + @"P1M"', date(2026, 2, 28)),
        ('date("2028-02-29") + @"P1Y"', date(2029, 2, 28)),
        ('date("2026-03-01") - @"P1D"', date(2026, 2, 28)),
        ('date("2026-03-01") - date("2026-02-01")', timedelta(days=28)),
        ('@"P1D" * 2.5', timedelta(days=2, hours=12)),
        ('@"P1D" / @"PT6H"', 4),
        ('@"P1Y" + @"P2M"', YearsMonths(14)),
        ('time("23:00:00") + @"PT2H"', time(1, 0, tzinfo=VIETNAM)),
        ('date and time("2026-01-31T10:00:00") + @"P1M"', datetime(2026, 2, 28, 10, tzinfo=VIETNAM)),
        ('date("9999-12-31") + @"P1D"', None),
        ("10 ** 7000", None),
        ('date("2026-03-02") - date and time("2026-03-01T12:00:00")', timedelta(hours=12)),
        ('date and time("2026-03-01T12:00:00") - date("2026-03-01")', timedelta(hours=12)),
    ],
)
def test_arithmetic_is_decimal_and_null_where_undefined(source: str, expected: object) -> None:
    check(source, expected)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('decision = "approve"', True),
        ('decision != "approve"', False),
        ("n = 3.0", True),
        ('n = "3"', None),
        ("true = 1", None),
        ("nothing = null", True),
        ("missing = null", True),
        ("n = null", False),
        ("null < 1", None),
        ("2 < 3", True),
        ("3 <= 3", True),
        ('"a" < "b"', True),
        ("[1, 2] = [1, 2]", True),
        ("{a: 1} = {a: 2}", False),
        ('date("2026-01-02") > date("2026-01-01")', True),
        ('@"P1Y" = @"P12M"', True),
        ('@"P1D" < @"PT25H"', True),
        ('date("2026-01-02") = "2026-01-02"', None),
        ("n between 1 and 3", True),
        ("n between 4 and 9 or flag", True),
        ("n in [1..3]", True),
        ("n in [1..3)", False),
        ("n in (3..5]", False),
        ("n in [1..3[", False),
        ("n in (1, 2, 3)", True),
        ("n in (< 2, > 2)", True),
        ("n in > 5", False),
        ("n in [1, [2..4]]", True),
        ('decision in ("reject", "approve")', True),
        ("n instance of number", True),
        ("n instance of string", False),
        ("[1] instance of list<number>", True),
        ('["a"] instance of list<number>', False),
        ("{a: 1} instance of context<a: number>", True),
        ('@"P1D" instance of days and time duration', True),
        ("function(x) x instance of Any", None),
        ("[1..3] instance of range<number>", True),
        ("[1..3] instance of range<string>", False),
        ("(< 3) instance of range<number>", True),
        ("(function(a, b) a) instance of function<number, number> -> number", True),
        ("(function(a) a) instance of function<number, number> -> number", False),
        ("4 in (< 5)", True),
        ("4 in (= 4)", True),
        ("[4..5] = (>= 4)", False),
        ("(> 4) = > 4", True),
        ("(>= 4) = > 4", False),
    ],
)
def test_comparisons_are_null_between_kinds(source: str, expected: object) -> None:
    if source.startswith("function"):
        assert value(f"({source})(1)") is True
    else:
        assert value(source) is expected


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        ("true", "true", True, True),
        ("true", "false", False, True),
        ("true", "null", None, True),
        ("false", "null", False, None),
        ("null", "null", None, None),
        ("null", "true", None, True),
        ("null", "false", False, None),
        ("1", "false", False, None),
        ("1", "true", None, True),
    ],
)
def test_and_or_are_three_valued(left: str, right: str, both: object, either: object) -> None:
    assert value(f"{left} and {right}") is both
    assert value(f"{left} or {right}") is either


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("if flag then 1 else 2", 1),
        ("if nothing then 1 else 2", 2),
        ("if n > 5 then 1 else if n > 2 then 2 else 3", 2),
        ("dossier.channel", "online"),
        ("dossier.missing.deeper", None),
        ("đơn.họ tên", "Đỗ Thị Hà"),
        ("đơn.số lượng + 1", 3),
        ("documents.id", ["don", "banve"]),
        ("documents[1].id", "don"),
        ("documents[-1].id", "banve"),
        ("documents[3]", None),
        ("documents[ok = true].id", ["don"]),
        ("documents[item.copies > n - 1].id", ["banve"]),
        ("[{item: 1}, {item: 2}][item >= 2]", [{"item": 2}]),
        ("1 + if flag then 1 else 2 + 5", 2),
        ("flag and some x in [1, 2] satisfies x > 1 and x < 2", False),
        ("count(for x in [1, 2] return x) + 1", 3),
        ("[5, 6, 7][item > 5]", [6, 7]),
        ("n[1]", 3),
        ("n[2]", None),
        ("null[1]", None),
        ("{a: {b: 2}}.a.b", 2),
        ("[1..5].start included", True),
        ("dossier.received_at.hour", 3),
        ("date(dossier.received_at)", date(2026, 8, 30)),
        ('date("2026-01-02").weekday', 5),
        ('@"P1DT2H3M".hours', 2),
        ('@"P1Y2M".months', 2),
        ("(> 5).start", 5),
        ("(> 5).end", None),
        ('@"10:00:00@Asia/Ho_Chi_Minh".timezone', "Asia/Ho_Chi_Minh"),
        ('@"10:00:00@Etc/UTC".timezone', "Etc/UTC"),
        ('@"10:00:00+07:00".timezone', None),
        ('@"10:00:00+05:00".time offset', timedelta(hours=5)),
        ('@"10:00:00".timezone', None),
    ],
)
def test_conditions_paths_and_filters_reach_into_the_document(source: str, expected: object) -> None:
    check(source, expected)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("for x in [1, 2] return x * 10", [10, 20]),
        ("for x in 1..3 return x", [1, 2, 3]),
        ("for x in 3..1 return x", [3, 2, 1]),
        ("for x in [1..3) return x", [1, 2]),
        ("for x in [1, 2], y in [x, 5] return x + y", [2, 6, 4, 7]),
        ("for x in 1..4 return if x = 1 then 1 else x * partial[-1]", [1, 2, 6, 24]),
        ('for d in [date("2026-02-28")..date("2026-03-01")] return d.day', [28, 1]),
        ("for x in null return x", None),
        ("some d in documents satisfies d.ok", True),
        ("every d in documents satisfies d.ok", False),
        ("every d in [] satisfies d", True),
        ("some x in [1, null] satisfies x > 3", None),
        ("some x in [1, 2], y in [2, 3] satisfies x = y", True),
        ("(function(a, b) a + b)(1, 2)", 3),
        ("{add: function(a, b) a - b, r: add(b: 1, a: 5)}.r", 4),
        ("{f: function(x) x * n}.f(2)", 6),
        ("(function(x: number) x)(2)", 2),
        ("(function(x: number) x)([2])", 2),
        ('(function(x: number) x)("hai")', None),
        ("(function(x: list<number>) x)(2)", [2]),
        ("(function(x: context<a: number>) x.a)({a: 1, b: 2})", 1),
        ("{count: count([1, 2]), twice: count * 2}.twice", 4),
    ],
)
def test_loops_and_functions(source: str, expected: object) -> None:
    check(source, expected)


def test_an_inner_name_hides_an_outer_one() -> None:
    check("for n in [7] return n", [7])
    check("{n: 1, m: n}.m", 1)
    check("documents[id = decision]", [])


def test_a_moment_of_the_engine_is_read_on_viet_nams_clock() -> None:
    # 20:30 UTC on 29 August is 03:30 on 30 August in Vinh: the day that counts for the law.
    check('date(dossier.received_at) = date("2026-08-30")', True)
    check('dossier.received_at < date and time("2026-08-30T03:30:01")', True)


def test_names_of_several_words_and_diacritics_need_no_declaration() -> None:
    scope = {"phí thẩm định": 100, "số trang 2": 3}
    assert compile_expression("phí thẩm định * số trang 2").evaluate(scope) == 300


def test_names_with_keywords_or_signs_are_told() -> None:
    expression = compile_expression("in progress + a-b", names=("in progress", "a-b"))
    assert expression.names == {"in progress", "a-b"}
    assert expression.evaluate({"in progress": 1, "a-b": 2}) == 3


def test_decomposed_and_composed_letters_are_the_same_name() -> None:
    decomposed = "ho\u0323c phi\u0301"
    assert compile_expression(decomposed).names == {"học phí"}


def test_comments_are_not_read() -> None:
    check("1 // một\n + /* hai */ 2", 3)
