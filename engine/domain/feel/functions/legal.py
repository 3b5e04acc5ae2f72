"""Legal time in expressions: units of procedures, never Python's timedelta. A null count is an error here.

``working days(5)``, ``working hours(8)``, ``calendar days(30)``, ``clock hours(24)``, ``months(2)`` make the
types of ``engine.domain.duration``; ``before due`` and ``after milestone`` make timer values of them.
Unlike other functions they refuse null and ill-kinded arguments: a limit that becomes null by accident
would read as "this procedure has no time limit".
"""

import re
from collections.abc import Mapping
from datetime import datetime

from engine.domain.duration import (
    AfterMilestone,
    BadDuration,
    BeforeDue,
    CalendarDays,
    ClockHours,
    LegalDuration,
    Months,
    WorkingDays,
    WorkingHours,
    parse_duration,
)
from engine.domain.feel.adoption import adopt
from engine.domain.feel.errors import FeelEvaluationError
from engine.domain.feel.functions.registry import Library
from engine.domain.feel.values import LEGAL_KINDS, FeelValue, kind

LONGEST = 10_000  # days, hours or months: what a legal duration can hold
MILESTONE = re.compile(r"[a-z_]{1,40}")

legal = Library()


@legal.add("working days(count: any)")
def working_days(count: FeelValue) -> LegalDuration:
    return WorkingDays(_whole("working days", count))


@legal.add("working hours(count: any)")
def working_hours(count: FeelValue) -> LegalDuration:
    return WorkingHours(_whole("working hours", count))


@legal.add("calendar days(count: any)")
def calendar_days(count: FeelValue) -> LegalDuration:
    return CalendarDays(_whole("calendar days", count))


@legal.add("clock hours(count: any)")
def clock_hours(count: FeelValue) -> LegalDuration:
    return ClockHours(_whole("clock hours", count))


@legal.add("months(count: any)")
def months(count: FeelValue) -> LegalDuration:
    return Months(_whole("months", count))


@legal.add("legal duration(code: any)")
def legal_duration(code: FeelValue) -> LegalDuration:
    """From the stored form: ``legal duration("5WD")``."""
    if not isinstance(code, str):
        raise _wrong("legal duration", 'mã như "5WD"', 'a code such as "5WD"', code)
    try:
        return parse_duration(code)
    except BadDuration:
        raise _wrong("legal duration", 'mã như "5WD"', 'a code such as "5WD"', code) from None


@legal.add("before due(duration: any)")
def before_due(duration: FeelValue) -> BeforeDue:
    return BeforeDue(_legal("before due", duration))


@legal.add("after milestone(milestone: any, duration: any)")
def after_milestone(milestone: FeelValue, duration: FeelValue) -> AfterMilestone:
    if not isinstance(milestone, str) or not MILESTONE.fullmatch(milestone):
        raise _wrong("after milestone", "tên một mốc", "the name of a milestone", milestone)
    return AfterMilestone(milestone, _legal("after milestone", duration))


@legal.add("now()", asks="scope")
def now(scope: FeelValue) -> FeelValue:
    """The moment of the command, from the scope: an expression never reads a clock."""
    return _present("now", scope)


@legal.add("today()", asks="scope")
def today(scope: FeelValue) -> FeelValue:
    """The day of the command in Viet Nam."""
    return _present("today", scope).date()


def _present(function: str, scope: FeelValue) -> datetime:
    inner = scope.get("dossier") if isinstance(scope, Mapping) else None
    for place in (scope, inner):
        value = adopt(place.get("now")) if isinstance(place, Mapping) else None
        if isinstance(value, datetime):
            return value
    raise FeelEvaluationError(
        f"hàm {function}() không dùng được ở đây: không có thời điểm hiện tại",
        f"{function}() cannot be used here: there is no present moment",
    )


def _whole(function: str, count: FeelValue) -> int:
    if type(count) is int and 0 <= count <= LONGEST:
        return count
    raise _wrong(function, f"số nguyên từ 0 đến {LONGEST}", f"a whole number from 0 to {LONGEST}", count)


def _legal(function: str, duration: FeelValue) -> LegalDuration:
    if type(duration) not in LEGAL_KINDS:
        raise _wrong(function, "khoảng thời gian pháp lý", "a legal duration", duration)
    return duration  # type: ignore[return-value]


def _wrong(function: str, vi: str, en: str, value: FeelValue) -> FeelEvaluationError:
    shown = "null" if value is None else f"{kind(value)} {str(value)[:40]}"
    return FeelEvaluationError(
        f"{function}(...) cần {vi}, nhận được {shown}", f"{function}(...) needs {en}, got {shown}"
    )
