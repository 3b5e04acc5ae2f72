"""When the timers of a dossier have to fire: by its clock, and standing still with it."""

from datetime import datetime, timedelta

from engine.clock import vietnam
from engine.domain.calendar import WorkingCalendar
from engine.domain.deadline import Reckoning
from engine.domain.duration import AfterMilestone, BeforeDue, Elapsed, LegalDuration, ShareOfLimit, TimerValue
from engine.domain.ledger import Ledger, latest, pauses
from engine.domain.rest import Break, end_of


def plan_timer(
    value: TimerValue,
    *,
    clock: str,
    started_at: datetime,
    reckoning: Reckoning,
    ledger: Ledger,
    calendar: WorkingCalendar,
    agency: str,
) -> datetime | None:
    """The moment of a timer; None while it stands still or what it counts from has not come.

    ``clock`` is "legal" for a timer that stands still while the dossier is with the citizen, "elapsed" for
    one that runs on. Called again after every change of ledger or calendar.
    """
    if isinstance(value, datetime):
        return value
    if isinstance(value, Elapsed):
        return vietnam(started_at) + timedelta(seconds=value.seconds)
    if isinstance(value, BeforeDue | ShareOfLimit):
        return _by_due_date(value, reckoning, calendar, agency)
    if isinstance(value, AfterMilestone):
        entry = latest(ledger, value.milestone)
        return _span(value.duration, entry.at, clock, ledger, calendar, agency) if entry else None
    return _span(value, started_at, clock, ledger, calendar, agency)


def _by_due_date(
    value: BeforeDue | ShareOfLimit, reckoning: Reckoning, calendar: WorkingCalendar, agency: str
) -> datetime | None:
    due, start = reckoning.due_at, reckoning.started_at
    if due is None or start is None or not reckoning.running:
        return None
    if isinstance(value, BeforeDue):
        return calendar.subtract(due, value.duration, agency)
    whole = calendar.working_time_between(start, due, agency)
    return calendar.add_working_time(start, whole * value.percent / 100, agency)


def _span(
    duration: LegalDuration,
    started_at: datetime,
    clock: str,
    ledger: Ledger,
    calendar: WorkingCalendar,
    agency: str,
) -> datetime | None:
    if clock == "elapsed":
        return calendar.add(started_at, duration, agency)
    start = vietnam(started_at)
    turns: list[Break] = []
    for returned, back in pauses(ledger):
        if back is not None and back <= start:
            continue
        if back is None:
            due = end_of(duration, start, turns, calendar, agency)
            return None if returned <= due else due
        if returned < start:
            start = vietnam(back)  # began while the dossier was away: nothing of it was used
        else:
            turns.append(Break(vietnam(returned), vietnam(back)))
    return end_of(duration, start, turns, calendar, agency)
