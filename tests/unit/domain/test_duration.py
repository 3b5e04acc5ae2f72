"""Spans of legal time are five types with one code each."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.clock import VIETNAM
from engine.domain.duration import (
    AfterMilestone,
    BadDuration,
    BeforeDue,
    CalendarDays,
    ClockHours,
    LegalDuration,
    Months,
    ShareOfLimit,
    TimerValue,
    WorkingDays,
    WorkingHours,
    describe,
    parse_duration,
    parse_timer,
    timer_code,
)

KINDS = (WorkingDays, WorkingHours, CalendarDays, ClockHours, Months)
spans = st.builds(lambda kind, count: kind(count), st.sampled_from(KINDS), st.integers(0, 10_000))
timers: st.SearchStrategy[TimerValue] = st.one_of(
    spans,
    st.builds(BeforeDue, spans),
    st.builds(AfterMilestone, st.sampled_from(["received", "fee_paid"]), spans),
    st.builds(ShareOfLimit, st.integers(1, 99)),
    st.datetimes(timezones=st.just(VIETNAM)),
)


@settings(deadline=None)
@given(spans)
def test_a_span_is_read_back_from_its_code(span: LegalDuration) -> None:
    assert parse_duration(str(span)) == span


@settings(deadline=None)
@given(timers)
def test_a_timer_is_read_back_from_its_code(value: TimerValue) -> None:
    assert parse_timer(timer_code(value)) == value


def test_five_working_days_are_not_five_days() -> None:
    assert WorkingDays(5) != CalendarDays(5)


@pytest.mark.parametrize(
    ("code", "span"), [("P10D", CalendarDays(10)), ("P2M", Months(2)), ("PT24H", ClockHours(24))]
)
def test_plain_iso_durations_are_understood(code: str, span: LegalDuration) -> None:
    assert parse_duration(code) == span


@pytest.mark.parametrize(
    "text",
    [
        "",
        "5",
        "WD",
        "-1WD",
        "1.5WD",
        "5wd",
        "5WD ",
        "5WD\n",
        "P1Y",
        "P1DT2H",
        "PT5M",
        "99999WD",
        "٥WD",
        "1_0D",
    ],
)
def test_a_text_that_is_no_span_is_refused_in_vietnamese(text: str) -> None:
    with pytest.raises(BadDuration, match="không phải là thời hạn"):
        parse_duration(text)


@pytest.mark.parametrize(
    "text",
    [
        "due-",
        "due-5",
        "+3WD",
        "Received+3WD",
        "0%",
        "100%",
        "5.5%",
        "2026-09-01",
        "2026-09-01T08:00",
        "due-due-1WD",
    ],
)
def test_a_text_that_is_no_timer_is_refused(text: str) -> None:
    with pytest.raises(BadDuration):
        parse_timer(text)


def test_a_moment_without_time_zone_is_no_timer_but_one_with_is() -> None:
    assert parse_timer("2026-09-01T08:00:00+07:00") == datetime(2026, 9, 1, 8, tzinfo=VIETNAM)


@pytest.mark.parametrize("count", [-1, 10_001, True, 2.5, "5", None])
def test_only_whole_numbers_within_reason_count(count: object) -> None:
    with pytest.raises(BadDuration):
        WorkingDays(count)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("span", "vi", "en"),
    [
        (WorkingDays(5), "5 ngày làm việc", "5 working days"),
        (WorkingDays(1), "1 ngày làm việc", "1 working day"),
        (WorkingDays(0), "trong ngày làm việc", "the same working day"),
        (WorkingHours(8), "8 giờ làm việc", "8 working hours"),
        (CalendarDays(30), "30 ngày", "30 days"),
        (ClockHours(24), "24 giờ", "24 hours"),
        (Months(1), "1 tháng", "1 month"),
    ],
)
def test_spans_are_said_as_people_say_them(span: LegalDuration, vi: str, en: str) -> None:
    assert (describe(span), describe(span, "en")) == (vi, en)
