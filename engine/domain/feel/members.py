"""What stands behind a dot: keys of a context, parts of a date or duration, ends of a range. Nothing else."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from engine.domain.feel.literals import ZONES
from engine.domain.feel.values import LOCAL, FeelValue, YearsMonths, kind

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
Part = Callable[[Any], FeelValue]


def member_of(value: FeelValue, name: str) -> FeelValue:
    """``value.name``; for a list the member of each item; null when there is none."""
    if isinstance(value, dict):
        return value.get(name)
    if isinstance(value, list):
        return [member_of(item, name) for item in value]
    part = PARTS.get(kind(value), {}).get(name)
    return None if part is None else part(value)


def _toward_zero(length: timedelta, unit: timedelta) -> int:
    return -(-length // unit) if length < timedelta(0) else length // unit


def _rest(length: timedelta, whole: timedelta, unit: timedelta) -> int:
    size = abs(length) % whole // unit
    return -size if length < timedelta(0) else size


def _months(value: YearsMonths, part: int) -> int:
    size = divmod(abs(value.months), 12)[part]
    return -size if value.months < 0 else size


def _offset(value: datetime | time) -> timedelta | None:
    return None if value.tzinfo is LOCAL else value.utcoffset()


def _zone(value: datetime | time) -> str | None:
    """The name of the zone; an offset alone is none."""
    named = any(value.tzinfo is zone for zone in ZONES.values())  # zones are equal where offsets are
    return value.tzname() if named else None


_DATE: dict[str, Part] = {
    "year": lambda v: v.year,
    "month": lambda v: v.month,
    "day": lambda v: v.day,
    "weekday": date.isoweekday,
}
_TIME: dict[str, Part] = {
    "hour": lambda v: v.hour,
    "minute": lambda v: v.minute,
    "second": lambda v: v.second,
    "time offset": _offset,
    "timezone": _zone,
}
PARTS: dict[str, dict[str, Part]] = {
    "date": _DATE,
    "time": _TIME,
    "date and time": _DATE | _TIME,
    "days and time duration": {
        "days": lambda v: _toward_zero(v, DAY),
        "hours": lambda v: _rest(v, DAY, HOUR),
        "minutes": lambda v: _rest(v, HOUR, MINUTE),
        "seconds": lambda v: _rest(v, MINUTE, SECOND),
    },
    "years and months duration": {
        "years": lambda v: _months(v, 0),
        "months": lambda v: _months(v, 1),
    },
    "range": {
        "start": lambda v: v.start,
        "end": lambda v: v.end,
        "start included": lambda v: v.start_included,
        "end included": lambda v: v.end_included,
    },
}
