"""By program: a repair is asked for by one and approved by another, dossiers go over to a new version."""

from tests.api.program import program
from tests.centre import Centre
from tests.integration import stages
from tests.integration import versions_of_works as works


def test_a_repair_is_asked_for_by_one_and_approved_by_another(centre: Centre) -> None:
    stages.appraised(centre)
    administrator, director = program(centre, "administrator"), program(centre, "director")
    path = f"/dossiers/{centre.number}/interventions"
    possible = administrator.get(path)
    assert possible.json["fields"] == []
    step = next(one for one in possible.json["elements"] if one["node"] == "thamdinh")
    assert "lich" in {one["node"] for one in step["targets"]}
    version = possible.headers["ETag"].strip('"')
    body = {"kind": "move", "task": step["task"], "to": "lich", "reason": "bấm nhầm bước"}
    stale = administrator.post(path, body, version=int(version) - 1)
    assert (stale.status_code, stale.json["code"]) == (412, "version-stale")
    elsewhere = administrator.post(path, {**body, "to": "tn_xem"}, version=version)
    assert [one["field"] for one in elsewhere.json["errors"]] == ["to"]
    asked = administrator.post(path, body, version=version)
    assert asked.status_code == 201, asked.text
    one = f"/interventions/{asked.json['dossier_id']}/{asked.json['id']}"
    assert administrator.post(f"{one}/approval", {}).status_code == 403
    done = director.post(f"{one}/approval", {"note": "đồng ý"})
    assert (done.status_code, done.json["number"]) == (200, centre.number), done.text
    (listed,) = program(centre, "auditor").get("/interventions").json["items"]
    assert (listed["state"], listed["sequence"], listed["note"]) == ("done", done.json["version"], "đồng ý")
    again = director.post(f"{one}/refusal", {"reason": "thôi"})
    assert (again.status_code, again.json["code"]) == (409, "request-decided")
    assert program(centre, "auditor").get(f"/dossiers/{centre.number}/rerun").json["holds"] is True


def test_who_asked_may_take_it_back_and_may_not_approve(sqlite_centre: Centre) -> None:
    stages.appraised(sqlite_centre)
    supervisor = program(sqlite_centre, "supervisor")
    path = f"/dossiers/{sqlite_centre.number}/interventions"
    version = supervisor.get(path).headers["ETag"].strip('"')
    asked = supervisor.post(path, {"kind": "cancel", "reason": "nộp trùng"}, version=version).json
    one = f"/interventions/{asked['dossier_id']}/{asked['id']}"
    own = supervisor.post(f"{one}/approval", {})
    assert (own.status_code, own.json["code"]) == (403, "own-work")
    assert supervisor.post(f"{one}/refusal", {"reason": "không trùng"}).status_code == 204


def test_dossiers_go_over_to_the_live_version(centre: Centre) -> None:
    stages.appraised(centre)
    works.deployed(centre, works.called_otherwise)
    analyst, supervisor = program(centre, "analyst"), program(centre, "supervisor")
    pair = {"source": 1, "target": 2}
    plan = analyst.post(f"/procedures/{stages.WORKS}/migrations/plan", pair)
    assert plan.status_code == 200, plan.text
    assert [(one["number"], one["goes"]) for one in plan.json["verdicts"]] == [(centre.number, True)]
    assert any("Kiểm tra hồ sơ hoàn công" in one["vi"] for one in plan.json["differences"])
    body = {**pair, "mapping": plan.json["mapping"], "reason": "QĐ 2/QĐ-UBND"}
    asked = analyst.post(f"/procedures/{stages.WORKS}/migrations", body)
    assert asked.status_code == 201, asked.text
    one = f"/migrations/{asked.json['id']}"
    assert analyst.post(f"{one}/approval", {}).status_code == 403
    assert supervisor.post(f"{one}/approval", {}).json["state"] == "running"
    assert supervisor.post(f"{one}/pause").json["state"] == "paused"
    assert analyst.post(f"{one}/resume").json["state"] == "running"
    while centre.engine.batches.work_off():
        pass
    found = program(centre, "auditor").get(one).json
    assert (found["state"], [item["state"] for item in found["items"]]) == ("done", ["done"])
    assert program(centre, "auditor").get("/migrations").json["items"][0]["counts"] == {"done": 1}
    assert supervisor.get(f"/dossiers/{centre.number}").json["procedure_version"] == 2
    late = supervisor.post(f"{one}/refusal", {"reason": "muộn rồi"})
    assert (late.status_code, late.json["code"]) == (409, "migration-out-of-turn")
