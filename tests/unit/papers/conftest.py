"""Facts of dossiers of Nghệ An, from which each of the seven papers can be built."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from engine.clock import VIETNAM
from engine.domain.papers import Paper, PaperFacts, build, form
from engine.domain.papers.facts import (
    DocumentLine,
    FeeLine,
    HandOver,
    Office,
    Person,
    Reason,
    RegisterRow,
    Signer,
    Stop,
)

MakePaper = Callable[..., Paper]

RECEIVED = datetime(2026, 11, 20, 9, 5, tzinfo=VIETNAM)
DUE = datetime(2026, 12, 14, 9, 5, tzinfo=VIETNAM)

CENTRE = Office(
    name="Trung tâm Phục vụ hành chính công tỉnh Nghệ An",
    superior="Văn phòng Ủy ban nhân dân tỉnh Nghệ An",
    address="số 16, đường Trường Thi, phường Trường Vinh, tỉnh Nghệ An",
    phone="0238 3 888 888",
)
AGENCY = Office(
    name="Sở Văn hóa và Thể thao",
    superior="Ủy ban nhân dân tỉnh Nghệ An",
    phone="0238 3 111 222",
)
DOCUMENTS = (
    DocumentLine(name="Văn bản đề nghị tổ chức biểu diễn nghệ thuật (Mẫu số 02)", originals=1),
    DocumentLine(name="Kịch bản, danh mục tác phẩm gắn với nội dung chương trình", originals=1, digital=True),
    DocumentLine(name="Văn bản thỏa thuận với tác giả, chủ sở hữu quyền tác giả", certified=1, copies=1),
    DocumentLine(name="Giấy chứng nhận đăng ký doanh nghiệp", certified=1),
)
MORE = tuple(
    DocumentLine(name=name, originals=1, copies=1, digital=True)
    for name in (
        "Bản vẽ mặt bằng sân khấu và phương án bố trí chỗ ngồi",
        "Phương án bảo đảm an ninh, trật tự, phòng cháy và chữa cháy",
        "Hợp đồng thuê địa điểm tổ chức biểu diễn",
        "Danh sách nghệ sĩ và giấy tờ tùy thân kèm theo",
        "Bản dịch có công chứng tác phẩm nước ngoài sử dụng trong chương trình biểu diễn",
        "Văn bản chấp thuận của cơ quan quản lý địa điểm",
        "Giấy ủy quyền nộp hồ sơ",
        "Bản cam kết thực hiện quy định về tiếng ồn",
    )
)
HANDOVERS = tuple(
    HandOver(
        giver=giver,
        receiver=receiver,
        given_at=RECEIVED + timedelta(hours=hours),
        received_at=RECEIVED + timedelta(hours=hours, minutes=25),
        giver_officer="Nguyễn Thị Hoa",
        receiver_officer="Lê Văn Bảo",
        outcome=outcome,
    )
    for giver, receiver, hours, outcome in (
        ("Trung tâm Phục vụ hành chính công", "Sở Văn hóa và Thể thao", 2, ""),
        ("Phòng Quản lý văn hóa", "Lãnh đạo Sở", 72, "Trước hạn"),
        ("Lãnh đạo Sở", "Văn thư", 78, "Đúng hạn"),
        ("Văn thư", "Trung tâm Phục vụ hành chính công", 80, "Trước hạn 8 ngày"),
    )
)
ROWS = tuple(
    RegisterRow(
        dossier_number=f"000.00.16.H41-261120-{number:04d}",
        procedure=name,
        sets=1,
        owner=owner,
        address="Phường Trường Vinh, tỉnh Nghệ An",
        phone="0912 345 678",
        received_at=RECEIVED,
        due_at=DUE,
        handed_over_at=DUE if number % 2 else None,
        agency=agency,
        handed_over_by="Nguyễn Thị Hoa" if number % 2 else "",
        received_by=owner if number % 2 else "",
        channel="Trực tuyến" if number % 3 == 0 else "Trực tiếp",
    )
    for number, (name, owner, agency) in enumerate(
        (
            ("Cấp giấy phép tổ chức biểu diễn nghệ thuật", "Công ty TNHH Sông Lam", "Sở Văn hóa và Thể thao"),
            ("Cấp Phiếu lý lịch tư pháp số 1 cho công dân Việt Nam", "Trần Đức Thuận", "Sở Tư pháp"),
            ("Cấp mới giấy phép xây dựng nhà ở riêng lẻ", "Hoàng Thị Ngọc Ánh", "Sở Xây dựng"),
            ("Thẩm định báo cáo đánh giá tác động môi trường", "Công ty Cổ phần Phủ Quỳ", "Sở TN&MT"),
        )
        * 6,
        1,
    )
)

FACTS = PaperFacts(
    issued_at=RECEIVED,
    centre=CENTRE,
    agency=AGENCY,
    number="0125/TNHS",
    dossier_number="000.00.16.H41-261120-0007",
    applicant=Person(
        name="Nguyễn Thị Thúy Hường",
        id_number="040190012345",
        address="Số 12, ngõ 3, đường Phan Bội Châu, phường Thành Vinh, tỉnh Nghệ An",
        phone="0912 345 678",
        email="huong.nguyen@example.vn",
    ),
    procedure_code="1.009397",
    procedure_name="Cấp giấy phép tổ chức biểu diễn nghệ thuật trên địa bàn quản lý",
    documents=DOCUMENTS,
    time_limit="15 ngày làm việc",
    submitted_at=RECEIVED - timedelta(minutes=20),
    received_at=RECEIVED,
    due_at=DUE,
    fees=(FeeLine(name="Phí thẩm định", amount=1_500_000, paid=True),),
    register_book="02/2026",
    register_serial="125",
    officer=Signer(name="Trần Thị Mỹ Hạnh", phone="0238 3 888 801"),
    head=Signer(name="Phan Đình Lộc", title="Phó Giám đốc", on_behalf="KT. Giám đốc"),
    supplement=(
        DocumentLine(
            name="Kịch bản, danh mục tác phẩm",
            note="Thiếu 02 tác phẩm đã nêu trong đơn; bổ sung bản dịch tiếng Việt",
            originals=1,
        ),
        DocumentLine(
            name="Giấy chứng nhận đăng ký doanh nghiệp", note="Bản chụp mờ, không đọc được", copies=1
        ),
    ),
    supplement_reasons=(
        Reason(text="Thành phần hồ sơ chưa đầy đủ", basis="NĐ 144/2020/NĐ-CP, Điều 10 khoản 2"),
    ),
    supplement_until=datetime(2026, 12, 11, 17, 0, tzinfo=VIETNAM),
    resume_note="Khi hồ sơ đã đầy đủ, thời hạn giải quyết tính lại từ đầu và ghi trên Giấy tiếp nhận mới.",
    reasons=(
        Reason(
            text="Địa điểm biểu diễn không thuộc địa bàn quản lý của tỉnh",
            basis="NĐ 144/2020/NĐ-CP, Điều 10 khoản 1",
        ),
        Reason(
            text="Chương trình có nội dung không được phép biểu diễn",
            basis="NĐ 144/2020/NĐ-CP, Điều 3 khoản 1",
        ),
    ),
    new_due_at=datetime(2026, 12, 18, 9, 5, tzinfo=VIETNAM),
    stop=Stop(by_request=True, requested_at=RECEIVED + timedelta(days=3), stage="Thẩm định hồ sơ"),
    coordinating=("Công an tỉnh Nghệ An", "Sở Xây dựng"),
    handovers=HANDOVERS,
    rows=ROWS,
    period="từ ngày 01/11/2026 đến ngày 30/11/2026",
    tracking_code="7KQM2X9PRT4V",
    tracking_url="https://dichvucong.nghean.example.vn/tra-cuu/7KQM2X9PRT4V",
    hotline="0238 3 888 800",
    witness="9f86d081884c7d65",
)


@pytest.fixture
def facts() -> PaperFacts:
    return FACTS


@pytest.fixture
def twelve_documents() -> PaperFacts:
    return replace(FACTS, documents=DOCUMENTS + MORE)


@pytest.fixture
def make_paper() -> MakePaper:
    def make(name: str, version: str = "2025-09", **changes: Any) -> Paper:
        return build(form(name, version), replace(FACTS, **changes))

    return make
