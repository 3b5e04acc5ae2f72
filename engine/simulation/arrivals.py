"""When dossiers arrive: a Poisson stream for each procedure, within the opening hours of the centre."""

import heapq
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from engine.domain.calendar import WorkingCalendar
from engine.simulation.profile import Profile, Stream
from engine.simulation.times import chosen, share


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Somebody hands in a dossier."""

    at: datetime
    key: str  # the same in all runs that differ by what was changed alone
    stream: Stream
    channel: str
    counted: bool  # not while the queues fill


def working_days(calendar: WorkingCalendar, start: date, count: int) -> list[date]:
    """So many working days from a day on."""
    days = [calendar.rolled(start)]
    while len(days) < count:
        days.append(calendar.next_working_day(days[-1]))
    return days[:count]


def arrivals(profile: Profile, calendar: WorkingCalendar, centre: str, run: int) -> Iterator[Arrival]:
    """All arrivals of a run in the order of time."""
    days = working_days(calendar, profile.start, profile.days)
    streams = [_stream(profile, stream, days, calendar, centre, run) for stream in profile.arrivals]
    return heapq.merge(*streams, key=lambda one: (one.at, one.key))


def _stream(
    profile: Profile, stream: Stream, days: list[date], calendar: WorkingCalendar, centre: str, run: int
) -> Iterator[Arrival]:
    for number, day in enumerate(days):
        opens = calendar.opening(day, centre)
        whole = calendar.working_time_between(opens, calendar.closing(day, centre), centre)
        passed, turn = 0.0, 0  # of the day, as a share
        while stream.per_day > 0:
            key = f"{stream.code}/{day:%y%m%d}/{turn}"
            passed -= math.log(share(profile.seed, run, key, "gap")) / stream.per_day
            if passed >= 1:
                break
            yield Arrival(
                at=calendar.add_working_time(opens, whole * passed, centre),
                key=key,
                stream=stream,
                channel=_channel(stream, share(profile.seed, run, key, "channel")),
                counted=number >= profile.warm_up,
            )
            turn += 1


def _channel(stream: Stream, part: float) -> str:
    return chosen(sorted(stream.channels.items()), part) if stream.channels else "counter"
