"""Numbers and dates as they are written in Viet Nam."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.form.notation import Misread, day, hour, moment, number, written_number


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0", 0),
        ("1.500", 1500),
        ("1 500 000", 1_500_000),
        ("1.234.567,89", 1234567.89),
        ("7,5", 7.5),
        ("-3", -3),
        ("1500,0", 1500),
        (7.5, 7.5),
    ],
)
def test_numbers_are_read_in_vietnamese_notation(written: object, value: float) -> None:
    assert number(written) == value


@pytest.mark.parametrize("written", ["1.50", "1,500.5", "1.2.3", "", ",5", "inf", "nan", True, "9" * 40])
def test_what_could_mean_two_things_is_refused(written: object) -> None:
    with pytest.raises(Misread):
        number(written)


@given(st.integers(-(10**15), 10**15) | st.decimals(-(10**9), 10**9, places=2).map(float))
def test_a_number_shown_is_read_back(value: float) -> None:
    assert number(written_number(value)) == value


@pytest.mark.parametrize("written", ["5/9/2026", "05/09/2026", "5-9-2026", "05.09.2026", "2026-09-05"])
def test_dates_are_day_month_year(written: str) -> None:
    assert day(written) == "2026-09-05"


@pytest.mark.parametrize("written", ["9/31/2026", "29/02/2026", "5/9/26", "hôm nay", "0/0/0000"])
def test_a_date_that_is_not_on_the_calendar_is_refused(written: str) -> None:
    with pytest.raises(Misread):
        day(written)


def test_hours_are_read_as_people_write_them() -> None:
    assert [hour(text) for text in ("8:30", "08:30", "8h30", "8 giờ".replace(" ", ""), "15g")] == [
        "08:30",
        "08:30",
        "08:30",
        "08:00",
        "15:00",
    ]


def test_a_moment_is_kept_with_the_offset_of_viet_nam() -> None:
    assert moment("05/09/2026 8:30") == "2026-09-05T08:30+07:00"
    assert moment("2026-09-05T01:30:00Z") == "2026-09-05T08:30+07:00"
