"""ETag and If-Match: nobody changes what he has not seen, and nobody fetches twice what he has."""

import threading
from typing import Any

import pytest

from tests.api.program import Program, as_upload, intake, program
from tests.centre import Centre
from tests.processes.samples import sample

CODE = "1.009397"


def received(centre: Centre) -> str:
    """A dossier that waits for its specialist."""
    centre.receive(CODE)
    return centre.number


def test_a_dossier_that_is_known_already_is_not_sent_again(centre: Centre) -> None:
    supervisor, number = program(centre, "supervisor"), received(centre)
    tag = supervisor.get(f"/dossiers/{number}").headers["ETag"]
    assert tag == f'"{centre.view().line.sequence}"'
    for part in ("", "/history", "/documents", "/papers", "/replay"):
        path = f"/dossiers/{number}{part}"
        assert supervisor.get(path, If_None_Match=tag).status_code == 304, path
        assert supervisor.get(path, If_None_Match='"999"').status_code == 200, path


def test_a_change_without_a_version_is_asked_for_one(centre: Centre) -> None:
    reception, number = program(centre, "reception"), received(centre)
    before = centre.view().line.sequence
    bodies: dict[str, dict[str, Any]] = {
        f"/dossiers/{number}/messages": {"body": {"message": "withdraw", "reason": "Đổi ý"}},
        f"/dossiers/{number}/documents": {"form": {"file": as_upload("don.pdf")}},
        f"/dossiers/{number}/extensions": {"body": {"due_at": "2026-04-01T17:00:00+07:00", "reason": "Chờ"}},
        f"/dossiers/{number}/tasks/{centre.view().tasks[0].task_id}/claim": {},
    }
    for path, sent in bodies.items():
        for tag in ("", "*", "7", 'W/"7"', '"bảy"', '"1", "2"', '"' + "9" * 30 + '"'):
            headers = {"If_Match": tag.encode().decode("latin-1")} if tag else {}
            answer = reception.post(path, **{"body": None, **sent}, **headers)
            assert (answer.status_code, answer.json["code"]) == (428, "version-needed"), (path, tag)
            assert "If-Match" in answer.json["detail"]
            if "form" in sent:
                sent["form"] = {"file": as_upload("don.pdf")}
        answer = reception.post(path, **{"body": None, **sent}, version=before - 1)
        assert (answer.status_code, answer.json["code"]) == (412, "version-stale"), (path, answer.text)
    assert centre.view().line.sequence == before


def test_every_change_by_an_officer_asks_for_the_version_and_nothing_else_does(sqlite_centre: Centre) -> None:
    promise = program(sqlite_centre, "reception").promise
    for method, path, said in promise.operations():
        named = {one.get("$ref", "").rpartition("/")[2] for one in said["parameters"]}
        changes = method == "post" and "/dossiers/{number}" in path
        assert ("IfMatch" in named) == changes, path


def test_a_stale_version_is_told_both_versions_and_changes_nothing(centre: Centre) -> None:
    number = received(centre)
    task = centre.view().tasks[0]
    specialist = program(centre, task.role, task.agency)
    path = f"/dossiers/{number}/tasks/{task.task_id}"
    seen = centre.view().line.sequence
    assert specialist.post(f"{path}/claim", version=seen).headers["ETag"] == f'"{seen + 1}"'
    stale = specialist.post(f"{path}/release", version=seen)
    assert (stale.status_code, stale.json["code"]) == (412, "version-stale")
    assert f"phiên bản {seen}, nay là {seen + 1}" in stale.json["detail"]
    assert centre.view().tasks[0].assignee is not None
    assert specialist.post(f"{path}/release", version=seen + 1).status_code == 200


@pytest.mark.postgresql
def test_of_two_who_saw_the_same_one_is_first(postgresql_centre: Centre) -> None:
    number = received(postgresql_centre)
    task, seen = postgresql_centre.view().tasks[0], postgresql_centre.view().line.sequence
    specialist = program(postgresql_centre, task.role, task.agency)
    body: dict[str, Any] = {"answers": sample(task.form) if task.form else {}}
    if task.decisions:
        body |= {"decision": task.decisions[0].value, "reason": "có lý do"}
    answers: list[Any] = []
    gate = threading.Barrier(3)

    def send() -> None:
        one = Program(specialist.app, specialist.token)
        gate.wait()
        answers.append(one.post(f"/dossiers/{number}/tasks/{task.task_id}/complete", body, version=seen))

    threads = [threading.Thread(target=send) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses[0] == 200, [answer.text for answer in answers]
    assert set(statuses[1:]) <= {409, 412}
    assert postgresql_centre.view().line.sequence == seen + 1


def test_the_answer_to_a_change_carries_the_version_for_the_next_one(centre: Centre) -> None:
    reception = program(centre, "reception")
    answer = reception.post("/dossiers", intake(centre, CODE))
    number, version = answer.json["number"], answer.json["version"]
    for name in ("mot.pdf", "hai.pdf"):
        added = reception.post(
            f"/dossiers/{number}/documents", form={"file": as_upload(name)}, version=version
        )
        assert added.status_code == 201, added.text
        version = int(added.headers["ETag"].strip('"'))
    shown = reception.get(f"/dossiers/{number}")
    assert (shown.json["version"], [one["name"] for one in shown.json["documents"]]) == (
        version, ["mot.pdf", "hai.pdf"],
    )  # fmt: skip
