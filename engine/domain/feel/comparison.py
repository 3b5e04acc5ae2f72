"""Equality, order and membership. Values of different kinds cannot be compared: the answer is null."""

import operator
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from engine.domain.duration import CalendarDays, ClockHours, Months, WorkingDays, WorkingHours
from engine.domain.feel.values import FeelValue, Range, YearsMonths, kind

PLAIN = frozenset({str, int, bool, Decimal, date, datetime, time, timedelta, YearsMonths})
ORDERED = frozenset({"number", "string", "date", "time", "date and time", "days and time duration"})
# Kinds whose values Python orders as FEEL does, and the operators that need not look any further then.
QUICK = frozenset({str, int, Decimal, date, timedelta})
SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def equal(left: FeelValue, right: FeelValue) -> bool | None:
    """``left = right``; null for values of different kinds, and for functions."""
    if type(left) is type(right) and type(left) in PLAIN:
        return left == right
    if left is None or right is None:
        return left is right
    sort = kind(left)
    if sort != kind(right) or sort == "function":
        return None
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(_same, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(_same(v, right[k]) for k, v in left.items())
    if isinstance(left, Range) and isinstance(right, Range):
        return _same_range(left, right)
    return left == right


def _same(left: FeelValue, right: FeelValue) -> bool:
    return left == right if type(left) is type(right) and type(left) in PLAIN else equal(left, right) is True


def less(left: FeelValue, right: FeelValue) -> bool | None:
    """``left < right``; null for kinds that differ or have no order."""
    if type(left) is type(right) and type(left) in QUICK:
        return SIGNS["<"](left, right)
    a, b = rank(left), rank(right)
    if a is None or b is None or kind(left) != kind(right):
        return None
    return bool(a < b)  # type: ignore[operator]


def compare(sign: str, left: FeelValue, right: FeelValue) -> bool | None:
    """The result of one comparison operator of FEEL."""
    if type(left) is type(right) and type(left) in QUICK:
        return SIGNS[sign](left, right)
    if sign == "=":
        return equal(left, right)
    if sign == "!=":
        same = equal(left, right)
        return None if same is None else not same
    if sign == "<":
        return less(left, right)
    if sign == ">":
        return less(right, left)
    other = less(right, left) if sign == "<=" else less(left, right)
    return None if other is None else not other


def within(value: FeelValue, limits: Range) -> bool | None:
    """Whether the value lies in the range; null when it cannot be compared with the ends."""
    above: bool | None = True
    below: bool | None = True
    if limits.start is not None:
        above = compare(">=" if limits.start_included else ">", value, limits.start)
    if limits.end is not None:
        below = compare("<=" if limits.end_included else "<", value, limits.end)
    return None if above is None or below is None else above and below


def member(value: FeelValue, tests: FeelValue) -> bool | None:
    """``value in tests`` for a list (of values and ranges), a range or a single value."""
    if isinstance(tests, Range):
        return within(value, tests)
    if isinstance(tests, list):
        if isinstance(value, list) and equal(value, tests) is True:
            return True
        return any(member(value, test) is True or equal(value, test) is True for test in tests)
    return equal(value, tests)


def rank(value: FeelValue) -> object:
    """Something Python can order by within one kind; None for kinds without an order."""
    if isinstance(value, YearsMonths):
        return value.months
    if isinstance(value, WorkingDays | WorkingHours | CalendarDays | ClockHours | Months):
        return value.count
    return value if kind(value) in ORDERED else None


def _same_range(left: Range, right: Range) -> bool:
    return (
        left.start_included == right.start_included
        and left.end_included == right.end_included
        and equal(left.start, right.start) is True
        and equal(left.end, right.end) is True
    )
