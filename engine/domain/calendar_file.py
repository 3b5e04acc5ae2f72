"""The working calendar as people write it down: days off with their decisions, swaps, office hours."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any

from engine.domain.written import toml_fault
from engine.errors import MotcuaError

EVERYBODY = "*"
SATURDAY = 5  # as date.weekday() counts

Spans = tuple[tuple[time, time], ...]


class BadCalendar(MotcuaError):
    """A calendar text that cannot be put in force."""

    code = "bad-calendar"
    vi = "Lịch làm việc không hợp lệ: {why}. Sửa tệp lịch rồi ban hành lại."
    en = "The working calendar is not valid: {why}. Mend the file and decide it again."


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day off."""

    date: date
    name: str
    decision: str = ""  # number and date, where the day was fixed by decision
    estimate: bool = False  # reckoned ahead, not yet decided


@dataclass(frozen=True, slots=True)
class Swap:
    """A weekday off and the weekend day that is worked instead."""

    off: date
    work: date
    decision: str


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When an agency is open, from a day on."""

    agency: str
    spans: Spans  # of a working day
    valid_from: date
    saturday: Spans = ()  # of a Saturday that is no working day: hours count, the day does not

    @property
    def opens(self) -> time:
        return self.spans[0][0]

    @property
    def closes(self) -> time:
        return self.spans[-1][1]


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """What a file says."""

    holidays: tuple[Holiday, ...]
    makeup_days: tuple[date, ...]
    offices: tuple[OfficeHours, ...]
    swaps: tuple[Swap, ...]  # whose days off stand among the holidays too


def read_calendar(text: str) -> CalendarFile:
    """Read a calendar; raises BadCalendar that names what is wrong."""
    try:
        stored = tomllib.loads(text)
        swaps = [_swap(entry) for entry in stored.get("swap", [])]
        holidays = [_holiday(entry) for entry in stored.get("holiday", [])] + [_off(one) for one in swaps]
        offices = tuple(_office(entry) for entry in stored.get("office", []))
    except tomllib.TOMLDecodeError as error:
        raise BadCalendar(why=toml_fault(error)[0]) from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BadCalendar(why=f"thiếu hoặc sai mục {error}") from error
    makeup = tuple(one.work for one in swaps)
    _refuse_clashes(sorted(holiday.date for holiday in holidays), sorted(makeup))
    return CalendarFile(tuple(holidays), makeup, offices, tuple(swaps))


def _refuse_clashes(off: Sequence[date], makeup: Sequence[date]) -> None:
    for days, what in ((off, "ngày nghỉ"), (makeup, "ngày làm bù")):
        twice = [one for one, other in pairwise(days) if one == other]
        if twice:
            raise BadCalendar(why=f"{what} {twice[0]:%d/%m/%Y} ghi hai lần")
    clash = set(makeup) & set(off)
    if clash:
        raise BadCalendar(why=f"ngày {min(clash):%d/%m/%Y} vừa nghỉ vừa làm bù")


def _day(entry: Mapping[str, Any], name: str) -> date:
    value = entry[name]
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError(f"{name} = {value!r}")
    return value


def _holiday(entry: Mapping[str, Any]) -> Holiday:
    if not isinstance(entry["name"], str):
        raise ValueError(f"holiday.name = {entry['name']!r}")
    return Holiday(
        _day(entry, "date"), entry["name"], entry.get("decision", ""), bool(entry.get("estimate", False))
    )


def _swap(entry: Mapping[str, Any]) -> Swap:
    off, work, decision = _day(entry, "off"), _day(entry, "work"), str(entry["decision"])
    if off.weekday() >= SATURDAY or work.weekday() < SATURDAY:
        raise ValueError(
            f"swap: nghỉ {off:%d/%m/%Y} phải là ngày trong tuần, làm bù {work:%d/%m/%Y} cuối tuần"
        )
    if "decided" in entry:
        decision = f"{decision} ngày {_day(entry, 'decided'):%d/%m/%Y}"
    return Swap(off, work, decision)


def _off(swap: Swap) -> Holiday:
    return Holiday(swap.off, f"Nghỉ hoán đổi, làm bù {swap.work:%d/%m/%Y}", swap.decision)


def _office(entry: Mapping[str, Any]) -> OfficeHours:
    spans = _spans(entry["hours"])
    if not spans:
        raise ValueError(f"office.hours: {entry['hours']!r}")
    return OfficeHours(
        str(entry["agency"]), spans, _day(entry, "valid_from"), _spans(entry.get("saturday", []))
    )


def _spans(texts: Sequence[str]) -> Spans:
    """Hours of a day, in order and apart."""
    spans = []
    for text in texts:
        start, _, end = text.partition("-")
        spans.append((time.fromisoformat(start), time.fromisoformat(end)))
    edges = [edge for span in spans for edge in span]
    if edges != sorted(set(edges)):
        raise ValueError(f"office.hours: {texts!r}")
    return tuple(spans)
