"""Timers that the law sets whatever a diagram says: data in ``processes/law/statutory_timers.toml``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Protocol

from engine.clock import VIETNAM, vietnam
from engine.domain.calendar import WorkingCalendar
from engine.domain.duration import (
    BadDuration,
    BeforeDue,
    CalendarDays,
    ClockHours,
    Months,
    WorkingDays,
    WorkingHours,
    parse_timer,
    timer_code,
)

# Values that are no timer code.
HANDOVER = "handover"  # by the cut-off of the day
DRAWN = "drawn"  # the procedure or its diagram says how long; here for completeness, audience and basis
QUARTER_END = "quarter-end"  # the last day of each quarter
_OTHER_VALUES = frozenset({HANDOVER, DRAWN, QUARTER_END})
_CLOCKS = frozenset({"legal", "elapsed"})
_SPANS = (WorkingDays, WorkingHours, CalendarDays, ClockHours, Months)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatutoryTimer:
    """One row of the catalogue."""

    id: str
    vi: str
    en: str
    subject: str  # what it runs for: dossier, feedback, complaint, data_request, agency or system
    value: str  # timer code, or one of the words above
    starts: tuple[str, ...]  # milestones that start it; reached again, they start it anew
    ends: tuple[str, ...]  # milestones that end it
    channels: tuple[str, ...]  # only for these; empty: all
    clock: str  # legal or elapsed
    audience: tuple[str, ...]  # roles that are told
    basis: str
    valid_from: date | None
    valid_to: date | None

    def in_force(self, day: date) -> bool:
        """Whether it is in force on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


class TimerRules(Protocol):
    """What of the rules this module needs."""

    @property
    def statutory_timers(self) -> tuple[StatutoryTimer, ...]: ...
    @property
    def handover_cutoff(self) -> time: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A timer that has to run now."""

    id: str
    value: str  # timer code
    clock: str


def read_timer(entry: Mapping[str, Any]) -> StatutoryTimer:
    """A row of the file; raises KeyError, ValueError or BadDuration."""
    if entry["value"] not in _OTHER_VALUES:
        parse_timer(entry["value"])
    clock = entry.get("clock", "legal")
    if clock not in _CLOCKS:
        raise ValueError(f"{entry['id']}: clock = {clock!r}")
    return StatutoryTimer(
        id=entry["id"],
        vi=entry["vi"],
        en=entry["en"],
        subject=entry.get("subject", "dossier"),
        value=entry["value"],
        starts=tuple(entry["starts"]),
        ends=tuple(entry.get("ends", ())),
        channels=tuple(entry.get("channels", ())),
        clock=clock,
        audience=tuple(entry.get("audience", ())),
        basis=entry["basis"],
        valid_from=entry.get("valid_from"),
        valid_to=entry.get("valid_to"),
    )


def timers_started(
    rules: TimerRules,
    milestone: str,
    *,
    channel: str,
    at: datetime,
    calendar: WorkingCalendar,
    agency: str,
    due_at: datetime | None = None,
) -> Sequence[Begun]:
    """The timers that a milestone starts for a dossier of this channel.

    A warning ahead of ``due_at`` that would already be past is none: so short a procedure needs none.
    """
    begun = []
    for timer in rules.statutory_timers:
        if milestone not in timer.starts or not _runs_for_dossier(timer, channel):
            continue
        value = timer.value
        if value == HANDOVER:
            value = timer_code(handover_due(at, calendar, agency, rules.handover_cutoff))
        if not _is_past(value, at, due_at, calendar, agency):
            begun.append(Begun(id=timer.id, value=value, clock=timer.clock))
    return begun


def _runs_for_dossier(timer: StatutoryTimer, channel: str) -> bool:
    of_channel = not timer.channels or channel in timer.channels
    return of_channel and timer.subject == "dossier" and timer.value not in (DRAWN, QUARTER_END)


def _is_past(
    code: str, at: datetime, due_at: datetime | None, calendar: WorkingCalendar, agency: str
) -> bool:
    value = parse_timer(code)
    if due_at is None or not isinstance(value, BeforeDue):
        return False
    return calendar.subtract(due_at, value.duration, agency) <= at


def timers_ended(rules: TimerRules, milestone: str) -> Sequence[str]:
    """Ids of the timers that a milestone ends."""
    return [timer.id for timer in rules.statutory_timers if milestone in timer.ends]


def moment_of(timer: StatutoryTimer, at: datetime, calendar: WorkingCalendar, agency: str) -> datetime:
    """When a row that runs for something else than a dossier falls due.

    ``at`` is when it started, or for a notice ahead of something (``due-7WD``) the moment of that.
    Raises BadDuration for a row whose value depends on a dossier.
    """
    if timer.value == QUARTER_END:
        return quarter_end(at)
    value = None if timer.value in _OTHER_VALUES else parse_timer(timer.value)
    if isinstance(value, BeforeDue):
        return calendar.subtract(at, value.duration, agency)
    if not isinstance(value, _SPANS):
        raise BadDuration(text=timer.value)
    return calendar.add(at, value, agency)


def quarter_end(at: datetime) -> datetime:
    """Midnight at which the quarter of ``at`` ends: evaluation of officers, settlement of fees."""
    local = vietnam(at)
    months = local.year * 12 + (local.month - 1) // 3 * 3 + 3
    return datetime(months // 12, months % 12 + 1, 1, tzinfo=VIETNAM)


def handover_due(received: datetime, calendar: WorkingCalendar, agency: str, cutoff: time) -> datetime:
    """When a dossier must be with the agency: the same working day, or the opening of the next one when it
    came after the cut-off (NĐ 61/2018/NĐ-CP art. 18: 15:00)."""
    received = vietnam(received)
    day = received.date()
    if calendar.is_working_day(day) and received.time() < cutoff:
        return calendar.closing(day, agency)
    return calendar.opening(calendar.next_working_day(day), agency)
