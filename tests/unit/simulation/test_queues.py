"""Desks as queueing theory knows them: thousands of steps without the engine, beside textbook formulas."""

from collections import Counter
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from api.furnishing import planned_calendar
from engine.clock import VIETNAM, FixedClock
from engine.domain.record import OpenWork
from engine.simulation.agenda import Agenda
from engine.simulation.intervals import interval
from engine.simulation.office import Office
from engine.simulation.profile import Post, Profile
from engine.simulation.tally import Tally
from engine.simulation.times import Exponential, Fixed, Length, share

CALENDAR = planned_calendar()
MONDAY = datetime(2026, 3, 2, 7, 30, tzinfo=VIETNAM)
STEP = ("Kiểm tra hồ sơ", "reception", "TTHCC")


class Minds:
    """Only how long a step takes."""

    def __init__(self, length: Length, run: int) -> None:
        self._length, self._run = length, run

    def minutes(self, case: Any, work: OpenWork) -> float:
        return self._length.at(share("minutes", self._run, case.number))

    def ready(self, case: Any, work: OpenWork, now: datetime) -> None:
        return None


def dossier(number: int, now: datetime, due: datetime) -> Any:
    work = OpenWork("tn_kiemtra", STEP[0], "reception", "TTHCC", now, None, due)
    record = SimpleNamespace(tasks={str(number): work})
    return SimpleNamespace(number=number, record=record, tickets={}, visits=Counter(), ended=False)


class Day:
    """A desk, its customers, and the clock."""

    def __init__(self, length: Length, *, officers: int, run: int = 0, days: int = 100) -> None:
        until = MONDAY + timedelta(days=days)
        self.agenda = Agenda(FixedClock(MONDAY), until)
        self.tally = Tally(calendar=CALENDAR, since=MONDAY, until=until)
        profile = Profile(officers={("reception", "TTHCC"): Post(count=officers)})
        self.done: list[int] = []
        self.office = Office(
            profile, CALENDAR, self.agenda, Minds(length, run), self.tally,  # type: ignore[arg-type]
            lambda ticket: self.done.append(ticket.case.number),  # type: ignore[attr-defined]
        )  # fmt: skip

    def comes(self, number: int, at: datetime, due: datetime | None = None) -> None:
        self.agenda.plan(
            at, lambda: self.office.look(dossier(number, at, due or datetime(2027, 1, 1, tzinfo=VIETNAM)))
        )


def mean_wait(run: int, *, officers: int, customers: int = 1500) -> float:
    day, at = Day(Exponential(12), officers=officers, run=run), MONDAY
    for number in range(customers):
        gap = Exponential(16).at(share("gap", run, number))
        at = CALENDAR.add_working_time(at, timedelta(minutes=gap), "TTHCC")
        day.comes(number, at)
    day.agenda.run(MONDAY + timedelta(days=99))
    waits = day.tally.waits[STEP]
    assert len(waits) == customers
    return sum(waits) / customers


def test_one_officer_waits_as_the_formula_says_within_the_interval() -> None:
    found = interval([mean_wait(run, officers=1) for run in range(10)])
    formula = 12 * 0.75 / (1 - 0.75)  # M/M/1: service time, load 12/16
    assert found.low <= formula <= found.high
    assert found.half is not None
    assert found.half < formula / 2  # an interval that says something


def test_two_officers_wait_as_the_formula_of_erlang_says() -> None:
    found = interval([mean_wait(run, officers=2) for run in range(10)])
    load = 12 / 16 / 2
    formula = 12 * load**2 / (1 - load**2)  # M/M/2
    assert found.low - 0.2 <= formula <= found.high + 0.2


def test_more_officers_never_wait_longer() -> None:
    for run in range(5):
        waits = [mean_wait(run, officers=count, customers=300) for count in (1, 2, 4)]
        assert waits == sorted(waits, reverse=True)


def test_the_most_urgent_step_is_taken_first_and_equals_in_their_order() -> None:
    day = Day(Fixed(30), officers=1)
    for number, due in ((0, 20), (1, 9), (2, 9), (3, 5)):
        day.comes(number, MONDAY, MONDAY + timedelta(days=due))
    day.agenda.run(MONDAY + timedelta(days=1))
    assert day.done == [0, 3, 1, 2]  # the first one was begun before the others came


def test_nobody_works_while_the_office_is_closed() -> None:
    day = Day(Fixed(60), officers=1)
    late = CALENDAR.closing(MONDAY.date(), "TTHCC") - timedelta(minutes=20)
    day.comes(0, late)
    day.agenda.run(CALENDAR.opening(MONDAY.date() + timedelta(days=1), "TTHCC") + timedelta(minutes=39))
    assert day.done == []
    day.agenda.run(day.agenda.now + timedelta(minutes=1))
    assert day.done == [0]


@pytest.mark.parametrize(("officers", "load"), [(1, 1.0), (2, 0.5)])
def test_load_counts_work_that_is_not_done_at_the_end(officers: int, load: float) -> None:
    day = Day(Fixed(100_000), officers=officers, days=1)
    day.comes(0, MONDAY)
    day.comes(1, MONDAY) if officers == 1 else None
    day.agenda.run(MONDAY + timedelta(days=1))
    day.office.close()
    (desk,) = day.office.desks()
    figures = day.tally.figures([desk])
    opened = CALENDAR.working_time_between(MONDAY, MONDAY + timedelta(days=1), "TTHCC")
    assert opened > timedelta(hours=7)
    assert figures["desk", "reception", "TTHCC", "load"] == pytest.approx(load)
    assert figures["desk", "reception", "TTHCC", "queue"] == pytest.approx(2 - officers)
