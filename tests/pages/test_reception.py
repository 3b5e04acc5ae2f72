"""Reception at the counter: one screen, one dossier, one slip; a clear sentence for whatever does not fit."""

import re
from io import BytesIO
from typing import Any

from tests.centre import APPLICANT, PASSWORD, Browser, Centre
from tests.processes.samples import sample

CODE = "1.009397"
SHEET = f"/tiep-nhan/{CODE}"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def sheet(centre: Centre, **changes: Any) -> dict[str, Any]:
    """A sheet filled in with care, for the procedure of the tests."""
    definition = centre.engine.procedures.definition(centre.engine.procedures.get(CODE).sha256)
    answers = sample(definition.form(definition.procedure.form or ""))
    return {
        "key": "khoa-1", "channel": "counter", "result_channel": "counter", "decision": "receive",
        **{f"applicant.{name}": text for name, text in APPLICANT.items()},
        **{f"f.{name}": text for name, text in answers.items()},
        **{f"doc.{one.id}.originals": "1" for one in definition.procedure.documents},
        **changes,
    }  # fmt: skip


def shown(page: str) -> dict[str, str]:
    """Values of the one-line fields on a page."""
    return dict(re.findall(r'name="([^"]+)" value="([^"]*)"', page))


def dossiers(centre: Centre) -> int:
    return len(centre.engine.dossiers.search(centre.officer("supervisor")))


def test_a_procedure_is_found_without_diacritics(sqlite_centre: Centre) -> None:
    page = sqlite_centre.client("reception").get("/tiep-nhan?tim=bieu dien nghe thuat").text
    assert SHEET in page
    assert "Không có thủ tục nào khớp" in sqlite_centre.client("reception").get("/tiep-nhan?tim=xyz").text


def test_received_in_one_go_the_slip_and_the_code_are_there(centre: Centre) -> None:
    browser = centre.client("reception")
    answer = browser.post(SHEET, sheet(centre))
    assert answer.status_code == 303, answer.text
    page = browser.get(answer.headers["Location"]).text
    centre.number = answer.headers["Location"].rsplit("/", 1)[1]
    view = centre.view()
    assert view.line.handling == "in_process"
    assert view.line.number in page
    assert view.tracking_code[:4] in page
    assert "<svg" in page
    assert f"/ho-so/{view.line.number}/giay/{view.papers[-1].id}" in page


def test_the_same_sheet_sent_twice_is_one_dossier(centre: Centre) -> None:
    browser = centre.client("reception")
    first = browser.post(SHEET, sheet(centre))
    again = browser.post(SHEET, sheet(centre))
    assert first.headers["Location"] == again.headers["Location"]
    assert dossiers(centre) == 1


def test_every_fault_is_listed_and_what_was_typed_stays(centre: Centre) -> None:
    browser = centre.client("reception")
    bad = sheet(centre, **{
        "applicant.id_number": "12345", "applicant.phone": "abc", "channel": "telex",
    })  # fmt: skip
    required = next(name for name in bad if name.startswith("f."))
    documents = [name for name in bad if name.startswith("doc.")]
    bad |= {required: "", documents[0]: "hai", "c.reception_note": "đã xem"}
    answer = browser.post(SHEET, bad)
    assert answer.status_code == 422
    assert "đúng 12 chữ số" in answer.text
    assert "Số điện thoại gồm 10 chữ số" in answer.text
    assert "phải là số nguyên từ 0 đến 99" in answer.text
    assert "không nhận hồ sơ qua kênh" in answer.text
    values = shown(answer.text)
    assert values["applicant.id_number"] == "12345"
    assert values["key"] == "khoa-1"
    assert values[documents[0]] == "hai"
    assert ">đã xem</textarea>" in answer.text
    summary = answer.text.split("data-error-summary", 1)[1].split("</ul>", 1)[0]
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert len(targets) >= 5
    assert all(f'id="{target}"' in answer.text for target in targets), targets
    assert "<title>Lỗi: " in answer.text
    assert dossiers(centre) == 0


def test_the_check_asks_for_a_supplement_and_says_what_is_missing(centre: Centre) -> None:
    browser = centre.client("reception")
    more = {
        "decision": "supplement", "c.supplement_reason": "Thiếu kịch bản",
        "c.supplement_items.0.document": "Kịch bản", "c.supplement_items.0.note": "bản đầy đủ",
    }  # fmt: skip
    answer = browser.post(SHEET, sheet(centre, **more))
    assert answer.status_code == 303, answer.text
    page = browser.get(answer.headers["Location"]).text
    assert "Đã yêu cầu bổ sung hồ sơ" in page
    assert "phiếu yêu cầu bổ sung" in page


def test_a_refusal_without_its_reason_is_not_recorded(centre: Centre) -> None:
    browser = centre.client("reception")
    answer = browser.post(SHEET, sheet(centre, decision="refuse"))
    assert answer.status_code == 422
    assert "thiếu" in answer.text
    assert shown(answer.text)["applicant.name"] == APPLICANT["name"]
    assert dossiers(centre) == 0


def test_scans_are_kept_with_their_line_of_the_checklist(centre: Centre) -> None:
    browser = centre.client("reception")
    data = sheet(centre)
    document = next(name for name in data if name.startswith("doc.")).split(".")[1]
    for _ in range(2):
        data[f"file.{document}"] = (BytesIO(PNG), "bản quét.png")
        answer = browser.post(SHEET, data)
        assert answer.status_code == 303, answer.text
    centre.number = answer.headers["Location"].rsplit("/", 1)[1]
    assert [(one.required_id, one.name) for one in centre.view().documents] == [(document, "bản quét.png")]


def test_a_scan_that_is_no_picture_is_told_before_anything_is_written(centre: Centre) -> None:
    browser = centre.client("reception")
    data = sheet(centre)
    document = next(name for name in data if name.startswith("doc.")).split(".")[1]
    data[f"file.{document}"] = (BytesIO(b"MZ\x90 not a picture"), "virus.png")
    answer = browser.post(SHEET, data)
    assert answer.status_code == 422
    assert "nội dung là loại khác" in answer.text
    assert "Chọn lại tệp trước khi gửi" in answer.text
    assert dossiers(centre) == 0


def test_another_row_and_the_fields_in_question_come_without_a_script(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client("reception")
    data = sheet(sqlite_centre)
    del data["decision"]
    page = browser.post(SHEET, {**data, "_add": "c.supplement_items"})
    assert page.status_code == 200
    assert 'name="c.supplement_items.1.note"' in page.text
    page = browser.post(SHEET, {**data, "_refresh": "1"}).text
    assert shown(page)["applicant.name"] == APPLICANT["name"]
    full = shown(browser.post(SHEET, {**data, "_full": "1"}).text)
    assert any(name.startswith("doc.") and text == "1" for name, text in full.items())
    assert dossiers(sqlite_centre) == 0


def test_a_document_that_is_not_needed_is_marked(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client("reception")
    mark = "Không phải nộp trong trường hợp này"
    marked = [
        version.code
        for version in sqlite_centre.engine.procedures.find()
        if mark in browser.get(f"/tiep-nhan/{version.code}").text
    ]
    assert marked, "some procedure asks for a document only in some cases"


def test_every_procedure_has_its_sheet(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client("reception")
    for version in sqlite_centre.engine.procedures.find():
        page = browser.get(f"/tiep-nhan/{version.code}")
        assert page.status_code == 200
        assert "Tiếp nhận hồ sơ</button>" in page.text


def test_hostile_texts_are_shown_and_never_run(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client("reception")
    data = sheet(sqlite_centre, **{"applicant.name": "<script>alert(1)</script>", "applicant.id_number": "x"})
    page = browser.post(SHEET, data).text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_only_reception_receives(sqlite_centre: Centre) -> None:
    for role, agency in (("processing", "SVHTT"), ("auditor", "TTHCC"), ("cashier", "TTHCC")):
        browser = sqlite_centre.client(role, agency)
        assert browser.get(SHEET).status_code == 403
        assert browser.post(SHEET, sheet(sqlite_centre), page="/khong-co").status_code == 403
    assert sqlite_centre.client("reception").get("/tiep-nhan/9.999999").status_code == 404


def posted_after_the_session(browser: Browser, url: str, data: dict[str, Any]) -> Any:
    """The page was open while the session ended."""
    token = browser.token(url)
    browser.client.delete_cookie("motcua")
    return browser.client.post(
        url, data={"csrf_token": token, **data}, headers={"Referer": f"http://localhost{url}"}
    )


def test_a_session_that_ended_loses_nothing_that_was_typed(centre: Centre) -> None:
    browser = centre.client("reception")
    answer = posted_after_the_session(browser, SHEET, sheet(centre))
    assert answer.status_code == 401
    assert "Phiên làm việc đã hết" in answer.text
    assert dossiers(centre) == 0
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.text))
    again = browser.client.post(
        "/dang-nhap", data={**hidden, "username": centre.officer("reception").username, "password": "sai"}
    )
    assert again.status_code == 401
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', again.text))
    back = browser.client.post(
        "/dang-nhap", data={**hidden, "username": centre.officer("reception").username, "password": PASSWORD}
    )
    assert back.status_code == 200
    assert "Gửi lại" in back.text
    hidden = dict(
        re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', back.text.split("<main", 1)[1])
    )
    sent = browser.client.post(SHEET, data=hidden)
    assert sent.status_code == 303, sent.text
    assert dossiers(centre) == 1
