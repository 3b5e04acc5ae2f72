"""F28, F30, F31, F32 and the rules of jobs: back-off, end of tries, time-outs, workers that come late."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from engine import deliveries
from engine.clock import VIETNAM
from engine.engine import Engine
from engine.handler import Call, HandlerRegistry, RetryLater
from engine.retry import ATTEMPTS, in_round, is_final, next_try
from engine.store import leases
from engine.timebox import CallHangs, TimeBox
from tests.centre import Centre
from tests.faults.aftermath import require_whole
from tests.integration import stages
from tests.integration.observed import row, rows
from tests.integration.test_races import Register, worker

NOON = datetime(2026, 3, 2, 12, tzinfo=VIETNAM)
HOUR = 3600


# ---- the rules themselves


@given(attempt=st.integers(1, 60), identity=st.text(max_size=40))
def test_pauses_grow_and_spread_by_a_fifth(attempt: int, identity: str) -> None:
    wanted = [1, 10, 60, 300, 1800][attempt - 1] if attempt < 6 else HOUR
    pause = (next_try(NOON, attempt, identity) - NOON).total_seconds()
    assert wanted * 0.8 - 1e-3 <= pause <= wanted * 1.2 + 1e-3


def test_neighbours_do_not_all_come_back_at_the_same_moment() -> None:
    moments = {next_try(NOON, 6, f"dossier {number}") for number in range(50)}
    assert len(moments) > 45
    assert max(moments) - min(moments) > timedelta(minutes=15)


@pytest.mark.parametrize(
    ("attempt", "age", "final"),
    [
        (1, timedelta(0), False),
        (9, timedelta(hours=5), False),
        (10, timedelta(hours=5), True),
        (1, timedelta(days=3), False),  # an outage of our own: it was hardly tried
        (6, timedelta(hours=24), True),
        (6, timedelta(hours=23), False),
        (11, timedelta(days=9), False),  # a person has put it back to work
        (20, timedelta(days=9), True),
    ],
)
def test_the_tenth_try_or_a_day_ends_it(attempt: int, age: timedelta, final: bool) -> None:
    assert is_final(NOON, attempt, NOON - age) is final


@given(attempt=st.integers(1, 1000))
def test_numbers_of_tries_never_go_back(attempt: int) -> None:
    full = -(-attempt // ATTEMPTS) * ATTEMPTS
    assert full >= attempt
    assert in_round(full + 1) == 1


def test_a_lease_outlives_the_longest_call() -> None:

    assert timedelta(seconds=deliveries._CALL) * 2 <= leases.LEASE


# ---- F28: what always fails


class Poison(Register):
    """A register that breaks on some dossiers."""

    def __init__(self, bad: set[str], error: Callable[[], Exception]) -> None:
        super().__init__(lambda call: self._break(call))
        self._bad, self._error = bad, error

    def _break(self, call: Call) -> None:
        if call.dossier.number in self._bad:
            raise self._error()


@pytest.mark.parametrize("error", [lambda: ValueError("x"), lambda: RetryLater("hệ thống bận")])
def test_what_always_fails_backs_off_becomes_an_incident_and_harms_nobody(
    centre: Centre, error: Callable[[], Exception]
) -> None:
    stages.asking(centre)
    bad = centre.number
    engine = worker(centre, Poison({bad}, error))
    pauses = []
    for attempt in range(1, ATTEMPTS + 1):
        stages.asking(centre)  # a neighbour
        neighbour = centre.number
        engine.deliveries.run_jobs()
        assert row(centre, "job")["state"] == "done", f"neighbour {neighbour} waits for attempt {attempt}"
        centre.number = bad
        job = row(centre, "job")
        assert job["attempt"] == attempt
        pauses.append((job["run_at"] - centre.clock.now()).total_seconds())
        centre.clock.move_to(job["run_at"])
    assert job["state"] == "incident"
    assert [round(pause / 60) for pause in pauses[2:5]] == pytest.approx([1, 5, 30], rel=0.25)
    (incident,) = rows(centre, "incident")
    assert (incident["kind"], incident["closed_at"]) == ("job", None)
    require_whole(centre.engine)


def test_a_deadline_is_never_given_up_and_an_incident_tells_of_it(centre: Centre) -> None:
    """Its dossier cannot be read: fifteen times, every hour, and once it is mended the timer fires."""
    stages.received(centre)
    kept = row(centre, "dossier")["record"]
    with centre.engine.database.transaction() as tx:
        tx.execute(text("UPDATE dossier SET record = :junk"), {"junk": b"junk"})
    centre.clock.move_to(stages.at("2026-03-02 17:01"))
    for _ in range(15):
        assert centre.engine.timers.fire_due().failed == 1
        centre.clock.advance(hours=1, minutes=13)
    with centre.engine.database.transaction() as tx:
        assert tx.execute(text("SELECT count(*) FROM incident WHERE kind = 'timer'")).scalar_one() == 1
        tx.execute(text("UPDATE dossier SET record = :kept"), {"kept": kept})
    assert centre.engine.timers.fire_due().fired >= 1
    require_whole(centre.engine)


# ---- F30, F31: too slow, or back from the dead


def test_a_call_that_never_comes_back_is_given_up_and_tried_again(centre: Centre) -> None:
    stages.asking(centre)
    hanging = threading.Event()
    engine = worker(centre, Register(lambda _: hanging.wait(60) and None))
    engine.deliveries._calls = TimeBox(0.2)
    begun = time.monotonic()
    assert engine.deliveries.run_jobs() == 1
    assert time.monotonic() - begun < 5
    job = row(centre, "job")
    assert (job["state"], job["attempt"]) == ("ready", 1)
    assert "không trả lời" in job["last_error"]
    hanging.set()
    centre.clock.advance(minutes=1)
    assert worker(centre, Register()).deliveries.run_jobs() == 1
    assert row(centre, "job")["state"] == "done"
    require_whole(centre.engine)


def test_calls_that_hang_do_not_pile_up() -> None:
    box, release, begun = TimeBox(0.05), threading.Event(), []

    def hang() -> None:
        begun.append(1)
        release.wait(20)

    for _ in range(12):
        with pytest.raises(CallHangs):
            box.run("register", hang)
    assert len(begun) == 4
    assert box.run("another", lambda: 7) == 7, "other systems are called as always"
    release.set()
    until = time.monotonic() + 5
    while box._hanging["register"] and time.monotonic() < until:
        time.sleep(0.01)
    assert box.run("register", lambda: 8) == 8, "and this one again once it answers"


def test_an_error_of_the_call_itself_comes_out_as_it_is() -> None:
    def refuse() -> None:
        raise TimeoutError("its own")

    with pytest.raises(TimeoutError, match="its own"):
        TimeBox(5).run("register", refuse)


def test_a_worker_from_before_the_repair_is_not_heard(centre: Centre) -> None:
    """It slept through ten tries of others and the repair: its number is long gone."""
    stages.asking(centre)
    with centre.engine.database.transaction() as tx:
        (seen,) = leases.look(tx, leases.JOB, centre.clock.now(), 1)
        sleeper = leases.take(tx, leases.JOB, seen, centre.clock.now())
    centre.clock.advance(minutes=2)

    def crash(_call: Call) -> None:
        raise ValueError

    broken = worker(centre, Register(crash))
    for _ in range(ATTEMPTS - 1):
        broken.deliveries.run_jobs()
        centre.clock.advance(hours=2)
    (incident,) = rows(centre, "incident")
    repairer = centre.officer("administrator")
    centre.engine.repairs.repair(repairer, stages.identity(centre), incident["id"], reason="đã sửa")
    assert row(centre, "job")["state"] == "ready"
    with centre.engine.database.transaction() as tx:
        taken = leases.look(tx, leases.JOB, centre.clock.now(), 1)[0]
        assert leases.take(tx, leases.JOB, taken, centre.clock.now()) is not None
        assert sleeper is not None
        assert not leases.settle(tx, leases.JOB, sleeper, "done"), "a zombie must not end another's work"


def test_a_row_is_taken_by_one_of_those_who_saw_it(centre: Centre) -> None:
    stages.asking(centre)
    with centre.engine.database.transaction() as tx:
        (seen,) = leases.look(tx, leases.JOB, centre.clock.now(), 5)
        first = leases.take(tx, leases.JOB, seen, centre.clock.now())
        assert first is not None
        assert first.run_at == centre.clock.now() + leases.LEASE
        assert leases.take(tx, leases.JOB, seen, centre.clock.now()) is None


# ---- F32: a release without a handler that running dossiers need


def without(centre: Centre, name: str) -> Engine:
    """The next release: that handler is gone."""
    known = centre.engine.services.handlers
    left = HandlerRegistry([known.get(one) for one in known.names() if one != name])
    services = replace(centre.engine.services, handlers=left)
    return Engine(centre.engine.database, services, centre.engine.drafts._files, centre.clock)


def test_a_handler_that_a_release_forgot_is_an_incident_and_the_row_waits_for_it(centre: Centre) -> None:
    stages.asking(centre)
    assert without(centre, Register.name).deliveries.run_jobs() == 1
    job = row(centre, "job")
    assert (job["state"], job["attempt"]) == ("incident", 1)
    (incident,) = rows(centre, "incident")
    assert "chưa có bước xử lý tự động «check_vehicle_register»" in incident["message"]
    require_whole(centre.engine)
    repairer = centre.officer("administrator")
    centre.engine.repairs.repair(repairer, stages.identity(centre), incident["id"], reason="cài lại")
    assert worker(centre, Register()).deliveries.run_jobs() == 1
    assert row(centre, "job")["state"] == "done"
    require_whole(centre.engine)


def test_running_dossiers_keep_the_version_they_began_with(centre: Centre) -> None:
    stages.appraised(centre)
    first, bundle = centre.number, row(centre, "dossier")["bundle"]
    stages.set_expiry(centre, "15D")
    stages.appraised(centre)
    assert row(centre, "dossier")["bundle"] != bundle
    centre.number = first
    stages.complete(centre)
    assert row(centre, "dossier")["bundle"] == bundle
    require_whole(centre.engine, at_least=2)
