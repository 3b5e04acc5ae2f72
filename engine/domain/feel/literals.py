"""Reads numbers and ISO 8601 dates, times and durations as FEEL writes them. Nothing else is accepted."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal

from engine.clock import VIETNAM
from engine.domain.feel.values import DECIMAL, LOCAL, FeelValue, Number, YearsMonths, tidy

DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
TIME = re.compile(
    r"(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:(Z)|([+-])(\d\d):(\d\d)|@([\w/+-]{1,40}))?", re.ASCII
)
DAYS = re.compile(
    r"(-)?P(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?)?", re.ASCII
)
MONTHS = re.compile(r"(-)?P(?:(\d{1,6})Y)?(?:(\d{1,6})M)?", re.ASCII)
# Named zones would make a result depend on the zone data of the machine; these two never change.
ZONES: dict[str, tzinfo] = {
    "Asia/Ho_Chi_Minh": VIETNAM,
    "Asia/Saigon": VIETNAM,
    "Etc/UTC": timezone(timedelta(0), "Etc/UTC"),
    "UTC": UTC,
}


def parse_number(text: str) -> Number | None:
    """A numeric literal, rounded to 34 digits; None when it is beyond the range of decimal128."""
    if text.isdecimal() and len(text) <= 30:
        return int(text)
    return tidy(DECIMAL.create_decimal(text))


def parse_date(text: str) -> date | None:
    """``2026-01-02``; None when it is not a day of the calendar."""
    match = DATE.fullmatch(text)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def parse_time(text: str) -> time | None:
    """``08:30:00``, with ``Z``, an offset or ``@zone``; without one it is Viet Nam's time."""
    match = TIME.fullmatch(text)
    if match is None:
        return None
    zone = _zone(match)
    micro = int((match[4] or "0").ljust(6, "0")[:6])
    try:
        return None if zone is None else time(int(match[1]), int(match[2]), int(match[3]), micro, zone)
    except ValueError:
        return None


def parse_date_time(text: str) -> datetime | None:
    """``2026-01-02T08:30:00`` and a zone as for times; a date alone is its midnight."""
    day, separator, rest = text.partition("T")
    parsed = parse_date(day)
    at = parse_time(rest) if separator else time(0, 0, tzinfo=LOCAL)
    return None if parsed is None or at is None else datetime.combine(parsed, at)


def parse_duration(text: str) -> timedelta | YearsMonths | None:
    """``P3DT4H`` or ``P1Y2M``; None when it is neither or too long to count."""
    match = MONTHS.fullmatch(text)
    if match is not None and (match[2] or match[3]):
        months = int(match[2] or 0) * 12 + int(match[3] or 0)
        return YearsMonths(-months if match[1] else months)
    match = DAYS.fullmatch(text)
    if match is None or text.endswith("T") or not any(match[i] for i in range(2, 6)):
        return None
    try:
        length = timedelta(
            days=int(match[2] or 0),
            hours=int(match[3] or 0),
            minutes=int(match[4] or 0),
            microseconds=int(Decimal(match[5] or 0) * 1_000_000),
        )
    except OverflowError:
        return None
    return -length if match[1] else length


def parse_at(text: str) -> FeelValue:
    """The value of ``@"..."``: a date, a time, a date and time or a duration; None for anything else."""
    for reader in (parse_date, parse_time, parse_date_time, parse_duration):
        value = reader(text)
        if value is not None:
            return value
    return None


def _zone(match: re.Match[str]) -> tzinfo | None:
    if match[5]:
        return UTC
    if match[9]:
        return ZONES.get(match[9])
    if not match[6]:
        return LOCAL
    offset = timedelta(hours=int(match[7]), minutes=int(match[8]))
    if offset >= timedelta(hours=24):
        return None
    return timezone(-offset if match[6] == "-" else offset)
