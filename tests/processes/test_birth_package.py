"""2.000986, liên thông: the commune registers a birth, then police and insurance work side by side."""

import pytest

from .world import Dossier

FILE = "ubndx/2.000986.bpmn"
RESIDENCE, CARD = "Đăng ký thường trú", "Cấp thẻ bảo hiểm y tế"


def registered() -> Dossier:
    dossier = Dossier(FILE, {"child_name": "Nguyễn Minh An"}).receive()
    return dossier.do("Đăng ký khai sinh", "approve").do("Ký Giấy khai sinh")


@pytest.mark.parametrize("order", [(RESIDENCE, CARD), (CARD, RESIDENCE)])
def test_the_package_is_complete_when_both_agencies_have_done_their_part(order: tuple[str, str]) -> None:
    dossier = registered()
    assert sorted(job.handler for job in dossier.step.jobs) == ["send_to_police", "send_to_social_insurance"]
    dossier.work_off()
    assert dossier.open == sorted(order)
    assert dossier.do(order[0]).open == [order[1]]
    dossier.do(order[1]).take_result()
    assert (dossier.ended, dossier.handling) == (True, "handed_over")


def test_each_agency_gets_the_childs_data_and_answers_with_its_own_number() -> None:
    dossier = registered()
    assert all(job.inputs["child"] == "Nguyễn Minh An" for job in dossier.step.jobs)
    dossier.work_off()
    assert dossier.data["police_reference"].startswith("TN-")
    assert dossier.data["insurance_reference"].startswith("TN-")
    assert (dossier.task(RESIDENCE).agency, dossier.task(CARD).agency) == ("CAT", "BHXH")


def test_one_agency_need_not_wait_for_the_others_system() -> None:
    dossier = registered()
    police = next(job for job in dossier.step.jobs if job.handler == "send_to_police")
    dossier.finish_job(police)
    assert dossier.open == [RESIDENCE]


def test_an_unclear_birth_certificate_is_sent_back_and_may_be_declined() -> None:
    dossier = Dossier(FILE).receive().do("Đăng ký khai sinh", "supplement").do("Lập phiếu yêu cầu bổ sung")
    dossier.do("Ký phiếu yêu cầu bổ sung", "approve").send("supplement").do("Đăng ký khai sinh", "decline")
    assert dossier.do("Dự thảo văn bản từ chối").do("Ký văn bản từ chối").take_result().handling == "declined"


def test_parents_may_withdraw_while_the_agencies_work() -> None:
    dossier = registered().work_off().do(CARD).send("withdraw")
    assert (dossier.ended, dossier.open) == (True, [])


@pytest.mark.parametrize(
    ("found", "limit"),
    [({}, "20D"), ({"needs_data": True}, "22D"), ({"needs_data": True, "remote_commune": True}, "27D")],
)
def test_what_the_registrar_finds_lengthens_the_twenty_days(found: dict[str, bool], limit: str) -> None:
    dossier = Dossier(FILE).receive()
    assert dossier.limit == "20D"
    dossier.do("Đăng ký khai sinh", "approve", **found).do("Ký Giấy khai sinh")
    assert (dossier.limit, dossier.milestones[-1]) == (limit, "limit_set")
