"""What the tests of legal time share: the centre's real calendar and law, and short ways to say a moment."""

from datetime import datetime
from pathlib import Path

from engine.clock import VIETNAM
from engine.domain.calendar import WorkingCalendar
from engine.domain.deadline import Reckoning, ResumePolicy, reckon
from engine.domain.duration import LegalDuration, parse_duration
from engine.domain.law import LawBook
from engine.domain.ledger import LedgerEntry
from engine.domain.timer_plan import plan_timer

PROCESSES = Path(__file__).parents[3] / "processes"
CALENDAR = WorkingCalendar.from_toml((PROCESSES / "calendar.toml").read_text())
LAW = LawBook.from_toml([path.read_text() for path in sorted((PROCESSES / "law").glob("*.toml"))])
AGENCY = "SXD"


def at(text: str) -> datetime:
    """``2026-08-28 15:40`` or ``2026-08-28`` (08:00), in Viet Nam."""
    return datetime.fromisoformat(text if " " in text else f"{text} 08:00").replace(tzinfo=VIETNAM)


def entry(kind: str, when: str, **detail: object) -> LedgerEntry:
    return LedgerEntry(kind, at(when), "Điều 19", "officer:1", detail)


def clock(
    *entries: LedgerEntry,
    limit: str | None = "5WD",
    policy: str = "RESTART",
    calendar: WorkingCalendar = CALENDAR,
    agency: str = AGENCY,
    clock_starts: str = "received",
    same_day: bool = False,
) -> Reckoning:
    """The reckoning of these entries by the law of 2026."""
    span: LegalDuration | None = parse_duration(limit) if limit else None
    return reckon(
        entries,
        policy=ResumePolicy.parse(policy),
        limit=span,
        clock_starts=clock_starts,
        same_day=same_day,
        calendar=calendar,
        agency=agency,
        rules=LAW.rules_at(at("2026-10-01").date()),
    )


__all__ = ["AGENCY", "CALENDAR", "LAW", "PROCESSES", "at", "clock", "entry", "plan_timer"]
