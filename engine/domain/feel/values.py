"""The values FEEL works on and their kinds. Only these types exist; nothing of Python shows through."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from decimal import Context, Decimal
from typing import TypeAlias

from engine.domain.duration import (
    AfterMilestone,
    BeforeDue,
    CalendarDays,
    ClockHours,
    Months,
    WorkingDays,
    WorkingHours,
)
from engine.domain.feel.limits import DIGITS

# None, bool, int, Decimal, str, date, time, datetime, timedelta, YearsMonths, list, dict, Range, Function,
# or a legal duration. ``object`` because every operation decides by the kind at run time.
FeelValue: TypeAlias = object
Number: TypeAlias = int | Decimal

# A moment written without a zone is meant in Viet Nam; its own zone object remembers that none was written.
LOCAL = timezone(timedelta(hours=7), "local")

# decimal128. No traps: overflow and undefined results become infinite or NaN, hence null.
DECIMAL = Context(prec=DIGITS, Emin=-6143, Emax=6144, traps=[])
INTEGER_LIMIT = 10**DIGITS
FARTHEST = 12  # digits of a number that is no place in anything


@dataclass(frozen=True, slots=True)
class YearsMonths:
    """A years and months duration; legal months are ``duration.Months``."""

    months: int


@dataclass(frozen=True, slots=True)
class Range:
    """All values between two ends; None is an end that is open to infinity."""

    start: FeelValue
    end: FeelValue
    start_included: bool = True
    end_included: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function made by an expression: its parameters and what it does with the arguments."""

    parameters: tuple[str, ...]
    invoke: Callable[[tuple[FeelValue, ...]], FeelValue]


LEGAL_KINDS: dict[type, str] = {
    WorkingDays: "working days",
    WorkingHours: "working hours",
    CalendarDays: "calendar days",
    ClockHours: "clock hours",
    Months: "months",
}
KINDS: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    int: "number",
    Decimal: "number",
    str: "string",
    date: "date",
    time: "time",
    datetime: "date and time",
    timedelta: "days and time duration",
    YearsMonths: "years and months duration",
    list: "list",
    dict: "context",
    Range: "range",
    Function: "function",
    BeforeDue: "before due",
    AfterMilestone: "after milestone",
    **LEGAL_KINDS,
}


def kind(value: FeelValue) -> str:
    """The name of the value's kind; ``unknown`` for what must never get this far."""
    return KINDS.get(type(value), "unknown")


def tidy(value: Decimal) -> Number | None:
    """A result in its simplest form: a whole number as int, an infinite or undefined one as null."""
    if not value.is_finite():
        return None
    if value.adjusted() < DIGITS:
        whole = int(value)
        if whole == value:
            return whole
    return value


def bounded(value: int) -> Number | None:
    """A whole result, rounded to 34 digits when it has more."""
    if -INTEGER_LIMIT < value < INTEGER_LIMIT:
        return value
    return tidy(DECIMAL.create_decimal(value))


def clipped(value: Number) -> int:
    """The whole part of a place, count or part of a date; what is beyond all of them stays beyond."""
    if isinstance(value, int):
        return value
    return int(value) if value.adjusted() < FARTHEST else (-1 if value < 0 else 1) * 10**FARTHEST
