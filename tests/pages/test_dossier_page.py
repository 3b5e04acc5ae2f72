"""The page of a dossier: what it says, what may be done on it, and how it refuses."""

import re
from datetime import date
from io import BytesIO
from typing import Any

from tests.centre import Browser, Centre
from tests.pages.test_reception import PNG
from tests.processes.samples import sample

TABS = ("cong-viec", "tien-do", "to-khai", "giay-to", "nhat-ky", "so-do")


def page_of(centre: Centre, tab: str = "") -> str:
    return f"/ho-so/{centre.number}" + (f"?the={tab}" if tab else "")


def answers(centre: Centre, step: str, **more: Any) -> dict[str, Any]:
    """The form of the open step as a browser sends it, filled in with care, on the present version."""
    task = centre.task(step)
    fields = {f"f.{name}": value for name, value in (sample(task.form) if task.form else {}).items()}
    flat = {name: value for name, value in fields.items() if not isinstance(value, list)}
    return {"task": task.task_id, "seen": centre.view().line.sequence, **flat, **more}


def send(centre: Centre, browser: Browser, way: str, data: dict[str, Any]) -> Any:
    return browser.post(f"/ho-so/{centre.number}/{way}", data, page=page_of(centre))


def test_every_part_of_the_page_opens_for_a_dossier_in_any_state(sqlite_centre: Centre) -> None:
    centre = sqlite_centre
    states = []
    centre.submit("2.000635")
    states.append(centre.number)
    centre.receive("1.009397")
    states.append(centre.number)
    centre.receive("1.004593")
    centre.walk({"Tra cứu, trình hồ sơ": "approve"})
    states.append(centre.number)
    browser = centre.client("reception")
    for centre.number in states:
        for tab in TABS:
            answer = browser.get(page_of(centre, tab))
            assert answer.status_code == 200
            assert centre.number in answer.text
            assert browser.get(f"{page_of(centre, tab)}&lang=en").status_code == 200
            browser.get("/ho-so?lang=vi")


def test_the_band_says_where_it_is_until_when_and_with_whom(centre: Centre) -> None:
    centre.receive("1.009397")
    page = centre.client("reception").get(page_of(centre)).text
    assert re.search(r"Còn \d+ ngày làm việc", page)
    assert "Chuyển hồ sơ giấy đến cơ quan" in page
    assert "Chưa ai nhận" in page
    progress = centre.client("reception").get(page_of(centre, "tien-do")).text
    for sentence in centre.view().explanation:
        assert sentence in progress


def test_the_diagram_comes_with_its_twin_list_and_the_present_step_marked(sqlite_centre: Centre) -> None:
    sqlite_centre.receive("1.009397")
    page = sqlite_centre.client("reception").get(page_of(sqlite_centre, "so-do")).text
    assert "data-diagram-island" in page
    assert "Đang ở đây" in page


def test_a_step_is_taken_done_and_gone(centre: Centre) -> None:
    centre.receive("1.009397")
    browser = centre.client("reception")
    step = "Chuyển hồ sơ giấy đến cơ quan"
    assert send(centre, browser, "nhan-viec", {"task": centre.task(step).task_id}).status_code == 303
    assert "Trả lại việc" in browser.get(page_of(centre)).text
    assert send(centre, browser, "tra-viec", {"task": centre.task(step).task_id}).status_code == 303
    answer = send(centre, browser, "hoan-thanh", answers(centre, step))
    assert answer.status_code == 303, answer.text
    page = browser.get(page_of(centre)).text
    assert f"Đã hoàn thành: {step}" in page
    assert step not in [task.name for task in centre.view().tasks]


def test_what_is_missing_is_said_at_its_field_and_nothing_changes(centre: Centre) -> None:
    centre.receive("1.009397")
    browser = centre.client("reception")
    before = centre.view().line.sequence
    data = answers(centre, "Chuyển hồ sơ giấy đến cơ quan")
    data |= {"f.handover_receiver": "", "f.handover_note": "gửi buổi sáng"}
    answer = send(centre, browser, "hoan-thanh", data)
    assert answer.status_code == 422
    assert 'href="#o-f-handover_receiver"' in answer.text
    assert "gửi buổi sáng" in answer.text
    assert centre.view().line.sequence == before


def test_a_stale_page_is_refused_with_what_was_typed(centre: Centre) -> None:
    centre.receive("1.009397")
    browser = centre.client("reception")
    step = "Chuyển hồ sơ giấy đến cơ quan"
    data = answers(centre, step, **{"f.handover_note": "ghi chú dài của tôi"})
    centre.engine.tasks.claim(centre.officer("reception"), centre.view().line.id, centre.task(step).task_id)
    answer = send(centre, browser, "hoan-thanh", data)
    assert answer.status_code == 409
    assert "Hồ sơ đã thay đổi từ lúc ông/bà mở" in answer.text
    assert "ghi chú dài của tôi" in answer.text
    assert f'name="seen" value="{centre.view().line.sequence}"' in answer.text


def test_a_second_tab_hears_that_the_step_is_done_and_keeps_the_text(centre: Centre) -> None:
    centre.receive("1.009397")
    browser = centre.client("reception")
    data = answers(centre, "Chuyển hồ sơ giấy đến cơ quan", **{"f.handover_note": "chữ của tôi"})
    assert send(centre, browser, "hoan-thanh", data).status_code == 303
    answer = send(centre, browser, "hoan-thanh", data)
    assert answer.status_code == 409
    assert "có thể việc đã xong ở cửa sổ khác" in answer.text
    assert "chữ của tôi" in answer.text


def test_a_step_that_a_colleague_holds_is_not_mine_to_finish(centre: Centre) -> None:
    centre.receive("1.009397")
    step = "Chuyển hồ sơ giấy đến cơ quan"
    colleague = second_officer(centre)
    centre.engine.tasks.claim(colleague, centre.view().line.id, centre.task(step).task_id)
    browser = centre.client("reception")
    assert "đang giữ việc này" in browser.get(page_of(centre)).text
    for way in ("hoan-thanh", "nhan-viec", "tra-viec"):
        answer = send(centre, browser, way, answers(centre, step))
        assert answer.status_code == 409
        assert "đang do cán bộ khác giữ" in answer.text


def second_officer(centre: Centre) -> Any:
    """Another officer of the same role."""
    identity = centre.engine.officers.add("ban.cung.quay", "Phan Thị Cùng Quầy", "mat khau rat dai khac")
    centre.engine.officers.post(
        identity, role="reception", agency="TTHCC", paper="QĐ 2", valid_from=date(2020, 1, 1)
    )
    return centre.engine.officers.by_username("ban.cung.quay")


def test_a_decision_that_needs_a_reason_asks_for_it(sqlite_centre: Centre) -> None:
    centre = sqlite_centre
    centre.receive("1.009397")
    for _ in range(6):
        task = centre.view().tasks[0]
        needing = [one for one in task.decisions if one.reason_required]
        if needing:
            break
        centre.do(task.name, task.decisions[0].value if task.decisions else None)
    browser = centre.client(task.role, task.agency)
    data = answers(centre, task.name, decision=needing[0].value, reason=" ")
    answer = send(centre, browser, "hoan-thanh", data)
    assert answer.status_code == 422
    assert f"Nêu lý do khi chọn «{needing[0].label}»" in answer.text
    assert 'href="#o-reason"' in answer.text


def test_the_supplement_comes_over_the_counter(centre: Centre) -> None:
    centre.submit("1.009397")
    items = [{"document": "Kịch bản", "note": "bản đầy đủ"}]
    centre.do("Kiểm tra hồ sơ", "supplement", supplement_items=items, supplement_reason="thiếu kịch bản")
    browser = centre.client("reception")
    page = browser.get(page_of(centre)).text
    assert "Nhận hồ sơ bổ sung tại quầy" in page
    seen = centre.view().line.sequence
    data = {"message": "supplement", "message.supplement_note": "kịch bản 12 trang", "seen": seen}
    assert send(centre, browser, "ghi-nhan", data).status_code == 303
    assert centre.view().line.handling == "submitted"
    assert centre.view().data["supplement_note"] == "kịch bản 12 trang"
    again = send(centre, browser, "ghi-nhan", {**data, "seen": centre.view().line.sequence})
    assert again.status_code == 409
    assert "Hồ sơ hiện không ở bước" in again.text


def test_withdrawing_at_the_counter_needs_its_reason(centre: Centre) -> None:
    centre.receive("1.009397")
    centre.do("Chuyển hồ sơ giấy đến cơ quan")
    browser = centre.client("reception")
    data = {"message": "withdraw", "message.withdrawal_reason": "", "seen": centre.view().line.sequence}
    answer = send(centre, browser, "ghi-nhan", data)
    assert answer.status_code == 422
    assert 'href="#o-message-withdrawal_reason"' in answer.text
    data["message.withdrawal_reason"] = "Không tổ chức nữa"
    assert send(centre, browser, "ghi-nhan", data).status_code == 303
    assert centre.view().line.handling == "withdrawn"


def test_the_appointment_moves_once_with_an_apology(centre: Centre) -> None:
    centre.receive("1.009794")
    browser = centre.client("reception")
    first = centre.view().line
    data = {
        "extension.due_at": "31/03/2026",
        "extension.reason": "Chờ kết quả thí nghiệm",
        "seen": first.sequence,
    }
    answer = send(centre, browser, "hen-lai", data)
    assert answer.status_code == 303, answer.text
    view = centre.view()
    assert view.line.due_at is not None
    assert view.line.due_at > (first.due_at or view.line.due_at)
    assert view.papers[-1].name == "apology_extension"
    assert "Phiếu xin lỗi đã được lập" in browser.get(page_of(centre)).text
    again = send(centre, browser, "hen-lai", {**data, "seen": view.line.sequence})
    assert again.status_code == 409
    assert "Hồ sơ đã được hẹn lại" in again.text


def test_a_new_appointment_that_cannot_be_is_explained(centre: Centre) -> None:
    centre.receive("1.009794")
    browser = centre.client("reception")
    for due, sentence in (
        ("ba mươi tháng ba", "Ghi ngày theo dạng ngày/tháng/năm"),
        ("30/02/2026", "Không có ngày 30/02/2026"),
        ("03/03/2026", "phải sau ngày hẹn hiện tại"),
        ("29/03/2026", "là ngày nghỉ"),
    ):
        seen = centre.view().line.sequence
        data = {"extension.due_at": due, "extension.reason": "lý do rõ", "seen": seen}
        answer = send(centre, browser, "hen-lai", data)
        assert answer.status_code == 422
        assert sentence in answer.text, due
        assert "lý do rõ" in answer.text
        assert centre.view().line.sequence == seen


def test_a_document_goes_in_and_comes_out_sealed(centre: Centre) -> None:
    centre.submit("1.009397")
    browser = centre.client("reception")
    required = centre.view().procedure.documents[0].id
    data = {"file": (BytesIO(PNG), "ảnh chụp.png"), "required_id": required}
    assert send(centre, browser, "giay-to", data).status_code == 303
    stored = centre.view().documents[0]
    assert stored.required_id == required
    file = browser.get(f"/ho-so/{centre.number}/giay-to/{stored.id}")
    assert file.data == PNG
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert file.headers["Content-Security-Policy"].startswith("sandbox")
    assert "ảnh chụp.png" in browser.get(page_of(centre, "giay-to")).text


def test_files_that_are_not_taken_are_explained(sqlite_centre: Centre) -> None:
    centre = sqlite_centre
    centre.submit("1.009397")
    browser = centre.client("reception")
    for file, sentence in (
        (None, "Chọn một tệp để tải lên"),
        ((BytesIO(b""), "trong.pdf"), "không có nội dung"),
        ((BytesIO(b"MZ"), "chay.exe"), "Không nhận loại tệp"),
        ((BytesIO(b"<script>"), "trang.pdf"), "nội dung là loại khác"),
    ):
        answer = send(centre, browser, "giay-to", {"file": file} if file else {})
        assert answer.status_code == 422
        assert sentence in answer.text
    unknown = send(centre, browser, "giay-to", {"file": (BytesIO(PNG), "a.png"), "required_id": "khong-co"})
    assert unknown.status_code == 404
    assert centre.view().documents == ()


def test_the_dossier_of_another_agency_does_not_exist(centre: Centre) -> None:
    centre.receive("1.009397")
    stranger = centre.client("processing", "SXD")
    for url in (page_of(centre), f"/ho-so/{centre.number}/giay/kiem-soat"):
        assert stranger.get(url).status_code == 404
    task = centre.view().tasks[0].task_id
    for way in ("nhan-viec", "hoan-thanh", "giay-to"):
        answer = stranger.post(f"/ho-so/{centre.number}/{way}", {"task": task, "seen": "1"}, page="/hop-viec")
        assert answer.status_code == 404, way
    assert centre.number not in stranger.get("/ho-so").text


def test_bent_forms_are_refused_politely(sqlite_centre: Centre) -> None:
    centre = sqlite_centre
    centre.receive("1.009397")
    browser = centre.client("reception")
    step = "Chuyển hồ sơ giấy đến cơ quan"
    before = centre.view().line.sequence
    for change, status in (
        ({"task": "không phải mã"}, 404),
        ({"seen": "x"}, 422),
        ({"seen": "99999"}, 409),
        ({"f.handed_over_at": "2026-01-01"}, 422),
        ({"f.handover_receiver": "a" * 5000}, 422),
    ):
        answer = send(centre, browser, "hoan-thanh", {**answers(centre, step), **change})
        assert answer.status_code == status, change
        assert centre.view().line.sequence == before


def test_dossiers_are_found_by_words_without_diacritics(sqlite_centre: Centre) -> None:
    centre = sqlite_centre
    centre.receive("1.009397")
    browser = centre.client("supervisor")
    for text in ("nguyen thi anh", centre.number, "bieu dien"):
        assert centre.number in browser.get("/ho-so", query_string={"tim": text}).text
    assert "Không tìm thấy hồ sơ nào" in browser.get("/ho-so?tim=khongcoai").text
    assert centre.number in browser.get("/ho-so?loc=open&trang=-3").text
    assert centre.number not in browser.get("/ho-so?loc=finished").text


def test_history_says_who_when_what_and_why(centre: Centre) -> None:
    centre.receive("1.009397")
    page = centre.client("supervisor").get(page_of(centre, "nhat-ky")).text
    for entry in centre.view().history:
        assert f"{entry.sequence}. {entry.title}" in page
        assert entry.actor_name in page


def test_the_document_is_read_in_words_and_not_in_codes(centre: Centre) -> None:
    centre.receive("1.004593")
    browser = centre.client("reception")
    page = browser.get(page_of(centre, "to-khai")).text
    assert 'Nơi nhận kết quả</dt><dd class="prewrap">Tại Trung tâm' in page
    kind = next(
        one
        for one in centre.engine.procedures.definition(centre.view().bundle).questions("nop-1.004593").each()
        if one.options
    )
    assert f'{kind.label}</dt><dd class="prewrap">{kind.options[0].label}' in page
    assert "—</dd>" not in page.split("Nội dung hồ sơ", 1)[1].split("</section>", 1)[0]


def test_the_cashier_sees_what_to_collect_and_collects_it(centre: Centre) -> None:
    centre.receive("1.009397")
    centre.do("Chuyển hồ sơ giấy đến cơ quan")
    browser = centre.client("cashier")
    amount = f"{centre.view().data['fee_amount']:,}".replace(",", ".")
    assert f"Số tiền phải thu: <strong>{amount} đồng" in browser.get(page_of(centre)).text
    data = answers(centre, "Thu phí, lệ phí", **{"f.fee_receipt": "BL-0001", "f.fee_method": "cash"})
    assert send(centre, browser, "hoan-thanh", data).status_code == 303
    assert centre.view().line.money == "paid"


def test_a_supervisor_reads_and_is_offered_nothing_to_do(sqlite_centre: Centre) -> None:
    centre = sqlite_centre
    centre.receive("1.009397")
    page = centre.client("supervisor").get(page_of(centre)).text
    assert "Việc này thuộc vai trò" in page
    assert "Hoàn thành bước này" not in page
    assert "Nhận việc" not in page


def test_before_a_fee_is_reckoned_the_page_does_not_say_that_there_is_none(centre: Centre) -> None:
    centre.submit("2.000635")
    page = centre.client("reception").get(f"/ho-so/{centre.number}").text
    assert "Chưa phát sinh" in page
    assert "Không thu" not in page
