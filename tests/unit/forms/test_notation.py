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


DAYS = (
    "5/9/2026", "05/09/2026", "5-9-2026", "05.09.2026", "5 9 2026", "05 / 09 / 2026", " 05/09/2026 ",
    "05092026", "ngày 5 tháng 9 năm 2026", "05 tháng 09 năm 2026", "2026-09-05",
)  # fmt: skip


@pytest.mark.parametrize("written", DAYS)
def test_dates_are_day_month_year(written: str) -> None:
    assert day(written) == "2026-09-05"


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("1/1/2026", "2026-01-01"),
        ("01/01/2026", "2026-01-01"),
        ("31/12/2026", "2026-12-31"),
        ("28/02/2026", "2026-02-28"),
        ("29/02/2024", "2024-02-29"),
        ("29/02/2000", "2000-02-29"),
        ("07/05/1954", "1954-05-07"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_dates_on_the_edges_of_the_calendar_are_taken(written: str, iso: str) -> None:
    assert day(written) == iso


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("31/02/2026", "Không có ngày 31/02/2026 trên lịch."),
        ("31/04/2026", "Không có ngày"),
        ("29/02/2026", "Không có ngày"),
        ("29/02/1900", "Không có ngày"),
        ("9/31/2026", "Không có ngày"),
        ("00/01/2026", "Không có ngày"),
        ("20260905", "Năm 0905 không đúng"),
        ("2026-13-01", "Không có ngày"),
        ("5/9/26", "Năm 26 không đúng: ghi đủ bốn chữ số"),
        ("5/9/0206", "Năm 0206 không đúng"),
        ("5/9/20226", "Năm 20226 không đúng"),
        ("0/0/0000", "Năm 0000 không đúng"),
        ("2026-9-5", "ngày/tháng/năm"),
        ("2026/09/05", "ngày/tháng/năm"),
        ("5/9", "ngày/tháng/năm"),
        ("050926", "ngày/tháng/năm"),
        ("hôm nay", "ngày/tháng/năm"),
        ("٠٥/٠٩/٢٠٢٦", "ngày/tháng/năm"),
        ("05/09/2026 08:30", "ngày/tháng/năm"),
    ],
)
def test_a_date_that_cannot_be_says_what_is_wrong_with_it(written: str, words: str) -> None:
    with pytest.raises(Misread) as refused:
        day(written)
    vi, en = refused.value.sentence
    assert words in vi
    assert en


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
