"""A decree is entered into the calendar without touching what people wrote there otherwise."""

from datetime import date

import pytest

from engine.domain.calendar import WorkingCalendar
from engine.domain.calendar_edit import with_days_off, with_swap
from engine.domain.calendar_file import read_calendar
from engine.errors import Invalid

TEXT = """# Lịch của Trung tâm.
[[office]]
agency = "*"
hours = ["07:00-11:30", "13:30-17:00"]
valid_from = 2018-01-01

[[holiday]]
date = 2026-09-02
name = "Quốc khánh"

[[holiday]]
date = 2027-02-05
name = "29 Tết"
estimate = true
# Công an làm sáng thứ Bảy.
[[office]]
agency = "CAT"
hours = ["07:00-11:30"]
valid_from = 2018-01-01

[[swap]]
off = 2026-08-31
work = 2026-08-22
decision = "lịch nghỉ lễ 2026"
"""


def test_days_off_of_a_decree_carry_its_number() -> None:
    text = with_days_off(
        TEXT, date(2026, 3, 16), date(2026, 3, 17), 'Quốc tang "lớn"', "1/TB ngày 01/03/2026"
    )
    found = {one.date: one for one in read_calendar(text).holidays}
    for day in (16, 17):
        assert found[date(2026, 3, day)].name == 'Quốc tang "lớn"'
        assert found[date(2026, 3, day)].decision == "1/TB ngày 01/03/2026"
    assert text.startswith(TEXT.rstrip()), "the rest stands as it was written"


def test_a_day_that_was_reckoned_ahead_is_decided_by_the_decree() -> None:
    text = with_days_off(TEXT, date(2027, 2, 5), date(2027, 2, 5), "29 Tết", "2/TB ngày 01/10/2026")
    (day,) = [one for one in read_calendar(text).holidays if one.date == date(2027, 2, 5)]
    assert not day.estimate
    assert day.decision == "2/TB ngày 01/10/2026"
    assert "# Công an làm sáng thứ Bảy." in text
    assert [one.agency for one in read_calendar(text).offices] == ["*", "CAT"]


def test_a_swap_gives_a_weekday_and_takes_a_weekend_day() -> None:
    text = with_swap(TEXT, date(2026, 4, 29), date(2026, 5, 9), "3/TB ngày 01/03/2026")
    calendar = WorkingCalendar.from_toml(text)
    assert not calendar.is_working_day(date(2026, 4, 29))
    assert calendar.is_working_day(date(2026, 5, 9))
    assert read_calendar(text).swaps[-1].decision == "3/TB ngày 01/03/2026"


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (date(2026, 9, 2), date(2026, 9, 2), "first"),  # decided already
        (date(2026, 8, 22), date(2026, 8, 22), "first"),  # worked instead of another
        (date(2026, 9, 5), date(2026, 9, 4), "last"),
        (date(2026, 9, 5), date(2027, 9, 5), "last"),
    ],
)
def test_a_day_that_cannot_be_given_is_refused_at_its_field(first: date, last: date, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        with_days_off(TEXT, first, last, "Nghỉ", "4/TB")
    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize(
    ("off", "work", "field"),
    [
        (date(2026, 4, 25), date(2026, 5, 9), "off"),  # a Saturday
        (date(2026, 4, 29), date(2026, 5, 11), "work"),  # a Monday
        (date(2026, 9, 2), date(2026, 5, 9), "off"),
        (date(2026, 4, 29), date(2026, 8, 22), "work"),
    ],
)
def test_a_swap_that_cannot_be_is_refused_at_its_field(off: date, work: date, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        with_swap(TEXT, off, work, "5/TB")
    assert list(refused.value.fields) == [field]
