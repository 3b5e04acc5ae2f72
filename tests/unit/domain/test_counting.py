"""How the law counts: the first day is not counted, a last day off rolls, hours run or stand still."""

import pytest

from engine.domain.calendar import WorkingCalendar
from engine.domain.duration import (
    CalendarDays,
    ClockHours,
    LegalDuration,
    Months,
    WorkingDays,
    WorkingHours,
    parse_duration,
)
from tests.unit.domain.clocks import AGENCY, CALENDAR, at

# law.md §3.4, all fifteen: received, limit, due.
VECTORS = [
    ("2025-01-24", "5WD", "2025-02-07", "Tết"),
    ("2025-04-25", "1WD", "2025-04-26", "a worked Saturday"),
    ("2025-04-29", "3WD", "2025-05-07", "30/4, 1/5 and the swapped 2/5"),
    ("2025-12-31", "1WD", "2026-01-05", "2/1 swapped by 12729/VPCP-KGVX"),
    ("2025-12-31", "5WD", "2026-01-09", "2/1 swapped"),
    ("2026-01-09", "1WD", "2026-01-10", "the Saturday worked for 2/1"),
    ("2026-02-13", "3WD", "2026-02-25", "Tết"),
    ("2026-04-24", "2WD", "2026-04-29", "Hùng Kings on a Sunday, Monday off"),
    ("2026-08-21", "1WD", "2026-08-22", "the Saturday worked for 31/8"),
    ("2026-08-28", "2WD", "2026-09-04", "31/8, 1/9 and 2/9 off"),
    ("2026-11-23", "1WD", "2026-11-25", "24/11"),
    ("2019-04-26", "3WD", "2019-05-04", "a worked Saturday"),
    ("2025-01-15", "15D", "2025-02-03", "30/1 is Tết"),
    ("2026-04-10", "20D", "2026-05-04", "30/4 is a holiday"),
    ("2026-08-03", "30D", "2026-09-03", "2/9 is a holiday"),
]


@pytest.mark.parametrize(
    ("received", "limit", "due", "why"), VECTORS, ids=[f"vector-{number}" for number in range(1, 16)]
)
@pytest.mark.parametrize("hour", ["07:00", "11:45", "15:40", "16:59", "20:10"])
def test_the_fifteen_vectors_hold_at_any_hour_of_the_day(
    received: str, limit: str, due: str, why: str, hour: str
) -> None:
    end = CALENDAR.add(at(f"{received} {hour}"), parse_duration(limit), AGENCY)
    assert end == at(f"{due} 17:00"), why


@pytest.mark.parametrize(
    ("start", "span", "end"),
    [
        # hours of work
        ("2026-03-06 14:30", WorkingHours(8), "2026-03-09 14:30"),  # from Friday over the week-end
        ("2026-03-02 07:00", WorkingHours(8), "2026-03-02 17:00"),
        ("2026-03-02 12:00", WorkingHours(1), "2026-03-02 14:30"),  # the lunch break does not count
        ("2026-03-02 17:00", WorkingHours(1), "2026-03-03 08:00"),
        ("2026-03-07 09:00", WorkingHours(8), "2026-03-09 17:00"),  # handed in online on a Saturday
        ("2026-02-13 16:00", WorkingHours(2), "2026-02-23 08:00"),  # Tết lies between
        ("2026-03-02 20:00", WorkingHours(0), "2026-03-03 07:00"),
        # hours of the clock run through night and week-end
        ("2026-03-06 16:00", ClockHours(24), "2026-03-07 16:00"),
        ("2026-03-06 22:30", ClockHours(5), "2026-03-07 03:30"),
        # months
        ("2026-01-31 09:00", Months(1), "2026-03-02 17:00"),  # 28/2 is a Saturday
        ("2028-01-31 09:00", Months(1), "2028-02-29 17:00"),  # no 31 in February: its last day
        ("2026-11-30 09:00", Months(2), "2027-02-01 17:00"),  # over the year; 30/1/2027 is a Saturday
        ("2026-12-15 09:00", Months(12), "2027-12-15 17:00"),
        # nothing
        ("2026-03-02 09:00", WorkingDays(0), "2026-03-02 17:00"),
        ("2026-03-02 17:30", WorkingDays(0), "2026-03-03 17:00"),  # closed already
        ("2026-03-07 09:00", WorkingDays(0), "2026-03-09 17:00"),
        # received on a day off
        ("2026-03-07 09:00", WorkingDays(1), "2026-03-09 17:00"),
        ("2026-03-06 09:00", CalendarDays(1), "2026-03-09 17:00"),  # Saturday rolls to Monday
        ("2026-08-20 09:00", CalendarDays(2), "2026-08-22 17:00"),  # a worked Saturday does not roll
    ],
)
def test_each_unit_is_counted_in_its_own_way(start: str, span: LegalDuration, end: str) -> None:
    assert CALENDAR.add(at(start), span, AGENCY) == at(end)


@pytest.mark.parametrize(
    ("end", "span", "start"),
    [
        ("2026-03-09 17:00", WorkingDays(1), "2026-03-06 17:00"),
        ("2026-11-25 17:00", WorkingDays(1), "2026-11-23 17:00"),
        ("2026-03-09 17:00", WorkingHours(12), "2026-03-06 11:00"),
        ("2026-03-09 17:00", CalendarDays(1), "2026-03-08 17:00"),
        ("2026-03-31 17:00", Months(1), "2026-02-28 17:00"),
        ("2026-03-09 08:00", ClockHours(24), "2026-03-08 08:00"),
        ("2026-03-08 12:00", WorkingHours(1), "2026-03-06 16:00"),
        ("2026-03-09 17:00", WorkingDays(0), "2026-03-09 17:00"),
    ],
)
def test_counting_back_finds_the_last_moment_in_time(end: str, span: LegalDuration, start: str) -> None:
    assert CALENDAR.subtract(at(end), span, AGENCY) == at(start)


def test_the_police_work_on_saturday_mornings_but_saturday_is_no_working_day() -> None:
    friday = at("2026-03-06 15:00")
    assert CALENDAR.add(friday, WorkingHours(8), "CAT") == at("2026-03-09 08:30")
    assert CALENDAR.add(friday, WorkingHours(8), AGENCY) == at("2026-03-09 15:00")
    assert CALENDAR.add(friday, WorkingDays(1), "CAT") == at("2026-03-09 17:00")
    assert CALENDAR.next_opening(at("2026-03-07 06:00"), "CAT") == at("2026-03-07 07:00")
    assert CALENDAR.next_opening(at("2026-03-07 12:00"), "CAT") == at("2026-03-09 07:00")


def test_the_police_stay_closed_on_a_saturday_that_is_a_holiday() -> None:
    assert CALENDAR.next_opening(at("2027-05-01 08:00"), "CAT") == at("2027-05-04 07:00")


def test_summer_hours_hold_from_their_day_and_for_their_agency_only() -> None:
    text = """
        [[office]]
        agency = "*"
        hours = ["07:00-11:30", "13:30-17:00"]
        valid_from = 2018-01-01
        [[office]]
        agency = "SYT"
        hours = ["06:30-11:00", "14:00-17:30"]
        valid_from = 2026-04-16
        [[office]]
        agency = "SYT"
        hours = ["07:00-11:30", "13:30-17:00"]
        valid_from = 2026-10-16
    """
    calendar = WorkingCalendar.from_toml(text)
    assert calendar.add(at("2026-04-14"), WorkingDays(1), "SYT") == at("2026-04-15 17:00")
    assert calendar.add(at("2026-04-15"), WorkingDays(1), "SYT") == at("2026-04-16 17:30")
    assert calendar.add(at("2026-04-15"), WorkingDays(1), "SXD") == at("2026-04-16 17:00")
    assert calendar.add(at("2026-10-15"), WorkingDays(1), "SYT") == at("2026-10-16 17:00")
    # The afternoon of the last winter day, then the early summer morning.
    assert calendar.add(at("2026-04-15 16:00"), WorkingHours(2), "SYT") == at("2026-04-16 07:30")
