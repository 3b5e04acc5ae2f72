"""One decree entered into the text of a calendar: what people wrote there otherwise stays as it is."""

import json
import re
import tomllib
from datetime import date, timedelta

from engine.domain.calendar_file import SATURDAY, CalendarFile, read_calendar
from engine.errors import Invalid

_LONGEST = 31  # days that one decree gives; more is a slip of the hand
_DAY = timedelta(days=1)
_HOLIDAY = re.compile(r"^\[\[holiday\]\]", re.MULTILINE)


def with_days_off(text: str, first: date, last: date, name: str, decision: str) -> str:
    """The calendar with these days off; a day that was only reckoned ahead is now decided.

    Raises Invalid that names ``first`` or ``last``, BadCalendar for a text that is none.
    """
    known = read_calendar(text)
    if not first <= last < first + _DAY * _LONGEST:
        vi = f"Ngày cuối phải từ ngày đầu trở đi, không quá {_LONGEST} ngày."
        raise Invalid({"last": (vi, f"The last day must follow the first, by no more than {_LONGEST} days.")})
    days = [first + _DAY * number for number in range((last - first).days + 1)]
    for day in days:
        _refuse_decided(known, day, "first")
    kept = _without_estimates(text, frozenset(days))
    return kept + "".join(
        f"\n[[holiday]]\ndate = {day}\nname = {_quoted(name)}\ndecision = {_quoted(decision)}\n"
        for day in days
    )


def with_swap(text: str, off: date, work: date, decision: str) -> str:
    """The calendar with a weekday off and a weekend day worked instead.

    Raises Invalid that names ``off`` or ``work``, BadCalendar for a text that is none.
    """
    known = read_calendar(text)
    if off.weekday() >= SATURDAY:
        raise Invalid({"off": ("Ngày nghỉ phải từ thứ Hai đến thứ Sáu.", "The day off must be a weekday.")})
    if work.weekday() < SATURDAY:
        vi = "Ngày làm bù phải là thứ Bảy hoặc Chủ nhật."
        raise Invalid({"work": (vi, "The day worked instead must be a Saturday or Sunday.")})
    _refuse_decided(known, off, "off")
    _refuse_decided(known, work, "work")
    kept = _without_estimates(text, frozenset({off, work}))
    return f"{kept}\n[[swap]]\noff = {off}\nwork = {work}\ndecision = {_quoted(decision)}\n"


def _refuse_decided(known: CalendarFile, day: date, field: str) -> None:
    decided = next((one for one in known.holidays if one.date == day and not one.estimate), None)
    if decided is not None:
        vi = f"Ngày {day:%d/%m/%Y} đã là ngày nghỉ ({decided.name}). Chọn ngày khác."
        raise Invalid({field: (vi, f"{day:%d/%m/%Y} is a day off already. Choose another.")})
    if day in known.makeup_days:
        vi = f"Ngày {day:%d/%m/%Y} đã là ngày làm bù. Chọn ngày khác."
        raise Invalid({field: (vi, f"{day:%d/%m/%Y} is worked instead of another day already.")})


def _without_estimates(text: str, days: frozenset[date]) -> str:
    """The text without the holidays that were only reckoned ahead for these days."""
    head, *blocks = _HOLIDAY.split(text)
    kept = [head]
    for block in blocks:
        entry, between, rest = block.partition("\n[[")
        kept.append(_comments(entry) if _estimates(entry, days) else f"[[holiday]]{entry}")
        kept.append(between + rest)
    return "".join(kept).rstrip() + "\n"


def _estimates(entry: str, days: frozenset[date]) -> bool:
    try:
        said = tomllib.loads(entry)
    except tomllib.TOMLDecodeError:
        return False  # written in a way that is left to people
    return bool(said.get("estimate")) and said.get("date") in days


def _comments(entry: str) -> str:
    return "".join(f"{line}\n" for line in entry.splitlines() if line.startswith("#"))


def _quoted(text: str) -> str:
    """A TOML string; what JSON escapes, TOML reads."""
    return json.dumps(text, ensure_ascii=False)
