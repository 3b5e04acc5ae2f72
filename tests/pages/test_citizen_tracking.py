"""A citizen follows a dossier, hands in what was missing, takes it back, and guesses no code."""

import io
from typing import Any

from tests.centre import Browser, Centre

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
MISSING = {
    "supplement_items": [
        {"document": "Kịch bản", "note": "Thiếu trang 3"},
        {"document": "Danh mục tác phẩm", "note": ""},
    ],
    "supplement_reason": "Chưa đủ theo Điều 10 Nghị định 144/2020/NĐ-CP.",
}


def _file(name: str, content: bytes = PDF) -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), name


def _returned(centre: Centre) -> str:
    """A dossier returned at appraisal for a supplement; its tracking code."""
    centre.receive("1.009397")
    for _ in range(9):
        if any(task.name == "Thẩm định nội dung chương trình" for task in centre.view().tasks):
            break
        task = centre.view().tasks[0]
        centre.do(task.name, task.decisions[0].value if task.decisions else None)
        centre.engine.deliveries.run_jobs()
    centre.do("Thẩm định nội dung chương trình", "supplement")
    centre.do("Lập phiếu yêu cầu bổ sung", **MISSING)
    return centre.do("Ký phiếu yêu cầu bổ sung", "approve").tracking_code


def _send(browser: Browser, code: str, data: dict[str, Any]) -> Any:
    return browser.post(f"/tra-cuu/{code}/bo-sung", data, page=f"/tra-cuu/{code}")


def test_a_code_leads_to_its_dossier_however_it_is_typed(centre: Centre) -> None:
    code = centre.submit("1.009397").tracking_code
    browser = centre.client()
    typed = f"{code[:4]}-{code[4:8]} {code[8:]}".lower()
    answer = browser.get("/tra-cuu", query_string={"ma": typed})
    assert answer.headers["Location"] == f"/tra-cuu/{code}"
    page = browser.get(f"/tra-cuu/{code.lower()}").text
    assert "Trung tâm đang kiểm tra hồ sơ" in page
    assert "N*** T*** Ánh" in page
    assert "Nguyễn" not in page
    assert "040190001234" not in page
    assert "Cán bộ reception" not in page


def test_the_page_tells_the_date_and_how_it_was_reckoned_in_both_languages(centre: Centre) -> None:
    centre.receive("1.009397")
    code = centre.view().tracking_code
    page = centre.client().get(f"/tra-cuu/{code}").text
    assert "17:00 thứ Hai, 09/03/2026" in page
    assert "thời hạn 5 ngày làm việc" in page
    english = centre.client().get(f"/tra-cuu/{code}?lang=en").text
    assert "is working on the dossier" in english
    assert "5 working days" in english
    assert "Submitted" in english
    assert "không cần làm gì" not in english


def test_wrong_codes_are_answered_alike_and_guessing_has_to_wait(centre: Centre) -> None:
    number = centre.submit("1.009397").line.number
    code = centre.view().tracking_code
    browser = centre.client()
    pages = set()
    for wrong in ("SAISAISAISAI", "KHONGCOMANAY", "MAKHAC"):
        answer = browser.get(f"/tra-cuu/{wrong}")
        assert answer.status_code == 404
        pages.add(answer.text.replace(wrong, "…"))
    assert len(pages) == 1
    assert browser.get(f"/tra-cuu/{number}").status_code == 404
    for guess in range(6):
        assert browser.get(f"/tra-cuu/SAI{guess}").status_code == 404
    answer = browser.get(f"/tra-cuu/{code}")
    assert answer.status_code == 429
    assert "thử lại sau 60 giây" in answer.text
    centre.clock.advance(seconds=61)
    assert browser.get(f"/tra-cuu/{code}").status_code == 200


def test_an_empty_or_hostile_code_is_asked_for_again(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client()
    assert "Nhập mã tra cứu" in browser.get("/tra-cuu?ma=").text
    assert browser.get("/tra-cuu?ma=").status_code == 422
    answer = browser.get("/tra-cuu/%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text


def test_a_supplement_from_home_moves_the_date_and_says_why(centre: Centre) -> None:
    centre.receive("1.009397")
    first_due = centre.view().line.due_at
    code = _returned(centre)
    browser = centre.client()
    page = browser.get(f"/tra-cuu/{code}").text
    assert "Thiếu trang 3" in page
    assert MISSING["supplement_reason"] in page
    centre.clock.advance(days=3)
    sent = {"file.0": _file("kich-ban.pdf"), "file.1": _file("danh-muc.pdf"), "send": "1"}
    assert _send(browser, code, sent).status_code == 303
    view = centre.view()
    assert view.line.handling == "in_process"
    assert first_due is not None
    assert view.line.due_at is not None
    assert view.line.due_at > first_due
    assert {one.name for one in view.documents} == {"kich-ban.pdf", "danh-muc.pdf"}
    after = browser.get(f"/tra-cuu/{code}").text
    assert "Đã nhận phần bổ sung. Ngày hẹn trả kết quả được tính lại" in after
    assert "Trả để bổ sung" in after
    again = browser.post(f"/tra-cuu/{code}/bo-sung", {"send": "1"}, page="/dang-nhap")
    assert again.status_code == 303
    assert "đã được nhận trước đó" in browser.get(f"/tra-cuu/{code}").text
    assert len(centre.view().documents) == 2


def test_files_may_be_stored_first_and_a_refused_one_is_named(sqlite_centre: Centre) -> None:
    code = _returned(sqlite_centre)
    browser = sqlite_centre.client()
    assert _send(browser, code, {"file.0": _file("trang-3.pdf"), "store": "1"}).status_code == 303
    assert "trang-3.pdf" in browser.get(f"/tra-cuu/{code}").text
    assert sqlite_centre.view().line.handling == "awaiting_supplement"
    sent = {"file.1": _file("danh-muc.exe", b"MZ"), "note": "Kèm giải trình", "send": "1"}
    answer = _send(browser, code, sent)
    assert answer.status_code == 422
    assert "Không nhận loại tệp của «danh-muc.exe»" in answer.text
    assert 'href="#o-file-1"' in answer.text
    assert "Kèm giải trình" in answer.text
    assert sqlite_centre.view().line.handling == "awaiting_supplement"
    assert _send(browser, code, {"note": "Kèm giải trình", "send": "1"}).status_code == 303
    assert sqlite_centre.view().data["supplement_note"] == "Kèm giải trình"


def test_an_empty_supplement_is_not_sent(sqlite_centre: Centre) -> None:
    code = _returned(sqlite_centre)
    answer = _send(sqlite_centre.client(), code, {"send": "1"})
    assert answer.status_code == 422
    assert "Chọn tệp cần bổ sung" in answer.text
    assert sqlite_centre.view().line.handling == "awaiting_supplement"


def test_a_dossier_is_withdrawn_with_a_reason_and_a_second_look(centre: Centre) -> None:
    centre.receive("1.009397")
    centre.do("Chuyển hồ sơ giấy đến cơ quan")
    code = centre.view().tracking_code
    browser, page = centre.client(), f"/tra-cuu/{code}/rut"
    assert browser.post(page, {"reason": "  "}).status_code == 422
    asked = browser.post(page, {"reason": "Hoãn <b>chương trình</b>"})
    assert "Xác nhận rút hồ sơ" in asked.text
    assert "Hoãn &lt;b&gt;chương trình" in asked.text
    assert centre.view().line.handling == "in_process"
    done = browser.post(page, {"reason": "Hoãn chương trình", "confirmed": "1"})
    assert done.status_code == 303
    assert centre.view().line.handling == "withdrawn"
    assert "Đã rút hồ sơ theo đề nghị" in browser.get(f"/tra-cuu/{code}").text
    assert browser.post(page, {"reason": "Lần nữa", "confirmed": "1"}, page="/dang-nhap").status_code == 409


def test_what_the_counter_has_not_looked_at_is_withdrawn_and_gone_from_its_inbox(centre: Centre) -> None:
    centre.submit("1.009397", channel="online")
    code = centre.view().tracking_code
    browser = centre.client()
    assert f"/tra-cuu/{code}/rut" in browser.get(f"/tra-cuu/{code}").text
    done = browser.post(f"/tra-cuu/{code}/rut", {"reason": "Nộp nhầm thủ tục", "confirmed": "1"})
    assert done.status_code == 303
    assert "Đã rút hồ sơ theo đề nghị" in browser.get(f"/tra-cuu/{code}").text
    view = centre.view()
    assert (view.line.handling, view.tasks, view.line.due_at) == ("withdrawn", (), None)
    assert [paper.name for paper in view.papers] == ["stop_notice"]
    assert centre.number not in centre.client("reception").get("/hop-viec").text
    assert not centre.engine.replays.of(centre.officer("auditor"), centre.number).faults


def test_a_signed_result_can_no_longer_be_withdrawn(sqlite_centre: Centre) -> None:
    centre = sqlite_centre
    centre.receive("2.000635")
    for _ in range(12):
        if any(task.name == "Vào số, đóng dấu và phát hành" for task in centre.view().tasks):
            break
        task = centre.view().tasks[0]
        centre.do(task.name, task.decisions[0].value if task.decisions else None)
        centre.engine.deliveries.run_jobs()
    code = centre.view().tracking_code
    browser = centre.client()
    assert f"/tra-cuu/{code}/rut" not in browser.get(f"/tra-cuu/{code}").text
    assert "không rút được nữa" in browser.get(f"/tra-cuu/{code}/rut").text
    answer = browser.post(f"/tra-cuu/{code}/rut", {"reason": "Đổi ý", "confirmed": "1"}, page="/dang-nhap")
    assert answer.status_code == 409
    assert "đã được ký" in answer.text


def test_papers_are_read_and_printed_by_the_code_and_by_no_other(centre: Centre) -> None:
    centre.receive("1.009397")
    view = centre.view()
    (slip,) = view.papers
    browser = centre.client()
    address = f"/tra-cuu/{view.tracking_code}/giay/{slip.id}"
    assert "Giấy tiếp nhận hồ sơ" in browser.get(f"/tra-cuu/{view.tracking_code}").text
    assert "Nguyễn Thị Ánh" in browser.get(address).text
    pdf = browser.get(f"{address}.pdf")
    assert pdf.content_type == "application/pdf"
    assert pdf.data.startswith(b"%PDF")
    centre.receive("1.009397")
    other = centre.view().tracking_code
    assert browser.get(f"/tra-cuu/{other}/giay/{slip.id}").status_code == 404
    assert browser.get(f"/tra-cuu/SAI/giay/{slip.id}.pdf").status_code == 404


def test_a_late_dossier_says_what_the_citizen_may_do(sqlite_centre: Centre) -> None:
    sqlite_centre.receive("1.009794")
    sqlite_centre.clock.advance(days=40)
    page = sqlite_centre.client().get(f"/tra-cuu/{sqlite_centre.view().tracking_code}").text
    assert "Trễ" in page
    assert "xin lỗi bằng văn bản" in page


def test_a_fee_that_is_due_is_named_with_its_amount(sqlite_centre: Centre) -> None:
    sqlite_centre.receive("1.009397")
    sqlite_centre.do("Chuyển hồ sơ giấy đến cơ quan")
    sqlite_centre.engine.deliveries.run_jobs()
    page = sqlite_centre.client().get(f"/tra-cuu/{sqlite_centre.view().tracking_code}").text
    assert "Phí, lệ phí phải nộp" in page
    assert ".000 đồng" in page
