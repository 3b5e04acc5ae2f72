"""Rules of law are data with dates: a dossier is handled by those of the day it was received."""

from datetime import date, time, timedelta

import pytest

from engine.domain.duration import CalendarDays, WorkingDays, WorkingHours
from engine.domain.law import BadLaw, LawBook, NoRules
from tests.unit.domain.clocks import LAW, PROCESSES

ONE_STOP = (PROCESSES / "law" / "one_stop.toml").read_text()
TIMERS = (PROCESSES / "law" / "statutory_timers.toml").read_text()


@pytest.mark.parametrize(
    ("day", "regime", "papers"),
    [
        (date(2018, 6, 21), "nd-61-2018", "2018-06"),
        (date(2025, 6, 30), "nd-61-2018", "2018-06"),
        (date(2025, 7, 1), "nd-118-2025", "2018-06"),
        (date(2025, 9, 14), "nd-118-2025", "2018-06"),
        (date(2025, 9, 15), "nd-118-2025-tt-03-2025", "2025-09"),
        (date(2025, 12, 31), "nd-367-2025", "2025-09"),
        (date(2026, 7, 1), "nd-224-2026", "2025-09"),
        (date(2030, 1, 1), "nd-224-2026", "2025-09"),
    ],
)
def test_the_regime_is_that_of_the_day(day: date, regime: str, papers: str) -> None:
    rules = LAW.rules_at(day)
    assert (rules.id, rules.papers) == (regime, papers)
    assert LAW.rules_at(day) is rules  # looked up once


def test_the_regimes_follow_each_other_without_a_gap() -> None:
    for earlier, later in zip(LAW.regimes, LAW.regimes[1:], strict=False):
        assert earlier.valid_to is not None
        assert later.valid_from - earlier.valid_to == timedelta(days=1)
    assert LAW.regimes[-1].valid_to is None


def test_before_the_one_stop_decree_there_are_no_rules_to_guess() -> None:
    with pytest.raises(NoRules, match="20/06/2018"):
        LAW.rules_at(date(2018, 6, 20))


def test_the_parameters_are_those_of_the_law() -> None:
    for rules in LAW.regimes:
        assert rules.handover_cutoff == rules.same_day_cutoff == time(15)
        assert rules.online_acceptance == WorkingHours(8)
        assert rules.unfit_return == WorkingDays(3)
        assert (rules.max_extensions, rules.extension_notice) == (1, CalendarDays(1))
        assert (rules.max_supplements_intake, rules.max_supplements_appraisal) == (1, 1)
        assert rules.resume == "RESTART"
        assert rules.supplement_expiry is None


def test_the_two_times_of_15_oclock_are_two_parameters() -> None:
    text = ONE_STOP.replace("handover_cutoff = 15:00:00", "handover_cutoff = 16:30:00")
    rules = LawBook.from_toml([text]).rules_at(date(2026, 3, 2))
    assert (rules.handover_cutoff, rules.same_day_cutoff) == (time(16, 30), time(15))


def test_every_rule_names_its_article() -> None:
    for rules in LAW.regimes:
        for rule in (
            "handover",
            "same_day",
            "online_acceptance",
            "unfit_return",
            "extension",
            "supplement",
            "papers",
        ):
            assert rules.basis[rule].strip(), (rules.id, rule)


def test_timers_hold_only_from_their_own_day_on() -> None:
    def ids(day: date) -> set[str]:
        return {timer.id for timer in LAW.rules_at(day).statutory_timers}

    assert "data-subject-request" not in ids(date(2025, 12, 31))
    assert "data-subject-request" in ids(date(2026, 1, 1))
    assert "downtime-notice" not in ids(date(2026, 6, 30))
    assert "downtime-notice" in ids(date(2026, 7, 1))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[[regime", "TOML"),
        ("regime = 3", "sai mục"),
        ('[[regime]]\nid = "x"', "valid_from"),
        (ONE_STOP.replace('"8WH"', '"8 hours"'), "8 hours"),
        (ONE_STOP.replace("valid_to = 2025-06-30", ""), "nd-61-2018 và nd-118-2025"),
        (ONE_STOP.replace("2025-06-30", "2025-07-01"), "cùng có hiệu lực"),
        (ONE_STOP.replace("valid_to = 2025-06-30", "valid_to = 2017-06-30"), "valid_to"),
        (ONE_STOP.replace("max_extensions = 1\n", ""), "max_extensions"),
        (ONE_STOP + TIMERS.replace('"80%"', '"80 %"'), "80 %"),
        (ONE_STOP + TIMERS.replace('clock = "elapsed"', 'clock = "stopped"'), "clock"),
        (ONE_STOP + TIMERS + TIMERS, "hai lần"),
        (ONE_STOP + TIMERS.replace('starts = ["signed"]\n', ""), "starts"),
    ],
)
def test_a_file_of_rules_that_cannot_be_right_is_refused_and_says_why(text: str, why: str) -> None:
    with pytest.raises(BadLaw, match=r"(?s)Tệp quy định không hợp lệ.*" + why):
        LawBook.from_toml([text])


def test_one_timer_may_have_a_version_for_each_time() -> None:
    versions = """
        [[timer]]
        id = "online-acceptance"
        vi = "a"
        en = "a"
        value = "8WH"
        starts = ["submitted"]
        basis = "NĐ 45/2020/NĐ-CP"
        valid_to = 2027-12-31
        [[timer]]
        id = "online-acceptance"
        vi = "a"
        en = "a"
        value = "4WH"
        starts = ["submitted"]
        basis = "luật mới"
        valid_from = 2028-01-01
    """
    law = LawBook.from_toml([ONE_STOP, versions])
    assert [one.value for one in law.rules_at(date(2027, 12, 31)).statutory_timers] == ["8WH"]
    assert [one.value for one in law.rules_at(date(2028, 1, 1)).statutory_timers] == ["4WH"]
