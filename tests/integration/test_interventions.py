"""A running dossier is repaired by two: moved, begun anew, put right, cancelled; history names both."""

from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner

from api.cli import motcua
from engine.advance import TaskClosed
from engine.domain.intervention import DossierMovedOn, Intervention, RequestDecided, ResultOut
from engine.domain.version import OwnWork
from engine.errors import Forbidden, Invalid
from tests.centre import Centre
from tests.integration import stages
from tests.integration.observed import row, rows

WHY = "Chuyên viên bấm nhầm, hồ sơ phải về bước thẩm định"


def task_of(centre: Centre, name: str) -> UUID:
    return centre.task(name).task_id


def ask(centre: Centre, kind: Intervention, **details: Any) -> tuple[UUID, UUID]:
    """The supervisor asks."""
    return centre.engine.interventions.request(
        centre.officer("supervisor"), centre.number, kind, details, reason=WHY
    )


def approve(centre: Centre, ids: tuple[UUID, UUID], note: str = "") -> None:
    """The director approves."""
    centre.engine.interventions.approve(centre.officer("director"), *ids, note=note)


def sound(centre: Centre) -> None:
    """All invariants hold, and run again the dossier comes to the same."""
    assert centre.engine.verification.of(centre.number) == []
    again = centre.engine.replays.run_again(centre.number)
    assert again.holds, again.deviation


def test_a_token_is_moved_to_another_step_and_the_work_goes_on_from_there(centre: Centre) -> None:
    stages.appraised(centre)
    due = centre.view().line.due_at
    stages.complete(centre)
    wrong = centre.view().tasks[0]
    ids = ask(centre, Intervention.MOVE, task=wrong.task_id, to="thamdinh")
    assert [task.name for task in centre.view().tasks] == [wrong.name], "asking alone does nothing"
    approve(centre, ids, "đã trao đổi với Sở")
    assert [task.name for task in centre.view().tasks] == ["Kiểm tra hồ sơ hoàn thành"]
    assert centre.view().line.due_at == due
    entry = centre.view().history[-1]
    assert (entry.kind, entry.reason, entry.role) == ("move", WHY, "director")
    assert entry.actor_name == "Cán bộ director TTHCC, theo đề nghị của Cán bộ supervisor TTHCC"
    assert entry.details["note"] == "đã trao đổi với Sở"
    assert entry.title == f"Chuyển bước: {wrong.name}"
    assert {what for what, _node, _task in entry.events} == {"cancelled", "entered"}
    assert row(centre, "task", task_id=wrong.task_id)["state"] == "cancelled"
    sound(centre)
    stages.complete(centre)
    sound(centre)


def test_a_step_is_begun_anew_without_the_officer_who_held_it(centre: Centre) -> None:
    stages.claimed(centre)
    held = centre.view().tasks[0]
    assert held.assignee is not None
    approve(centre, ask(centre, Intervention.REDO, task=held.task_id))
    (again,) = centre.view().tasks
    assert (again.name, again.assignee) == (held.name, None)
    assert again.task_id != held.task_id
    sound(centre)


def test_data_is_put_right_and_the_register_finds_the_new_name(centre: Centre) -> None:
    stages.appraised(centre)
    values = {"applicant.name": "Nguyễn Thị Ngọc Ánh", "applicant.phone": "0987654321"}
    approve(centre, ask(centre, Intervention.CORRECT, values=values))
    view = centre.view()
    assert view.line.applicant_name == "Nguyễn Thị Ngọc Ánh"
    assert view.data["applicant"]["phone"] == "0987654321"
    entry = view.history[-1]
    before, after = entry.changes["applicant"]
    assert (before["name"], after["name"]) == ("Nguyễn Thị Ánh", "Nguyễn Thị Ngọc Ánh")
    found = centre.engine.dossiers.search(centre.officer("supervisor"), "nguyen thi ngoc anh")
    assert [line.number for line in found] == [centre.number]
    sound(centre)


def test_a_correction_that_fits_no_question_is_refused_by_field(sqlite_centre: Centre) -> None:
    stages.appraised(sqlite_centre)
    with pytest.raises(Invalid) as refused:
        ask(sqlite_centre, Intervention.CORRECT, values={"applicant.id_number": "12", "khong_co": "x"})
    assert set(refused.value.fields) == {"applicant.id_number", "khong_co"}
    with pytest.raises(Invalid, match="Chưa sửa mục nào"):
        ask(sqlite_centre, Intervention.CORRECT, values={"applicant.name": "Nguyễn Thị Ánh"})


def test_an_address_is_put_right_in_one_text_and_an_old_one_is_told_its_new_commune(
    sqlite_centre: Centre,
) -> None:
    sqlite_centre.receive("1.009794")
    with pytest.raises(Invalid) as refused:
        ask(sqlite_centre, Intervention.CORRECT, values={"works_place": "Xã Nam Cát, huyện Nam Đàn, Nghệ An"})
    assert set(refused.value.fields) == {"works_place"}
    vi, _ = refused.value.fields["works_place"]
    assert "thuộc Xã Kim Liên" in vi
    assert "ghi số nhà, đường" in vi
    mended = {"works_place": "Xóm 3, xã Kim Liên, Nghệ An"}
    approve(sqlite_centre, ask(sqlite_centre, Intervention.CORRECT, values=mended))
    assert sqlite_centre.view().data["works_place"] == "Xóm 3, xã Kim Liên, tỉnh Nghệ An"


def test_a_cancelled_dossier_stops_with_a_notice_that_gives_the_reason(centre: Centre) -> None:
    stages.appraised(centre)
    approve(centre, ask(centre, Intervention.CANCEL))
    view = centre.view()
    assert view.line.handling == "stopped"
    assert not view.tasks
    assert not view.waits_for
    assert [paper.name for paper in view.papers][-1] == "stop_notice"
    page = centre.client("supervisor").get(f"/ho-so/{centre.number}/giay/{view.papers[-1].id}").text
    assert WHY in page
    assert {one["state"] for one in rows(centre, "timer")} <= {"cancelled", "fired"}
    told = centre.client().get(f"/tra-cuu/{view.tracking_code}").text
    assert "Dừng giải quyết theo quyết định của Trung tâm" in told
    sound(centre)


def test_who_asked_may_not_approve_and_a_decision_is_taken_once(centre: Centre) -> None:
    stages.appraised(centre)
    ids = ask(centre, Intervention.CANCEL)
    with pytest.raises(OwnWork):
        centre.engine.interventions.approve(centre.officer("supervisor"), *ids)
    centre.engine.interventions.refuse(centre.officer("director"), *ids, reason="người dân vẫn cần")
    with pytest.raises(RequestDecided):
        approve(centre, ids)
    (line,) = centre.engine.interventions.decided(centre.officer("auditor"))
    assert (line.state, line.note, line.sequence) == ("refused", "người dân vẫn cần", None)
    assert centre.view().history[-1].kind != "cancel"


def test_what_was_asked_for_must_still_be_true_when_it_is_approved(centre: Centre) -> None:
    stages.appraised(centre)
    open_task = centre.view().tasks[0]
    moved = ask(centre, Intervention.MOVE, task=open_task.task_id, to="lich")
    ended = ask(centre, Intervention.CANCEL)
    put_right = ask(centre, Intervention.CORRECT, values={"applicant.phone": "0987654321"})
    other = ask(centre, Intervention.CORRECT, values={"applicant.phone": "0911111111"})
    approve(centre, other)
    with pytest.raises(DossierMovedOn):
        approve(centre, put_right)
    centre.do(open_task.name, "supplement")
    centre.do("Lập phiếu yêu cầu bổ sung")
    centre.do("Ký phiếu yêu cầu bổ sung", "approve")
    with pytest.raises(TaskClosed):
        approve(centre, moved)
    with pytest.raises(DossierMovedOn):
        approve(centre, ended)
    sound(centre)


def test_a_signed_result_is_not_cancelled(sqlite_centre: Centre) -> None:
    sqlite_centre.receive("1.009397")
    while not sqlite_centre.view().line.finished_at and not rows(sqlite_centre, "dossier")[0]["signed_at"]:
        tasks = sqlite_centre.view().tasks
        decisions = [one.value for one in tasks[0].decisions]
        sqlite_centre.do(tasks[0].name, decisions[0] if decisions else None)
    ids = ask(sqlite_centre, Intervention.CANCEL)
    with pytest.raises(ResultOut):
        approve(sqlite_centre, ids)


def test_who_runs_the_system_asks_without_seeing_and_decides_nothing(sqlite_centre: Centre) -> None:
    centre = sqlite_centre
    stages.appraised(centre)
    administrator = centre.officer("administrator")
    possible = centre.engine.interventions.possible(administrator, centre.number)
    step = next(one for one in possible.elements if one.name == "Kiểm tra hồ sơ hoàn thành")
    assert possible.fields == ()
    with pytest.raises(Forbidden):
        centre.engine.interventions.request(
            administrator, centre.number, Intervention.CORRECT, {"values": {}}, reason=WHY
        )
    browser = centre.client("administrator")
    page = browser.get(f"/can-thiep/de-nghi?ho-so={centre.number}").text
    assert "Kiểm tra hồ sơ hoàn thành" in page
    assert "Nguyễn Thị Ánh" not in page
    assert browser.get(f"/ho-so/{centre.number}").status_code == 403
    place = f"{step.task_id}|lich"
    home = f"/can-thiep/de-nghi?ho-so={centre.number}"
    sent = browser.post(
        f"/can-thiep/de-nghi/{centre.number}", {"kind": "move", "place": place, "reason": WHY}, page=home
    )
    assert sent.status_code == 303
    (line,) = centre.engine.interventions.waiting(administrator)
    with pytest.raises(Forbidden):
        centre.engine.interventions.approve(administrator, line.dossier_id, line.id)


def test_the_operator_asks_on_a_page_the_director_approves_and_the_auditor_sees_both(
    centre: Centre,
) -> None:
    stages.appraised(centre)
    supervisor, director = centre.client("supervisor"), centre.client("director")
    home = f"/can-thiep/de-nghi?ho-so={centre.number}"
    page = supervisor.get(home).text
    for text in ("Chuyển bước", "Làm lại bước", "Sửa dữ liệu", "Hủy hồ sơ", 'value="Nguyễn Thị Ánh"'):
        assert text in page, text
    url = f"/can-thiep/de-nghi/{centre.number}"
    shown = {"v.applicant.name": "Nguyễn Thị Ánh", "v.applicant.phone": "0987654321"}
    unsaid = supervisor.post(url, {"kind": "correct", "reason": " ", **shown}, page=home)
    assert unsaid.status_code == 422
    assert "Nêu lý do đề nghị can thiệp" in unsaid.text
    assert 'value="0987654321"' in unsaid.text, "what was typed is not lost"
    sent = supervisor.post(url, {"kind": "correct", "reason": "số điện thoại ghi nhầm", **shown}, page=home)
    assert sent.status_code == 303
    mine = supervisor.get("/can-thiep").text
    assert "Người đề nghị không tự duyệt" in mine
    assert "/duyet" not in mine
    (line,) = centre.engine.interventions.waiting(centre.officer("director"))
    assert line.values["applicant"]["phone"] == "0987654321"
    done = director.post(f"/can-thiep/{line.dossier_id}/{line.id}/duyet", {"note": ""}, page="/can-thiep")
    assert done.status_code == 303
    assert "lệnh số" in director.get("/can-thiep").text
    auditor = centre.client("auditor")
    assert (
        "theo đề nghị của Cán bộ supervisor TTHCC" in auditor.get(f"/kiem-tra/{centre.number}/phat-lai").text
    )
    assert centre.number in auditor.get("/kiem-tra?can-thiep=1").text
    assert "Đã chạy lại" in auditor.get(f"/kiem-tra/{centre.number}/chay-lai").text
    assert centre.client("reception").get("/can-thiep").status_code == 403


def test_two_people_repair_a_dossier_from_the_command_line(sqlite_centre: Centre) -> None:
    centre = sqlite_centre
    stages.appraised(centre)
    settings = centre.settings
    environment = {"MOTCUA_DATABASE": settings.database, "MOTCUA_FOLDER": str(settings.folder)}
    people = {role: centre.officer(role).username for role in ("supervisor", "director", "administrator")}

    def run(*words: str) -> str:
        result = CliRunner(env=environment).invoke(motcua, ["interventions", *words])
        assert result.exit_code == 0, result.output
        return result.output

    shown = run("show", centre.number, "--by", people["administrator"])
    assert "→ lich" in shown
    task = str(centre.view().tasks[0].task_id)
    words = [centre.number, "move", "--by", people["administrator"], "--reason", WHY, "--task", task]
    asked = run("request", *words, "--to", "lich")
    dossier_id, request_id = asked.split()[3:5]
    run("approve", dossier_id, request_id.rstrip("."), "--by", people["director"])
    assert centre.view().tasks[0].node == "lich"
    assert centre.view().history[-1].reason == f"{WHY} (từ dòng lệnh)"
    assert "done" in run("list", "--by", people["supervisor"])
