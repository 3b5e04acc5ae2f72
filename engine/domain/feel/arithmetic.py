"""The operators ``+ - * / **``. What FEEL does not define is null; mixed legal durations are an error."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from engine.domain.duration import BadDuration
from engine.domain.feel.errors import FeelEvaluationError
from engine.domain.feel.limits import MAX_STRING
from engine.domain.feel.values import (
    DECIMAL,
    LEGAL_KINDS,
    LOCAL,
    FeelValue,
    Number,
    YearsMonths,
    bounded,
    kind,
    tidy,
)

NUMBER, DATE, TIME, MOMENT = "number", "date", "time", "date and time"
DAYS, MONTHS, TEXT = "days and time duration", "years and months duration", "string"
MICROSECOND = timedelta(microseconds=1)
Operation = Callable[[Any, Any], FeelValue]


def apply(operator: str, left: FeelValue, right: FeelValue) -> FeelValue:
    """``left operator right``; null for null, for kinds without such an operation and for no result."""
    if type(left) is int and type(right) is int and operator in WHOLE:
        return bounded(WHOLE[operator](left, right))
    operation = OPERATIONS[operator].get((kind(left), kind(right)))
    if operation is None:
        return _legal(operator, left, right)
    try:
        return operation(left, right)
    except (ArithmeticError, ValueError):
        return None


def negate(value: FeelValue) -> FeelValue:
    """``-value`` for numbers and durations, else null."""
    if isinstance(value, YearsMonths):
        return YearsMonths(-value.months)
    if isinstance(value, Decimal):
        return value.copy_negate()
    if isinstance(value, timedelta) or type(value) is int:
        return -value
    return None


def add_months(day: Any, months: int) -> Any:
    """The same day some months on, or the last day of that month when it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    following = date(year + month // 11, (month + 1) % 12 + 1, 1) if (year, month) != (9999, 11) else None
    last = 31 if following is None else (following - timedelta(days=1)).day
    return day.replace(year=year, month=month + 1, day=min(day.day, last))


def scale(length: timedelta, factor: Number) -> timedelta:
    """A length of time multiplied, rounded to the microsecond."""
    micros = DECIMAL.multiply(Decimal(length // MICROSECOND), Decimal(factor))
    return timedelta(microseconds=_whole(micros))


def _whole(value: Decimal) -> int:
    if not value.is_finite() or value.adjusted() > 18:
        raise OverflowError
    return int(value.to_integral_value())


def _months(value: Decimal) -> YearsMonths:
    if not value.is_finite() or value.adjusted() > 9:
        raise OverflowError
    return YearsMonths(int(value))


def _divide(left: Number, right: Number) -> FeelValue:
    return tidy(DECIMAL.divide(Decimal(left), Decimal(right))) if right else None


def _join(left: str, right: str) -> str:
    if len(left) + len(right) > MAX_STRING:
        raise FeelEvaluationError(
            f"chuỗi kết quả dài hơn {MAX_STRING} ký tự",
            f"the text would be longer than {MAX_STRING} characters",
        )
    return left + right


def _move(at: time, length: timedelta) -> time:
    moved = datetime.combine(date(2000, 1, 1), at) + timedelta(
        microseconds=length // MICROSECOND % 86_400_000_000
    )
    return moved.timetz()


def _time_gap(left: time, right: time) -> timedelta:
    day = date(2000, 1, 1)
    return datetime.combine(day, left) - datetime.combine(day, right)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0, tzinfo=LOCAL))


def _day_plus(day: date, length: timedelta) -> date:
    # Whole days only: a part of a day before midnight is still the day before.
    return day + timedelta(days=length // timedelta(days=1))


def _legal(operator: str, left: FeelValue, right: FeelValue) -> FeelValue:
    if type(left) not in LEGAL_KINDS or type(right) not in LEGAL_KINDS or operator not in "+-":
        return None
    if type(left) is not type(right):
        raise FeelEvaluationError(
            f"không cộng trừ được {kind(left)} với {kind(right)}: đơn vị pháp lý khác nhau",
            f"{kind(left)} and {kind(right)} are different legal units and cannot be added",
        )
    one: Any = left
    two: Any = right
    total = one.count + two.count if operator == "+" else one.count - two.count
    try:
        made: FeelValue = type(one)(total)
    except BadDuration as problem:
        raise FeelEvaluationError(problem.message("vi"), problem.message("en")) from None
    return made


WHOLE: dict[str, Callable[[int, int], int]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
}
OPERATIONS: dict[str, dict[tuple[str, str], Operation]] = {
    "+": {
        (NUMBER, NUMBER): lambda a, b: tidy(DECIMAL.add(a, b)),
        (TEXT, TEXT): _join,
        (DATE, DAYS): _day_plus,
        (DAYS, DATE): lambda a, b: _day_plus(b, a),
        (MOMENT, DAYS): lambda a, b: a + b,
        (DAYS, MOMENT): lambda a, b: b + a,
        (DATE, MONTHS): lambda a, b: add_months(a, b.months),
        (MONTHS, DATE): lambda a, b: add_months(b, a.months),
        (MOMENT, MONTHS): lambda a, b: add_months(a, b.months),
        (MONTHS, MOMENT): lambda a, b: add_months(b, a.months),
        (TIME, DAYS): _move,
        (DAYS, TIME): lambda a, b: _move(b, a),
        (DAYS, DAYS): lambda a, b: a + b,
        (MONTHS, MONTHS): lambda a, b: YearsMonths(a.months + b.months),
    },
    "-": {
        (NUMBER, NUMBER): lambda a, b: tidy(DECIMAL.subtract(a, b)),
        (DATE, DATE): lambda a, b: a - b,
        (MOMENT, MOMENT): lambda a, b: a - b,
        (DATE, MOMENT): lambda a, b: _midnight(a) - b,
        (MOMENT, DATE): lambda a, b: a - _midnight(b),
        (TIME, TIME): _time_gap,
        (DATE, DAYS): lambda a, b: _day_plus(a, -b),
        (MOMENT, DAYS): lambda a, b: a - b,
        (DATE, MONTHS): lambda a, b: add_months(a, -b.months),
        (MOMENT, MONTHS): lambda a, b: add_months(a, -b.months),
        (TIME, DAYS): lambda a, b: _move(a, -b),
        (DAYS, DAYS): lambda a, b: a - b,
        (MONTHS, MONTHS): lambda a, b: YearsMonths(a.months - b.months),
    },
    "*": {
        (NUMBER, NUMBER): lambda a, b: tidy(DECIMAL.multiply(a, b)),
        (DAYS, NUMBER): scale,
        (NUMBER, DAYS): lambda a, b: scale(b, a),
        (MONTHS, NUMBER): lambda a, b: _months(DECIMAL.multiply(a.months, b)),
        (NUMBER, MONTHS): lambda a, b: _months(DECIMAL.multiply(b.months, a)),
    },
    "/": {
        (NUMBER, NUMBER): _divide,
        (DAYS, NUMBER): lambda a, b: scale(a, DECIMAL.divide(1, b)) if b else None,
        (DAYS, DAYS): lambda a, b: _divide(a // MICROSECOND, b // MICROSECOND),
        (MONTHS, NUMBER): lambda a, b: _months(DECIMAL.divide(a.months, b)) if b else None,
        (MONTHS, MONTHS): lambda a, b: _divide(a.months, b.months),
    },
    "**": {(NUMBER, NUMBER): lambda a, b: tidy(DECIMAL.power(a, b))},
}
