"""What the papers of a real dossier tell the citizen about money, dates and missing papers."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from engine.domain.papers import Paper
from tests.centre import Centre

COMPANY = {
    "name": "Công ty TNHH Sông Lam", "kind": "organisation", "tax_code": "2901234568",
    "phone": "0912345678", "address": "Số 178 Trần Phú, Vinh",
}  # fmt: skip


def said(centre: Centre, name: str) -> str:
    """The text of the newest paper of that name of the present dossier."""
    found = [one for one in centre.view().papers if one.name == name]
    stored = centre.engine.papers.content(centre.officer("supervisor"), centre.number, found[-1].id)
    return "\n".join(_texts(Paper.from_json(stored).to_json()))


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _texts(part)]


def test_the_slip_names_the_fee_that_is_still_to_be_paid(centre: Centre) -> None:
    centre.receive("3.000333")
    slip = said(centre, "appointment_slip")
    assert "Phí cung cấp thông tin lý lịch tư pháp: 200.000 đồng (chưa nộp)" in slip
    assert "Không thu" not in slip


def test_where_the_clock_starts_with_the_fee_the_slip_says_so_and_prices_it_by_the_table(
    centre: Centre,
) -> None:
    centre.receive("2.002380", answers={"device_kind": "ct", "device_count": 2})
    slip = said(centre, "appointment_slip")
    assert "25 ngày làm việc, tính từ khi nộp đủ phí" in slip
    assert "16.000.000 đồng (chưa nộp)" in slip


def test_the_slip_of_a_free_procedure_says_that_nothing_is_charged(centre: Centre) -> None:
    centre.receive("2.000693")
    assert "Không thu" in said(centre, "appointment_slip")


def test_a_stop_notice_tells_who_has_paid_what_was_paid(centre: Centre) -> None:
    centre.receive("1.009397", applicant=COMPANY)
    centre.do("Chuyển hồ sơ giấy đến cơ quan")
    centre.do("Thu phí, lệ phí")
    centre.engine.dossiers.withdraw(centre.view().tracking_code, "Chương trình không tổ chức nữa")
    notice = said(centre, "stop_notice")
    assert "1.500.000 đồng (đã nộp)" in notice
    assert "Không phát sinh" not in notice
    assert "Quý đơn vị có thể nộp hồ sơ mới" in notice
    assert "ông/bà" not in notice


def test_a_stop_notice_before_payment_says_that_nothing_is_to_be_returned(centre: Centre) -> None:
    centre.receive("1.009397")
    centre.do("Chuyển hồ sơ giấy đến cơ quan")
    centre.engine.dossiers.withdraw(centre.view().tracking_code, "Đổi ngày diễn")
    assert "Không phát sinh nghĩa vụ tài chính phải hoàn trả." in said(centre, "stop_notice")


def test_a_request_for_papers_says_how_many_where_the_officer_said_so(centre: Centre) -> None:
    centre.submit("1.009397")
    missing = [{"document": "Kịch bản", "note": "Thiếu trang 2", "quantity": "01 bản chính"}]
    centre.do("Kiểm tra hồ sơ", "supplement", supplement_items=missing, supplement_reason="Thiếu trang")
    request = said(centre, "supplement_request")
    assert "01 bản chính" in request
    assert "Số lượng" in request
    page = centre.client().get(f"/tra-cuu/{centre.view().tracking_code}").text
    assert "01 bản chính" in page


def test_a_request_for_papers_has_no_empty_column(centre: Centre) -> None:
    centre.submit("1.009397")
    missing = [{"document": "Kịch bản", "note": "Thiếu trang 2"}]
    centre.do("Kiểm tra hồ sơ", "supplement", supplement_items=missing, supplement_reason="Thiếu trang")
    assert "Số lượng" not in said(centre, "supplement_request")


def test_an_apology_goes_out_before_the_day_and_does_not_say_that_the_day_has_passed(
    centre: Centre,
) -> None:
    centre.receive("1.010733")
    centre.do("Chuyển hồ sơ giấy đến cơ quan")
    line = centre.view().line
    assert line.due_at is not None
    leader = centre.officer("leader", "STNMT")
    centre.engine.dossiers.extend(
        leader, line.id, due_at=line.due_at + timedelta(days=7), reason="Phải khảo sát lại"
    )
    letter = said(centre, "apology_extension")
    assert "Hồ sơ dự kiến chưa có kết quả đúng thời gian đã hẹn." in letter
    assert "Lý do: Phải khảo sát lại." in letter
