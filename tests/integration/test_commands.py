"""What each kind of command writes: these tables and no others, and what stands in them afterwards."""

from uuid import UUID

import pytest

from engine.advance import NotWaiting, TaskClosed
from engine.clock import vietnam
from engine.domain.command import Kind
from engine.errors import Invalid
from engine.store.codec import unpack
from tests.centre import Centre
from tests.integration import stages
from tests.integration.observed import changed, everything, last, record, row, rows

ALWAYS = {"dossier", "history", "history_detail"}
PEOPLE = {"officer", "posting"}  # who acts for the first time in a test is made there
WRITES = {
    "start": {"task", "subscription", "dossier_agency", "dossier_key", "counter"},
    "complete": {"task"},
    "claim": {"task"},
    "release": {"task"},
    "fire": {"timer", "outbox"},
    "supplement": {"task", "timer", "subscription", "paper", "outbox"},
    "withdraw": {"task", "timer", "subscription", "paper", "outbox"},
    "message": {"task", "subscription"},
    "job_done": {"task", "job"},
    "job_error": {"task", "job"},
    "extend": {"timer", "task", "paper", "outbox"},
    "replan": {"timer", "task", "outbox"},
    "attach": {"document"},
    "repair": {"incident", "job", "task"},
    "move": {"intervention", "task"},
    "redo": {"intervention", "task"},
    "correct": {"intervention"},
    "cancel": {"intervention", "task", "timer", "subscription", "paper", "outbox"},
}


@pytest.mark.parametrize("kind", stages.KINDS)
def test_a_command_writes_its_own_tables_and_one_row_of_history(centre: Centre, kind: str) -> None:
    stage, command = stages.KINDS[kind]
    stage(centre)
    database = centre.engine.database
    before = everything(database)
    command(centre)
    after = everything(database)
    assert changed(before, after) - PEOPLE == ALWAYS | WRITES[kind]
    assert len(after["history"]) == len(before["history"]) + 1


@pytest.mark.parametrize("kind", [kind for kind in stages.KINDS if kind != "start"])
def test_history_the_dossier_and_the_rows_of_what_waits_agree_after_it(centre: Centre, kind: str) -> None:
    stage, command = stages.KINDS[kind]
    stage(centre)
    command(centre)
    dossier, entry, kept = row(centre, "dossier"), last(centre), record(centre)
    assert entry["kind"] == kind
    assert (dossier["sequence"], dossier["head_hash"]) == (entry["sequence"], entry["hash"])
    assert dossier["recorded_at"] == entry["recorded_at"]
    assert not centre.engine.replays.verify(centre.number)
    assert {str(one["task_id"]) for one in rows(centre, "task", state="open")} == set(kept.tasks)
    timers = rows(centre, "timer", state="pending")
    assert {f"{one['task_id']}|{one['name']}": one["due_at"] for one in timers} == {
        key: timer.due_at for key, timer in kept.timers.items()
    }
    assert {str(one["task_id"]) for one in rows(centre, "job", state="ready")} == set(kept.jobs)
    waiting = {f"{one['task_id']}|{one['message']}" for one in rows(centre, "subscription")}
    assert waiting == set(kept.subscriptions)


def test_a_finished_task_says_who_finished_it_and_when(centre: Centre) -> None:
    stages.appraised(centre)
    (task,) = rows(centre, "task", state="open")
    stages.complete(centre)
    done = row(centre, "task", task_id=task["task_id"])
    specialist = centre.officer("processing", "SXD")
    assert (done["state"], done["closed_by"]) == ("done", specialist.key)
    assert done["closed_at"] == centre.clock.now()
    assert (last(centre)["role"], last(centre)["agency"]) == ("processing", "SXD")
    assert record(centre).data["thamdinh_decision"] == "approve"


def test_claim_and_release_name_the_holder(centre: Centre) -> None:
    stages.claimed(centre)
    (task,) = rows(centre, "task", state="open")
    assert task["assignee"] == centre.officer("processing", "SXD").officer_id
    stages.release(centre)
    (task,) = rows(centre, "task", state="open")
    assert (task["assignee"], task["claimed_at"]) == (None, None)


def test_the_office_that_gave_the_right_is_the_one_in_history(centre: Centre) -> None:
    stages.received(centre)
    stages.extend(centre)
    assert (last(centre)["role"], last(centre)["agency"]) == ("supervisor", "TTHCC")


def test_a_fired_timer_is_fired_once_and_tells_those_concerned(centre: Centre) -> None:
    stages.received(centre)
    stages.fire(centre)
    timer = row(centre, "timer", name="law:handover")
    assert (timer["state"], timer["fired_at"], timer["run_at"]) == ("fired", centre.clock.now(), None)
    (told,) = [one for one in rows(centre, "outbox") if one["handler"] == "notify_officers"]
    assert b"law:handover" in told["payload"]
    with pytest.raises(NotWaiting):
        stages.fire(centre)


def test_a_timer_that_is_not_due_does_not_fire(centre: Centre) -> None:
    stages.received(centre)
    before = everything(centre.engine.database)
    with pytest.raises(NotWaiting):
        stages.give(centre, Kind.FIRE, task_id=UUID(int=0), name="law:due")
    assert changed(before, everything(centre.engine.database)) == set()


def test_a_timer_that_stands_still_does_not_fire_however_late_it_is(centre: Centre) -> None:
    stages.returned(centre)
    centre.clock.advance(days=200)
    with pytest.raises(NotWaiting):
        stages.give(centre, Kind.FIRE, task_id=UUID(int=0), name="law:due")


def test_withdrawal_closes_tasks_timers_and_messages_and_issues_the_stop_notice(centre: Centre) -> None:
    stages.appraised(centre)
    stages.withdraw(centre)
    dossier = row(centre, "dossier")
    assert (dossier["handling"], dossier["state"], dossier["closed_at"]) == (
        "withdrawn", None, centre.clock.now(),
    )  # fmt: skip
    assert not rows(centre, "task", state="open")
    assert {one["name"] for one in rows(centre, "timer", state="pending")} == {"law:archive-transfer"}
    assert not rows(centre, "subscription")
    assert "stop_notice" in {one["name"] for one in rows(centre, "paper")}


def test_a_supplement_writes_its_note_and_starts_the_clock(centre: Centre) -> None:
    stages.returned(centre)
    assert row(centre, "dossier")["due_at"] is None
    stages.supplement(centre)
    assert record(centre).data["supplement_note"] == "Đã bổ sung bản vẽ"
    assert row(centre, "dossier")["due_at"] is not None
    assert [one.kind for one in record(centre).ledger][-2:] == ["returned", "supplemented"]


@pytest.mark.parametrize(
    "answers",
    [{"fee_amount": 0}, {"applicant": {"name": "Người khác"}}, {"thamdinh_decision": "approve"},
     {"supplement_note": {"a": 1}}, {"supplement_note": "x" * 2001}],
)  # fmt: skip
def test_a_message_cannot_write_just_anything_into_the_document(
    centre: Centre, answers: dict[str, object]
) -> None:
    stages.returned(centre)
    before = everything(centre.engine.database)
    with pytest.raises(Invalid):
        centre.engine.dossiers.supplement(centre.view().tracking_code, answers)
    assert changed(before, everything(centre.engine.database)) == set()


def test_a_paid_fee_is_a_milestone_and_a_receipt_number(centre: Centre) -> None:
    stages.owing(centre)
    stages.message(centre)
    assert row(centre, "dossier")["money"] == "paid"
    assert record(centre).data["fee_receipt"] == "BL-0001"


def test_a_job_that_is_done_is_done_once(centre: Centre) -> None:
    stages.asking(centre)
    task_id = stages.job(centre)
    stages.job_done(centre)
    assert row(centre, "job", task_id=task_id)["state"] == "done"
    assert not record(centre).jobs
    with pytest.raises(TaskClosed):
        stages.give(centre, Kind.JOB_DONE, task_id=task_id)


def test_an_extension_issues_the_apology_and_tells_the_citizen(centre: Centre) -> None:
    stages.received(centre)
    stages.extend(centre)
    assert vietnam(row(centre, "dossier")["due_at"]) == stages.at("2026-04-10 17:00")
    assert "apology_extension" in {one["name"] for one in rows(centre, "paper")}
    assert any(b"extended" in one["payload"] for one in rows(centre, "outbox"))


def test_a_dossier_never_goes_back_to_an_older_calendar(centre: Centre) -> None:
    stages.decreed(centre)
    stages.replan(centre)
    assert row(centre, "dossier")["calendar_version"] == 2
    for version in (1, 2):
        with pytest.raises(NotWaiting):
            stages.give(centre, Kind.REPLAN, details={"calendar_version": version})


def test_a_document_comes_with_its_hash_in_history(centre: Centre) -> None:
    stages.appraised(centre)
    stages.attach(centre)
    assert last(centre)["payload"]["details"]["sha256"] == row(centre, "document")["sha256"]


def test_what_is_recorded_never_goes_back_when_a_clock_is_set_back(centre: Centre) -> None:
    stages.appraised(centre)
    before = last(centre)["recorded_at"]
    centre.clock.move_to(stages.at("2026-02-01 08:00"))
    stages.complete(centre)
    assert last(centre)["recorded_at"] == before
    assert record(centre).tasks[next(iter(record(centre).tasks))].opened_at == before
    assert not centre.engine.replays.verify(centre.number)


def test_each_paper_says_the_same_as_when_it_was_issued(centre: Centre) -> None:
    stages.received(centre)
    (slip,) = rows(centre, "paper")
    assert unpack(slip["content"])["title"]
    stages.extend(centre)
    assert row(centre, "paper", id=slip["id"]) == slip
