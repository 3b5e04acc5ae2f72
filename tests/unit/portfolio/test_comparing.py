"""What is different between two versions is told as an analyst would tell it."""

from dataclasses import replace

import pytest

from api.bootstrap import PROCESSES
from api.sources import read_source
from engine.portfolio.diff import compared
from engine.workflow.bundle import BundleSource
from tests.unit.portfolio.diagrams import JUSTICE, step

TEXT = JUSTICE.decode()
FEE = '<motcua:fee name="Lệ phí" kind="fee" when="submission">200000</motcua:fee>'
CHANGES = {
    ('"working days(7)"', '"working days(3)"'): (
        "«Xác minh lý lịch»: thời gian của bước từ 7 ngày làm việc thành 3 ngày làm việc.",
        "“Xác minh lý lịch”: time limit from 7 working days to 3 working days.",
    ),
    ('role="leader"', 'role="head"'): (
        "«Ký phiếu»: vai trò từ lãnh đạo cơ quan thành lãnh đạo phòng.",
        "“Ký phiếu”: role from leader to head.",
    ),
    (">working days(20)<", ">calendar days(10)<"): (
        "Thời hạn giải quyết: từ 20 ngày làm việc thành 10 ngày.",
        "Time limit: from 20 working days to 10 calendar days.",
    ),
    ('original="1"', 'original="2"'): (
        "Giấy tờ «Tờ khai (Mẫu 01, Nghị định 118/2025/NĐ-CP)»: bản chính từ 1 thành 2.",
        "Document “Tờ khai (Mẫu 01, Nghị định 118/2025/NĐ-CP)”: originals from 1 to 2.",
    ),
    ('<motcua:channel name="online"/>', '<motcua:channel name="postal"/>'): (
        "Bớt cách nộp «Trực tuyến».",
        "Removed: way of submitting “Trực tuyến”.",
    ),
    ('<motcua:channel name="online"/>', '<motcua:channel name="online"/>' + FEE): (
        "Thêm khoản thu «Lệ phí».",
        "Added: fee “Lệ phí”.",
    ),
    ('<motcua:open question="Ai ký?"/>', ""): (
        "Bớt câu hỏi còn mở «Ai ký?».",
        "Removed: open question “Ai ký?”.",
    ),
    ("</bpmn:process>", step("moi", "Bước mới", "none") + "</bpmn:process>"): (
        "Thêm bước «Bước mới».",
        "Added: step “Bước mới”.",
    ),
}  # fmt: skip


def source(text: str) -> BundleSource:
    return BundleSource(main="x.bpmn", files={"x.bpmn": text.encode()})


@pytest.mark.parametrize(("change", "told"), CHANGES.items())
def test_a_change_is_told_in_words(change: tuple[str, str], told: tuple[str, str]) -> None:
    found = compared(source(TEXT), source(TEXT.replace(*change, 1)))
    assert told in [(one.vi, one.en) for one in found]


def test_nothing_is_told_of_what_is_the_same() -> None:
    assert compared(source(TEXT), source(TEXT.replace("<!-- kept", "<!-- changed"))) == []


def test_a_fee_that_changes_in_its_table_is_told_row_by_row() -> None:
    old = read_source(PROCESSES / "sdl" / "1.001432.bpmn")
    table = "decisions/phi_the_huong_dan_vien.dmn"
    changed = old.files[table].replace(b"325000", b"300000")
    found = compared(old, replace(old, files={**old.files, table: changed}))
    said = '[date and time("2024-07-01T00:00:00+07:00")..date and time("2025-01-01T00:00:00+07:00"))'
    name = "Phí thẩm định cấp đổi thẻ hướng dẫn viên theo ngày nộp"
    assert [(one.kind, one.vi) for one in found] == [
        ("removed", f"Bảng quyết định «{name}»: bớt dòng «{said} → 325000»."),
        ("added", f"Bảng quyết định «{name}»: thêm dòng «{said} → 300000»."),
    ]
    assert found[1].en == f"Decision table “{name}”: row added: “{said} → 300000”."
