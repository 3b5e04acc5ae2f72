"""Idempotency: what was sent twice is done once, and answered alike; what was not answered was not done."""

import threading
from typing import Any

import pytest
from sqlalchemy import text

from engine.store import replies
from tests.api.program import PDF, Program, as_upload, citizen, intake, program
from tests.centre import PASSWORD, Centre

CODE = "2.000635"


def dossiers(centre: Centre) -> int:
    with centre.engine.database.reading() as connection:
        return int(connection.execute(text("SELECT count(*) FROM dossier")).scalar_one())


def test_the_same_request_again_is_answered_alike_and_done_once(centre: Centre) -> None:
    reception, body = program(centre, "reception"), intake(centre, CODE)
    first = reception.post("/dossiers", body, key="mot-khoa-1234")
    again = reception.post("/dossiers", body, key="mot-khoa-1234")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.data == again.data
    assert first.headers["ETag"] == again.headers["ETag"] == '"1"'
    assert first.mimetype == again.mimetype
    assert ("Idempotency-Replayed" in first.headers, again.headers["Idempotency-Replayed"]) == (False, "true")
    assert dossiers(centre) == 1


def test_a_repeated_completion_gives_the_first_answer_though_the_version_has_moved(centre: Centre) -> None:
    reception = program(centre, "reception")
    number = reception.post("/dossiers", intake(centre, CODE)).json["number"]
    task = reception.get(f"/dossiers/{number}").json["tasks"][0]["id"]
    path = f"/dossiers/{number}/tasks/{task}/claim"
    first = reception.post(path, key="nhan-viec-01", version=1)
    again = reception.post(path, key="nhan-viec-01", version=1)
    assert (first.status_code, first.data) == (200, again.data)
    assert len(reception.get(f"/dossiers/{number}/history").json["items"]) == 2


def test_a_key_belongs_to_one_request_and_one_asker(centre: Centre) -> None:
    reception, body = program(centre, "reception"), intake(centre, CODE)
    assert reception.post("/dossiers", body, key="dung-chung-01").status_code == 201
    other_body = {**body, "result_channel": "postal"}
    for path, sent in (("/dossiers", other_body), ("/dossiers/receive", body), ("/tracking", other_body)):
        answer = reception.post(path, sent, key="dung-chung-01")
        assert (answer.status_code, answer.json["code"]) == (422, "idempotency-key-reused"), path
        assert "đã dùng cho một yêu cầu khác" in answer.json["detail"]
    somebody = citizen(centre)
    assert somebody.post("/tracking", body, key="dung-chung-01").status_code == 201
    assert dossiers(centre) == 2


def test_every_post_asks_for_a_key_and_says_how_to_make_one(sqlite_centre: Centre) -> None:
    asker = citizen(sqlite_centre)
    supervisor = program(sqlite_centre, "supervisor")
    for key in ("", "ngắn", "co dau cach o giua", "x" * 121):
        headers = {"Idempotency-Key": key.encode().decode("latin-1")} if key else {}
        for path in ("/sessions", "/tracking"):
            answer = asker.ask("POST", path, json={}, headers=headers)
            assert (answer.status_code, answer.json["code"]) == (400, "idempotency-key-needed"), (path, key)
            assert "UUID" in answer.json["detail"]
    for method, path, said in supervisor.promise.operations():
        named = {one.get("$ref", "").rpartition("/")[2] for one in said["parameters"]}
        assert ("IdempotencyKey" in named) == (method == "post"), path


def test_a_refusal_is_not_kept_so_that_the_request_can_be_mended(centre: Centre) -> None:
    reception, body = program(centre, "reception"), intake(centre, CODE)
    broken = {**body, "applicant": {**body["applicant"], "phone": "12"}}
    assert reception.post("/dossiers", broken, key="sua-lai-12345").status_code == 422
    assert reception.post("/dossiers", body, key="sua-lai-12345").status_code == 201


def test_what_cannot_be_answered_was_not_done(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process dies between the effect and its answer: both are gone, and the key works afterwards."""
    reception, body = program(centre, "reception"), intake(centre, CODE)

    def die(*_: Any) -> None:
        raise RuntimeError("cut off")

    with monkeypatch.context() as patched:
        patched.setattr(replies, "add", die)
        answer = reception.post("/dossiers", body, key="bi-cat-ngang-1")
    assert (answer.status_code, answer.json["code"]) == (500, "internal")
    assert "chưa ghi nhận thay đổi nào" in answer.json["detail"]
    assert dossiers(centre) == 0
    assert reception.post("/dossiers", body, key="bi-cat-ngang-1").status_code == 201
    assert dossiers(centre) == 1


def test_files_are_compared_by_content_and_not_by_the_boundary_between_them(sqlite_centre: Centre) -> None:
    reception = program(sqlite_centre, "reception")
    number = reception.post("/dossiers", intake(sqlite_centre, CODE)).json["number"]
    path = f"/dossiers/{number}/documents"
    first = reception.post(path, form={"file": as_upload("don.pdf")}, key="tep-giay-to-1", version=1)
    again = reception.post(path, form={"file": as_upload("don.pdf")}, key="tep-giay-to-1", version=1)
    other = reception.post(
        path, form={"file": as_upload("don.pdf", PDF + b"\n")}, key="tep-giay-to-1", version=1
    )
    assert (first.status_code, first.data) == (201, again.data)
    assert other.json["code"] == "idempotency-key-reused"


def test_signing_in_keeps_no_answer_because_it_holds_a_secret(centre: Centre) -> None:
    username = centre.officer("reception").username
    body = {"username": username, "password": PASSWORD}
    asker = citizen(centre)
    first, again = (asker.post("/sessions", body, key="dang-nhap-123") for _ in range(2))
    assert first.json["token"] != again.json["token"]
    with centre.engine.database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM reply")).scalar_one() == 0


@pytest.mark.postgresql
def test_two_programs_at_once_with_one_key_make_one_dossier(postgresql_centre: Centre) -> None:
    reception, body = program(postgresql_centre, "reception"), intake(postgresql_centre, CODE)
    answers: list[Any] = []
    gate = threading.Barrier(4)

    def send() -> None:
        twin = Program(reception.app, reception.token)
        gate.wait()
        answers.append(twin.post("/dossiers", body, key="cung-mot-luc-1"))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.data for answer in answers}) == 1
    assert dossiers(postgresql_centre) == 1
