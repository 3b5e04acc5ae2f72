"""What the seven papers say, and that nothing is issued that the law finds incomplete."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.clock import VIETNAM
from engine.domain.milestone import MILESTONES
from engine.domain.papers import NAMES, Paper, PaperFacts, PaperIncomplete, UnknownPaper, build, form, form_on
from engine.domain.papers.content import clean_text
from engine.domain.papers.facts import DocumentLine, FeeLine, Office, Person, Phase, Reason, Stop
from engine.domain.papers.forms import FORMS
from engine.domain.papers.words import day, moment, money

MakePaper = Callable[..., Paper]
ALL_FORMS = [pytest.param(one.name, one.version, id=one.key) for one in FORMS]


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


def said(paper: Paper) -> str:
    return "\n".join(texts(paper.to_json()))


@pytest.mark.parametrize(("name", "version"), ALL_FORMS)
def test_a_paper_survives_being_stored_as_json(make_paper: MakePaper, name: str, version: str) -> None:
    paper = make_paper(name, version)
    assert Paper.from_json(json.loads(json.dumps(paper.to_json()))) == paper


@pytest.mark.parametrize(("name", "version"), ALL_FORMS)
def test_equal_facts_give_equal_papers(make_paper: MakePaper, name: str, version: str) -> None:
    assert make_paper(name, version) == make_paper(name, version)


@given(name=st.text(min_size=1), note=st.text(), address=st.text())
def test_whatever_citizens_are_called_the_paper_is_clean_and_storable(
    name: str, note: str, address: str
) -> None:
    facts = PaperFacts(
        issued_at=datetime(2026, 3, 2, tzinfo=UTC),
        centre=Office(name="Trung tâm"),
        dossier_number="H41-1",
        procedure_name="Thủ tục",
        applicant=Person(name=name, address=address),
        supplement=(DocumentLine(name="Đơn", note=note),),
        supplement_reasons=(Reason(text=note or "Thiếu"),),
    )
    paper = build(form("supplement_request", "2025-09"), facts)
    assert Paper.from_json(json.loads(json.dumps(paper.to_json()))) == paper
    assert all(text == clean_text(text) for text in texts(paper.to_json()))


def test_letters_are_composed_and_hidden_controls_are_dropped(make_paper: MakePaper) -> None:
    paper = make_paper("appointment_slip", applicant=Person(name="Lê Thi\u0323 \u202eHoa\u200b\x07"))
    assert "Lê Thị Hoa" in said(paper)


def test_the_receipt_holds_what_the_circular_lists(make_paper: MakePaper) -> None:
    paper = make_paper("appointment_slip")
    assert paper.title == "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"
    assert (paper.page, paper.code) == ("A5", "000.00.16.H41-261120-0007")
    assert paper.head.superior == "VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH NGHỆ AN"
    assert paper.head.place_date == "Nghệ An, ngày 20 tháng 11 năm 2026"
    assert paper.lookup is not None
    assert paper.lookup.url == "https://dichvucong.nghean.example.vn/tra-cuu/7KQM2X9PRT4V"
    for text in (
        "Nguyễn Thị Thúy Hường",
        "040190012345",
        "0912 345 678",
        "huong.nguyen@example.vn",
        "Trực tiếp",
        "Cấp giấy phép tổ chức biểu diễn nghệ thuật trên địa bàn quản lý (mã thủ tục 1.009397)",
        "Giấy chứng nhận đăng ký doanh nghiệp",
        "01 (bộ)",
        "15 ngày làm việc",
        "09 giờ 05 phút, ngày 20 tháng 11 năm 2026",
        "09 giờ 05 phút, ngày 14 tháng 12 năm 2026",
        "Phí thẩm định: 1.500.000 đồng (đã nộp)",
        "02/2026; số thứ tự: 125",
        "0238 3 888 800",
        "9f86d081884c7d65",
        "văn bản ủy quyền",
    ):
        assert text in said(paper), text
    assert [one.title for one in paper.signatures] == ["NGƯỜI NỘP HỒ SƠ", "NGƯỜI TIẾP NHẬN HỒ SƠ"]


def test_a_receipt_after_a_supplement_says_so_and_shows_the_reckoning(make_paper: MakePaper) -> None:
    paper = make_paper("appointment_slip", renewed=True, reckoning=("Trả bổ sung 25/11.", "Tính lại từ đầu."))
    assert paper.subtitle == "(Lập lại sau khi nhận đủ hồ sơ bổ sung)"
    assert "Trả bổ sung 25/11. Tính lại từ đầu." in said(paper)


def test_a_receipt_without_a_limit_in_law_promises_no_date(make_paper: MakePaper) -> None:
    text = said(make_paper("appointment_slip", due_at=None, time_limit="", fees=()))
    assert "Pháp luật không quy định thời hạn" in text
    assert "Trung tâm thông báo khi có kết quả" in text
    assert "Không thu" in text


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        ("counter", "Tại Trung tâm Phục vụ hành chính công tỉnh Nghệ An, số 16"),
        ("postal", "Qua dịch vụ bưu chính công ích, đến: Số 12, ngõ 3"),
        ("online", "Bản điện tử, tại trang tra cứu"),
    ],
)
def test_the_receipt_says_where_the_result_is_collected(
    make_paper: MakePaper, channel: str, words: str
) -> None:
    assert words in said(make_paper("appointment_slip", result_channel=channel))


def test_a_two_phase_procedure_shows_both_dates(make_paper: MakePaper) -> None:
    later = datetime(2027, 2, 1, 8, 0, tzinfo=VIETNAM)
    text = said(make_paper("appointment_slip", phases=(Phase(name="Giai đoạn 2", due_at=later),)))
    assert "Giai đoạn 2, trả kết quả" in text
    assert "08 giờ 00 phút, ngày 01 tháng 02 năm 2027" in text


def test_a_supplement_request_lists_each_item_with_its_reason_and_whom_to_ask(make_paper: MakePaper) -> None:
    text = said(make_paper("supplement_request"))
    assert "Bản chụp mờ, không đọc được" in text
    assert "01 bản sao" in text
    assert "(Căn cứ: NĐ 144/2020/NĐ-CP, Điều 10 khoản 2)" in text
    assert "Hạn nộp bổ sung: 17 giờ 00 phút, ngày 11 tháng 12 năm 2026." in text
    assert "tính lại từ đầu" in text
    assert "Trần Thị Mỹ Hạnh" in text


def test_before_receipt_the_officer_signs_and_after_appraisal_the_head_of_the_agency(
    make_paper: MakePaper,
) -> None:
    early, late = make_paper("refusal_slip"), make_paper("refusal_slip", after_appraisal=True)
    assert early.head.office == "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG TỈNH NGHỆ AN"
    assert early.signatures[-1].name == "Trần Thị Mỹ Hạnh"
    assert late.head.office == "SỞ VĂN HÓA VÀ THỂ THAO"
    (signature,) = late.signatures
    assert (signature.on_behalf, signature.title) == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert "không giải quyết hồ sơ này" in said(late)


def test_an_apology_names_the_agency_its_reason_and_both_dates(make_paper: MakePaper) -> None:
    new, old = make_paper("apology_extension"), make_paper("apology_extension", "2018-06")
    assert new.title == "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT"
    assert old.title == "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ"
    for paper in (new, old):
        assert "ngày 14 tháng 12 năm 2026" in said(paper)
        assert "ngày 18 tháng 12 năm 2026" in said(paper)
        assert "Sở Văn hóa và Thể thao" in said(paper)


def test_a_stop_notice_tells_a_withdrawal_from_a_supplement_that_never_came(make_paper: MakePaper) -> None:
    assert "Theo đề nghị rút hồ sơ" in said(make_paper("stop_notice"))
    assert "quá thời hạn bổ sung" in said(make_paper("stop_notice", stop=Stop(by_request=False)))


def test_the_control_slip_shows_every_hand_over_with_times_and_people(make_paper: MakePaper) -> None:
    text = said(make_paper("control_slip"))
    assert "1. Giao: Trung tâm Phục vụ hành chính công\nNhận: Sở Văn hóa và Thể thao" in text
    assert "Giao: 11:05 20/11/2026\nNgười giao: Nguyễn Thị Hoa\nNhận: 11:30 20/11/2026" in text
    assert "Trước hạn 8 ngày" in text


def test_the_register_is_numbered_without_gaps_on_a4_landscape(make_paper: MakePaper) -> None:
    paper = make_paper("register")
    (table,) = paper.blocks
    assert paper.page == "A4-landscape"
    assert [row[0] for row in table.rows] == [str(number) for number in range(1, 25)]  # type: ignore[union-attr]
    assert paper.lookup is None


@pytest.mark.parametrize(
    ("name", "changes", "missing"),
    [
        ("appointment_slip", {"received_at": None}, "thời gian nhận hồ sơ"),
        ("appointment_slip", {"dossier_number": ""}, "mã hồ sơ"),
        ("appointment_slip", {"applicant": None}, "tên người nộp"),
        ("appointment_slip", {"procedure_name": ""}, "tên thủ tục"),
        ("supplement_request", {"supplement": ()}, "danh mục giấy tờ cần bổ sung"),
        ("supplement_request", {"supplement_reasons": ()}, "lý do"),
        ("refusal_slip", {"reasons": ()}, "lý do từ chối"),
        ("refusal_slip", {"reasons": (Reason(text="Không thích"),)}, "căn cứ pháp lý"),
        ("apology_extension", {"due_at": None}, "ngày hẹn trả ban đầu"),
        ("apology_extension", {"new_due_at": None}, "ngày hẹn trả mới"),
        ("apology_extension", {"reasons": ()}, "lý do chậm trễ"),
        ("stop_notice", {"stop": None}, "căn cứ dừng giải quyết"),
        ("control_slip", {"dossier_number": ""}, "mã hồ sơ"),
        ("register", {"period": ""}, "kỳ của sổ"),
    ],
)
def test_an_incomplete_paper_is_not_issued_and_says_what_is_missing(
    facts: PaperFacts, name: str, changes: dict[str, Any], missing: str
) -> None:
    with pytest.raises(PaperIncomplete) as refused:
        build(form(name, "2025-09"), replace(facts, **changes))
    assert missing in refused.value.message("vi")
    assert "is missing" in refused.value.message("en")


@pytest.mark.parametrize(
    ("name", "on", "version"),
    [
        ("appointment_slip", date(2019, 1, 6), "2018-06"),
        ("appointment_slip", date(2025, 9, 14), "2018-06"),
        ("appointment_slip", date(2025, 9, 15), "2025-09"),
        ("stop_notice", date(2026, 11, 24), "2025-09"),
        ("stop_notice", date(2024, 5, 2), "2025-09"),  # the older regime had no such form
        ("control_slip", date(2017, 1, 1), "2018-06"),
    ],
)
def test_a_dossier_gets_the_forms_of_the_day_it_was_received(name: str, on: date, version: str) -> None:
    assert form_on(name, on).version == version


def test_an_unknown_paper_or_version_is_refused_by_name() -> None:
    with pytest.raises(UnknownPaper, match="mau_01"):
        form_on("mau_01", date(2026, 1, 1))
    with pytest.raises(UnknownPaper, match="register@1999"):
        form("register", "1999")


def test_every_paper_a_milestone_issues_can_be_built() -> None:
    assert {one.paper for one in MILESTONES.values() if one.paper} <= set(NAMES)


def test_dates_and_money_are_written_as_the_decree_writes_them() -> None:
    assert day(datetime(2026, 2, 3, 18, 0, tzinfo=UTC)) == "ngày 04 tháng 02 năm 2026"
    assert day(datetime(2026, 3, 9, tzinfo=VIETNAM)) == "ngày 09 tháng 3 năm 2026"
    assert moment(None) == "…" * 8
    assert money(1_500_000) == "1.500.000 đồng"
    assert money(0) == "0 đồng"


def test_several_fees_each_say_whether_they_are_paid(make_paper: MakePaper) -> None:
    fees = (FeeLine(name="Phí", amount=50_000, paid=True), FeeLine(name="Lệ phí", amount=20_000))
    assert "Phí: 50.000 đồng (đã nộp); Lệ phí: 20.000 đồng (chưa nộp)" in said(
        make_paper("appointment_slip", fees=fees)
    )


def test_a_fee_nobody_can_reckon_yet_is_announced_and_not_left_out(make_paper: MakePaper) -> None:
    slip = make_paper("appointment_slip", fees=(FeeLine(name="Phí thẩm định", amount=None),))
    assert "Phí thẩm định: Trung tâm báo số tiền trước khi thu" in said(slip)


def test_the_tracking_code_is_printed_in_groups_as_pages_show_it(make_paper: MakePaper) -> None:
    slip = make_paper("appointment_slip", tracking_code="28X2UFGZZZXK")
    assert "Mã tra cứu: 28X2-UFGZ-ZZXK" in said(slip)
