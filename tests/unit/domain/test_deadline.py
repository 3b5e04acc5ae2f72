"""The legal clock of a dossier: what starts it, what stops it, what moves the appointment."""

import time
from datetime import timedelta

import pytest

from engine.domain.calendar import WorkingCalendar
from tests.pace import seconds
from tests.unit.domain.clocks import AGENCY, CALENDAR, at, clock, entry

RECEIVED = entry("received", "2026-08-28 15:40")


def test_nothing_runs_before_receipt() -> None:
    reckoning = clock(entry("submitted", "2026-08-28 15:40"))
    assert (reckoning.due_at, reckoning.running, reckoning.started_at) == (None, False, None)
    assert reckoning.elapsed_from == at("2026-08-28 15:40")


def test_nothing_at_all_has_happened_to_a_new_dossier() -> None:
    reckoning = clock()
    assert (reckoning.due_at, reckoning.running, reckoning.elapsed_from) == (None, False, None)
    assert reckoning.elapsed_time(at("2026-08-28")) == timedelta()


def test_receipt_starts_the_clock() -> None:
    reckoning = clock(RECEIVED)
    assert reckoning.running
    assert reckoning.due_at == at("2026-09-09 17:00")  # 3, 4, 7, 8, 9: the first three days of September off


def test_a_procedure_without_limit_runs_without_due_date() -> None:
    reckoning = clock(RECEIVED, limit=None)
    assert reckoning.running
    assert reckoning.due_at is None
    assert reckoning.legal_time(at("2026-08-28 16:40"), CALENDAR, AGENCY) == timedelta(hours=1)


class TestReturns:
    """Given back for a supplement on Thursday 3 September, back on Tuesday the 8th."""

    LEDGER = (
        RECEIVED,
        entry("returned", "2026-09-04 10:00"),
        entry("supplemented", "2026-09-08 09:00"),
    )

    def test_the_clock_stands_still_with_the_citizen(self) -> None:
        reckoning = clock(*self.LEDGER[:2])
        assert (reckoning.due_at, reckoning.running, reckoning.returns) == (None, False, 1)

    def test_restart_counts_from_zero(self) -> None:
        reckoning = clock(*self.LEDGER)
        assert reckoning.due_at == at("2026-09-15 17:00")
        assert reckoning.started_at == at("2026-09-08 09:00")

    def test_resume_counts_what_was_left(self) -> None:
        # Used: 3 and 4 September. Left: three days after the 8th.
        assert clock(*self.LEDGER, policy="RESUME").due_at == at("2026-09-11 17:00")

    def test_a_policy_may_give_a_span_of_its_own(self) -> None:
        assert clock(*self.LEDGER, policy="+21WD").due_at == at("2026-10-07 17:00")
        assert clock(*self.LEDGER, policy="+15D").due_at == at("2026-09-23 17:00")

    def test_a_second_return_resumes_from_the_rest_of_the_rest(self) -> None:
        again = (entry("returned", "2026-09-09 16:00"), entry("supplemented", "2026-09-21 08:00"))
        reckoning = clock(*self.LEDGER, *again, policy="RESUME")
        assert reckoning.due_at == at("2026-09-23 17:00")  # two days were left
        assert reckoning.returns == 2

    def test_both_clocks_are_kept(self) -> None:
        finished = entry("finished", "2026-09-10 15:00")
        reckoning = clock(*self.LEDGER, finished)
        office = timedelta(hours=1, minutes=20) + timedelta(hours=8 + 3)  # 28/8; 3/9 and 4/9
        office += timedelta(hours=6) + timedelta(hours=8) + timedelta(hours=6)  # 8/9, 9/9, 10/9
        assert reckoning.legal_used == office
        assert reckoning.legal_time(at("2027-01-01"), CALENDAR, AGENCY) == office
        assert reckoning.elapsed_time(at("2027-01-01")) == at("2026-09-10 15:00") - at("2026-08-28 15:40")

    def test_the_clock_of_the_citizen_runs_while_the_legal_one_stands(self) -> None:
        reckoning = clock(*self.LEDGER[:2])
        assert reckoning.legal_time(at("2026-09-07"), CALENDAR, AGENCY) == reckoning.legal_used
        assert reckoning.elapsed_time(at("2026-09-07")) == at("2026-09-07") - at("2026-08-28 15:40")


def test_a_return_before_receipt_touches_no_clock() -> None:
    ledger = (
        entry("submitted", "2026-08-24"),
        entry("returned", "2026-08-25"),
        entry("supplemented", "2026-08-27"),
    )
    reckoning = clock(*ledger, policy="RESUME")
    assert (reckoning.due_at, reckoning.running, reckoning.returns) == (None, False, 1)
    assert clock(*ledger, RECEIVED, policy="RESUME").due_at == clock(RECEIVED).due_at


def test_what_was_late_when_returned_stays_late_when_resumed() -> None:
    ledger = (
        entry("received", "2026-03-02"),
        entry("returned", "2026-03-20"),
        entry("supplemented", "2026-03-27"),
    )
    reckoning = clock(*ledger, policy="RESUME")
    assert reckoning.due_at == at("2026-03-09 17:00")
    assert reckoning.late_returns == 1


def test_a_restart_forgives_by_law_but_the_late_return_is_counted() -> None:
    ledger = (
        entry("received", "2026-03-02"),
        entry("returned", "2026-03-20"),
        entry("supplemented", "2026-03-27"),
    )
    reckoning = clock(*ledger)
    assert reckoning.due_at == at("2026-04-03 17:00")
    assert reckoning.late_returns == 1


def test_rolling_the_last_day_does_not_lengthen_what_is_left() -> None:
    # Five days from Monday 2 March end on Saturday the 7th, which rolls to Monday the 9th.
    ledger = (
        entry("received", "2026-03-02"),
        entry("returned", "2026-03-06"),
        entry("supplemented", "2026-03-17"),
    )
    assert clock(*ledger[:1], limit="5D").due_at == at("2026-03-09 17:00")
    assert clock(*ledger, limit="5D", policy="RESUME").due_at == at("2026-03-18 17:00")  # one day was left


def test_hours_resume_to_the_minute() -> None:
    ledger = (
        entry("received", "2026-03-02 09:00"),
        entry("returned", "2026-03-02 10:30"),
        entry("supplemented", "2026-03-05 16:30"),
    )
    assert clock(*ledger, limit="4WH", policy="RESUME").due_at == at("2026-03-06 09:00")
    assert clock(*ledger, limit="4H", policy="RESUME").due_at == at("2026-03-05 19:00")


def test_months_resume_in_days() -> None:
    ledger = (
        entry("received", "2026-03-02"),
        entry("returned", "2026-03-31"),
        entry("supplemented", "2026-05-04"),
    )
    assert clock(*ledger, limit="1M", policy="RESUME").due_at == at("2026-05-06 17:00")  # 2/4: two days left


class TestNewLimit:
    """20 days, 30 once the site has to be assessed: counted from the same start."""

    SET = entry("limit_set", "2026-03-12", limit="30D")

    def test_a_new_limit_counts_from_the_same_start(self) -> None:
        ledger = (entry("received", "2026-03-02", limit="20D"),)
        assert clock(*ledger, limit="20D").due_at == at("2026-03-23 17:00")
        assert clock(*ledger, self.SET, limit="30D").due_at == at("2026-04-01 17:00")

    def test_a_new_limit_lives_through_the_same_breaks(self) -> None:
        ledger = (
            entry("received", "2026-03-02", limit="20D"),
            entry("returned", "2026-03-04"),
            entry("supplemented", "2026-03-09", limit="20D"),
        )
        assert clock(*ledger, policy="RESUME").due_at == at("2026-03-27 17:00")
        assert clock(*ledger, self.SET, policy="RESUME").due_at == at("2026-04-06 17:00")

    def test_a_limit_set_while_the_dossier_is_away_counts_when_it_is_back(self) -> None:
        ledger = (
            entry("received", "2026-03-02", limit="20D"),
            entry("returned", "2026-03-04"),
            entry("limit_set", "2026-03-05", limit="30D"),
        )
        assert clock(*ledger, policy="RESUME").due_at is None
        back = entry("supplemented", "2026-03-09", limit="30D")
        assert clock(*ledger, back, policy="RESUME").due_at == at("2026-04-06 17:00")

    def test_a_supplement_may_change_unit_and_limit(self) -> None:
        ledger = (
            entry("received", "2026-03-02", limit="20D"),
            entry("returned", "2026-03-04"),
            entry("supplemented", "2026-03-09", limit="5WD"),
        )
        assert clock(*ledger, policy="RESUME").due_at == at("2026-03-12 17:00")

    def test_a_span_of_the_policy_s_own_is_not_changed(self) -> None:
        ledger = (
            entry("received", "2026-03-02", limit="20D"),
            entry("returned", "2026-03-04"),
            entry("supplemented", "2026-03-09", limit="20D"),
        )
        assert clock(*ledger, self.SET, policy="+5WD").due_at == at("2026-03-16 17:00")

    def test_the_law_may_turn_out_to_set_no_limit(self) -> None:
        reckoning = clock(
            entry("received", "2026-03-02", limit="20D"), entry("limit_set", "2026-03-03", limit=None)
        )
        assert reckoning.running
        assert reckoning.due_at is None


class TestExtension:
    LEDGER = (
        entry("received", "2026-03-02"),
        entry("extended", "2026-03-05", due_at="2026-03-20T17:00:00+07:00"),
    )

    def test_a_new_appointment_is_the_due_date(self) -> None:
        reckoning = clock(*self.LEDGER)
        assert reckoning.due_at == at("2026-03-20 17:00")
        assert reckoning.extensions == 1

    def test_what_is_left_of_an_extended_time_is_resumed(self) -> None:
        away = (entry("returned", "2026-03-17"), entry("supplemented", "2026-04-06"))
        assert clock(*self.LEDGER, *away, policy="RESUME").due_at == at("2026-04-09 17:00")

    def test_a_restart_forgets_the_appointment_but_not_that_it_was_given(self) -> None:
        away = (entry("returned", "2026-03-17"), entry("supplemented", "2026-04-06"))
        reckoning = clock(*self.LEDGER, *away)
        assert reckoning.due_at == at("2026-04-13 17:00")
        assert reckoning.extensions == 1

    def test_a_new_limit_never_takes_a_promised_day_back_or_forward(self) -> None:
        assert clock(*self.LEDGER, entry("limit_set", "2026-03-06", limit="7WD")).due_at == at(
            "2026-03-20 17:00"
        )
        assert clock(*self.LEDGER, entry("limit_set", "2026-03-06", limit="30WD")).due_at == at(
            "2026-04-13 17:00"
        )


class TestFee:
    """Some sheets count from "dossier valid and fee paid"."""

    def test_neither_receipt_nor_fee_alone_starts_the_clock(self) -> None:
        for alone in ("received", "fee_paid"):
            reckoning = clock(entry(alone, "2026-03-02"), clock_starts="fee_paid")
            assert (reckoning.due_at, reckoning.running) == (None, False)

    @pytest.mark.parametrize("order", [("received", "fee_paid"), ("fee_paid", "received")])
    def test_the_later_of_both_starts_it(self, order: tuple[str, str]) -> None:
        ledger = (entry(order[0], "2026-03-02"), entry(order[1], "2026-03-04"))
        reckoning = clock(*ledger, clock_starts="fee_paid")
        assert reckoning.running
        assert reckoning.due_at == at("2026-03-11 17:00")

    def test_elsewhere_a_payment_midway_changes_nothing(self) -> None:
        assert clock(RECEIVED, entry("fee_paid", "2026-09-03")).due_at == clock(RECEIVED).due_at


class TestSameDay:
    @pytest.mark.parametrize(
        ("received", "due"),
        [
            ("2026-03-02 07:30", "2026-03-02 17:00"),
            ("2026-03-02 14:59", "2026-03-02 17:00"),
            ("2026-03-02 15:00", "2026-03-03 17:00"),  # at or after 15:00: the next working day
            ("2026-03-06 16:00", "2026-03-09 17:00"),
            ("2026-03-07 09:00", "2026-03-09 17:00"),
            ("2026-11-23 15:30", "2026-11-25 17:00"),
        ],
    )
    def test_the_result_is_due_the_same_day_or_after_15_the_next(self, received: str, due: str) -> None:
        for limit in ("8WH", "0WD"):
            reckoning = clock(entry("received", received), limit=limit, same_day=True)
            assert reckoning.due_at == at(due)

    def test_a_supplement_after_15_counts_from_the_next_day_too(self) -> None:
        ledger = (
            entry("received", "2026-03-02 09:00"),
            entry("returned", "2026-03-02 10:00"),
            entry("supplemented", "2026-03-03 15:20"),
        )
        assert clock(*ledger, limit="8WH", same_day=True).due_at == at("2026-03-04 17:00")


class TestEnd:
    @pytest.mark.parametrize("kind", ["finished", "withdrawn", "stopped"])
    def test_an_end_stops_the_clock_and_keeps_the_due_date(self, kind: str) -> None:
        reckoning = clock(RECEIVED, entry(kind, "2026-09-04"))
        assert not reckoning.running
        assert reckoning.due_at == at("2026-09-09 17:00")
        assert reckoning.finished_at == at("2026-09-04")

    def test_the_first_end_counts_and_nothing_after_it(self) -> None:
        ledger = (RECEIVED, entry("finished", "2026-09-04"))
        later = (entry("finished", "2026-12-01"), entry("limit_set", "2026-12-01", limit="90WD"))
        assert clock(*ledger, *later) == clock(*ledger)

    def test_stopped_while_away_there_is_no_due_date(self) -> None:
        ledger = (RECEIVED, entry("returned", "2026-09-04"), entry("stopped", "2026-10-04"))
        assert clock(*ledger).due_at is None


def test_a_late_holiday_notice_moves_the_due_date() -> None:
    text = """
        [[office]]
        agency = "*"
        hours = ["07:00-11:30", "13:30-17:00"]
        valid_from = 2018-01-01
    """
    before = WorkingCalendar.from_toml(text)
    after = WorkingCalendar.from_toml(text + '[[holiday]]\ndate = 2026-03-05\nname = "Quốc tang"\n')
    received = entry("received", "2026-03-02")
    assert clock(received, calendar=before).due_at == at("2026-03-09 17:00")
    assert clock(received, calendar=after).due_at == at("2026-03-10 17:00")


def test_an_entry_the_law_does_not_know_is_an_error() -> None:
    with pytest.raises(ValueError, match="due_date_reset"):
        clock(RECEIVED, entry("due_date_reset", "2026-09-09"))


def test_a_full_ledger_is_reckoned_and_explained_in_well_under_a_millisecond() -> None:
    ledger = (
        entry("submitted", "2026-08-28 15:00"),
        RECEIVED,
        entry("returned", "2026-09-04 10:00"),
        entry("supplemented", "2026-09-08 09:00"),
        entry("extended", "2026-09-10", due_at="2026-10-20T17:00:00+07:00"),
        entry("finished", "2026-10-19"),
    )
    took = []
    for _ in range(20):
        begun = time.perf_counter()
        clock(*ledger, limit="30WD", policy="RESUME").explain()
        took.append(time.perf_counter() - begun)
    assert min(took) < seconds(1e-3)
