"""2.002312, Sở Ngoại vụ: opinions of two agencies beside the own study; skipped when they are enclosed."""

import pytest

from .world import Dossier

FILE = "sngv/2.002312.bpmn"
STUDY, POLICE, CULTURE = (
    "Nghiên cứu nội dung hội nghị",
    "Công an tỉnh cho ý kiến",
    "Sở Văn hóa và Thể thao cho ý kiến",
)
CONCLUDE = "Tổng hợp, kết luận"


def assigned(**answers: object) -> Dossier:
    return Dossier(FILE, answers).receive().do("Phân công xử lý")


@pytest.mark.parametrize(
    "order", [(STUDY, POLICE, CULTURE), (CULTURE, POLICE, STUDY), (POLICE, STUDY, CULTURE)]
)
def test_the_conclusion_waits_for_all_three_in_whatever_order(order: tuple[str, str, str]) -> None:
    dossier = assigned()
    assert dossier.open == sorted(order)
    dossier.do(order[0]).do(order[1])
    assert dossier.open == [order[2]]
    assert dossier.do(order[2]).open == [CONCLUDE]


def test_each_agency_answers_in_its_own_lane() -> None:
    dossier = assigned()
    assert dossier.task(POLICE).agency == "CAT"
    assert dossier.task(CULTURE).agency == "SVHTT"


def test_enclosed_opinions_make_the_round_unnecessary() -> None:
    assert assigned(opinions_enclosed=True).open == [CONCLUDE]


def test_a_late_opinion_is_reported_and_still_waited_for() -> None:
    dossier = assigned()
    late = [timer for timer in dossier.step.timers if timer.value == "5WD"]
    assert len(late) == 2
    dossier.fire("Quá hạn trả lời")
    assert [job.handler for job in dossier.step.jobs] == ["notify_officers"]
    dossier.work_off()
    assert dossier.do(STUDY).do(POLICE).do(CULTURE).open == [CONCLUDE]


@pytest.mark.parametrize(("heritage", "due"), [(False, "2026-03-16"), (True, "2026-03-17")])
def test_heritage_has_one_day_more(heritage: bool, due: str) -> None:
    assert Dossier(FILE, {"heritage": heritage}).receive().due == due


def test_a_conference_is_permitted_to_the_end() -> None:
    dossier = assigned(opinions_enclosed=True).do(CONCLUDE, "approve").do("Dự thảo văn bản cho phép")
    dossier.do("Soát xét dự thảo", "approve").do("Ký kết quả").take_result()
    assert (dossier.ended, dossier.handling) == (True, "handed_over")


def test_withdrawal_closes_all_three_branches() -> None:
    dossier = assigned().do(POLICE).send("withdraw")
    assert (dossier.ended, dossier.open, dossier.step.timers) == (True, [], ())


def test_a_conference_against_which_something_speaks_is_declined() -> None:
    dossier = assigned(opinions_enclosed=True).do(CONCLUDE, "decline").do("Dự thảo văn bản từ chối")
    assert dossier.do("Ký văn bản từ chối").take_result().handling == "declined"
