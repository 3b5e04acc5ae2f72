"""What holds for every moment and every span, whatever the calendar."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.clock import VIETNAM
from engine.domain.duration import CalendarDays, ClockHours, LegalDuration, Months, WorkingDays, WorkingHours
from tests.unit.domain.clocks import AGENCY, CALENDAR

moments = st.builds(
    lambda day, seconds: datetime.combine(day, time(), VIETNAM) + timedelta(seconds=seconds),
    st.dates(date(2018, 7, 1), date(2028, 6, 1)),
    st.integers(0, 86_399),
)
agencies = st.sampled_from([AGENCY, "CAT"])
days = st.dates(date(2018, 7, 1), date(2028, 6, 1))
spans: st.SearchStrategy[LegalDuration] = st.one_of(
    st.builds(WorkingDays, st.integers(0, 60)),
    st.builds(WorkingHours, st.integers(0, 200)),
    st.builds(CalendarDays, st.integers(0, 90)),
    st.builds(ClockHours, st.integers(0, 200)),
    st.builds(Months, st.integers(0, 4)),
)
few = settings(max_examples=60, deadline=None)


@few
@given(moments, moments, spans, agencies)
def test_who_comes_later_is_never_due_earlier(
    one: datetime, other: datetime, span: LegalDuration, agency: str
) -> None:
    first, second = sorted((one, other))
    assert CALENDAR.add(first, span, agency) <= CALENDAR.add(second, span, agency)


@few
@given(moments, spans, agencies)
def test_a_longer_limit_is_never_due_earlier(start: datetime, span: LegalDuration, agency: str) -> None:
    longer = type(span)(span.count + 1)
    assert CALENDAR.add(start, span, agency) <= CALENDAR.add(start, longer, agency)


@few
@given(moments, spans, agencies)
def test_the_machine_s_time_zone_does_not_matter(start: datetime, span: LegalDuration, agency: str) -> None:
    assert CALENDAR.add(start.astimezone(UTC), span, agency) == CALENDAR.add(start, span, agency)


@few
@given(moments, spans, agencies)
def test_what_is_counted_in_days_ends_at_closing_time_of_a_working_day(
    start: datetime, span: LegalDuration, agency: str
) -> None:
    end = CALENDAR.add(start, span, agency)
    assert end >= start
    if not isinstance(span, WorkingHours | ClockHours):
        assert CALENDAR.is_working_day(end.date())
        assert end == CALENDAR.closing(end.date(), agency)


@few
@given(days, st.integers(0, 60))
def test_working_days_counted_forth_and_back_meet(day: date, count: int) -> None:
    start = CALENDAR.closing(CALENDAR.rolled(day), AGENCY) - timedelta(hours=1)
    end = CALENDAR.add(start, WorkingDays(count), AGENCY)
    assert CALENDAR.subtract(end, WorkingDays(count), AGENCY).date() == start.date()
    assert CALENDAR.working_days_between(start.date(), end.date()) == count


@few
@given(moments, st.integers(1, 100), agencies)
def test_working_hours_counted_forth_and_back_meet(at: datetime, count: int, agency: str) -> None:
    start = CALENDAR.next_opening(at, agency)
    end = CALENDAR.add(start, WorkingHours(count), agency)
    assert CALENDAR.working_time_between(start, end, agency) == timedelta(hours=count)
    back = CALENDAR.subtract(end, WorkingHours(count), agency)
    assert CALENDAR.next_opening(back, agency) == start


@few
@given(moments, moments, moments, agencies)
def test_working_time_adds_up(one: datetime, two: datetime, three: datetime, agency: str) -> None:
    start, middle, end = sorted((one, two, three))
    between = CALENDAR.working_time_between
    parts = between(start, middle, agency) + between(middle, end, agency)
    assert parts == between(start, end, agency)
    assert timedelta() <= parts <= end - start


@few
@given(days, days)
def test_working_days_between_is_what_counting_one_by_one_gives(one: date, other: date) -> None:
    start, end = sorted((one, other))
    end = min(end, start + timedelta(days=800))
    counted = sum(
        CALENDAR.is_working_day(start + timedelta(days=number)) for number in range(1, (end - start).days + 1)
    )
    assert CALENDAR.working_days_between(start, end) == counted
    assert CALENDAR.working_days_between(end, start) == 0


@few
@given(moments, agencies)
def test_the_next_opening_is_open_and_stays_where_it_is(at: datetime, agency: str) -> None:
    opening = CALENDAR.next_opening(at, agency)
    assert opening >= at
    assert CALENDAR.next_opening(opening, agency) == opening
    assert CALENDAR.working_time_between(at, opening, agency) == timedelta()
    assert CALENDAR.working_time_between(opening, opening + timedelta(seconds=1), agency)
