"""The working calendar: which days count, and when offices are open. Everything in Viet Nam's time.

Built from a text that people decide on (``processes/calendar.toml``): public holidays (Labour Code 2019
art. 112), swaps with the make-up day, each with its decision, and office hours for each agency.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from engine.clock import VIETNAM, vietnam
from engine.domain.calendar_file import (
    EVERYBODY,
    SATURDAY,
    BadCalendar,
    Holiday,
    OfficeHours,
    Spans,
    read_calendar,
)
from engine.domain.duration import ClockHours, LegalDuration, Months, WorkingDays, WorkingHours

__all__ = ["EVERYBODY", "BadCalendar", "Holiday", "OfficeHours", "WorkingCalendar"]

_DAY = timedelta(days=1)
_FURTHEST = 20_000  # days that a count may run over: beyond is a broken calendar, not a deadline


class WorkingCalendar:
    """Immutable; a change is a new calendar."""

    def __init__(
        self, holidays: Iterable[Holiday], makeup_days: Iterable[date], offices: Iterable[OfficeHours]
    ) -> None:
        self.holidays: Mapping[date, Holiday] = {holiday.date: holiday for holiday in holidays}
        self.makeup_days = frozenset(makeup_days)
        self._offices: dict[str, list[OfficeHours]] = {}
        for office in offices:
            insort(self._offices.setdefault(office.agency, []), office, key=lambda one: one.valid_from)
        if EVERYBODY not in self._offices:
            raise BadCalendar(why='thiếu giờ làm việc chung (agency = "*")')
        self._off = sorted(
            day for day in self.holidays if day.weekday() < SATURDAY and day not in self.makeup_days
        )
        self._made_up = sorted(day for day in self.makeup_days if day.weekday() >= SATURDAY)
        self._hours = lru_cache(maxsize=65_536)(self._hours_on)
        self._open_time = lru_cache(maxsize=65_536)(self._open_time_on)

    @classmethod
    def from_toml(cls, text: str) -> "WorkingCalendar":
        """Read a calendar; raises BadCalendar that names what is wrong."""
        found = read_calendar(text)
        return cls(found.holidays, found.makeup_days, found.offices)

    # Days

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday without holidays, and make-up days."""
        if day in self.makeup_days:
            return True
        return day.weekday() < SATURDAY and day not in self.holidays

    def next_working_day(self, day: date) -> date:
        """The first working day after a day."""
        return self._step(day, 1)

    def _step(self, day: date, direction: int) -> date:
        for _ in range(_FURTHEST):
            day += _DAY * direction
            if self.is_working_day(day):
                return day
        raise BadCalendar(why="không tìm thấy ngày làm việc")

    def rolled(self, day: date) -> date:
        """The day itself, or the next working day when it is off (Civil Code art. 148)."""
        return day if self.is_working_day(day) else self.next_working_day(day)

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and with ``end``; 0 when end is not later."""
        if end <= start:
            return 0
        weekdays = _weekdays_until(end) - _weekdays_until(start)
        return weekdays - len(_between(self._off, start, end)) + len(_between(self._made_up, start, end))

    def holidays_between(self, start: date, end: date) -> list[Holiday]:
        """Days off that fell on weekdays after ``start`` up to ``end``, in order."""
        return [self.holidays[day] for day in _between(self._off, start, end)]

    def makeup_days_between(self, start: date, end: date) -> list[date]:
        """Weekend days that were worked after ``start`` up to ``end``, in order."""
        return list(_between(self._made_up, start, end))

    # Hours

    def _hours_on(self, agency: str, day: date) -> OfficeHours:
        for key in (agency, EVERYBODY):
            offices = self._offices.get(key, [])
            place = bisect_left(offices, day + _DAY, key=lambda one: one.valid_from)
            if place:
                return offices[place - 1]
        raise BadCalendar(why=f"không có giờ làm việc cho ngày {day:%d/%m/%Y}")

    def _open_on(self, agency: str, day: date) -> Spans:
        hours = self._hours(agency, day)
        if self.is_working_day(day):
            return hours.spans
        return hours.saturday if day.weekday() == SATURDAY and day not in self.holidays else ()

    def _open_time_on(self, agency: str, day: date) -> timedelta:
        return sum((end - start for start, end in self._spans(agency, day)), timedelta())

    def _spans(self, agency: str, day: date) -> list[tuple[datetime, datetime]]:
        """When the agency is open on a day, in order."""
        return [
            (datetime.combine(day, start, VIETNAM), datetime.combine(day, end, VIETNAM))
            for start, end in self._open_on(agency, day)
        ]

    def _spans_from(self, day: date, agency: str) -> Iterator[tuple[datetime, datetime]]:
        for _ in range(_FURTHEST):
            yield from self._spans(agency, day)
            day += _DAY

    def closing(self, day: date, agency: str) -> datetime:
        """When the agency closes on a working day."""
        return datetime.combine(day, self._hours(agency, day).closes, VIETNAM)

    def opening(self, day: date, agency: str) -> datetime:
        """When the agency opens on a working day."""
        return datetime.combine(day, self._hours(agency, day).opens, VIETNAM)

    def next_opening(self, at: datetime, agency: str) -> datetime:
        """``at`` itself within office hours, else the next moment the agency is open."""
        at = vietnam(at)
        for start, end in self._spans_from(at.date(), agency):
            if at < end:
                return max(at, start)
        raise BadCalendar(why="không tìm thấy giờ làm việc")

    def working_time_between(self, start: datetime, end: datetime, agency: str) -> timedelta:
        """Office time from ``start`` to ``end``; zero when end is not later."""
        start, end = vietnam(start), vietnam(end)
        if end <= start:
            return timedelta()
        first, last = start.date(), end.date()
        total = self._within(first, start, end, agency)
        if last > first:
            total += self._within(last, start, end, agency)
        day = first + _DAY
        while day < last:
            total += self._open_time(agency, day)
            day += _DAY
        return total

    def _within(self, day: date, start: datetime, end: datetime, agency: str) -> timedelta:
        total = timedelta()
        for opens, closes in self._spans(agency, day):
            total += max(timedelta(), min(closes, end) - max(opens, start))
        return total

    def add_working_time(self, start: datetime, span: timedelta, agency: str) -> datetime:
        """The moment when that much office time has passed."""
        start = vietnam(start)
        for opens, closes in self._spans_from(start.date(), agency):
            here = max(opens, start)
            if here >= closes:
                continue
            if span <= closes - here:
                return here + span
            span -= closes - here
        raise BadCalendar(why="thời hạn quá dài")

    def _subtract_working_time(self, end: datetime, span: timedelta, agency: str) -> datetime:
        day = end.date()
        for _ in range(_FURTHEST):
            for opens, closes in reversed(self._spans(agency, day)):
                here = min(closes, end)
                if here <= opens:
                    continue
                if span <= here - opens:
                    return here - span
                span -= here - opens
            day -= _DAY
        raise BadCalendar(why="thời hạn quá dài")

    # Legal spans

    def add(self, start: datetime, duration: LegalDuration, agency: str = EVERYBODY) -> datetime:
        """When a span that begins at ``start`` ends (Civil Code 2015 art. 144-148).

        Days and months end when the agency closes on the last day; the first day is not counted; a last day
        off rolls to the next working day. Hours end to the minute. No days at all: the same working day.
        """
        return self.settled(duration, self.unrolled(start, duration, agency), agency)

    def unrolled(self, start: datetime, duration: LegalDuration, agency: str) -> datetime:
        """The end of a span as counted, before a last day off is rolled."""
        start = vietnam(start)
        if isinstance(duration, WorkingHours):
            return self.add_working_time(start, timedelta(hours=duration.count), agency)
        if isinstance(duration, ClockHours):
            return start + timedelta(hours=duration.count)
        if duration.count == 0:
            day = self.rolled(self.next_opening(start, agency).date())
        elif isinstance(duration, WorkingDays):
            day = start.date()
            for _ in range(duration.count):
                day = self.next_working_day(day)
        elif isinstance(duration, Months):
            day = _plus_months(start.date(), duration.count)
        else:
            day = start.date() + timedelta(days=duration.count)
        return self.closing(day, agency)

    def settled(self, duration: LegalDuration, end: datetime, agency: str) -> datetime:
        """The end of a span, rolled to the end of the next working day where it is counted in days."""
        if isinstance(duration, WorkingHours | ClockHours) or self.is_working_day(end.date()):
            return end
        return self.closing(self.next_working_day(end.date()), agency)

    def subtract(self, end: datetime, duration: LegalDuration, agency: str = EVERYBODY) -> datetime:
        """The last moment at which a span that ends at ``end`` is still whole."""
        end = vietnam(end)
        if isinstance(duration, WorkingHours):
            return self._subtract_working_time(end, timedelta(hours=duration.count), agency)
        if isinstance(duration, ClockHours):
            return end - timedelta(hours=duration.count)
        day = end.date()
        if isinstance(duration, WorkingDays):
            for _ in range(duration.count):
                day = self._step(day, -1)
        elif isinstance(duration, Months):
            day = _plus_months(day, -duration.count)
        else:
            day -= timedelta(days=duration.count)
        return datetime.combine(day, end.timetz())


def _weekdays_until(day: date) -> int:
    """Mondays to Fridays from the first Monday of the calendar up to and with ``day``."""
    weeks, rest = divmod(day.toordinal(), 7)
    return weeks * SATURDAY + min(rest, SATURDAY)


def _between(days: Sequence[date], start: date, end: date) -> Sequence[date]:
    return days[bisect_right(days, start) : bisect_right(days, end)]


def _plus_months(day: date, months: int) -> date:
    """The day of the same number, or the last of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (first_of_next - _DAY).day))
