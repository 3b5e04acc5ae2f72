"""Any diagram of ours can be read out: who does what, how long, what may be chosen, where it goes on."""

from pathlib import Path

import pytest

from engine.workflow.drafting import tell

from .drawings import PROCESSES, ROOT

FILES = [*sorted(PROCESSES.glob("*/*.bpmn")), ROOT / "tests" / "bench" / "w1" / "W1.bpmn"]


def lines(path: Path) -> list[str]:
    return [line.strip() for told in tell(path.name, path.read_bytes()) for line in told.lines()]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_step_of_every_diagram_is_told_once(path: Path) -> None:
    (told,) = tell(path.name, path.read_bytes())
    ids = [one.id for one in told.steps]
    assert len(ids) == len(set(ids))
    assert all(one.name or one.kind.endswith("Gateway") for one in told.steps)


def test_limits_decisions_forms_and_articles_are_told() -> None:
    said = "\n".join(lines(PROCESSES / "sxd" / "1.009794.bpmn"))
    assert "Kiểm tra hồ sơ hoàn thành [người làm]: hạn 3 ngày làm việc; biểu mẫu tham-dinh" in said
    assert "Hồ sơ đủ, đi kiểm tra = approve" in said
    assert "căn cứ NĐ 61/2018/NĐ-CP Điều 19 khoản 3" in said


def test_a_question_tells_its_branches_and_which_is_the_default() -> None:
    said = lines(PROCESSES / "sxd" / "1.009794.bpmn")
    found = next(one for one in said if one.startswith("- Đạt? ["))
    assert 'Chưa đạt (decision = "fix") → Theo dõi khắc phục tồn tại' in found
    assert "Đạt (mặc định) → Dự thảo thông báo kết quả" in found


def test_steps_stand_under_their_lane_in_the_order_of_work() -> None:
    said = lines(PROCESSES / "sxd" / "1.009794.bpmn")
    names = ["Trưởng phòng", "- Phân công xử lý", "Chuyên viên", "- Kiểm tra hồ sơ hoàn thành"]
    places = [next(n for n, line in enumerate(said) if line.startswith(name)) for name in names]
    assert places == sorted(places)


def test_what_is_inside_a_sub_process_is_told_deeper() -> None:
    (told,) = tell("reception.bpmn", (PROCESSES / "shared" / "reception.bpmn").read_bytes())
    depth = {one.id: one.depth for one in told.steps}
    assert (depth["tn_xem"], depth["tn_kiemtra"]) == (0, 1)


def test_events_on_a_border_follow_their_step() -> None:
    said = lines(PROCESSES / "sngv" / "2.002312.bpmn")
    where = next(n for n, line in enumerate(said) if line.startswith("- Công an tỉnh cho ý kiến"))
    assert "Quá hạn trả lời [sự kiện biên]: sau 5 ngày làm việc; không ngắt bước" in said[where + 1]


def test_a_reminder_says_how_long_before_the_appointment() -> None:
    assert any("còn 1 ngày làm việc trước hẹn" in line for line in lines(PROCESSES / "sxd" / "1.009794.bpmn"))
