"""Who may do what, for every operation of the description: nobody, a wrong role, a wrong agency."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest

from engine.domain.permission import TABLE, Action
from tests.api.program import Program, as_upload, citizen, intake, program
from tests.centre import Centre

CODE = "1.009397"
ROLES = sorted({role for rules in TABLE.values() for rule in rules for role in rule.roles})
AGENCY = {"processing": "SVHTT", "head": "SVHTT", "leader": "SVHTT", "clerk": "SVHTT"}
ELSEWHERE = "SYT"


def body_of(said: Mapping[str, Any], path: str) -> dict[str, Any]:
    """Something to send that every operation can read."""
    bodies: dict[str, Any] = {
        "extensions": {"due_at": "2026-04-01T17:00:00+07:00", "reason": "Chờ ý kiến"},
        "messages": {"message": "withdraw", "reason": "Đổi ý"},
        "complete": {"answers": {}, "decision": "approve"},
        "repairs": {"reason": "Đã xử lý"},
        "interventions": {"kind": "cancel", "reason": "Nộp trùng"},
        "refusal": {"reason": "Không cần"},
        "plan": {"source": 1, "target": 1},
        "migrations": {"source": 1, "target": 2, "reason": "QĐ 2/QĐ-UBND"},
        "submission": {},
        "release": {},
        "return": {"reason": "Thiếu căn cứ"},
        "retirement": {"reason": "Bỏ"},
        "approval": {"decision": "QĐ 1/QĐ-UBND"},
    }
    if "requestBody" not in said:
        return {}
    if "multipart/form-data" in said["requestBody"]["content"]:
        if path.endswith("documents"):
            return {"form": {"file": as_upload("don.pdf")}}
        return {"form": {"files": as_upload("a.bpmn", b"<x/>"), "reason": "QĐ 1"}}
    return {"body": bodies.get(path.rpartition("/")[2], {})}


def ask(asker: Program, method: str, path: str, said: Mapping[str, Any], known: Mapping[str, str]) -> Any:
    """One request of that operation with everything that it asks for."""
    place = path.removeprefix("/api/v1").format(**known)
    if method == "get":
        period = "since=2026-01-01T00:00:00%2B07:00&until=2027-01-01T00:00:00%2B07:00"
        return asker.get(f"{place}?{period}" if place.endswith("register") else place)
    if method == "delete":
        return asker.delete(place)
    return asker.post(place, **body_of(said, path), version=known["version"])


@pytest.fixture
def known(sqlite_centre: Centre) -> dict[str, str]:
    """A dossier at the Department of Culture, with what paths speak of."""
    view = sqlite_centre.receive(CODE)
    return {
        "number": view.line.number,
        "code": CODE,
        "task_id": str(view.tasks[0].task_id),
        "paper_id": str(view.papers[0].id),
        "document_id": str(uuid4()),
        "incident_id": str(uuid4()),
        "intervention_id": str(uuid4()),
        "migration_id": str(uuid4()),
        "dossier_id": str(view.line.id),
        "version": str(view.line.sequence),
    }


def protected(asker: Program) -> list[tuple[str, str, Mapping[str, Any]]]:
    return [one for one in asker.promise.operations() if one[2]["x-access"] != "public"]


def test_without_or_with_a_false_token_nothing_protected_opens(
    sqlite_centre: Centre, known: dict[str, str]
) -> None:
    nobody = citizen(sqlite_centre)
    false = Program(nobody.app, "khong-phai-ma-phien")
    operations = protected(nobody)
    assert len(operations) > 20
    for asker in (nobody, false):
        for method, path, said in operations:
            answer = ask(asker, method, path, said, known)
            assert (answer.status_code, answer.json["code"]) == (401, "sign-in-needed"), (method, path)


def test_an_ended_session_is_over_at_once(sqlite_centre: Centre, known: dict[str, str]) -> None:
    reception = program(sqlite_centre, "reception")
    assert reception.get("/me").status_code == 200
    assert reception.delete("/sessions").status_code == 204
    assert reception.get("/me").status_code == 401
    again = program(sqlite_centre, "reception")
    sqlite_centre.clock.advance(minutes=31)
    assert again.get("/me").status_code == 401


def test_a_wrong_role_is_refused_by_every_operation(sqlite_centre: Centre, known: dict[str, str]) -> None:
    """Role by role, operation by operation: exactly those that the table of rights names are let in."""
    for role in ROLES:
        asker = program(sqlite_centre, role, AGENCY.get(role, "TTHCC"))
        for method, path, said in protected(asker):
            if said["x-access"] == "signed_in":
                continue
            named = any(role in rule.roles for rule in TABLE[Action(said["x-access"])])
            if method == "post" and named:
                continue  # it would change the dossier that the others ask for
            answer = ask(asker, method, path, said, known)
            refused = answer.status_code == 403 and answer.json["code"] == "forbidden"
            assert refused != named, (role, method, path, answer.text[:200])


def test_an_officer_of_another_agency_does_not_learn_that_the_dossier_exists(
    sqlite_centre: Centre, known: dict[str, str]
) -> None:
    before = sqlite_centre.view().line.sequence
    for role in ("processing", "head", "leader", "clerk"):
        stranger = program(sqlite_centre, role, ELSEWHERE)
        for method, path, said in protected(stranger):
            if "{number}" not in path:
                continue
            answer = ask(stranger, method, path, said, known)
            lets_in = any(role in rule.roles for rule in TABLE[Action(said["x-access"])])
            assert answer.status_code == (404 if lets_in else 403), (role, method, path, answer.text)
        assert known["number"] not in stranger.get("/dossiers").text
        assert known["number"] not in stranger.get("/tasks").text
    assert sqlite_centre.view().line.sequence == before


def test_an_officer_at_home_uses_the_citizens_door_as_a_citizen(sqlite_centre: Centre) -> None:
    """What is handed in online is nobody's work at the counter, whoever is signed in."""
    auditor = program(sqlite_centre, "auditor")
    answer = auditor.post("/tracking", intake(sqlite_centre, CODE))
    assert answer.status_code == 201, answer.text
    sqlite_centre.number = answer.json["number"]
    assert sqlite_centre.view().history[0].actor.startswith("citizen:")
    assert sqlite_centre.view().line.channel == "online"
