"""The reckoning: from a ledger, a limit and a calendar to the due date, and to the words that explain it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar

from engine.clock import vietnam
from engine.domain.calendar import WorkingCalendar
from engine.domain.duration import LegalDuration, WorkingDays, parse_duration
from engine.domain.explanation import Step, sentences, step_of_leg
from engine.domain.law import Rules
from engine.domain.ledger import ENDS, Entry, Ledger, LedgerEntry
from engine.domain.rest import Break, Turn, end_of

_SAME_DAY = WorkingDays(0)


@dataclass(frozen=True, slots=True)
class ResumePolicy:
    """What a supplement does to the clock: RESTART (from zero), RESUME (the rest), or a span of its own."""

    kind: str
    span: LegalDuration | None = None

    @classmethod
    def parse(cls, text: str) -> "ResumePolicy":
        """From RESTART, RESUME or +5WD; raises BadDuration."""
        if text in ("RESTART", "RESUME"):
            return cls(text)
        return cls("ADD", parse_duration(text.removeprefix("+")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoning:
    """How a dossier's clock stands."""

    due_at: datetime | None
    running: bool
    started_at: datetime | None  # when the present leg was counted from, or went on
    finished_at: datetime | None
    returns: int
    late_returns: int  # returns that came when the time was already over
    extensions: int
    limit: LegalDuration | None
    legal_used: timedelta  # office time with the authority, over all legs that are over
    elapsed_from: datetime | None  # first contact
    steps: tuple[Step, ...]

    def explain(self, lang: str = "vi") -> tuple[str, ...]:
        """One sentence a step; the last one gives the appointment."""
        return sentences(self.steps, self.due_at, self.limit, self.running, lang)

    def legal_time(self, now: datetime, calendar: WorkingCalendar, agency: str) -> timedelta:
        """Office time that the dossier was with the authority until ``now``: the legal clock."""
        if not self.running or self.started_at is None:
            return self.legal_used
        return self.legal_used + calendar.working_time_between(self.started_at, now, agency)

    def elapsed_time(self, now: datetime) -> timedelta:
        """Time since first contact, day and night, until it was finished or ``now``: the citizen's clock."""
        if self.elapsed_from is None:
            return timedelta()
        return max(timedelta(), (self.finished_at or now) - self.elapsed_from)


@dataclass(slots=True)
class _Leg:
    """A stretch that counts one span, with what happened within it."""

    start: datetime
    span: LegalDuration | None
    own: bool = False  # the span is the policy's, and no new limit changes it
    turns: list[Turn] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class _Walk:
    """The ledger, entry by entry."""

    policy: ResumePolicy
    limit: LegalDuration | None
    needed: frozenset[str]
    same_day: bool
    calendar: WorkingCalendar
    agency: str
    rules: Rules
    seen: set[str] = field(default_factory=set)
    leg: _Leg | None = None
    runs_from: datetime | None = None  # None: the clock stands still
    went_on: datetime | None = None
    returned: datetime | None = None
    finished: datetime | None = None
    ended_due: datetime | None = None
    returns: int = 0
    late_returns: int = 0
    extensions: int = 0
    used: timedelta = timedelta()
    contact: datetime | None = None
    steps: list[Step] = field(default_factory=list)

    def take(self, entry: LedgerEntry) -> None:
        if self.contact is None:
            self.contact = vietnam(entry.at)
        if self.finished is not None:
            return  # the first end counts: numbered before it reached the counter, it was finished then
        if "limit" in entry.detail:
            limit = entry.detail["limit"]
            self.limit = parse_duration(limit) if limit else None
        self._MEANING[Entry(entry.kind)](self, entry)

    def due(self) -> datetime | None:
        """The due date of the present leg."""
        if self.leg is None:
            return None
        if self.leg.span is None:
            promised = [vietnam(turn) for turn in self.leg.turns if isinstance(turn, datetime)]
            return max(promised, default=None)
        return end_of(self.leg.span, self.leg.start, self.leg.turns, self.calendar, self.agency)

    def _noted(self, entry: LedgerEntry) -> None:
        self.steps.append(Step(entry.kind, entry.at))

    def _started(self, entry: LedgerEntry) -> None:
        """The clock starts once everything it waits for has come."""
        self.seen.add(entry.kind)
        if self.leg is None and self.needed <= self.seen:
            self._count(entry, entry.kind, self._limit_of_leg())
        else:
            self._noted(entry)

    def _limit_of_leg(self) -> LegalDuration | None:
        return _SAME_DAY if self.same_day else self.limit

    def _count(self, entry: LedgerEntry, why: str, span: LegalDuration | None, own: bool = False) -> None:
        """Begin a leg that counts a whole span."""
        self.leg = _Leg(self._counted_from(entry.at), span, own)
        self._run(entry, why, self.leg.start)

    def _run(self, entry: LedgerEntry, why: str, since: datetime) -> None:
        self.runs_from = self.went_on = since
        self.returned = None
        span = self.leg.span if self.leg else None
        self.steps.append(step_of_leg(why, entry.at, since, self.due(), span, self.calendar))

    def _counted_from(self, at: datetime) -> datetime:
        """A same-day procedure received after the cut-off counts from the next working day."""
        at = vietnam(at)
        if not self.same_day:
            return at
        late = at.time() >= self.rules.same_day_cutoff
        if late or not self.calendar.is_working_day(at.date()):
            return self.calendar.opening(self.calendar.next_working_day(at.date()), self.agency)
        return at

    def _gave_back(self, entry: LedgerEntry) -> None:
        self.returns += 1
        overdue = None
        if self.runs_from is not None:
            due = self.due()
            if due is not None and vietnam(entry.at) > due:
                self.late_returns += 1
                overdue = due
            self._stand_still(entry.at)
            self.returned = vietnam(entry.at)
        self.steps.append(Step("returned", entry.at, ground=entry.ground, due_at=overdue))

    def _stand_still(self, at: datetime) -> None:
        if self.runs_from is not None:
            self.used += self.calendar.working_time_between(self.runs_from, at, self.agency)
        self.runs_from = None

    def _came_back(self, entry: LedgerEntry) -> None:
        if self.leg is None or self.returned is None:
            self._noted(entry)
        elif self.policy.kind == "RESTART":
            self._count(entry, "restarted", self._limit_of_leg())
        elif self.policy.span is not None:
            self._count(entry, "added", self.policy.span, own=True)
        else:
            self.leg.turns.append(Break(self.returned, vietnam(entry.at)))
            self._new_limit()
            self._run(entry, "resumed", vietnam(entry.at))

    def _limit_set(self, entry: LedgerEntry) -> None:
        """Another limit counts from where the leg began, and lived through the same breaks."""
        self._new_limit()
        due = self.due() if self.runs_from is not None else None
        self.steps.append(Step("limit_set", entry.at, ground=entry.ground, limit=self.limit, due_at=due))

    def _new_limit(self) -> None:
        if self.leg is not None and not self.leg.own:
            self.leg.span = self._limit_of_leg()

    def _extended(self, entry: LedgerEntry) -> None:
        promised = vietnam(datetime.fromisoformat(entry.detail["due_at"]))
        self.extensions += 1
        if self.leg is not None:
            self.leg.turns.append(promised)
        self.steps.append(Step("extended", entry.at, ground=entry.ground, due_at=promised))

    def _ended(self, entry: LedgerEntry) -> None:
        self.finished = vietnam(entry.at)
        self.ended_due = self.due() if self.runs_from is not None else None
        self._stand_still(entry.at)
        self._noted(entry)

    def result(self) -> Reckoning:
        running = self.runs_from is not None
        return Reckoning(
            due_at=self.due() if running else self.ended_due,
            running=running,
            started_at=self.went_on,
            finished_at=self.finished,
            returns=self.returns,
            late_returns=self.late_returns,
            extensions=self.extensions,
            limit=self.limit,
            legal_used=self.used,
            elapsed_from=self.contact,
            steps=tuple(self.steps),
        )

    _MEANING: ClassVar[dict[Entry, Callable[["_Walk", LedgerEntry], None]]] = {
        Entry.SUBMITTED: _noted,
        Entry.RECEIVED: _started,
        Entry.FEE_PAID: _started,
        Entry.RETURNED: _gave_back,
        Entry.SUPPLEMENTED: _came_back,
        Entry.LIMIT_SET: _limit_set,
        Entry.EXTENDED: _extended,
        **dict.fromkeys(ENDS, _ended),
    }


def reckon(
    ledger: Ledger,
    *,
    policy: ResumePolicy,
    limit: LegalDuration | None,
    clock_starts: str = "received",
    same_day: bool = False,
    calendar: WorkingCalendar,
    agency: str,
    rules: Rules,
) -> Reckoning:
    """Reckon the clock anew from its ledger. Equal arguments give equal results; no clock is read.

    ``limit`` is the one in force when an entry does not name its own. ``clock_starts`` is "received", or
    "fee_paid" where both are needed. With ``same_day`` the result is due when the office closes on the day
    counted, whatever the limit says. Raises ValueError for an entry of unknown kind.
    """
    fee_too = clock_starts == "fee_paid"
    walk = _Walk(
        policy=policy,
        limit=limit,
        needed=frozenset({Entry.RECEIVED, Entry.FEE_PAID} if fee_too else {Entry.RECEIVED}),
        same_day=same_day,
        calendar=calendar,
        agency=agency,
        rules=rules,
    )
    for entry in ledger:
        walk.take(entry)
    return walk.result()
