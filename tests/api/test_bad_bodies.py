"""What a broken or hostile program sends: always a sentence that says what to do, never a failure of ours."""

import json
from typing import Any

import pytest

from tests.api.program import PDF, as_upload, citizen, intake, program
from tests.centre import Centre

CODE = "2.000635"
GOOD = {"procedure_code": CODE, "applicant": {"name": "Nguyễn Thị Ánh", "kind": "citizen"}}


def nested(levels: int) -> bytes:
    return b'{"answers": ' + b"[" * levels + b"]" * levels + b', "procedure_code": "2.000635"}'


BODIES: dict[str, tuple[bytes, int, str]] = {
    "nothing": (b"", 400, "bad-json"),
    "no JSON": (b"ho so = 1", 400, "bad-json"),
    "cut off": (b'{"procedure_code": "2.000', 400, "bad-json"),
    "two values": (b"{} {}", 400, "bad-json"),
    "comments": (b'{"a": 1} // x', 400, "bad-json"),
    "trailing comma": (b'{"procedure_code": "2.000635",}', 400, "bad-json"),
    "single quotes": (b"{'procedure_code': '2.000635'}", 400, "bad-json"),
    "NaN": (b'{"answers": {"x": NaN}}', 400, "bad-json"),
    "infinity": (b'{"answers": {"x": Infinity}}', 400, "bad-json"),
    "minus infinity": (b'{"answers": {"x": -Infinity}}', 400, "bad-json"),
    "UTF-16": ('{"procedure_code": "2.000635"}'.encode("utf-16"), 400, "bad-json"),
    "invalid UTF-8": (b'{"procedure_code": "\xff\xfe"}', 400, "bad-json"),
    "overlong UTF-8": (b'{"procedure_code": "\xc0\xaf"}', 400, "bad-json"),
    "half a surrogate": (b'{"procedure_code": "\\ud800"}', 400, "bad-json"),
    "control character": (b'{"procedure_code": "\x01"}', 400, "bad-json"),
    "NUL": (b'{"procedure_code": "2.000635\\u0000"}', 400, "bad-character"),
    "NUL in a name": (b'{"a\\u0000b": 1}', 400, "bad-character"),
    "NUL deep inside": (b'{"applicant": {"name": "A\\u0000"}}', 400, "bad-character"),
    "deep": (nested(40), 400, "too-deep"),
    "deeper than the parser goes": (nested(5000), 400, "bad-json"),
    "a list": (b"[1, 2]", 422, "invalid"),
    "a text": (b'"2.000635"', 422, "invalid"),
    "null": (b"null", 422, "invalid"),
    "a number": (b"7", 422, "invalid"),
    "empty object": (b"{}", 422, "invalid"),
    "wrong types": (b'{"procedure_code": 7, "applicant": "A", "answers": []}', 422, "invalid"),
    "huge number": (b'{"procedure_code": 1e999}', 400, "bad-json"),
    "unknown field": (json.dumps({**GOOD, "status": "handed_over"}).encode(), 422, "invalid"),
    "unknown field inside": (
        json.dumps({**GOOD, "applicant": {"name": "A", "role": "leader"}}).encode(), 422, "invalid",
    ),
    "moments cannot be typed in": (
        json.dumps({**GOOD, "received_at": "2020-01-01T00:00:00+07:00"}).encode(), 422, "invalid",
    ),
    "number of sheets": (
        json.dumps({**GOOD, "documents": [{"id": "x", "originals": -1}]}).encode(), 422, "invalid",
    ),
    "sheets as text": (
        json.dumps({**GOOD, "documents": [{"id": "x", "originals": "hai"}]}).encode(), 422, "invalid",
    ),
    "too many lines": (json.dumps({**GOOD, "documents": [{"id": "x"}] * 101}).encode(), 422, "invalid"),
    "unknown channel": (json.dumps({**GOOD, "channel": "fax"}).encode(), 422, "invalid"),
    "very long text": (json.dumps({**GOOD, "procedure_code": "x" * 100}).encode(), 422, "invalid"),
}  # fmt: skip


@pytest.mark.parametrize("what", BODIES)
def test_a_body_that_cannot_be_read_is_told_why_and_nothing_is_kept(sqlite_centre: Centre, what: str) -> None:
    content, status, code = BODIES[what]
    reception = program(sqlite_centre, "reception")
    headers = {"Idempotency-Key": "mot-khoa-bat-ky", "Authorization": f"Bearer {reception.token}"}
    answer = reception.ask(
        "POST", "/dossiers", data=content, content_type="application/json", headers=headers
    )
    assert (answer.status_code, answer.json["code"]) == (status, code), answer.text
    assert answer.mimetype == "application/problem+json"
    assert any(letter in answer.json["detail"] for letter in "ăâđêôơưạảấầẩậắềểệịọốồổộớờợụủứừửữựỳ")
    assert answer.json["detail_en"] != answer.json["detail"]
    assert reception.get("/dossiers").json["items"] == []


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "text/json"]
)
def test_another_media_type_is_refused_by_name(sqlite_centre: Centre, media_type: str) -> None:
    reception = program(sqlite_centre, "reception")
    headers = {"Idempotency-Key": "mot-khoa-bat-ky", "Authorization": f"Bearer {reception.token}"}
    answer = reception.ask(
        "POST", "/dossiers", data=json.dumps(GOOD), content_type=media_type or None, headers=headers
    )
    assert (answer.status_code, answer.json["code"]) == (415, "media-type")
    assert "application/json" in answer.json["detail"]


def test_a_huge_body_is_refused_before_it_is_read(sqlite_centre: Centre) -> None:
    reception = program(sqlite_centre, "reception")
    body = intake(sqlite_centre, CODE, answers={"x": "a" * 2_100_000})
    answer = reception.post("/dossiers", body)
    assert (answer.status_code, answer.json["code"]) == (413, "too-large")


@pytest.mark.parametrize(
    "path",
    [
        "/dossiers/%00", "/dossiers/000%00/history", "/tracking/%00", "/procedures/%00", "/dossiers?text=%00",
        "/procedures?text=a%00b", "/tasks?cursor=%00",
    ],
)  # fmt: skip
def test_nul_in_an_address_is_refused(centre: Centre, path: str) -> None:
    answer = program(centre, "reception").get(path)
    assert (answer.status_code, answer.json["code"]) == (400, "bad-character")


QUESTIONS = [
    ("/dossiers?limit=0", "limit"), ("/dossiers?limit=201", "limit"), ("/dossiers?limit=nhieu", "limit"),
    ("/dossiers?offset=-1", "offset"), ("/dossiers?offset=99999999999999999999", "offset"),
    ("/dossiers?filter=late", "filter"), ("/dossiers?only=all", "only"), ("/dossiers?x=1", "x"),
    ("/tasks?filter=toi", "filter"), ("/tasks?limit=1.5", "limit"), ("/tasks?cursor=khong-phai", "cursor"),
    ("/tasks?cursor=4bq1", "cursor"), ("/procedures?limit=-1", "limit"), ("/calendar?year=12", "year"),
    ("/reports/register", "since"), ("/reports/register?since=hom-qua&until=hom-nay", "since"),
    ("/reports/register?since=2026-01-01T00:00:00&until=2026-02-01T00:00:00", "until"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "field"), QUESTIONS)
def test_a_question_that_makes_no_sense_names_the_field(sqlite_centre: Centre, path: str, field: str) -> None:
    answer = program(sqlite_centre, "reception").get(path)
    assert (answer.status_code, answer.json["code"]) == (422, "invalid"), answer.text
    assert field in {one["field"] for one in answer.json["errors"]}


def test_texts_of_any_kind_only_search(centre: Centre) -> None:
    reception = program(centre, "reception")
    for text in ("%", "_", "'; DROP TABLE dossier; --", "\\", "đ" * 200, "🙂", "%25%25", "(", "a%20b"):
        assert reception.get(f"/dossiers?text={text}").status_code == 200, text
        assert citizen(centre).get(f"/procedures?text={text}").status_code == 200, text


UPLOADS: dict[str, tuple[tuple[str, bytes], str]] = {
    "empty": (("don.pdf", b""), "upload-empty"),
    "a program": (("don.exe", b"MZ"), "upload-type"),
    "a page in disguise": (("don.pdf", b"<html><script>alert(1)</script>"), "upload-mismatch"),
    "half a file": (("don.pdf", PDF[:60]), "upload-damaged"),
}


@pytest.mark.parametrize("what", UPLOADS)
def test_a_file_that_is_not_taken_is_told_why(centre: Centre, what: str) -> None:
    (name, content), code = UPLOADS[what]
    reception = program(centre, "reception")
    number = reception.post("/dossiers", intake(centre, CODE)).json["number"]
    path = f"/dossiers/{number}/documents"
    answer = reception.post(path, form={"file": as_upload(name, content)}, version=1)
    assert (answer.status_code, answer.json["code"]) == (422, code), answer.text
    assert reception.get(path).json["items"] == []


def test_a_form_without_its_file_or_with_more_is_told_which_field(sqlite_centre: Centre) -> None:
    reception = program(sqlite_centre, "reception")
    number = reception.post("/dossiers", intake(sqlite_centre, CODE)).json["number"]
    path = f"/dossiers/{number}/documents"
    forms: list[tuple[dict[str, Any], str]] = [
        ({"required_id": "don"}, "file"),
        ({"file": "khong phai tep"}, "file"),
        ({"file": as_upload("a.pdf"), "added_at": "2020"}, "added_at"),
    ]
    for form, field in forms:
        answer = reception.post(path, form=form, version=1)
        assert (answer.status_code, answer.json["code"]) == (422, "invalid"), answer.text
        assert {one["field"] for one in answer.json["errors"]} == {field}
    answer = reception.post(path, {"file": "x"}, version=1)
    assert (answer.status_code, answer.json["code"]) == (415, "media-type")
    answer = reception.post(path, form={"file": as_upload("a.pdf"), "required_id": "a\0"}, version=1)
    assert (answer.status_code, answer.json["code"]) == (400, "bad-character")


def test_an_address_that_is_none_and_a_method_that_is_not_taken(sqlite_centre: Centre) -> None:
    reception = program(sqlite_centre, "reception")
    assert reception.get("/khong-co").json["code"] == "not-found"
    answer = reception.ask("PUT", "/dossiers", json={})
    assert (answer.status_code, answer.json["code"]) == (405, "method-not-allowed")
    for path in ("/dossiers/không-có", "/dossiers/000.00.00.H41-260302-9999/history", "/procedures/0.0"):
        answer = reception.get(path)
        assert (answer.status_code, answer.json["code"]) == (404, "not-found"), path
