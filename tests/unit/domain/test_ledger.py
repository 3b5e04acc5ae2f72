"""The ledger: entries are kept as they were made, and say when the dossier was with the citizen."""

import json

import pytest

from engine.domain.ledger import LedgerEntry, latest, pauses
from tests.unit.domain.clocks import at, entry


def test_an_entry_is_stored_with_moment_ground_person_and_detail() -> None:
    made = LedgerEntry(
        "limit_set", at("2026-03-02"), "Điều 33", "officer:7", {"limit": "30D", "node": "khao_sat"}
    )
    assert made.to_json() == [
        "limit_set",
        "2026-03-02T08:00:00+07:00",
        "Điều 33",
        "officer:7",
        {"limit": "30D", "node": "khao_sat"},
    ]
    assert LedgerEntry.from_json(json.loads(json.dumps(made.to_json()))) == made


@pytest.mark.parametrize("stored", [[], ["received"], ["received", "yesterday", "", "", {}]])
def test_a_broken_entry_is_an_error(stored: list[object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        LedgerEntry.from_json(stored)


def test_pauses_are_from_each_return_to_its_supplement() -> None:
    ledger = (
        entry("received", "2026-03-02"),
        entry("returned", "2026-03-04"),
        entry("returned", "2026-03-05"),  # said twice: still one pause
        entry("supplemented", "2026-03-09"),
        entry("supplemented", "2026-03-10"),
        entry("returned", "2026-03-16"),
    )
    assert pauses(ledger) == [(at("2026-03-04"), at("2026-03-09")), (at("2026-03-16"), None)]


def test_the_latest_entry_of_a_kind_is_found() -> None:
    ledger = (entry("returned", "2026-03-04"), entry("returned", "2026-03-16"))
    assert latest(ledger, "returned") == ledger[1]
    assert latest(ledger, "received") is None
