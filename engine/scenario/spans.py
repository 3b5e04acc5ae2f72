"""Virtual time as scenarios say it: "3 ngày làm việc", "đến 23/02/2026 08:00", "đến hẹn trả"."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from engine.clock import VIETNAM, vietnam
from engine.domain.calendar import WorkingCalendar
from engine.domain.duration import BadDuration, WorkingHours, parse_duration
from engine.scenario.words import key

_MOMENT = re.compile(
    r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})"
    r"(?:[ ,]+(?P<hour>[0-9]{1,2})[:h](?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}(?:\.[0-9]{1,6})?))?)?\Z"
)
_SPAN = re.compile(r"([0-9]{1,5}) ?(.+)\Z")
_PREFIXES = ("den ", "until ")
_DUE = frozenset(key(one) for one in ("hẹn trả", "hạn", "hạn trả", "due", "hẹn trả kết quả"))
_UNITS = {
    "ngày làm việc": "WD", "working days": "WD", "working day": "WD", "giờ làm việc": "WH",
    "working hours": "WH", "working hour": "WH", "ngày": "D", "days": "D", "day": "D", "giờ": "H",
    "hours": "H", "hour": "H", "phút": "m", "minutes": "m", "minute": "m", "tuần": "W", "weeks": "W",
    "week": "W",
}  # fmt: skip
_UNIT_OF = {key(name): unit for name, unit in _UNITS.items()}
_PLAIN = {
    "D": timedelta(days=1), "H": timedelta(hours=1), "m": timedelta(minutes=1), "W": timedelta(weeks=1),
}  # fmt: skip
OPENING = time(8, 0)  # where only a day is named


@dataclass(frozen=True, slots=True, kw_only=True)
class Until:
    """Until when time passes: so long, until a moment, or until the dossier is due."""

    count: int = 0
    unit: str = ""
    moment: datetime | None = None
    due: bool = False

    def after(
        self, now: datetime, due_at: datetime | None, calendar: WorkingCalendar, agency: str
    ) -> datetime:
        """The moment that is meant, seen from now. Raises ValueError when the dossier has no due date."""
        if self.moment is not None:
            return self.moment
        if self.due:
            if due_at is None:
                raise ValueError("no due date")
            return vietnam(due_at)
        now = vietnam(now)
        if self.unit == "WD":
            day = now.date()
            for _ in range(self.count):
                day = calendar.next_working_day(day)
            return datetime.combine(day, now.timetz())
        if self.unit == "WH":
            return calendar.add(now, WorkingHours(self.count), agency)
        return now + self.count * _PLAIN[self.unit]


def read_until(text: str) -> Until | None:
    """What a wait waits for; None when it is not said in a way that is understood."""
    said = key(text)
    for prefix in _PREFIXES:
        said = said.removeprefix(prefix)
    if said in _DUE:
        return Until(due=True)
    moment = read_moment(said)
    if moment is not None:
        return Until(moment=moment)
    found = _SPAN.match(said)
    unit = _UNIT_OF.get(found[2]) if found else None
    if found and unit:
        return Until(count=int(found[1]), unit=unit)
    try:
        span = parse_duration(text)
    except BadDuration:
        return None
    return Until(count=span.count, unit=span.unit) if span.unit != "M" else None


def read_moment(text: str) -> datetime | None:
    """A moment in Viet Nam from dd/mm/yyyy hh:mm, or a day alone: when offices open. None for others."""
    found = _MOMENT.match(text.strip())
    if found is None:
        return None
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
        if found["hour"] is None:
            return datetime.combine(day, OPENING, VIETNAM)
        seconds, _, part = (found["second"] or "0").partition(".")
        at = time(int(found["hour"]), int(found["minute"]), int(seconds), int(part.ljust(6, "0")))
    except ValueError:
        return None
    return datetime.combine(day, at, VIETNAM)


def has_hour(text: str) -> bool:
    """Whether a moment names its hour."""
    return ":" in text or re.search(r"[0-9]h[0-9]", text) is not None


def written(at: datetime | None, *, hour: bool = True) -> str:
    """A moment as scenarios write it; nothing is "không"."""
    if at is None:
        return "không"
    local = vietnam(at)
    if not hour:
        return f"{local:%d/%m/%Y}"
    if local.microsecond:
        return f"{local:%d/%m/%Y %H:%M:%S}.{local.microsecond:06d}"
    return f"{local:%d/%m/%Y %H:%M:%S}" if local.second else f"{local:%d/%m/%Y %H:%M}"
