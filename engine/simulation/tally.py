"""What one run comes to: every figure under its name, so that runs can be set beside each other."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import fmean
from typing import Any

from engine.domain.calendar import EVERYBODY, WorkingCalendar
from engine.simulation.cases import Case
from engine.simulation.staff import Desk

Name = tuple[str, ...]  # ("late",), ("step", "Kiểm tra hồ sơ", "reception", "TTHCC", "wait") ...
_HOUR = timedelta(hours=1)
_SIGNIFICANT = 0.9  # of the waits, this share is no longer than what is told beside the mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The figures of one run; of the same profile, seed and number always the same."""

    number: int
    figures: Mapping[Name, float]
    faults: Mapping[str, int]  # what the engine refused, and how often
    commands: int
    dossiers: int  # all, those of the first days too


@dataclass(slots=True, kw_only=True)
class Tally:
    """Notes of a run while it goes on, within the days that count."""

    calendar: WorkingCalendar
    since: datetime  # when what is counted begins
    until: datetime
    cases: list[Case] = field(default_factory=list)
    waits: defaultdict[Name, list[float]] = field(default_factory=lambda: defaultdict(list))
    works: defaultdict[Name, list[float]] = field(default_factory=lambda: defaultdict(list))
    busy: defaultdict[Name, float] = field(default_factory=lambda: defaultdict(float))
    waited: defaultdict[Name, float] = field(default_factory=lambda: defaultdict(float))
    finished: dict[str, datetime] = field(default_factory=dict)  # when the last one has ended, by its key
    faults: Counter[str] = field(default_factory=Counter)

    def begun(self, desk: Desk, name: str, since: datetime, now: datetime) -> None:
        """An officer has begun a step that could be done since then."""
        self.queued(desk, since, now)
        if self.since <= since:
            self.waits[_step(desk, name)].append(desk.minutes(since, now))

    def queued(self, desk: Desk, since: datetime, now: datetime) -> None:
        """A step has stood in the queue."""
        self.waited[desk.role, desk.agency] += self._inside(desk, since, now)

    def busied(self, desk: Desk, start: datetime, now: datetime) -> None:
        """An officer was at a step, done or not."""
        self.busy[desk.role, desk.agency] += self._inside(desk, start, now)

    def worked(self, desk: Desk, name: str, start: datetime, now: datetime) -> None:
        """A step is done."""
        if self.since <= start and now <= self.until:
            self.works[_step(desk, name)].append(desk.minutes(start, now) * desk.post.part)

    def figures(self, desks: Iterable[Desk]) -> dict[Name, float]:
        """Everything, by name."""
        found: dict[Name, float] = {
            **self._whole(),
            **{("step", *key, "count"): len(waits) for key, waits in self.waits.items()},
            **{("step", *key, "wait"): fmean(waits) for key, waits in self.waits.items()},
            **{("step", *key, "wait90"): _at(waits, _SIGNIFICANT) for key, waits in self.waits.items()},
            **{("step", *key, "work"): fmean(works) for key, works in self.works.items()},
        }
        for desk in desks:
            found |= self._of_desk(desk)
        return found

    def _whole(self) -> dict[Name, float]:
        counted = [case for case in self.cases if case.arrival.counted]
        ended = [case for case in counted if case.ended]
        due = [late for case in counted if (late := self._late(case)) is not None]
        spans = [self._hours(case.arrival.at, self.finished[case.arrival.key]) for case in ended]
        decided = [
            self._hours(case.arrival.at, case.finished_at) for case in counted if case.finished_at is not None
        ]
        handled = Counter(case.handling for case in counted)
        found: dict[Name, float] = {
            ("begun",): len(counted), ("finished",): len(ended), ("open",): len(counted) - len(ended),
            **{("handling", name): count for name, count in handled.items()},
        }  # fmt: skip
        if due:
            found[("late",)] = sum(due) / len(due)
        if spans:
            found[("hours",)] = fmean(spans)
        if decided:
            found[("decided",)] = fmean(decided)
        return found

    def _late(self, case: Case) -> bool | None:
        """Past its legal due date; None while that cannot be said: no date, or open and not due yet."""
        if case.due_at is None or case.received_at is None:
            return None
        if case.finished_at is not None:
            return case.finished_at > case.due_at
        return True if case.due_at < self.until and case.handling == "in_process" else None

    def _of_desk(self, desk: Desk) -> dict[Name, float]:
        open_time = desk.minutes(self.since, self.until)
        post = desk.role, desk.agency
        found: dict[Name, float] = {
            ("desk", *post, "officers"): desk.post.count,
            ("desk", *post, "longest"): desk.longest,
        }
        if open_time:
            found["desk", *post, "queue"] = self.waited[post] / open_time
            if desk.post.count:
                found["desk", *post, "load"] = self.busy[post] / open_time / desk.post.count
        return found

    def _inside(self, desk: Desk, start: datetime, end: datetime) -> float:
        return desk.minutes(max(start, self.since), min(end, self.until))

    def _hours(self, start: datetime, end: datetime) -> float:
        return self.calendar.working_time_between(start, end, EVERYBODY) / _HOUR


def _step(desk: Desk, name: str) -> Name:
    return name, desk.role, desk.agency


def _at(values: list[float], part: float) -> float:
    ordered: list[Any] = sorted(values)
    return float(ordered[min(int(part * len(ordered)), len(ordered) - 1)])
