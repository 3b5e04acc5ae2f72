"""Two at the same moment: one effect, a clear answer to the other, and nobody waits for ever."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import text

from engine.advance import NotWaiting, TaskClaimed, TaskClosed, advance
from engine.advance.permits import NOBODY, permit_task
from engine.calendars import CalendarMoved
from engine.domain.actor import OfficerActor
from engine.domain.calendar_edit import with_days_off
from engine.domain.command import By, Command, Kind
from engine.engine import Engine
from engine.errors import TryAgain, Unavailable
from engine.handler import Call, HandlerRegistry
from engine.store import dossiers
from tests.centre import Centre
from tests.integration import stages
from tests.integration.observed import everything, record, row, rows
from tests.processes.samples import sample

pytestmark = pytest.mark.fault

Deed = Callable[[], Any]


def at_once(*deeds: Deed) -> list[Any]:
    """Do all at the same moment; what each came to, an error being a result too."""
    results: list[Any] = [None] * len(deeds)
    barrier = Barrier(len(deeds))

    def run(place: int, deed: Deed) -> None:
        barrier.wait()
        try:
            results[place] = deed()
        except Exception as error:  # noqa: BLE001  # an error is a result here
            results[place] = error

    threads = [Thread(target=run, args=pair, daemon=True) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
        assert not thread.is_alive(), "somebody waits for ever"
    return results


def errors(results: list[Any]) -> list[type]:
    return [type(one) for one in results if isinstance(one, Exception)]


def whole(centre: Centre) -> None:
    """The history holds, and no sequence was given twice or left out."""
    assert centre.engine.replays.verify(centre.number) == []
    assert sorted(one["sequence"] for one in rows(centre, "history")) == list(
        range(1, row(centre, "dossier")["sequence"] + 1)
    )


def test_a_task_finished_in_two_windows_is_finished_once(centre: Centre) -> None:
    stages.appraised(centre)
    task, dossier = centre.view().tasks[0], stages.identity(centre)
    officer = centre.officer("processing", "SXD")
    values = {**sample(task.form or {"components": []}), "decision": "approve"}

    def finish() -> Any:
        return centre.engine.tasks.complete(officer, dossier, task.task_id, answers=values)

    before = row(centre, "dossier")["sequence"]
    results = at_once(*[finish] * 4)
    assert errors(results) == [TaskClosed] * 3
    assert row(centre, "dossier")["sequence"] == before + 1
    whole(centre)


def colleague(centre: Centre) -> OfficerActor:
    """A second specialist of the department of construction."""
    officers = centre.engine.officers
    officer = officers.add("dong.nghiep", "Đồng nghiệp", "mat khau rat dai cua can bo")
    officers.post(officer, role="processing", agency="SXD", paper="QĐ 2", valid_from=date(2020, 1, 1))
    return officers.by_username("dong.nghiep")


def test_a_task_claimed_by_two_is_held_by_one(centre: Centre) -> None:
    stages.appraised(centre)
    task, dossier = centre.view().tasks[0], stages.identity(centre)
    first, second = centre.officer("processing", "SXD"), colleague(centre)
    claim = centre.engine.tasks.claim
    results = at_once(
        lambda: claim(first, dossier, task.task_id), lambda: claim(second, dossier, task.task_id)
    )
    assert errors(results) == [TaskClaimed]
    assert row(centre, "task", task_id=task.task_id)["assignee"] in (first.officer_id, second.officer_id)
    whole(centre)


def test_one_key_is_one_dossier_however_often_it_is_sent(centre: Centre) -> None:
    officer, intake = centre.officer("reception"), centre.intake(stages.WORKS)
    results = at_once(*[lambda: centre.engine.dossiers.submit(officer, intake, key="same")] * 6)
    assert errors(results) == []
    assert len({one.number for one in results}) == 1
    assert len({one.tracking_code for one in results}) == 1
    assert len(everything(centre.engine.database)["dossier"]) == 1
    centre.number = results[0].number
    whole(centre)


def test_the_last_moment_of_a_supplement_belongs_to_the_citizen_or_to_the_clock(centre: Centre) -> None:
    stages.set_expiry(centre, "15D")
    centre.submit(stages.WORKS)
    centre.do(
        "Kiểm tra hồ sơ",
        "supplement",
        supplement_items=[{"document": "Đơn", "note": "thiếu chữ ký"}],
        supplement_reason="thiếu chữ ký",
    )
    code = centre.view().tracking_code
    centre.clock.move_to(
        min(one.due_at for one in record(centre).timers.values() if one.clock == "elapsed" and one.due_at)
    )
    results = at_once(
        lambda: centre.engine.dossiers.supplement(code, {}), lambda: centre.engine.timers.fire_due()
    )
    handling = row(centre, "dossier")["handling"]
    assert handling in ("submitted", "stopped")
    assert errors(results) in ([], [NotWaiting])
    assert (handling == "stopped") == (errors(results) == [NotWaiting])
    whole(centre)


def test_two_heartbeats_fire_a_timer_once(centre: Centre) -> None:
    stages.received(centre)
    centre.clock.move_to(stages.at("2026-03-24 18:00"))
    for results in (at_once(*[centre.engine.timers.fire_due] * 3) for _ in range(2)):
        assert errors(results) == []
    fired = [one["name"] for one in rows(centre, "timer", state="fired")]
    entries = [one for one in rows(centre, "history", kind="fire")]
    assert len(entries) == len(fired) > 3
    told = [one for one in rows(centre, "outbox") if b"law:due" in one["payload"]]
    assert len(told) == 1
    whole(centre)


def test_a_new_appointment_and_the_old_ones_timer_do_not_both_happen(centre: Centre) -> None:
    stages.received(centre)
    centre.clock.move_to(stages.at("2026-03-18 10:00"))
    centre.engine.timers.fire_due()
    late = row(centre, "timer", name="law:expected-late")
    assert late["state"] == "pending"
    results = at_once(lambda: stages.extend(centre), centre.engine.timers.fire_due)
    assert errors(results) == []
    moved = row(centre, "timer", name="law:expected-late")
    assert (moved["state"], moved["due_at"] > late["due_at"]) == ("pending", True)
    whole(centre)


def test_an_officer_and_the_citizen_at_once_do_not_wait_for_each_other(centre: Centre) -> None:
    stages.appraised(centre)
    code = centre.view().tracking_code
    task, officer = centre.view().tasks[0], centre.officer("processing", "SXD")
    values = {**sample(task.form or {"components": []}), "decision": "approve"}
    complete, dossier = centre.engine.tasks.complete, stages.identity(centre)
    results = at_once(
        lambda: complete(officer, dossier, task.task_id, answers=values),
        lambda: centre.engine.dossiers.withdraw(code, "Đổi ý"),
    )
    assert errors(results) in ([], [TaskClosed])
    assert row(centre, "dossier")["handling"] == "withdrawn"
    whole(centre)


def test_calendars_decided_at_once_do_not_lead_a_dossier_back(centre: Centre) -> None:
    stages.decreed(centre)
    by = By(key="system:test")
    results = at_once(*[lambda: centre.engine.calendars.replan(by=by)] * 3)
    assert errors(results) == []
    assert sum(one.failed for one in results) == 0
    assert row(centre, "dossier")["calendar_version"] == 2
    assert len(rows(centre, "history", kind="replan")) == 1
    whole(centre)


def test_of_two_calendars_made_from_the_same_one_only_the_first_is_put_in_force(centre: Centre) -> None:
    engine, decider = centre.engine, centre.officer("administrator")
    text = engine.calendars.versions()[0].content
    changed = [
        with_days_off(text, day, day, "Nghỉ", "1/TB") for day in (date(2026, 3, 16), date(2026, 3, 17))
    ]

    def decide(content: str) -> Deed:
        return lambda: engine.calendars.ordain(decider, content, reason="1/TB", seen=1)

    results = at_once(*map(decide, changed))
    assert errors(results) in ([CalendarMoved], [Unavailable])
    assert [one.version for one in engine.calendars.versions()] == [2, 1]


# ---- jobs


class Register:
    """The vehicle register, as slow and as angry as a test wants it."""

    name = "check_vehicle_register"
    place = "outside"

    def __init__(self, deed: Callable[[Call], None] = lambda call: None) -> None:
        self.deed = deed
        self.calls: list[str] = []

    def handle(self, call: Call) -> dict[str, object]:
        self.calls.append(call.idempotency_key)
        self.deed(call)
        return {"valid": True, "vehicle": {"plate": "37A-123.45"}}


def worker(centre: Centre, register: Register) -> Engine:
    """Another process on the same database, with this register."""
    known = centre.engine.services.handlers
    handlers = HandlerRegistry([*(known.get(name) for name in known.names()), register])
    services = replace(centre.engine.services, handlers=handlers)
    return Engine(centre.engine.database, services, None, centre.clock)  # type: ignore[arg-type]


def test_two_workers_do_a_job_once(centre: Centre) -> None:
    stages.asking(centre)
    register = Register()
    workers = [worker(centre, register) for _ in range(3)]
    results = at_once(*[one.deliveries.run_jobs for one in workers])
    assert errors(results) == []
    assert len(register.calls) == 1
    assert len(rows(centre, "history", kind="job_done")) == 1
    whole(centre)


def test_a_worker_that_comes_back_too_late_is_not_heard(centre: Centre) -> None:
    """Its lease is over, another one has asked again with the same key and was answered."""
    stages.asking(centre)
    quick = Register()
    second = worker(centre, quick)

    def fall_asleep(_call: Call) -> None:
        centre.clock.advance(seconds=61)
        assert second.deliveries.run_jobs() == 1

    slow = Register(fall_asleep)
    assert worker(centre, slow).deliveries.run_jobs() == 1
    assert slow.calls == quick.calls
    assert len(rows(centre, "history", kind="job_done")) == 1
    assert row(centre, "job")["state"] == "done"
    whole(centre)


def test_a_citizen_may_withdraw_while_the_register_is_being_asked(centre: Centre) -> None:
    stages.asking(centre)
    code = centre.view().tracking_code
    register = Register(lambda _: centre.engine.dossiers.withdraw(code, "Đổi ý") and None)
    assert worker(centre, register).deliveries.run_jobs() == 1
    assert (row(centre, "job")["state"], row(centre, "dossier")["handling"]) == ("cancelled", "withdrawn")
    assert not rows(centre, "history", kind="job_done")
    assert not rows(centre, "incident")
    whole(centre)


def test_the_answer_of_a_job_and_a_withdrawal_at_once_do_not_deadlock(centre: Centre) -> None:
    stages.asking(centre)
    code = centre.view().tracking_code
    one = worker(centre, Register())
    results = at_once(one.deliveries.run_jobs, lambda: centre.engine.dossiers.withdraw(code, "Đổi ý"))
    assert errors(results) == []
    assert row(centre, "dossier")["handling"] == "withdrawn"
    whole(centre)


def test_a_handler_that_crashes_does_not_stop_its_neighbours(centre: Centre) -> None:
    stages.asking(centre)
    first = centre.number
    stages.asking(centre)

    def crash(call: Call) -> None:
        if call.dossier.number == first:
            raise ValueError("0912345678")

    one = worker(centre, Register(crash))
    assert one.deliveries.run_jobs() == 2
    assert len(rows(centre, "history", kind="job_done")) == 1
    centre.number = first
    job = row(centre, "job")
    assert (job["state"], job["attempt"]) == ("ready", 1)
    assert job["run_at"] > centre.clock.now()
    assert "0912345678" not in job["last_error"]


def test_a_handler_that_always_crashes_ends_as_an_incident_and_the_row_stays(centre: Centre) -> None:
    stages.asking(centre)

    def crash(_call: Call) -> None:
        raise ValueError

    one = worker(centre, Register(crash))
    for _ in range(10):
        assert one.deliveries.run_jobs() == 1
        centre.clock.advance(hours=2)
    assert one.deliveries.run_jobs() == 0
    assert row(centre, "job")["state"] == "incident"
    (incident,) = rows(centre, "incident")
    assert (incident["kind"], incident["node"]) == ("job", row(centre, "job")["node"])


def test_rows_whose_lease_ran_out_in_the_queue_are_left_to_others(centre: Centre) -> None:
    stages.asking(centre)
    stages.asking(centre)
    register = Register(lambda _: centre.clock.advance(seconds=61))
    assert worker(centre, register).deliveries.run_jobs() == 2
    assert len(register.calls) == 1


def test_a_poisoned_timer_does_not_stop_its_neighbours(centre: Centre) -> None:
    """One dossier cannot be read any more: the neighbour's timer fires, its own is tried again later."""
    stages.received(centre)
    with centre.engine.database.transaction() as tx:
        tx.execute(text("UPDATE dossier SET record = :junk"), {"junk": b"junk"})
    stages.received(centre)
    centre.clock.move_to(stages.at("2026-03-02 17:00") + timedelta(minutes=1))
    beat = centre.engine.timers.fire_due()
    assert (beat.fired, beat.failed) == (1, 1)
    assert centre.engine.timers.fire_due().failed == 0
    centre.clock.advance(hours=1)
    assert centre.engine.timers.fire_due().failed == 1


def test_a_dossier_in_somebodys_hands_is_left_for_the_next_beat(postgresql_centre: Centre) -> None:
    centre = postgresql_centre
    stages.received(centre)
    centre.clock.move_to(stages.at("2026-03-02 18:00"))
    with centre.engine.database.transaction() as tx:
        dossiers.lock(tx, stages.identity(centre))
        assert centre.engine.timers.fire_due().fired == 0
    assert centre.engine.timers.fire_due().fired == 1


def test_who_waits_too_long_is_told_to_try_again(postgresql_centre: Centre) -> None:
    centre = postgresql_centre
    stages.received(centre)
    with centre.engine.database.transaction() as tx:
        dossiers.lock(tx, stages.identity(centre))
        assert errors(at_once(lambda: stages.extend(centre))) == [TryAgain]
    stages.extend(centre)


def test_who_waited_while_another_claimed_is_told_so(postgresql_centre: Centre) -> None:
    """The second claim stands at the lock till the first is committed, and must see it."""
    centre = postgresql_centre
    stages.appraised(centre)
    task, dossier = centre.view().tasks[0], stages.identity(centre)
    first, second = centre.officer("processing", "SXD"), colleague(centre)
    at_the_lock: list[Any] = []

    def claim() -> None:
        at_the_lock.extend(at_once(lambda: centre.engine.tasks.claim(second, dossier, task.task_id)))

    with centre.engine.database.transaction() as tx:
        dossiers.lock(tx, dossier)
        waiting = Thread(target=claim)
        waiting.start()
        while not tx.execute(text("SELECT 1 FROM pg_locks WHERE NOT granted")).all():
            pass
        command = Command(kind=Kind.CLAIM, by=NOBODY, at=centre.clock.now(), task_id=task.task_id)
        advance(tx, centre.engine.services, dossier, command, permit=permit_task(first))
    waiting.join(timeout=20)
    assert errors(at_the_lock) == [TaskClaimed]
    assert row(centre, "task", task_id=task.task_id)["assignee"] == first.officer_id
