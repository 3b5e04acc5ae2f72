"""The working calendar of the centre, and what it refuses."""

import time
import tomllib
from datetime import date

import pytest

from api.calendar_seed import draft
from engine.domain.calendar import BadCalendar, WorkingCalendar
from engine.domain.duration import WorkingDays
from tests.unit.domain.clocks import AGENCY, CALENDAR, PROCESSES, at

OFFICE = '[[office]]\nagency = "*"\nhours = ["07:00-11:30", "13:30-17:00"]\nvalid_from = 2018-01-01\n'


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2018, 2, 14), date(2018, 2, 20)),
        (date(2019, 2, 4), date(2019, 2, 8)),
        (date(2020, 1, 23), date(2020, 1, 29)),
        (date(2021, 2, 10), date(2021, 2, 16)),
        (date(2022, 1, 31), date(2022, 2, 4)),
        (date(2023, 1, 20), date(2023, 1, 26)),
        (date(2024, 2, 8), date(2024, 2, 14)),
        (date(2025, 1, 25), date(2025, 2, 2)),
        (date(2026, 2, 14), date(2026, 2, 22)),
    ],
)
def test_tet_was_off_as_decided_and_not_a_day_longer(first: date, last: date) -> None:
    assert CALENDAR.next_working_day(first) == CALENDAR.next_working_day(last) > last
    before = date.fromordinal(first.toordinal() - 1)
    while before.weekday() >= 5:
        before = date.fromordinal(before.toordinal() - 1)
    assert CALENDAR.is_working_day(before)


@pytest.mark.parametrize(
    ("off", "worked"),
    [
        (date(2018, 12, 31), date(2019, 1, 5)),
        (date(2019, 4, 29), date(2019, 5, 4)),
        (date(2024, 4, 29), date(2024, 5, 4)),
        (date(2025, 5, 2), date(2025, 4, 26)),
        (date(2026, 1, 2), date(2026, 1, 10)),
        (date(2026, 8, 31), date(2026, 8, 22)),
    ],
)
def test_a_swap_moves_a_working_day_and_names_its_decision(off: date, worked: date) -> None:
    assert not CALENDAR.is_working_day(off)
    assert CALENDAR.is_working_day(worked)
    assert CALENDAR.holidays[off].decision


def test_the_swap_of_the_second_of_january_2026_carries_number_and_date() -> None:
    assert CALENDAR.holidays[date(2026, 1, 2)].decision == "12729/VPCP-KGVX ngày 25/12/2025"


def test_culture_day_is_off_from_2026_on() -> None:
    assert CALENDAR.is_working_day(date(2025, 11, 24))
    assert not CALENDAR.is_working_day(date(2026, 11, 24))
    assert not CALENDAR.is_working_day(date(2027, 11, 24))


def test_days_after_2026_are_estimates_until_decided() -> None:
    for day, holiday in CALENDAR.holidays.items():
        assert holiday.estimate == (day.year > 2026), day


def test_every_holiday_has_a_vietnamese_name() -> None:
    assert all(holiday.name.strip() for holiday in CALENDAR.holidays.values())
    assert CALENDAR.holidays[date(2026, 9, 2)].name == "Quốc khánh"


def test_the_calendar_is_what_the_seed_drafts() -> None:
    drafted = tomllib.loads(draft(2018, 2028))
    kept = tomllib.loads((PROCESSES / "calendar.toml").read_text())
    assert drafted["holiday"] == kept["holiday"]
    assert drafted["swap"] == kept["swap"]


def test_office_hours_are_of_agencies_that_exist() -> None:
    kept = tomllib.loads((PROCESSES / "calendar.toml").read_text())
    known = {one["code"] for one in tomllib.loads((PROCESSES / "agencies.toml").read_text())["agency"]}
    assert {office["agency"] for office in kept["office"]} - {"*"} <= known


def test_holidays_between_are_the_weekdays_off_after_the_first_day() -> None:
    found = CALENDAR.holidays_between(date(2026, 4, 24), date(2026, 5, 1))
    assert [one.date.day for one in found] == [27, 30, 1]  # 26/4 is a Sunday
    assert CALENDAR.holidays_between(date(2026, 4, 27), date(2026, 4, 27)) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "thiếu giờ làm việc chung"),
        ("[[office", "TOML"),
        ("office = 3", "sai mục"),
        ('[[office]]\nagency = "*"\nvalid_from = 2018-01-01', "hours"),
        ('[[office]]\nagency = "*"\nhours = []\nvalid_from = 2018-01-01', "office.hours"),
        ('[[office]]\nagency = "*"\nhours = ["17:00-07:00"]\nvalid_from = 2018-01-01', "office.hours"),
        (
            '[[office]]\nagency = "*"\nhours = ["07:00-12:00", "11:00-17:00"]\nvalid_from = 2018-01-01',
            "office",
        ),
        ('[[office]]\nagency = "*"\nhours = ["07:00-25:00"]\nvalid_from = 2018-01-01', "sai mục"),
        ('[[office]]\nagency = "*"\nhours = ["07:00-11:30"]\nvalid_from = "2018"', "valid_from"),
        (OFFICE + "[[holiday]]\ndate = 2026-09-02", "name"),
        (OFFICE + '[[holiday]]\ndate = "2026-09-02"\nname = "Quốc khánh"', "date"),
        (OFFICE + '[[holiday]]\ndate = 2026-09-02T08:00:00\nname = "Quốc khánh"', "date"),
        (OFFICE + "[[holiday]]\ndate = 2026-09-02\nname = 3", "name"),
        (OFFICE + '[[holiday]]\ndate = 2026-09-02\nname = "a"\n' * 2, "hai lần"),
        (OFFICE + "[[swap]]\noff = 2026-08-31\nwork = 2026-08-22", "decision"),
        (OFFICE + '[[swap]]\noff = 2026-08-30\nwork = 2026-08-22\ndecision = "1"', "trong tuần"),
        (OFFICE + '[[swap]]\noff = 2026-08-31\nwork = 2026-08-21\ndecision = "1"', "cuối tuần"),
        (
            OFFICE + '[[swap]]\noff = 2026-08-31\nwork = 2026-08-22\ndecision = "1"\n'
            '[[holiday]]\ndate = 2026-08-22\nname = "a"',
            "vừa nghỉ vừa làm bù",
        ),
    ],
)
def test_a_calendar_that_cannot_be_right_is_refused_and_says_why(text: str, why: str) -> None:
    with pytest.raises(BadCalendar, match=r"(?s)Lịch làm việc không hợp lệ.*" + why):
        WorkingCalendar.from_toml(text)


def test_a_day_before_any_office_hours_is_an_error_and_no_guess() -> None:
    with pytest.raises(BadCalendar, match="01/01/2010"):
        CALENDAR.closing(date(2010, 1, 1), AGENCY)


def test_thirty_working_days_are_counted_in_microseconds() -> None:
    start = at("2026-08-03")
    best = min(_seconds(lambda: CALENDAR.add(start, WorkingDays(30), AGENCY)) for _ in range(20))
    assert best / 50 < 200e-6  # 17 µs alone; the test machine may be busy


def _seconds(work: object) -> float:
    begun = time.perf_counter()
    for _ in range(50):
        work()  # type: ignore[operator]
    return time.perf_counter() - begun
