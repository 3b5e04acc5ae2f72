"""What holds for every ledger: random lives of dossiers under all policies."""

import json
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.domain.deadline import Reckoning, ResumePolicy, reckon
from engine.domain.duration import parse_duration
from engine.domain.ledger import LedgerEntry
from tests.unit.domain.clocks import AGENCY, CALENDAR, LAW, at

RULES = LAW.rules_at(at("2026-10-01").date())
START = at("2024-01-02 07:00")
limits = st.sampled_from(["0WD", "1WD", "5WD", "30WD", "4WH", "8WH", "10D", "20D", "24H", "1M", None])
policies = st.sampled_from(["RESTART", "RESUME", "+5WD", "+15D"])
middles = st.sampled_from(["returned", "supplemented", "fee_paid", "limit_set", "extended"])
gaps = st.integers(1, 60 * 24 * 12).map(lambda minutes: timedelta(minutes=minutes))


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[LedgerEntry, ...]:
    moment = START + draw(gaps)
    entries = [LedgerEntry("submitted", moment, "")]
    kinds = ["received", *draw(st.lists(middles, max_size=8)), *draw(st.sampled_from([[], ["finished"]]))]
    for kind in kinds:
        moment += draw(gaps)
        detail: dict[str, object] = {}
        if kind == "extended":
            detail["due_at"] = (moment + draw(gaps)).isoformat()
        if kind == "limit_set":
            detail["limit"] = draw(limits)
        entries.append(LedgerEntry(kind, moment, "Điều 19", "officer:1", detail))
    return tuple(entries)


def told(ledger: tuple[LedgerEntry, ...], limit: str | None, policy: str, **more: object) -> Reckoning:
    return reckon(
        ledger,
        policy=ResumePolicy.parse(policy),
        limit=parse_duration(limit) if limit else None,
        calendar=CALENDAR,
        agency=AGENCY,
        rules=RULES,
        **more,  # type: ignore[arg-type]
    )


many = settings(max_examples=150, deadline=None)


@many
@given(ledgers(), limits, policies, st.booleans(), st.sampled_from(["received", "fee_paid"]))
def test_a_reckoning_is_the_same_after_the_ledger_was_stored_and_read(
    ledger: tuple[LedgerEntry, ...], limit: str | None, policy: str, same_day: bool, starts: str
) -> None:
    stored = json.loads(json.dumps([one.to_json() for one in ledger]))
    restored = tuple(LedgerEntry.from_json(one) for one in stored)
    assert restored == ledger
    first = told(ledger, limit, policy, same_day=same_day, clock_starts=starts)
    assert told(restored, limit, policy, same_day=same_day, clock_starts=starts) == first


@many
@given(ledgers(), limits, policies, st.sampled_from(["received", "fee_paid"]))
def test_the_explanation_has_a_sentence_for_each_entry_and_ends_with_the_due_date(
    ledger: tuple[LedgerEntry, ...], limit: str | None, policy: str, starts: str
) -> None:
    reckoning = told(ledger, limit, policy, clock_starts=starts)
    for lang, word in (("vi", "hẹn"), ("en", "due")):
        sentences = reckoning.explain(lang)
        assert len(sentences) in (len(ledger), len(ledger) + 1)
        assert not any("{" in sentence or "None" in sentence for sentence in sentences)
        if reckoning.due_at is not None:
            due = reckoning.due_at
            assert sentences[-1] == f"{word} {due.day}/{due.month}/{due.year} {due:%H:%M}"


@many
@given(ledgers(), limits, policies)
def test_a_clock_that_stands_still_has_no_due_date_until_the_end(
    ledger: tuple[LedgerEntry, ...], limit: str | None, policy: str
) -> None:
    reckoning = told(ledger, limit, policy)
    if not reckoning.running and reckoning.finished_at is None:
        assert reckoning.due_at is None
    if reckoning.finished_at is not None:
        assert not reckoning.running


@many
@given(ledgers(), limits, policies)
def test_the_legal_clock_never_runs_ahead_of_the_elapsed_one(
    ledger: tuple[LedgerEntry, ...], limit: str | None, policy: str
) -> None:
    now = ledger[-1].at + timedelta(days=3)
    reckoning = told(ledger, limit, policy)
    assert timedelta() <= reckoning.legal_used <= reckoning.legal_time(now, CALENDAR, AGENCY)
    assert reckoning.legal_time(now, CALENDAR, AGENCY) <= reckoning.elapsed_time(now)


@many
@given(gaps, gaps, gaps, limits.filter(bool))
def test_a_restart_is_never_due_before_a_resumption(
    first: timedelta, second: timedelta, third: timedelta, limit: str
) -> None:
    received = START + first
    returned = received + second
    ledger = (
        LedgerEntry("received", received, ""),
        LedgerEntry("returned", returned, ""),
        LedgerEntry("supplemented", returned + third, ""),
    )
    restarted, resumed = told(ledger, limit, "RESTART").due_at, told(ledger, limit, "RESUME").due_at
    uninterrupted = told(ledger[:1], limit, "RESUME").due_at
    assert restarted is not None
    assert resumed is not None
    assert uninterrupted is not None
    assert restarted >= resumed >= uninterrupted


@many
@given(ledgers(), limits, policies)
def test_what_happens_after_the_end_changes_nothing(
    ledger: tuple[LedgerEntry, ...], limit: str | None, policy: str
) -> None:
    end = LedgerEntry("finished", ledger[-1].at + timedelta(hours=1), "")
    more = LedgerEntry("supplemented", end.at + timedelta(days=1), "", "", {"limit": "90WD"})
    assert told((*ledger, end), limit, policy) == told((*ledger, end, more), limit, policy)


@many
@given(ledgers(), limits, policies)
def test_the_counters_count_the_entries(
    ledger: tuple[LedgerEntry, ...], limit: str | None, policy: str
) -> None:
    reckoning = told(ledger, limit, policy)
    kinds = [one.kind for one in ledger]
    assert reckoning.returns == kinds.count("returned") >= reckoning.late_returns
    assert reckoning.extensions == kinds.count("extended")
