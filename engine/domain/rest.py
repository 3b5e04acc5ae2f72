"""When a span ends whose clock stood still: what was left of it, counted on in its own unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.clock import vietnam
from engine.domain.calendar import WorkingCalendar
from engine.domain.duration import CalendarDays, ClockHours, LegalDuration, WorkingDays, WorkingHours


@dataclass(frozen=True, slots=True)
class Break:
    """The dossier was with the citizen."""

    returned: datetime
    back: datetime


Turn = Break | datetime  # a moment: the new appointment that was given


def end_of(
    duration: LegalDuration,
    start: datetime,
    turns: Iterable[Turn],
    calendar: WorkingCalendar,
    agency: str,
) -> datetime:
    """The end of a span that begins at ``start`` and lived through ``turns``, in order.

    A break gives back what was left when it began. One that began after the end gives nothing: late stays
    late. A last day off is rolled once, at the end, so that rolling never lengthens what is left.
    """
    end = calendar.unrolled(start, duration, agency)
    if duration.count == 0:
        start = end  # nothing was there to be used up before
    for turn in turns:
        if isinstance(turn, datetime):
            end = max(end, vietnam(turn))
        elif turn.returned <= calendar.settled(duration, end, agency):
            left = _left(duration, max(turn.returned, start), end, calendar, agency)
            end = _counted_on(duration, turn.back, left, calendar, agency)
    return calendar.settled(duration, end, agency)


def _left(
    duration: LegalDuration, at: datetime, end: datetime, calendar: WorkingCalendar, agency: str
) -> timedelta:
    """Office time or clock time for hours, days for the rest. A day begun counts as used."""
    at, end = vietnam(at), vietnam(end)
    if isinstance(duration, WorkingHours):
        return calendar.working_time_between(at, end, agency)
    if isinstance(duration, ClockHours):
        return max(timedelta(), end - at)
    if isinstance(duration, WorkingDays):
        return timedelta(days=calendar.working_days_between(at.date(), end.date()))
    return max(timedelta(), timedelta(days=(end.date() - at.date()).days))


def _counted_on(
    duration: LegalDuration, back: datetime, left: timedelta, calendar: WorkingCalendar, agency: str
) -> datetime:
    if isinstance(duration, WorkingHours):
        return calendar.add_working_time(back, left, agency)
    if isinstance(duration, ClockHours):
        return vietnam(back) + left
    kind = WorkingDays if isinstance(duration, WorkingDays) else CalendarDays
    return calendar.unrolled(back, kind(left.days), agency)
