"""F4, F5, F18, F19, F20: many hands on one dossier at once; one effect, and a clear answer to all."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import permutations
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest

from engine.advance import NotWaiting, TaskClaimed, TaskClosed
from tests.api.program import Program, intake, program
from tests.centre import Centre
from tests.faults.aftermath import deadlocks, require_whole
from tests.faults.conftest import Size
from tests.integration import stages
from tests.integration.observed import record, row, rows
from tests.integration.test_races import at_once, errors
from tests.processes.samples import sample

TWENTY = 20


def asked_by_twenty(asker: Program, path: str, body: Any, key: str, **more: Any) -> list[Any]:
    """The same request from twenty windows at the same moment."""
    gate = Barrier(TWENTY)

    def send() -> Any:
        window = Program(asker.app, asker.token)
        gate.wait()
        return window.post(path, body, key=key, **more)

    with ThreadPoolExecutor(TWENTY) as windows:
        return [one.result() for one in [windows.submit(send) for _ in range(TWENTY)]]


@pytest.mark.postgresql
def test_a_request_sent_twenty_times_at_once_is_done_once_and_answered_alike(
    postgresql_centre: Centre,
) -> None:
    """F4: nineteen replays, or a refusal for now that the same key overcomes."""
    asker = program(postgresql_centre, "reception")
    answers = asked_by_twenty(asker, "/dossiers", intake(postgresql_centre, "2.000635"), "mot-khoa-hai-muoi")
    assert {one.status_code for one in answers} <= {201, 503}
    given = [one for one in answers if one.status_code == 201]
    assert len({one.data for one in given}) == 1
    number = given[0].json["number"]
    task = asker.get(f"/dossiers/{number}").json["tasks"][0]["id"]
    claims = asked_by_twenty(
        asker, f"/dossiers/{number}/tasks/{task}/claim", None, "nhan-viec-hai-muoi", version=1
    )
    assert {one.status_code for one in claims} <= {200, 503}
    assert len({one.data for one in claims if one.status_code == 200}) == 1
    assert require_whole(postgresql_centre.engine) == 1
    postgresql_centre.number = number
    assert [one["kind"] for one in rows(postgresql_centre, "history")] == ["start", "claim"]


def test_a_key_used_for_another_request_does_nothing(centre: Centre) -> None:
    """F5."""
    asker, body = program(centre, "reception"), intake(centre, "2.000635")
    assert asker.post("/dossiers", body, key="khoa-dung-lai-1").status_code == 201
    other = asker.post("/dossiers", {**body, "result_channel": "postal"}, key="khoa-dung-lai-1")
    assert (other.status_code, other.json["code"]) == (422, "idempotency-key-reused")
    assert require_whole(centre.engine) == 1


def test_of_two_officers_who_finish_the_same_task_one_is_told_that_the_dossier_moved_on(
    centre: Centre,
) -> None:
    """F19: both have read the same version before either decides."""
    stages.appraised(centre)
    view, task = centre.view(), centre.view().tasks[0]
    first = program(centre, task.role, task.agency)
    second = Program(first.app, first.token)
    path = f"/dossiers/{view.line.number}/tasks/{task.task_id}/complete"
    bodies = [
        {"answers": sample(task.form) if task.form else {}, "decision": one, "reason": "có lý do"}
        for one in ("approve", "supplement")
    ]
    answers = at_once(
        lambda: first.post(path, bodies[0], version=view.line.sequence),
        lambda: second.post(path, bodies[1], version=view.line.sequence),
    )
    won, lost = sorted(answers, key=lambda one: one.status_code)
    assert won.status_code == 200
    assert (lost.status_code, lost.json["code"]) in ((409, "task-closed"), (412, "version-stale"))
    assert "hoặc không còn mở" in lost.json["detail"] or "phiên bản" in lost.json["detail"]
    assert row(centre, "dossier")["sequence"] == won.json["version"]
    require_whole(centre.engine)


def test_officers_and_schedulers_on_the_same_dossiers_never_deadlock(
    postgresql_centre: Centre, size: Size
) -> None:
    """F18: whoever comes locks the dossier first."""
    centre = postgresql_centre
    numbers = []
    for _ in range(size.of(4, 20)):
        stages.received(centre)
        numbers.append(centre.number)
    task = {number: centre.view(number).tasks[0] for number in numbers}
    officer = centre.officer(task[numbers[0]].role, task[numbers[0]].agency)

    def take_and_give_back() -> int:
        for number in numbers * size.of(15, 60):
            for deed in (centre.engine.tasks.claim, centre.engine.tasks.release):
                with suppress(TaskClosed, TaskClaimed):
                    deed(officer, number, task[number].task_id)
        return 0

    def beat() -> int:
        return sum(centre.engine.timers.fire_due().fired for _ in range(size.of(60, 300)))

    def let_time_pass() -> int:
        for _ in range(size.of(60, 300)):
            centre.clock.advance(hours=12)
        return 0

    results = at_once(take_and_give_back, beat, beat, let_time_pass)
    assert errors(results) == []
    assert sum(results) == _fired(centre, numbers) > 0
    assert deadlocks(centre.engine.database) == 0
    require_whole(centre.engine, at_least=len(numbers))


def _fired(centre: Centre, numbers: list[str]) -> int:
    total = 0
    for centre.number in numbers:
        total += len(rows(centre, "history", kind="fire"))
    return total


# ---- F20: a supplement is asked for, a decision is made, the last moment passes


@dataclass(frozen=True, slots=True)
class LastDay:
    """A dossier with the specialist at its due moment, and what four people may do to it now."""

    task: UUID
    due: datetime
    deeds: list[Callable[[], Any]]


def last_day(centre: Centre) -> LastDay:
    stages.appraised(centre)
    task, officer = centre.view().tasks[0], centre.officer("processing", "SXD")
    dossier, code = stages.identity(centre), centre.view().tracking_code
    due = row(centre, "dossier")["due_at"]
    centre.clock.move_to(due)

    def decide(decision: str) -> Any:
        values = {**(sample(task.form) if task.form else {}), "decision": decision, "reason": "có lý do"}
        return centre.engine.tasks.complete(officer, dossier, task.task_id, answers=values)

    return LastDay(
        task.task_id,
        due,
        [
            lambda: decide("supplement"),
            lambda: decide("approve"),
            centre.engine.timers.fire_due,
            lambda: centre.engine.dossiers.withdraw(code, "Đổi ý"),
        ],
    )


def require_one_decision(centre: Centre, day: LastDay) -> None:
    """Exactly one of those who exclude each other has won; a clock that ran out was not turned back."""
    decided = rows(centre, "history", kind="complete", task_id=day.task)
    withdrawn = rows(centre, "history", kind="withdraw")
    assert len(withdrawn) == 1
    assert len(decided) <= 1
    kept = row(centre, "dossier")
    assert kept["handling"] == "withdrawn"
    assert not kept["clock_running"]
    assert kept["due_at"] in (None, day.due)
    require_whole(centre.engine)


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_in_every_order_a_dossier_is_decided_once(sqlite_centre: Centre, order: tuple[int, ...]) -> None:
    """Commands on one dossier come one after the other: their orders are all the interleavings there are."""
    day, refused = last_day(sqlite_centre), 0
    for place in order:
        try:
            day.deeds[place]()
        except (TaskClosed, NotWaiting):
            refused += 1
    assert refused > 0, "two of them exclude each other"
    require_one_decision(sqlite_centre, day)


def test_at_the_same_moment_a_dossier_is_decided_once(postgresql_centre: Centre, size: Size) -> None:
    centre = postgresql_centre
    for _ in range(size.of(3, 60)):
        day = last_day(centre)
        results = at_once(*day.deeds)
        assert set(errors(results)) <= {TaskClosed, NotWaiting}
        require_one_decision(centre, day)
    assert deadlocks(centre.engine.database) == 0


@pytest.mark.parametrize("first", ["citizen", "clock"])
def test_a_supplement_that_comes_at_its_last_moment_counts_or_the_dossier_is_stopped(
    centre: Centre, first: str
) -> None:
    """Never both, and never is a dossier that was stopped taken up again."""
    stages.set_expiry(centre, "15D")
    stages.returned(centre)
    code = centre.view().tracking_code
    ends = [one.due_at for one in record(centre).timers.values() if one.clock == "elapsed" and one.due_at]
    centre.clock.move_to(min(ends))
    if first == "citizen":
        centre.engine.dossiers.supplement(code, {})
        centre.engine.timers.fire_due()
        assert row(centre, "dossier")["handling"] == "in_process"
    else:
        centre.engine.timers.fire_due()
        with pytest.raises(NotWaiting):
            centre.engine.dossiers.supplement(code, {})
        assert row(centre, "dossier")["handling"] == "stopped"
        assert not row(centre, "dossier")["clock_running"]
    require_whole(centre.engine)
