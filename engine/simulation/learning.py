"""A profile from a centre's own history: read, never written.

How long somebody worked at a step is nowhere noted. It is reckoned from when it was claimed, else from when
it was open and its officer had finished the step before: an upper bound, for idle time looks the same.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from engine.clock import vietnam
from engine.domain.calendar import WorkingCalendar
from engine.domain.command import Kind
from engine.errors import MotcuaError
from engine.history import read_payload
from engine.simulation.profile import Citizens, Post, Profile, Stream, Times
from engine.simulation.times import Length, observed
from engine.store import observed as rows
from engine.store.database import Connection

_FEW = 5  # observations of a step, fewer tell nothing of it: its role speaks for it
_MINUTE, _DAY = timedelta(minutes=1), timedelta(hours=8)
_RETURNED = "awaiting_supplement"


class NothingToLearn(MotcuaError):
    """No dossier was handed in within the time that is learnt from."""

    code = "nothing-to-learn"
    vi = "Từ {since} đến {until} không có hồ sơ nào để học. Chọn khoảng dài hơn bằng --history-days."
    en = "From {since} to {until} there is no dossier to learn from. Choose a longer time by --history-days."


@dataclass(slots=True)
class _Outside:
    """What citizens took, in working days, and how steps were decided."""

    supplements: list[float] = field(default_factory=list)
    never: int = 0
    decisions: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


def learn(
    connection: Connection, calendar: WorkingCalendar, centre: str, since: datetime, until: datetime
) -> Profile:
    """How the centre has worked between two moments. Raises NothingToLearn."""
    dossiers = rows.arrived(connection, since, until)
    if not dossiers:
        raise NothingToLearn(since=f"{vietnam(since):%d/%m/%Y}", until=f"{vietnam(until):%d/%m/%Y}")
    first, last = vietnam(since).date(), vietnam(until).date()
    days = max(1, calendar.working_days_between(first - timedelta(days=1), last - timedelta(days=1)))
    times, officers = _work(rows.done_tasks(connection, since, until), calendar)
    outside = _outside(rows.commands(connection, since, until), calendar, centre)
    return Profile(
        name=f"{first:%d/%m/%Y} – {last:%d/%m/%Y}",
        start=calendar.rolled(last),
        arrivals=_streams(dossiers, days),
        officers=officers,
        times=times,
        decisions={step: _shares(counts) for step, counts in sorted(outside.decisions.items())},
        citizens=_citizens(dossiers, outside, calendar, centre),
    )


def _streams(dossiers: Iterable[Any], days: int) -> tuple[Stream, ...]:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in dossiers:
        counts[row.procedure_code][row.channel] += 1
    return tuple(
        Stream(code=code, per_day=round(channels.total() / days, 4), channels=_shares(channels))
        for code, channels in sorted(counts.items())
    )


def _shares(counts: Counter[str]) -> dict[str, float]:
    """Shares to four places that sum up to 1: the largest takes what rounding leaves."""
    found = {name: round(count / counts.total(), 4) for name, count in sorted(counts.items())}
    largest = max(found, key=lambda name: found[name])
    found[largest] = round(found[largest] + 1 - sum(found.values()), 4)
    return found


def _work(tasks: Iterable[Any], calendar: WorkingCalendar) -> tuple[Times, Mapping[tuple[str, str], Post]]:
    """Minutes at each step and role, and who has worked where."""
    steps: defaultdict[str, list[float]] = defaultdict(list)
    roles: defaultdict[str, list[float]] = defaultdict(list)
    people: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    before: dict[str, datetime] = {}
    for row in tasks:
        free = before.get(row.closed_by, row.opened_at)
        begun = row.claimed_at or max(row.opened_at, free)
        minutes = calendar.working_time_between(begun, row.closed_at, row.agency) / _MINUTE
        steps[f"{row.procedure_code}/{row.node}"].append(minutes)
        roles[row.role].append(minutes)
        people[row.role, row.agency].add(row.closed_by)
        before[row.closed_by] = row.closed_at
    known = {step: observed(minutes) for step, minutes in sorted(steps.items()) if len(minutes) >= _FEW}
    times = Times(roles={role: observed(minutes) for role, minutes in sorted(roles.items())}, steps=known)
    return times, {post: Post(count=len(names)) for post, names in sorted(people.items())}


def _outside(commands: Iterable[Any], calendar: WorkingCalendar, centre: str) -> _Outside:
    found, dossier, returned = _Outside(), None, None
    for row in commands:
        if row.id != dossier:
            dossier, returned = row.id, None
        if row.kind == Kind.COMPLETE and row.node:
            decision = (read_payload(row.payload).get("answers") or {}).get("decision")
            if decision:
                found.decisions[f"{row.procedure_code}/{row.node}"][str(decision)] += 1
        if row.kind == Kind.SUPPLEMENT and returned is not None:
            found.supplements.append(_days(calendar, returned, row.recorded_at, centre))
        if returned is not None and row.handling in ("stopped", "withdrawn"):
            found.never += 1
        returned = (returned or row.recorded_at) if row.handling == _RETURNED else None
    return found


def _citizens(dossiers: Iterable[Any], outside: _Outside, calendar: WorkingCalendar, centre: str) -> Citizens:
    collected = [
        _days(calendar, row.finished_at, row.handed_over_at, centre)
        for row in dossiers
        if row.finished_at and row.handed_over_at
    ]
    asked = len(outside.supplements) + outside.never
    plain = Citizens()
    return Citizens(
        supplement=_length(outside.supplements, plain.supplement),
        never=round(outside.never / asked, 4) if asked >= _FEW else plain.never,
        collect=_length(collected, plain.collect),
    )


def _length(days: list[float], otherwise: Length) -> Length:
    return observed(days) if len(days) >= _FEW else otherwise


def _days(calendar: WorkingCalendar, start: datetime, end: datetime, centre: str) -> float:
    return calendar.working_time_between(start, end, centre) / _DAY
