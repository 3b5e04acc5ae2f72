"""The catalogue of timers that the law sets: what a milestone starts, what it ends, and when it is due."""

from datetime import datetime

import pytest

from engine.domain.duration import BadDuration, parse_timer
from engine.domain.milestone import MILESTONES
from engine.domain.statutory_timers import (
    DRAWN,
    StatutoryTimer,
    handover_due,
    moment_of,
    quarter_end,
    timers_ended,
    timers_started,
)
from tests.unit.domain.clocks import AGENCY, CALENDAR, LAW, at

RULES = LAW.rules_at(at("2026-10-01").date())
BY_ID = {timer.id: timer for timer in RULES.statutory_timers}

# law.md §5.4, row by row, and the rows here that hold it.
CATALOGUE = {
    "online dossier: accept or notify": ["online-acceptance"],
    "hand-over of direct dossier": ["handover"],
    "return of unfit dossier": ["unfit-return"],
    "legal limit": ["due"],
    "step budgets": ["step-budget"],
    "consultation answer": ["consultation-answer"],
    "expected-late notice": ["expected-late"],
    "supplement expiry": ["supplement-expiry"],
    "draft confirmation by citizen": ["draft-confirmation"],
    "numbering and issue after signature": ["issue-after-signature"],
    "feedback forwarding": ["feedback-forwarding"],
    "complaint": [
        "complaint-acceptance",
        "complaint-settlement",
        "complaint-settlement-complex",
        "complaint-settlement-remote-complex",
        "complaint-second",
        "complaint-second-complex",
        "complaint-second-remote-complex",
    ],
    "data-subject request": ["data-subject-request"],
    "archive transfer": ["archive-transfer", "archive-transfer-construction"],
    "internal warning": ["internal-warning"],
    "quarterly evaluation, fee settlement": ["officer-evaluation", "fee-settlement"],
    "planned downtime notice": ["downtime-notice"],
}


def started(milestone: str, when: str, channel: str = "counter", due: str | None = None) -> dict[str, str]:
    begun = timers_started(
        RULES,
        milestone,
        channel=channel,
        at=at(when),
        calendar=CALENDAR,
        agency=AGENCY,
        due_at=at(due) if due else None,
    )
    return {one.id: one.value for one in begun}


def test_every_row_of_the_catalogue_is_data_and_nothing_else_is() -> None:
    assert {id for ids in CATALOGUE.values() for id in ids} == set(BY_ID)


@pytest.mark.parametrize("timer", BY_ID.values(), ids=BY_ID)
def test_every_row_is_named_twice_rests_on_something_and_tells_somebody(timer: StatutoryTimer) -> None:
    assert timer.vi.strip()
    assert timer.en.strip()
    assert timer.basis.strip()
    assert timer.starts
    assert timer.ends
    assert timer.audience


def test_timers_and_rules_of_every_regime_say_the_same() -> None:
    for regime in LAW.regimes:
        values = {timer.id: timer.value for timer in LAW.rules_at(regime.valid_from).statutory_timers}
        assert values["online-acceptance"] == str(regime.online_acceptance)
        assert values["unfit-return"] == str(regime.unfit_return)


def test_an_online_dossier_must_be_answered_within_eight_working_hours() -> None:
    assert started("submitted", "2026-03-06 15:00", "online") == {"online-acceptance": "8WH"}
    assert started("submitted", "2026-03-06 15:00", "counter") == {}
    for milestone in ("received", "returned", "refused", "withdrawn"):
        assert "online-acceptance" in timers_ended(RULES, milestone)


def test_receipt_starts_what_the_law_wants_watched() -> None:
    assert started("received", "2026-03-02 09:00", due="2026-03-16 17:00") == {
        "handover": "2026-03-02T17:00:00+07:00",
        "unfit-return": "3WD",
        "due": "due-0WD",
        "expected-late": "due-12WH",
        "internal-warning": "80%",
    }


def test_a_dossier_that_came_online_is_handed_over_at_once_and_needs_no_timer() -> None:
    assert "handover" not in started("received", "2026-03-02 09:00", "online")


def test_a_warning_that_would_already_be_past_is_not_started() -> None:
    assert "expected-late" not in started("received", "2026-03-02 09:00", due="2026-03-02 17:00")
    assert "due" in started("received", "2026-03-02 09:00", due="2026-03-02 17:00")


def test_a_restarted_clock_is_watched_anew() -> None:
    again = started("supplemented", "2026-03-09 09:00", due="2026-03-23 17:00")
    assert set(again) == {"due", "expected-late", "internal-warning"}


def test_a_signed_result_must_be_issued_by_the_next_working_day() -> None:
    assert started("signed", "2026-11-23 16:00") == {"issue-after-signature": "1WD"}
    assert "issue-after-signature" in timers_ended(RULES, "numbered")


def test_a_closed_dossier_goes_to_the_archive_within_a_year() -> None:
    for end in ("handed_over", "withdrawn", "stopped"):
        assert started(end, "2026-03-09 09:00") == {"archive-transfer": "12M"}


def test_what_a_milestone_ends_it_does_not_start() -> None:
    for milestone in MILESTONES:
        assert not set(timers_ended(RULES, milestone)) & set(started(milestone, "2026-03-02 09:00"))


def test_whatever_is_started_can_be_planned() -> None:
    for milestone in MILESTONES:
        for channel in ("counter", "online", "postal"):
            for value in started(milestone, "2026-03-02 09:00", channel).values():
                parse_timer(value)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-03-02 07:10", "2026-03-02 17:00"),
        ("2026-03-02 14:59", "2026-03-02 17:00"),
        ("2026-03-02 15:00", "2026-03-03 07:00"),
        ("2026-03-06 16:30", "2026-03-09 07:00"),
        ("2026-03-07 09:00", "2026-03-09 07:00"),
        ("2026-08-21 15:10", "2026-08-22 07:00"),  # a worked Saturday
    ],
)
def test_hand_over_the_same_day_or_after_15_at_the_next_opening(received: str, due: str) -> None:
    assert handover_due(at(received), CALENDAR, AGENCY, RULES.handover_cutoff) == at(due)


@pytest.mark.parametrize(
    ("id", "start", "due"),
    [
        ("feedback-forwarding", "2026-03-02", "2026-03-09 17:00"),
        ("complaint-acceptance", "2026-03-02", "2026-03-12 17:00"),
        ("complaint-settlement", "2026-03-02", "2026-04-01 17:00"),
        ("complaint-second-remote-complex", "2026-03-02", "2026-05-11 17:00"),
        ("data-subject-request", "2026-03-02", "2026-03-04 17:00"),
        ("officer-evaluation", "2026-03-02", "2026-04-01 00:00"),
        ("fee-settlement", "2026-12-31 23:59", "2027-01-01 00:00"),
        ("downtime-notice", "2026-11-25 17:00", "2026-11-13 17:00"),  # that long before it begins
    ],
)
def test_rows_for_other_matters_have_their_moment(id: str, start: str, due: str) -> None:
    assert moment_of(BY_ID[id], at(start), CALENDAR, AGENCY) == at(due)


@pytest.mark.parametrize("id", ["handover", "internal-warning", "supplement-expiry", "step-budget"])
def test_rows_that_depend_on_a_dossier_have_no_moment_of_their_own(id: str) -> None:
    with pytest.raises(BadDuration):
        moment_of(BY_ID[id], at("2026-03-02"), CALENDAR, AGENCY)


def test_what_diagrams_draw_is_listed_but_not_started_twice() -> None:
    drawn = {timer.id for timer in RULES.statutory_timers if timer.value == DRAWN}
    assert drawn == {"step-budget", "consultation-answer", "supplement-expiry", "draft-confirmation"}
    assert "supplement-expiry" not in started("returned", "2026-03-02 09:00")


@pytest.mark.parametrize(("when", "end"), [("2026-01-01", "2026-04-01"), ("2026-12-31", "2027-01-01")])
def test_a_quarter_ends_at_midnight(when: str, end: str) -> None:
    assert quarter_end(at(when)) == at(f"{end} 00:00")
    assert isinstance(quarter_end(at(when)), datetime)
