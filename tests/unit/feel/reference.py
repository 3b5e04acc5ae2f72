"""The functions of FEEL as the table in ``docs/feel.md``, with examples that are reckoned when it is written.

``python -m tests.unit.feel.reference`` writes it.
"""

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from engine.clock import VIETNAM
from engine.domain.feel import STANDARD, compile_expression
from engine.domain.feel.formatting import quoted
from engine.domain.feel.functions.registry import Builtin, Overload, Parameter

PAGE = Path(__file__).parents[3] / "docs" / "feel.md"
BEGIN, END = "<!-- functions: begin -->\n", "<!-- functions: end -->\n"
TOPICS = {
    "legal": "Legal time (ours)",
    "strings": "Text",
    "patterns": "Regular expressions",
    "numbers": "Numbers",
    "statistics": "Many values to one",
    "booleans": "Truth",
    "lists": "Lists",
    "contexts": "Contexts",
    "conversion": "Conversion",
    "dates": "Calendar",
    "ranges": "Ranges out of text",
    "intervals": "Relations of points and ranges",
}

SCOPE = {"now": datetime(2026, 3, 2, 8, 0, tzinfo=VIETNAM)}
EXAMPLES = {
    "working days": "working days(5)",
    "working hours": "working hours(8)",
    "calendar days": "calendar days(30)",
    "clock hours": "clock hours(24)",
    "months": "months(2)",
    "legal duration": 'legal duration("5WD")',
    "before due": "before due(working days(1))",
    "after milestone": 'after milestone("received", working hours(4))',
    "now": "now()",
    "today": "today()",
    "substring": 'substring("Nghệ An", 6)',
    "string length": 'string length("Nghệ An")',
    "upper case": 'upper case("đạt")',
    "lower case": 'lower case("ĐẠT")',
    "substring before": 'substring before("12/QĐ-UBND", "/")',
    "substring after": 'substring after("12/QĐ-UBND", "/")',
    "contains": 'contains("Nghệ An", "An")',
    "starts with": 'starts with("Nghệ An", "Nghệ")',
    "ends with": 'ends with("Nghệ An", "Vinh")',
    "trim": 'trim("  Hà ")',
    "string join": 'string join(["Vinh", null, "Nghệ An"], ", ")',
    "string": 'string([1.50, "a", null])',
    "matches": 'matches("038123456789", "^[0-9]{12}$")',
    "replace": 'replace("02.03.2026", "([0-9]+)[.]([0-9]+)[.]([0-9]+)", "$3-$2-$1")',
    "split": 'split("a; b;c", "; *")',
    "extract": 'extract("12 trang, 3 bản", "[0-9]+")',
    "decimal": "decimal(2 / 3, 2)",
    "floor": "floor(-1.5)",
    "ceiling": "ceiling(1.25, 1)",
    "round up": "round up(1.21, 1)",
    "round down": "round down(-1.29, 1)",
    "round half up": "round half up(2.5)",
    "round half down": "round half down(2.5)",
    "abs": 'abs(@"-P1Y")',
    "modulo": "modulo(-12, 5)",
    "sqrt": "sqrt(16)",
    "log": "decimal(log(10), 4)",
    "exp": "decimal(exp(1), 4)",
    "odd": "odd(5)",
    "even": "even(5)",
    "min": "min([3, 1, 2])",
    "max": "max(3, 1, 2)",
    "sum": "sum([1, 2.5])",
    "product": "product([2, 3, 4])",
    "mean": "mean(1, 2)",
    "median": "median([6, 1, 2, 3])",
    "stddev": "stddev([1, 3, 5])",
    "mode": "mode([6, 1, 9, 6, 1])",
    "not": "not(true)",
    "is": 'is(@"2026-01-01", "2026-01-01")',
    "all": "all([true, null])",
    "any": "any(false, true)",
    "list contains": "list contains([1, null], null)",
    "count": "count([1, null])",
    "sublist": "sublist([4, 5, 6], 2)",
    "append": "append([1], 2, 3)",
    "concatenate": "concatenate([1, 2], [2, 3])",
    "union": "union([1, 2], [2, 3])",
    "insert before": "insert before([1, 3], 2, 2)",
    "remove": "remove([1, 2, 3], -1)",
    "list replace": "list replace([2, 4, 7], function(item, newItem) item < newItem, 5)",
    "reverse": "reverse([1, 2])",
    "index of": "index of([1, 2, 2], 2)",
    "distinct values": "distinct values([1, 2, 1])",
    "duplicate values": "duplicate values([1, 2, 1])",
    "flatten": "flatten([[1, [2]], 3])",
    "sort": "sort([1, 3, 2], function(x, y) x > y)",
    "get value": 'get value({a: {b: 1}}, ["a", "b"])',
    "get entries": "get entries({a: 1})",
    "context": 'context([{key: "a", value: 1}])',
    "context put": 'context put({a: {b: 1}}, ["a", "c"], 2)',
    "context merge": "context merge([{a: 1}, {a: 2, b: 3}])",
    "number": 'number("1.234,5", ".", ",")',
    "date": "date(2026, 3, 2)",
    "time": "time(8, 30, 0)",
    "date and time": 'date and time(@"2026-03-02", @"08:30:00")',
    "duration": 'duration("P1DT2H")',
    "years and months duration": 'years and months duration(@"2025-12-31", @"2026-11-30")',
    "day of year": 'day of year(@"2026-02-01")',
    "day of week": 'day of week(@"2026-03-02")',
    "month of year": 'month of year(@"2026-03-02")',
    "week of year": 'week of year(@"2026-03-02")',
    "last day of month": 'last day of month(@"2028-02-10")',
    "range": 'range("[18..)")',
    "before": "before(1, [2..3])",
    "after": "after([5..6], [1..3])",
    "meets": "meets([1..3], [3..5])",
    "met by": "met by([3..5], [1..3])",
    "overlaps": "overlaps([1..3], [2..5])",
    "overlaps before": "overlaps before([1..3], [2..5])",
    "overlaps after": "overlaps after([2..5], [1..3])",
    "finishes": "finishes(5, [1..5])",
    "finished by": "finished by([1..5], (3..5])",
    "includes": "includes([1..5], 3)",
    "during": "during([2..3], [1..5])",
    "starts": "starts([1..3], [1..5])",
    "started by": "started by([1..5], 1)",
    "coincides": "coincides([1..5], [1..5])",
}


def functions() -> str:
    """The whole section, topic by topic."""
    return "\n".join(_topics()).rstrip() + "\n"


def written() -> str:
    """What the page holds at present between its marks."""
    return PAGE.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]


def _topics() -> Iterator[str]:
    for module, title in TOPICS.items():
        yield f"### {title}\n"
        yield "| function | example | gives |"
        yield "|---|---|---|"
        for one in STANDARD.values():
            if one.overloads[0].run.__module__.endswith(f".{module}"):
                yield _row(one)
        yield ""


def _row(one: Builtin) -> str:
    calls = "<br>".join(dict.fromkeys(f"`{_signature(one.name, call)}`" for call in one.overloads))
    example = EXAMPLES[one.name]
    return f"| {calls} | `{_cell(example)}` | `{_cell(result(example))}` |"


def result(example: str) -> str:
    """What an example gives, as FEEL writes it."""
    return quoted(compile_expression(example).evaluate(SCOPE))


def _cell(text: str) -> str:
    return text.replace("|", chr(92) + "|")


def _signature(name: str, overload: Overload) -> str:
    return f"{name}({', '.join(map(_parameter, overload.parameters))})"


def _parameter(one: Parameter) -> str:
    kinds = " or ".join(sorted(one.kinds))
    mark = "?" if one.optional else "..." if one.rest else ""
    return f"{one.name}{mark}: {kinds}" if kinds else f"{one.name}{mark}"


if __name__ == "__main__":
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    PAGE.write_text(before + BEGIN + functions() + END + rest.partition(END)[2], encoding="utf-8")
    sys.exit(0)
