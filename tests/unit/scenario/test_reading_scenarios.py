"""A scenario file is read as analysts write it; what is wrong is told by line, field and nearest word."""

from datetime import datetime

import pytest

from engine.clock import VIETNAM
from engine.domain.calendar import WorkingCalendar
from engine.scenario import BadScenario, read_scenarios
from engine.scenario.model import ScenarioFile
from engine.scenario.spans import read_until
from tests.processes.world import CALENDAR

HEAD = """\
thủ tục: 1.009794
kịch bản:
  - tên: Một công trình
    cho:
      nộp lúc: 02/03/2026 08:00
"""


def read(more: str = "", head: str = HEAD) -> ScenarioFile:
    return read_scenarios(head + more, "a.test.yaml")


def complaint(more: str = "", head: str = HEAD) -> str:
    with pytest.raises(BadScenario) as wrong:
        read(more, head)
    return wrong.value.message("vi")


def test_codes_dates_and_numbers_stay_as_they_are_written() -> None:
    file = read('      tờ khai:\n        Cấp công trình: "1"\n        Số bản: 007\n        Ghi chú: no\n')
    assert file.procedure == "1.009794"
    assert file.scenarios[0].given.at == datetime(2026, 3, 2, 8, 0, tzinfo=VIETNAM)
    assert file.scenarios[0].given.answers == {"Cấp công trình": "1", "Số bản": "007", "Ghi chú": "no"}


def test_words_may_be_english_without_marks_or_with_underscores() -> None:
    english = read_scenarios(
        "procedure: P1\nscenarios:\n- name: a\n  given: {submitted_at: 02/03/2026, channel: online}\n"
        "  steps:\n  - step: x\n    expect: {status: in_process, waits_for: withdraw}\n",
        "b.test.yaml",
    )
    plain = read_scenarios(
        "thu tuc: P1\nkich_ban:\n- ten: a\n  cho: {nop luc: 02/03/2026 08:00, kenh: truc tuyen}\n"
        "  cac-buoc:\n  - buoc: x\n    mong doi: {tinh trang: dang giai quyet, dang cho: withdraw}\n",
        "b.test.yaml",
    )
    assert english == plain


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("    mong đợiii:\n      tình trạng: Đã rút\n", "a.test.yaml:6: kịch bản › mong đợiii"),
        ("    mongdoi: {}\n", "có phải «mong đợi»?"),
        ("    mong đợi:\n      tinh trang: Đã trả kế quả\n", "có phải «Đã trả kết quả»?"),
        ("    mong đợi:\n      hẹn trả: 31/02/2026\n", "ghi ngày giờ dạng 24/03/2026 17:00"),
        ("    các bước:\n      - chờ: một lúc\n", "3 ngày làm việc"),
        ("    các bước:\n      - quyết định: approve\n", "mỗi bước cần một trong các mục «bước»"),
        ("    các bước:\n      - bước: A\n        bước: B\n", "ghi hai lần"),
        ("    mong đợi:\n      phí: nhiều\n", "ghi số tiền như 200.000"),
        ("    mong đợi:\n      kết thúc: chưa\n", "ghi «có» hoặc «không»"),
        ("    các bước: &neo\n      - bước: A\n    mong đợi: *neo\n", "không dùng neo"),
        ("    ghi chú: tên: giá trị\n", "trong ngoặc kép"),
        ("  - tên: Một công trình\n    cho:\n      nộp lúc: 02/03/2026\n", "đã dùng ở trên"),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(more: str, told: str) -> None:
    assert told in complaint(more)


def test_a_file_without_its_procedure_or_with_nothing_is_refused() -> None:
    assert "thiếu mục «thủ tục»" in complaint(head="kịch bản: []\n")
    assert "tệp trống" in complaint(head="# không có gì\n")


NOW = datetime(2026, 2, 13, 16, 0, tzinfo=VIETNAM)  # Friday before Tết


@pytest.mark.parametrize(
    ("said", "reached"),
    [
        ("3 ngày làm việc", "2026-02-25T16:00"),
        ("2 giờ làm việc", "2026-02-23T08:00"),
        ("3 ngày", "2026-02-16T16:00"),
        ("90 phút", "2026-02-13T17:30"),
        ("2 weeks", "2026-02-27T16:00"),
        ("5WD", "2026-02-27T16:00"),
        ("đến 23/02/2026 08:30", "2026-02-23T08:30"),
        ("until 23/02/2026", "2026-02-23T08:00"),
        ("đến hẹn trả", "2026-03-02T17:00"),
    ],
)
def test_time_passes_as_it_is_said(said: str, reached: str) -> None:
    until = read_until(said)
    assert until is not None
    due = datetime(2026, 3, 2, 17, 0, tzinfo=VIETNAM)
    assert until.after(NOW, due, _calendar(), "SXD") == datetime.fromisoformat(f"{reached}+07:00")


def _calendar() -> WorkingCalendar:
    return CALENDAR
