"""Conversions: number, date, time, date and time, duration. What cannot be read is null."""

import re
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal

from engine.domain.feel.arithmetic import negate
from engine.domain.feel.functions.registry import Library
from engine.domain.feel.literals import (
    parse_date,
    parse_date_time,
    parse_duration,
    parse_number,
    parse_time,
)
from engine.domain.feel.values import LOCAL, FeelValue, Number, YearsMonths, clipped

conversion = Library()
NUMBER = re.compile(r"(?:\d{1,400}(?:\.\d{1,400})?|\.\d{1,400})(?:[eE][+-]?\d{1,4})?", re.ASCII)


@conversion.add("number(from: string)")
def number(text: str) -> FeelValue:
    return _number(text)


@conversion.add("number(from: string, grouping separator: any, decimal separator: any)")
def number_grouped(text: str, grouping: FeelValue, decimal: FeelValue) -> FeelValue:
    """``number("1.234,5", ".", ",")``: separators are a space, a point or a comma, and differ."""
    if (
        grouping not in (None, " ", ".", ",")
        or decimal not in (None, ".", ",")
        or (decimal and grouping == decimal)
    ):
        return None
    plain = text.replace(grouping, "") if isinstance(grouping, str) else text
    return _number(plain.replace(decimal, ".") if isinstance(decimal, str) else plain)


@conversion.add("date(from: string)")
def date_from_text(text: str) -> FeelValue:
    return parse_date(text)


@conversion.add("date(from: date)")
def date_itself(value: date) -> FeelValue:
    return value


@conversion.add("date(from: date and time)")
def date_of_moment(value: datetime) -> FeelValue:
    return value.date()


@conversion.add("date(year: number, month: number, day: number)")
def date_of_parts(year: Number, month: Number, day: Number) -> FeelValue:
    try:
        return date(clipped(year), clipped(month), clipped(day))
    except (ValueError, OverflowError):
        return None


@conversion.add("time(from: string)")
def time_from_text(text: str) -> FeelValue:
    return parse_time(text)


@conversion.add("time(from: time)")
def time_itself(value: time) -> FeelValue:
    return value


@conversion.add("time(from: date and time)")
def time_of_moment(value: datetime) -> FeelValue:
    return value.timetz()


@conversion.add("time(from: date)")
def time_of_date(_value: date) -> FeelValue:
    return time(0, tzinfo=LOCAL)


@conversion.add("time(hour: number, minute: number, second: number, offset?: days and time duration)")
def time_of_parts(hour: Number, minute: Number, second: Number, offset: timedelta | None = None) -> FeelValue:
    if not 0 <= second < 60:
        return None
    try:
        micro = int(Decimal(second) * 1_000_000) % 1_000_000
        zone = LOCAL if offset is None else timezone(offset)
        return time(clipped(hour), clipped(minute), clipped(second), micro, zone)
    except (ValueError, OverflowError):
        return None


@conversion.add("date and time(from: string)")
def moment_from_text(text: str) -> FeelValue:
    return parse_date_time(text)


@conversion.add("date and time(from: date and time)")
def moment_itself(value: datetime) -> FeelValue:
    return value


@conversion.add("date and time(from: date)")
def moment_of_date(value: date) -> FeelValue:
    return datetime.combine(value, time(0, tzinfo=LOCAL))


@conversion.add("date and time(date: date, time: time)")
def moment_of_date_and_time(day: date, at: time) -> FeelValue:
    return datetime.combine(day, at)


@conversion.add("date and time(date: date and time, time: time)")
def moment_of_moment_and_time(moment: datetime, at: time) -> FeelValue:
    return datetime.combine(moment.date(), at)


@conversion.add("duration(from: string)")
def duration(text: str) -> FeelValue:
    return parse_duration(text)


@conversion.add("duration(from: days and time duration|years and months duration)")
def duration_itself(value: FeelValue) -> FeelValue:
    return value


@conversion.add("years and months duration(from: date|date and time, to: date|date and time)")
def years_and_months(start: date, end: date) -> FeelValue:
    """Whole months between two days."""
    low, high = (_day(start), _day(end))
    months = (high.year - low.year) * 12 + high.month - low.month
    if months > 0 and high.day < low.day:
        months -= 1
    elif months < 0 and high.day > low.day:
        months += 1
    return YearsMonths(months)


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _number(text: str) -> FeelValue:
    body = text.strip().removeprefix("-")
    if not NUMBER.fullmatch(body):
        return None
    value = parse_number(body)
    return negate(value) if text.strip().startswith("-") else value
