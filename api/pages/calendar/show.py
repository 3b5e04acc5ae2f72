"""The calendar in force, or any that ever was: days off, swaps, office hours, and who decided it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from flask import Response, render_template, request

from api.context import engine
from api.i18n import _
from api.pages import wording
from api.pages.calendar.room import pages
from api.resources.files import as_file
from api.security import officer, signed_in
from engine.calendars import CalendarVersion
from engine.clock import VIETNAM, vietnam
from engine.domain.calendar import EVERYBODY, WorkingCalendar
from engine.domain.calendar_file import CalendarFile, Spans, read_calendar
from engine.domain.permission import Action, may_anywhere
from engine.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOff:
    """A line of the year's days off."""

    day: str
    name: str
    decision: str
    estimate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When an agency is open."""

    agency: str
    hours: tuple[str, ...]
    saturday: tuple[str, ...]
    since: str


@pages.get("")
@signed_in
def show() -> str:
    """The year ``?nam=`` of the calendar ``?ban=``; this year of the one in force by default."""
    versions = engine().calendars.versions()
    chosen = chosen_of(versions, request.args.get("ban", type=int))
    found = read_calendar(chosen.content)
    today = vietnam(engine().clock.now()).date()
    years = sorted({one.date.year for one in found.holidays} | {today.year})
    year = request.args.get("nam", today.year, type=int)
    may_decide = may_anywhere(officer(), Action.DECIDE_CALENDAR)
    return render_template(
        "calendar/show.html",
        version=chosen,
        versions=versions,
        year=year,
        years=years,
        days_off=_days_off(found, year),
        swaps=[
            (day_words(one.off), day_words(one.work), one.decision)
            for one in sorted(found.swaps, key=lambda one: one.off)
            if year in (one.off.year, one.work.year)
        ],
        hours=_hours(found),
        today=(day_words(today), WorkingCalendar.from_toml(chosen.content).is_working_day(today)),
        may_decide=may_decide,
        behind=engine().calendars.behind() if may_decide else 0,
    )


@pages.get("/ban/<int:number>/calendar.toml")
@signed_in
def download(number: int) -> Response:
    """The calendar's text as it was decided, to be changed and sent back."""
    chosen = chosen_of(engine().calendars.versions(), number)
    return as_file(chosen.content.encode(), media_type="application/toml", name="calendar.toml")


def chosen_of(versions: Sequence[CalendarVersion], number: int | None = None) -> CalendarVersion:
    """That version, else the one in force. Raises NotFound."""
    for one in versions:
        if number in (None, one.version):
            return one
    raise NotFound(what=_("lịch làm việc phiên bản {number}", number=number or 1))


def day_words(day: date) -> str:
    """thứ Tư 02/09/2026."""
    weekday = wording.weekday(datetime.combine(day, time(12), VIETNAM))
    return f"{_(weekday)} {day:%d/%m/%Y}"


def agency_words(agency: str) -> str:
    """The name of an agency; what stands for all that say nothing of their own."""
    return (
        _("Mọi cơ quan không có giờ riêng") if agency == EVERYBODY else engine().services.agency_name(agency)
    )


def _days_off(found: CalendarFile, year: int) -> list[DayOff]:
    """Days off of a year, in order; those of swaps stand in a list of their own."""
    swapped = {one.off for one in found.swaps}
    return [
        DayOff(day=day_words(one.date), name=one.name, decision=one.decision, estimate=one.estimate)
        for one in sorted(found.holidays, key=lambda one: one.date)
        if one.date.year == year and one.date not in swapped
    ]


def _hours(found: CalendarFile) -> list[Hours]:
    return [
        Hours(
            agency=agency_words(one.agency),
            hours=_spans(one.spans),
            saturday=_spans(one.saturday),
            since=f"{one.valid_from:%d/%m/%Y}",
        )
        for one in sorted(
            found.offices, key=lambda one: (one.agency != EVERYBODY, one.agency, one.valid_from)
        )
    ]


def _spans(spans: Spans) -> tuple[str, ...]:
    return tuple(f"{start:%H:%M}-{end:%H:%M}" for start, end in spans)
