"""Timers follow the legal clock: they stand still with it, move with the due date, and are planned anew."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.domain.calendar import WorkingCalendar
from engine.domain.duration import parse_timer
from engine.domain.ledger import LedgerEntry
from engine.domain.timer_plan import plan_timer
from tests.unit.domain.clocks import AGENCY, CALENDAR, at, clock, entry

RECEIVED = entry("received", "2026-03-02")
RETURNED = entry("returned", "2026-03-04")
BACK = entry("supplemented", "2026-03-09")


def plan(
    code: str,
    *ledger: LedgerEntry,
    started: str = "2026-03-02",
    kind: str = "legal",
    policy: str = "RESTART",
    limit: str | None = "10WD",
    calendar: WorkingCalendar = CALENDAR,
) -> datetime | None:
    return plan_timer(
        parse_timer(code),
        clock=kind,
        started_at=at(started),
        reckoning=clock(*ledger, policy=policy, limit=limit, calendar=calendar),
        ledger=ledger,
        calendar=calendar,
        agency=AGENCY,
    )


def test_a_span_counts_from_where_it_began() -> None:
    assert plan("3WD", RECEIVED) == at("2026-03-05 17:00")
    assert plan("24H", RECEIVED, started="2026-03-07 10:00") == at("2026-03-08 10:00")


def test_a_legal_timer_stands_still_while_the_dossier_is_with_the_citizen() -> None:
    assert plan("3WD", RECEIVED, RETURNED) is None
    assert plan("3WD", RECEIVED, RETURNED, BACK) == at("2026-03-10 17:00")  # one day was left


def test_an_elapsed_timer_runs_on() -> None:
    assert plan("15D", RECEIVED, RETURNED, started="2026-03-04", kind="elapsed") == at("2026-03-19 17:00")


def test_a_timer_that_was_over_before_the_return_keeps_its_moment() -> None:
    late = entry("returned", "2026-03-20")
    assert plan("3WD", RECEIVED, late) == at("2026-03-05 17:00")
    assert plan("3WD", RECEIVED, late, entry("supplemented", "2026-04-06")) == at("2026-03-05 17:00")


def test_a_timer_that_began_while_the_dossier_was_away_counts_from_when_it_is_back() -> None:
    assert plan("3WD", RECEIVED, RETURNED, started="2026-03-05") is None
    assert plan("3WD", RECEIVED, RETURNED, BACK, started="2026-03-05") == at("2026-03-12 17:00")


def test_a_timer_that_began_with_the_return_has_all_its_time_left() -> None:
    assert plan("3WD", RECEIVED, RETURNED, BACK, started="2026-03-04") == at("2026-03-12 17:00")


def test_breaks_before_a_timer_began_do_not_matter() -> None:
    assert plan("3WD", RECEIVED, RETURNED, BACK, started="2026-03-16") == at("2026-03-19 17:00")


def test_before_due_follows_the_due_date() -> None:
    assert plan("due-1WD", RECEIVED) == at("2026-03-13 17:00")
    extended = entry("extended", "2026-03-05", due_at="2026-03-31T17:00:00+07:00")
    assert plan("due-1WD", RECEIVED, extended) == at("2026-03-30 17:00")
    assert plan("due-1WD", RECEIVED, RETURNED) is None
    assert plan("due-1WD", RECEIVED, RETURNED, BACK) == at("2026-03-20 17:00")
    assert plan("due-1WD", RECEIVED, RETURNED, BACK, policy="RESUME") == at("2026-03-18 17:00")
    assert plan("due-0WD", RECEIVED) == at("2026-03-16 17:00")


@pytest.mark.parametrize("code", ["due-1WD", "80%"])
def test_what_follows_a_due_date_waits_while_there_is_none(code: str) -> None:
    assert plan(code) is None
    assert plan(code, RECEIVED, limit=None) is None
    assert plan(code, RECEIVED, entry("finished", "2026-03-03")) is None


def test_a_share_of_the_limit_is_counted_in_office_time() -> None:
    # 80 hours of ten days and the first day's seven: 87 in all, four fifths are 69.6.
    assert plan("80%", RECEIVED) == at("2026-03-12 15:36")


def test_after_a_milestone_waits_for_it_and_counts_from_the_newest() -> None:
    assert plan("supplemented+2WD", RECEIVED) is None
    assert plan("received+3WD", RECEIVED) == at("2026-03-05 17:00")
    again = (entry("returned", "2026-03-16"), entry("supplemented", "2026-03-23"))
    assert plan("supplemented+2WD", RECEIVED, RETURNED, BACK, *again) == at("2026-03-25 17:00")


def test_a_moment_is_a_moment() -> None:
    assert plan("2026-09-01T08:00:00+07:00") == at("2026-09-01 08:00")


def test_a_new_calendar_re_plans_every_kind_of_timer() -> None:
    office = '[[office]]\nagency = "*"\nhours = ["07:00-11:30", "13:30-17:00"]\nvalid_from = 2018-01-01\n'
    late = office + '[[holiday]]\ndate = 2026-03-05\nname = "Quốc tang"\n'
    before, after = WorkingCalendar.from_toml(office), WorkingCalendar.from_toml(late)
    for code, old, new in [
        ("3WD", "2026-03-05 17:00", "2026-03-06 17:00"),
        ("due-1WD", "2026-03-13 17:00", "2026-03-16 17:00"),
        ("received+3WD", "2026-03-05 17:00", "2026-03-06 17:00"),
    ]:
        assert plan(code, RECEIVED, calendar=before) == at(old)
        assert plan(code, RECEIVED, calendar=after) == at(new)


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(["1WD", "5WD", "8WH", "10D", "24H", "1M"]),
    st.lists(st.integers(1, 20_000), min_size=4, max_size=4),
)
def test_a_legal_timer_never_fires_before_one_that_runs_on(code: str, minutes: list[int]) -> None:
    moments = []
    moment = at("2026-01-05").timestamp()
    for gap in minutes:
        moment += gap * 60
        moments.append(datetime.fromtimestamp(moment, at("2026-01-05").tzinfo))
    ledger = tuple(
        LedgerEntry(kind, when, "")
        for kind, when in zip(("received", "returned", "supplemented"), moments, strict=False)
    )
    common = {
        "started_at": moments[0],
        "reckoning": clock(*ledger),
        "ledger": ledger,
        "calendar": CALENDAR,
        "agency": AGENCY,
    }
    legal = plan_timer(parse_timer(code), clock="legal", **common)  # type: ignore[arg-type]
    elapsed = plan_timer(parse_timer(code), clock="elapsed", **common)  # type: ignore[arg-type]
    assert legal is not None
    assert elapsed is not None
    assert legal >= elapsed
