"""2.000635, Sở Tư pháp: a result the same day; after 15:00 the next working day."""

import pytest

from .world import MONDAY, Dossier

FILE = "stp/2.000635.bpmn"


def searched(decision: str = "approve", **answers: object) -> Dossier:
    return Dossier(FILE, answers).receive().do("Thu phí, lệ phí").do("Tra cứu sổ hộ tịch", decision)


def test_a_copy_is_in_the_citizens_hand_the_same_day() -> None:
    dossier = searched().later(hours=2).do("Ký bản sao").take_result()
    assert dossier.ended
    assert dossier.handling == "handed_over"
    assert "Phân công xử lý" not in dossier.done  # one officer looks it up at once


@pytest.mark.parametrize(
    ("hour", "due"),
    [(8, "2026-03-02"), (14, "2026-03-02"), (15, "2026-03-03"), (16, "2026-03-03")],
)
def test_until_fifteen_oclock_it_is_due_the_same_day_then_the_next(hour: int, due: str) -> None:
    assert Dossier(FILE, at=MONDAY.replace(hour=hour)).receive().due == due


def test_officers_are_reminded_two_working_hours_before_the_office_closes() -> None:
    dossier = Dossier(FILE).receive().do("Thu phí, lệ phí")
    assert [timer.value for timer in dossier.step.timers] == ["due-2WH"]
    assert dossier.fire("Còn 2 giờ làm việc").step.jobs[0].handler == "notify_officers"


@pytest.mark.parametrize(("copies", "fee"), [(1, 8_000), (3, 24_000), (20, 160_000)])
def test_each_copy_costs_eight_thousand_dong(copies: int, fee: int) -> None:
    assert Dossier(FILE, {"copies": copies}).receive().data["fee_amount"] == fee


def test_who_is_in_no_register_gets_a_written_answer() -> None:
    dossier = searched("decline").do("Dự thảo văn bản trả lời").do("Ký văn bản trả lời").take_result()
    assert (dossier.ended, dossier.handling) == (True, "declined")


def test_the_citizen_may_withdraw_before_the_search() -> None:
    dossier = Dossier(FILE).receive().do("Thu phí, lệ phí").send("withdraw")
    assert (dossier.ended, dossier.handling) == (True, "withdrawn")
