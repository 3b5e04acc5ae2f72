"""A supplement may be asked for once a stage, and after receipt only within three working days."""

from engine.domain.ledger import LedgerEntry
from engine.domain.supplement import doubts, supplements_asked
from tests.unit.domain.clocks import AGENCY, CALENDAR, LAW, at, entry

RULES = LAW.rules_at(at("2026-03-02").date())
RECEIVED = entry("received", "2026-03-02 09:00")


def codes(when: str, *ledger: LedgerEntry) -> list[str]:
    return [
        doubt.code for doubt in doubts(ledger, at=at(when), rules=RULES, calendar=CALENDAR, agency=AGENCY)
    ]


def test_the_first_request_in_time_raises_no_doubt() -> None:
    assert codes("2026-03-02") == []
    assert codes("2026-03-05 17:00", RECEIVED) == []


def test_a_second_request_at_the_same_stage_is_doubted() -> None:
    asked = (entry("returned", "2026-02-24"), entry("supplemented", "2026-02-26"))
    assert codes("2026-02-27", *asked) == ["supplement-again"]
    assert codes("2026-03-03", *asked, RECEIVED) == []  # another stage
    again = (entry("returned", "2026-03-03"), entry("supplemented", "2026-03-04"))
    assert codes("2026-03-05", *asked, RECEIVED, *again) == ["supplement-again"]


def test_a_request_after_the_three_working_days_is_doubted_with_its_article() -> None:
    assert codes("2026-03-05 17:01", RECEIVED) == ["supplement-late"]
    (doubt,) = doubts((RECEIVED,), at=at("2026-03-06"), rules=RULES, calendar=CALENDAR, agency=AGENCY)
    assert "3 ngày làm việc" in doubt.vi
    assert "17:00 05/03/2026" in doubt.vi
    assert "Điều 18" in doubt.basis


def test_requests_are_counted_by_stage() -> None:
    ledger = (
        entry("returned", "2026-02-24"),
        entry("supplemented", "2026-02-26"),
        RECEIVED,
        entry("returned", "2026-03-03"),
    )
    assert supplements_asked(ledger) == (1, 1)
    assert supplements_asked(ledger[:1]) == (1, 0)
