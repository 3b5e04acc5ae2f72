"""Each noun of the interface: what its questions answer, and what a program learns when it asks wrongly."""

from datetime import datetime

import pytest

from engine.incidents import open_incident
from engine.views import DossierView
from tests.api.program import PDF, as_upload, citizen, intake, program
from tests.centre import PASSWORD, Centre

CODE = "1.009397"
PERIOD = "since=2026-03-01T00:00:00%2B07:00&until=2026-04-01T00:00:00%2B07:00"


def waiting_for(centre: Centre, code: str, message: str) -> DossierView:
    """A dossier that was received and has come to where it waits for the message."""
    view = centre.receive(code)
    while message not in view.waits_for:
        if not centre.engine.deliveries.run_jobs():
            centre.do(view.tasks[0].name)
        view = centre.view()
    return view


def test_the_beginning_leads_to_everything(sqlite_centre: Centre) -> None:
    beginning = citizen(sqlite_centre).get("/").json
    assert datetime.fromisoformat(beginning["now"]) == sqlite_centre.clock.now()
    assert beginning["now"].endswith("+07:00")
    browser = sqlite_centre.client()
    for name in ("docs", "openapi", "alive", "ready"):
        assert browser.get(beginning[name]).status_code == 200, name


def test_an_officer_learns_who_he_is_and_what_he_may(sqlite_centre: Centre) -> None:
    me = program(sqlite_centre, "processing", "SVHTT").get("/me").json
    assert me["username"] == "processing.svhtt"
    assert [(one["role"], one["agency"]) for one in me["postings"]] == [("processing", "SVHTT")]
    assert me["postings"][0]["agency_name"].startswith("Sở Văn hóa")
    assert {"complete_task", "view_inbox"} <= set(me["rights"])
    assert "submit_dossier" not in me["rights"]


def test_guessing_a_password_is_refused_and_then_has_to_wait(centre: Centre) -> None:
    username = centre.officer("reception").username
    asker = citizen(centre)
    for _ in range(5):
        answer = asker.post("/sessions", {"username": username, "password": "sai"})
        assert (answer.status_code, answer.json["code"]) == (401, "sign-in-refused")
    answer = asker.post("/sessions", {"username": username, "password": PASSWORD})
    assert (answer.status_code, answer.json["code"]) == (429, "too-many-attempts")
    assert answer.json["detail"].startswith("Đăng nhập sai nhiều lần")


def test_a_citizen_finds_a_procedure_and_what_it_needs(centre: Centre) -> None:
    home = citizen(centre)
    found = home.get("/procedures?text=trich luc&limit=5").json
    assert [one["code"] for one in found["items"]] == ["2.000635"]
    assert found["next_offset"] is None
    whole = home.get("/procedures/2.000635").json
    assert whole["agency_name"] == "Sở Tư pháp"
    assert whole["documents"]
    assert whole["form"]["components"]
    first = home.get("/procedures?limit=7").json
    rest = home.get(f"/procedures?limit=7&offset={first['next_offset']}").json
    codes = [one["code"] for one in first["items"] + rest["items"]]
    assert (len(codes), len(set(codes)), rest["next_offset"]) == (12, 12, None)
    assert {one["agency"] for one in home.get("/procedures?agency=STP").json["items"]} == {"STP"}


def test_an_analyst_reads_versions_and_diagrams(sqlite_centre: Centre) -> None:
    analyst = program(sqlite_centre, "analyst")
    (version,) = analyst.get(f"/procedures/{CODE}/versions").json["items"]
    assert (version["version"], version["live"], version["reason"]) == (1, True, "QĐ 1/QĐ-UBND")
    for question in ("", "?version=1"):
        found = analyst.get(f"/procedures/{CODE}/diagrams{question}").json
        assert "<bpmn:definitions" in found["diagrams"][found["main_process"]]
    assert analyst.get(f"/procedures/{CODE}/diagrams?version=2").status_code == 404


def test_dossiers_are_found_and_paged(centre: Centre) -> None:
    reception = program(centre, "reception")
    numbers = [reception.post("/dossiers", intake(centre, CODE)).json["number"] for _ in range(3)]
    first = reception.get("/dossiers?limit=2&text=nguyen thi anh").json
    rest = reception.get(f"/dossiers?limit=2&text=nguyen thi anh&offset={first['next_offset']}").json
    found = [one["number"] for one in first["items"] + rest["items"]]
    assert (sorted(found), rest["next_offset"]) == (numbers, None)
    assert reception.get("/dossiers?text=tran van binh").json["items"] == []
    assert reception.get("/dossiers?filter=overdue").json["items"] == []
    assert len(reception.get("/dossiers?filter=open").json["items"]) == 3


def test_the_inbox_goes_on_where_it_ended(centre: Centre) -> None:
    reception = program(centre, "reception")
    for _ in range(3):
        reception.post("/dossiers", intake(centre, CODE))
    seen: list[str] = []
    cursor = ""
    while True:
        page = reception.get(f"/tasks?limit=2{cursor}").json
        seen += [one["number"] for one in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert (len(seen), len(set(seen))) == (3, 3)
    assert reception.get("/tasks/counts").json["all"] == 3
    task = reception.get("/tasks").json["items"][0]
    path = f"/dossiers/{task['number']}/tasks/{task['id']}"
    taken = reception.post(f"{path}/claim", version=task["version"])
    assert reception.get("/tasks?filter=mine").json["items"][0]["assignee_name"] == "Cán bộ reception TTHCC"
    assert reception.post(f"{path}/release", version=taken.json["version"]).status_code == 200
    assert reception.get("/tasks/counts").json["mine"] == 0


def test_a_document_comes_back_as_it_was_and_can_do_no_harm(centre: Centre) -> None:
    reception = program(centre, "reception")
    number = reception.post("/dossiers", intake(centre, CODE)).json["number"]
    form = {"file": as_upload("Đơn đề nghị.pdf")}
    sent = reception.post(f"/dossiers/{number}/documents", form=form, version=1).json
    assert (sent["name"], sent["media_type"], sent["size"]) == (
        "Đơn đề nghị.pdf",
        "application/pdf",
        len(PDF),
    )
    answer = reception.get(f"/dossiers/{number}/documents/{sent['id']}")
    assert (answer.data, answer.mimetype) == (PDF, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].endswith("sandbox")
    answer.close()


def test_an_appointment_is_moved_once_with_a_reason(centre: Centre) -> None:
    centre.receive(CODE)
    head = program(centre, "head", "SVHTT")
    due = head.get(f"/dossiers/{centre.number}").json
    path = f"/dossiers/{centre.number}/extensions"
    body = {"due_at": "2026-04-20T17:00:00+07:00", "reason": "Chờ ý kiến Sở Công an"}
    moved = head.post(path, body, version=due["version"])
    assert (moved.status_code, moved.json["due_at"]) == (200, "2026-04-20T17:00:00+07:00"), moved.text
    again = head.post(path, {**body, "due_at": "2026-05-20T17:00:00+07:00"}, version=moved.json["version"])
    assert (again.status_code, again.json["code"]) == (409, "already-extended")
    assert "apology_extension" in {
        one["name"] for one in head.get(f"/dossiers/{centre.number}").json["papers"]
    }


def test_a_dossier_is_withdrawn_at_the_counter_and_by_the_citizen_with_a_reason(centre: Centre) -> None:
    reception = program(centre, "reception")
    view = waiting_for(centre, CODE, "withdraw")
    path, version = f"/dossiers/{view.line.number}/messages", view.line.sequence
    answer = reception.post(path, {"message": "withdraw"}, version=version)
    assert [one["field"] for one in answer.json["errors"]] == ["reason"]
    answer = reception.post(path, {"message": "supplement"}, version=version)
    assert (answer.status_code, answer.json["code"]) == (409, "not-waiting")
    answer = reception.post(path, {"message": "withdraw", "reason": "Đổi ý"}, version=version)
    assert (answer.status_code, answer.json["handling"], answer.json["ended"]) == (200, "withdrawn", True)

    view = waiting_for(centre, CODE, "withdraw")
    home = citizen(centre)
    assert home.post(f"/tracking/{view.tracking_code}/withdrawals", {"reason": ""}).status_code == 422
    answer = home.post(f"/tracking/{view.tracking_code}/withdrawals", {"reason": "Hoãn chương trình"})
    assert (answer.status_code, answer.json["handling"]) == (200, "withdrawn")
    assert home.post(f"/tracking/{view.tracking_code}/withdrawals", {"reason": "Lần nữa"}).status_code == 409


def test_a_fee_is_noted_by_the_cashier_and_starts_the_clock(centre: Centre) -> None:
    view = waiting_for(centre, "2.002380", "fee_paid")
    cashier = program(centre, "cashier")
    body = {"message": "fee_paid", "fee_receipt": "AB/26E 000123", "fee_method": "transfer"}
    version = centre.view().line.sequence
    answer = cashier.post(f"/dossiers/{view.line.number}/messages", body, version=version)
    assert answer.status_code == 200, answer.text
    shown = cashier.get(f"/dossiers/{view.line.number}").json
    assert (shown["money"], shown["data"]["fee_receipt"]) == ("paid", "AB/26E 000123")


def test_figures_register_and_its_paper(centre: Centre) -> None:
    centre.receive(CODE)
    supervisor = program(centre, "supervisor")
    assert supervisor.get("/reports/counts").json["open"] == 1
    lines = supervisor.get(f"/reports/register?{PERIOD}").json["items"]
    assert [one["number"] for one in lines] == [centre.number]
    assert supervisor.get(f"/reports/register/pdf?{PERIOD}").data.startswith(b"%PDF-")
    slip = supervisor.get(f"/dossiers/{centre.number}/control-slip").json["content"]
    assert slip["name"] == "control_slip"
    assert supervisor.get(f"/dossiers/{centre.number}/control-slip/pdf").data.startswith(b"%PDF-")


def test_an_incident_is_dealt_with_once_and_for_a_reason(centre: Centre) -> None:
    view = centre.receive(CODE)
    with centre.engine.database.transaction() as tx:
        open_incident(
            tx, dossier_id=view.line.id, kind="job", message="mất kết nối", at=centre.clock.now(), node="x"
        )
    supervisor = program(centre, "supervisor")
    (incident,) = supervisor.get("/incidents").json["items"]
    assert (incident["message"], incident["dossier_number"]) == ("mất kết nối", view.line.number)
    path = f"/incidents/{incident['dossier_id']}/{incident['id']}/repairs"
    assert supervisor.post(path, {"reason": "  "}).status_code == 422
    assert supervisor.post(path, {"reason": "Đã nối lại đường truyền"}).status_code == 200
    assert supervisor.get("/incidents").json["items"] == []
    assert supervisor.post(path, {"reason": "Lần nữa"}).status_code in (409, 422)


def test_agencies_and_the_working_calendar_are_public(sqlite_centre: Centre) -> None:
    home = citizen(sqlite_centre)
    assert {"STP", "SVHTT", "CAT"} <= {one["code"] for one in home.get("/agencies").json["items"]}
    calendar = home.get("/calendar?year=2026").json
    assert calendar == home.get("/calendar").json
    assert "2026-11-24" in {one["date"] for one in calendar["holidays"]}


def test_guessing_tracking_codes_has_to_wait(centre: Centre) -> None:
    home = citizen(centre)
    for number in range(10):
        assert home.get(f"/tracking/ABCDEFGH{number:04}").status_code == 404
    answer = home.get("/tracking/ABCDEFGH9999")
    assert (answer.status_code, answer.json["code"]) == (429, "too-many-attempts")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_description_is_read_without_a_script(sqlite_centre: Centre, lang: str) -> None:
    page = sqlite_centre.client().get(f"/api/v1/docs?lang={lang}").text.replace("<wbr>", "")
    for _, path, said in citizen(sqlite_centre).promise.operations():
        assert path in page
        assert f'id="{said["operationId"]}"' in page
    assert ("Programming interface" in page) == (lang == "en")
    assert 'style="' not in page
    assert "<script>" not in page
