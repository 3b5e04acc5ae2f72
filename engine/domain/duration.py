"""Spans of legal time: five units that are different types, because the law counts each in its own way.

Codes are how spans are stored and compared: ``5WD`` working days, ``8WH`` working hours, ``30D`` calendar
days, ``24H`` clock hours, ``2M`` months.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from engine.errors import MotcuaError


class BadDuration(MotcuaError):
    """A text that is no span of legal time."""

    code = "bad-duration"
    vi = "«{text}» không phải là thời hạn. Viết như 5WD, 8WH, 30D, 24H, 2M."
    en = "“{text}” is not a legal duration. Write it like 5WD, 8WH, 30D, 24H, 2M."


@dataclass(frozen=True, slots=True)
class _Span:
    count: int

    unit: ClassVar[str] = ""
    vi: ClassVar[str] = ""
    en: ClassVar[str] = ""

    def __post_init__(self) -> None:
        if isinstance(self.count, bool) or not isinstance(self.count, int) or not 0 <= self.count <= 10_000:
            raise BadDuration(text=self.count)

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"


@dataclass(frozen=True, slots=True)
class WorkingDays(_Span):
    """The first day is not counted; ends with the last working day."""

    unit, vi, en = "WD", "ngày làm việc", "working days"


@dataclass(frozen=True, slots=True)
class WorkingHours(_Span):
    """Counted within office hours only."""

    unit, vi, en = "WH", "giờ làm việc", "working hours"


@dataclass(frozen=True, slots=True)
class CalendarDays(_Span):
    """The first day is not counted; a last day off rolls to the end of the next working day."""

    unit, vi, en = "D", "ngày", "days"


@dataclass(frozen=True, slots=True)
class ClockHours(_Span):
    """Run day and night from the moment they begin."""

    unit, vi, en = "H", "giờ", "hours"


@dataclass(frozen=True, slots=True)
class Months(_Span):
    """To the day of the same number; a month without it ends on its last day."""

    unit, vi, en = "M", "tháng", "months"


LegalDuration = WorkingDays | WorkingHours | CalendarDays | ClockHours | Months


@dataclass(frozen=True, slots=True)
class BeforeDue:
    """That long before the dossier is due; follows the due date."""

    duration: LegalDuration

    def __str__(self) -> str:
        return f"due-{self.duration}"


@dataclass(frozen=True, slots=True)
class AfterMilestone:
    """That long after the dossier reached a milestone."""

    milestone: str
    duration: LegalDuration

    def __str__(self) -> str:
        return f"{self.milestone}+{self.duration}"


@dataclass(frozen=True, slots=True)
class ShareOfLimit:
    """When that part of the time is used up; follows the due date."""

    percent: int

    def __post_init__(self) -> None:
        if not 0 < self.percent < 100:
            raise BadDuration(text=f"{self.percent}%")

    def __str__(self) -> str:
        return f"{self.percent}%"


@dataclass(frozen=True, slots=True)
class Elapsed:
    """So many seconds by the clock: what ISO 8601 says beyond legal time. Only timers know it, no limit."""

    seconds: int

    def __post_init__(self) -> None:
        if not 0 <= self.seconds <= 10_000 * 86_400:
            raise BadDuration(text=f"{self.seconds}S")

    def __str__(self) -> str:
        return f"{self.seconds}S"


TimerValue = LegalDuration | Elapsed | BeforeDue | AfterMilestone | ShareOfLimit | datetime

_UNITS = {kind.unit: kind for kind in (WorkingDays, WorkingHours, CalendarDays, ClockHours, Months)}
_CODE = re.compile(r"([0-9]{1,5})(WD|WH|D|H|M)\Z")
_ISO = re.compile(r"P(?:([0-9]{1,5})D|([0-9]{1,5})M|T([0-9]{1,5})H)\Z")
_ISO_MIXED = re.compile(
    r"P(?=.)(?:([0-9]{1,4})Y)?(?:([0-9]{1,5})M)?(?:([0-9]{1,4})W)?(?:([0-9]{1,5})D)?"
    r"(?:T(?=.)(?:([0-9]{1,6})H)?(?:([0-9]{1,7})M)?(?:([0-9]{1,9})(?:\.[0-9]+)?S)?)?\Z"
)
_SECONDS = re.compile(r"([0-9]{1,9})S\Z")
_SHARE = re.compile(r"([0-9]{1,2})%\Z")
_AFTER = re.compile(r"([a-z_]{1,40})\+(.+)\Z")


def parse_duration(code: str) -> LegalDuration:
    """The span behind a code, or behind plain ISO 8601 (P10D, P2M, PT24H); raises BadDuration."""
    match = _CODE.match(code)
    if match:
        return _UNITS[match[2]](int(match[1]))
    iso = _ISO.match(code)
    if iso is None:
        raise BadDuration(text=code)
    days, months, hours = iso.groups()
    if days:
        return CalendarDays(int(days))
    return Months(int(months)) if months else ClockHours(int(hours))


def parse_timer(code: str) -> TimerValue:
    """What a timer waits for: a span, ``due-1WD``, ``80%`` of the time, ``received+3WD`` or a moment.

    Raises BadDuration.
    """
    share = _SHARE.match(code)
    if share:
        return ShareOfLimit(int(share[1]))
    if code.startswith("due-"):
        return BeforeDue(parse_duration(code.removeprefix("due-")))
    after = _AFTER.match(code)
    if after:
        return AfterMilestone(after[1], parse_duration(after[2]))
    try:
        return parse_duration(code)
    except BadDuration:
        return _elapsed(code) or _moment(code)


def _elapsed(code: str) -> LegalDuration | Elapsed | None:
    """Seconds, or ISO 8601 beyond plain days, months and hours: years are months, weeks are days.

    Months beside days have no one length and are no duration of a timer.
    """
    seconds = _SECONDS.match(code)
    if seconds:
        return Elapsed(int(seconds[1]))
    iso = _ISO_MIXED.match(code)
    if iso is None:
        return None
    years, months, weeks, days, hours, minutes, rest = (int(part or 0) for part in iso.groups())
    span = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=rest)
    if years or months:
        return None if span else Months(12 * years + months)
    clock = hours or minutes or rest
    return (
        Elapsed(int(span.total_seconds())) if clock or not (weeks or days) else CalendarDays(7 * weeks + days)
    )


def _moment(code: str) -> datetime:
    try:
        at = datetime.fromisoformat(code)
    except ValueError:
        raise BadDuration(text=code) from None
    if at.tzinfo is None:
        raise BadDuration(text=code)
    return at


def timer_code(value: TimerValue) -> str:
    """The code that ``parse_timer`` reads back."""
    return value.isoformat() if isinstance(value, datetime) else str(value)


def describe(duration: LegalDuration, lang: str = "vi") -> str:
    """As people say it: "5 ngày làm việc", "5 working days"; no days at all: "trong ngày làm việc"."""
    if duration == WorkingDays(0):
        return "trong ngày làm việc" if lang == "vi" else "the same working day"
    if lang == "vi":
        return f"{duration.count} {duration.vi}"
    unit = duration.en if duration.count != 1 else duration.en[:-1]
    return f"{duration.count} {unit}"
