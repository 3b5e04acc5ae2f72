"""An analyst changes a procedure by program, the director approves it; only new dossiers follow it."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from jsonschema import Draft202012Validator

from api.bootstrap import PROCESSES
from api.sources import read_source
from tests.api.program import citizen, intake, program
from tests.centre import Centre

CODE = "1.009397"
STEP, NEW_STEP = "Thẩm định nội dung chương trình", "Thẩm định nội dung, hình thức chương trình"


def files(changed: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """All files of the procedure, its diagram first, with texts changed."""
    found = dict(read_source(PROCESSES / "svhtt" / f"{CODE}.bpmn").files)
    for old, new in (changed or {}).items():
        main = found[f"{CODE}.bpmn"].decode()
        assert old in main
        found[f"{CODE}.bpmn"] = main.replace(old, new).encode()
    return {name: content for name, content in found.items() if name.endswith((".bpmn", ".json", ".dmn"))}


def form(sent: Mapping[str, bytes], **more: str) -> dict[str, Any]:
    return {"files": [(BytesIO(content), name) for name, content in sent.items()], **more}


def test_a_sound_diagram_is_checked_and_nothing_is_kept(centre: Centre) -> None:
    analyst = program(centre, "analyst")
    answer = analyst.post("/procedures/check", form=form(files()))
    assert (answer.status_code, answer.json["deployable"]) == (200, True), answer.text
    changed = analyst.post("/procedures/check", form=form(files({STEP: NEW_STEP})))
    assert changed.json["deployable"]
    assert len(analyst.get(f"/procedures/{CODE}/versions").json["items"]) == 1


def test_a_program_learns_from_a_schema_what_to_send(centre: Centre) -> None:
    answers = citizen(centre).get(f"/procedures/{CODE}").json["answers"]
    Draft202012Validator.check_schema(answers)
    sent = intake(centre, CODE)["answers"]
    assert Draft202012Validator(answers).is_valid(sent)
    assert not Draft202012Validator(answers).is_valid({**sent, "other": 1})


def live(centre: Centre, drafted: Mapping[str, Any], decision: str = "QĐ 2/QĐ-UBND") -> Any:
    """The draft submitted, approved by the director, and brought live; the last answer."""
    analyst, director = program(centre, "analyst"), program(centre, "director")
    path = f"/procedures/{drafted['code']}/versions/{drafted['version']}"
    assert analyst.post(f"{path}/submission", {}).json["state"] == "submitted"
    assert director.post(f"{path}/approval", {"decision": decision}).json["state"] == "approved"
    return analyst.post(f"{path}/release", {"reason": "áp dụng ngay"})


def test_a_change_is_approved_and_only_new_dossiers_follow_it(centre: Centre) -> None:
    analyst, supervisor = program(centre, "analyst"), program(centre, "supervisor")
    old = centre.receive(CODE).line.number
    drafted = analyst.post("/procedures", form=form(files({STEP: NEW_STEP}), reason="thêm hình thức"))
    assert (drafted.status_code, drafted.json["version"], drafted.json["state"]) == (201, 2, "draft")
    assert not drafted.json["live"]
    released = live(centre, drafted.json)
    assert (released.status_code, released.json["live"]) == (200, True), released.text
    assert released.json["deployed_by"] == centre.officer("analyst").key
    assert released.json["reason"] == "QĐ 2/QĐ-UBND"
    new = citizen(centre).post("/tracking", intake(centre, CODE)).json["number"]
    versions = [supervisor.get(f"/dossiers/{number}").json["procedure_version"] for number in (old, new)]
    assert versions == [1, 2]
    listed = analyst.get(f"/procedures/{CODE}/versions").json["items"]
    assert [(one["version"], one["state"], one["running"]) for one in listed] == [
        (2, "live", 1),
        (1, "retired", 1),
    ]
    drawn = analyst.get(f"/procedures/{CODE}/diagrams").json["diagrams"]
    assert any(NEW_STEP in xml for xml in drawn.values())
    assert not any(
        NEW_STEP in xml
        for xml in analyst.get(f"/procedures/{CODE}/diagrams?version=1").json["diagrams"].values()
    )
    acts = program(centre, "auditor").get(f"/procedures/{CODE}/acts").json["items"]
    assert [(one["version"], one["act"], one["by"]) for one in acts] == [
        (1, "install", "system:test"),
        (1, "replace", centre.officer("analyst").key),
        (2, "draft", centre.officer("analyst").key),
        (2, "submit", centre.officer("analyst").key),
        (2, "approve", centre.officer("director").key),
        (2, "release", centre.officer("analyst").key),
    ]
    assert {one["bundle"] for one in acts if one["version"] == 2} == {drafted.json["bundle"]}


def test_an_author_may_not_approve_and_nothing_unapproved_goes_live(centre: Centre) -> None:
    analyst = program(centre, "analyst")
    drafted = analyst.post("/procedures", form=form(files({STEP: NEW_STEP}), reason="thêm hình thức")).json
    path = f"/procedures/{CODE}/versions/{drafted['version']}"
    early = analyst.post(f"{path}/release", {})
    assert (early.status_code, early.json["code"]) == (409, "version-out-of-turn")
    analyst.post(f"{path}/submission", {})
    own = analyst.post(f"{path}/approval", {"decision": "QĐ 2/QĐ-UBND"})
    assert (own.status_code, own.json["code"]) == (403, "own-work")
    late = analyst.post(f"{path}/draft", form=form(files({STEP: "Khác nữa"}), reason="sửa lại"))
    assert (late.status_code, late.json["code"]) == (409, "version-out-of-turn")
    director = program(centre, "director")
    assert director.post(f"{path}/return", {"reason": "thiếu căn cứ"}).json["state"] == "draft"
    mended = analyst.post(f"{path}/draft", form=form(files({STEP: "Khác nữa"}), reason="sửa lại"))
    assert (mended.status_code, mended.json["state"]) == (200, "draft")
    assert mended.json["bundle"] != drafted["bundle"]
    same = analyst.post("/procedures", form=form(files(), reason="không đổi gì"))
    assert (same.status_code, same.json["code"]) == (409, "nothing-changed")


def test_one_changed_file_is_enough(centre: Centre) -> None:
    analyst = program(centre, "analyst")
    diagram = {"sua lai.bpmn": files({STEP: NEW_STEP})[f"{CODE}.bpmn"]}
    checked = analyst.post("/procedures/check", form=form(diagram, code=CODE))
    assert checked.json["deployable"], checked.text
    drafted = analyst.post("/procedures", form=form(diagram, code=CODE, reason="QĐ 2/QĐ-UBND"))
    assert (drafted.status_code, drafted.json["version"]) == (201, 2), drafted.text
    other = analyst.post("/procedures", form=form(diagram, code="2.000635", reason="QĐ 3/QĐ-UBND"))
    assert [one["field"] for one in other.json["errors"]] == ["code"]
    assert CODE in other.json["detail"]
    assert analyst.post("/procedures/check", form=form(diagram, code="0.0")).status_code == 404


def test_a_broken_diagram_is_told_where_why_and_what_to_do(centre: Centre) -> None:
    analyst = program(centre, "analyst")
    broken = files({'<motcua:role name="processing"': '<motcua:role name="phu-thuy"'})
    checked = analyst.post("/procedures/check", form=form(broken)).json
    assert not checked["deployable"]
    worst = checked["findings"][0]
    assert worst["severity"] == "error"
    assert worst["element_id"]
    assert worst["message_vi"] != worst["message_en"]
    assert worst["remedy_vi"]
    refused = analyst.post("/procedures", form=form(broken, reason="QĐ 3/QĐ-UBND"))
    assert (refused.status_code, refused.json["code"]) == (422, "bundle-refused")
    assert refused.json["findings"][0] == worst
    assert len(analyst.get(f"/procedures/{CODE}/versions").json["items"]) == 1


def test_files_that_are_no_procedure_are_refused_by_name(centre: Centre) -> None:
    analyst = program(centre, "analyst")
    bomb = b'<!DOCTYPE x [<!ENTITY a "b">]><definitions>&a;</definitions>'
    cases: list[tuple[dict[str, bytes], str]] = [
        ({"a.exe": b"MZ"}, "invalid"),
        ({"a.json": b"{}"}, "invalid"),
        ({"a.bpmn": b"x" * 2_100_000}, "source-too-large"),
        ({"a.bpmn": bomb}, "xml-refused"),
        ({"a.bpmn": b"khong phai xml"}, "xml-refused"),
        ({"a.bpmn": b""}, "xml-refused"),
    ]
    for sent, code in cases:
        for path, more in (("/procedures/check", {}), ("/procedures", {"reason": "QĐ 4/QĐ-UBND"})):
            answer = analyst.post(path, form=form(sent, **more))
            assert (answer.status_code, answer.json["code"]) == (422, code), (sent.keys(), answer.text)
    answer = analyst.post("/procedures", form=form(files()))
    assert [one["field"] for one in answer.json["errors"]] == ["reason"]
