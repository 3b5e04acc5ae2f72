"""Which rows of the law's timers each procedure uses, as the page for analysts tells it."""

import tomllib

from tests.centre import FILES

from .world import PROCESSES, Dossier

ROWS = tomllib.loads((PROCESSES / "law" / "statutory_timers.toml").read_text(encoding="utf-8"))["timer"]
PAGE = (PROCESSES / "README.md").read_text(encoding="utf-8").partition("## Mốc thời gian")[2]
DEFINITIONS = {one.procedure.code: one for one in (Dossier(file).definition for file in FILES)}


def line(timer: str) -> str:
    """The row of the page's table that tells of a timer."""
    (found,) = [row for row in PAGE.splitlines() if row.startswith("|") and f"`{timer}`" in row]
    return found


def test_every_timer_of_a_dossier_has_its_line() -> None:
    for row in ROWS:
        if row.get("subject", "dossier") == "dossier":
            assert line(row["id"])


def test_late_answers_are_watched_where_the_page_says_so() -> None:
    watched = {
        code
        for code, one in DEFINITIONS.items()
        if any(node.name == "Quá hạn trả lời" for node in one.nodes.values())
    }
    assert watched == {"2.002312", "3.000333"}
    assert all(code in line("consultation-answer") for code in watched)


def test_no_procedure_ends_a_dossier_for_want_of_a_supplement_without_saying_so() -> None:
    assert [code for code, one in DEFINITIONS.items() if one.procedure.supplement_expiry] == []
    assert "none" in line("supplement-expiry")


def test_every_step_of_an_agency_has_its_time() -> None:
    free = {
        (code, node.name)
        for code, one in DEFINITIONS.items()
        for node in one.nodes.values()
        if node.kind == "userTask" and (node.time_limit or "none") == "none"
    }
    # The citizen pays and collects when he comes; the law itself times the hand-over.
    assert {name for _, name in free} == {
        "Thu phí, lệ phí", "Trả kết quả cho người nộp", "Chuyển hồ sơ giấy đến cơ quan",
    }  # fmt: skip


def test_each_diagram_reminds_before_the_appointment() -> None:
    for code, one in DEFINITIONS.items():
        reminder = "Còn 2 giờ làm việc" if code == "2.000635" else "Còn 1 ngày làm việc"
        assert reminder in {node.name for node in one.nodes.values()}, code
