"""How a dossier stands against its deadline: a state for shape and colour, and words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.clock import vietnam
from engine.domain.calendar import WorkingCalendar

_SOON_SHARE = 5  # the last fifth of the time
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class TrafficLight:
    """``state`` is one of on_time, due_soon, overdue, paused, finished_on_time, finished_late, no_limit."""

    state: str
    vi: str
    en: str


def traffic_light(
    *,
    due_at: datetime | None,
    paused: bool,
    received_at: datetime | None,
    finished_at: datetime | None,
    now: datetime,
    calendar: WorkingCalendar,
    agency: str,
    clock_running: bool = True,
) -> TrafficLight:
    """The light of a dossier at ``now``. Late is late by the minute; what is left is told in working time.

    Without ``clock_running`` a dossier that was received still waits for what its clock starts with.
    """
    if finished_at is not None:
        return _finished(due_at, finished_at, calendar)
    if paused:
        return TrafficLight("paused", "Tạm dừng chờ bổ sung", "Paused for a supplement")
    if due_at is None:
        if received_at is None:
            return TrafficLight("no_limit", "Chưa tiếp nhận", "Not yet received")
        if not clock_running:
            return TrafficLight("paused", "Chưa tính thời hạn", "The clock has not started")
        return TrafficLight("no_limit", "Không quy định thời hạn", "No legal limit")
    now, due = vietnam(now), vietnam(due_at)
    if now > due:
        vi, en = _span(due, now, calendar, agency)
        return TrafficLight("overdue", f"Trễ {vi}", f"{en} late")
    vi, en = _span(now, due, calendar, agency)
    state = "due_soon" if _soon(now, due, received_at, calendar, agency) else "on_time"
    return TrafficLight(state, f"Còn {vi}", f"{en} left")


def _finished(due_at: datetime | None, finished_at: datetime, calendar: WorkingCalendar) -> TrafficLight:
    if due_at is None:
        return TrafficLight("finished_on_time", "Đã xong", "Finished")
    finished, due = vietnam(finished_at), vietnam(due_at)
    if finished > due:
        days = calendar.working_days_between(due.date(), finished.date())
        late = (f"Xong, trễ {days} ngày làm việc", f"Finished {_days(days)} late")
        return TrafficLight("finished_late", *(late if days else ("Xong, trễ trong ngày", "Finished late")))
    days = calendar.working_days_between(finished.date(), due.date())
    early = (f"Xong trước hạn {days} ngày làm việc", f"Finished {_days(days)} early")
    return TrafficLight("finished_on_time", *(early if days else ("Xong đúng hạn", "Finished on time")))


def _soon(
    now: datetime, due: datetime, received_at: datetime | None, calendar: WorkingCalendar, agency: str
) -> bool:
    if calendar.working_days_between(now.date(), due.date()) == 0:
        return True
    if received_at is None:
        return False
    whole = calendar.working_time_between(received_at, due, agency)
    return calendar.working_time_between(now, due, agency) * _SOON_SHARE <= whole


def _span(start: datetime, end: datetime, calendar: WorkingCalendar, agency: str) -> tuple[str, str]:
    """Working days; office hours when it is less than two days; clock time while the office is closed."""
    days = calendar.working_days_between(start.date(), end.date())
    if days >= 2:
        return f"{days} ngày làm việc", _days(days)
    span = calendar.working_time_between(start, end, agency)
    if span < _MINUTE:
        span = end - start
    hours, minutes = divmod(span // _MINUTE, 60)
    if hours:
        return f"{hours} giờ", f"{hours} hour{'s' if hours != 1 else ''}"
    return f"{minutes} phút", f"{minutes} minute{'s' if minutes != 1 else ''}"


def _days(count: int) -> str:
    return f"{count} working day{'s' if count != 1 else ''}"
