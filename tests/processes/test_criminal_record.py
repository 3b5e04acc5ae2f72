"""3.000333, Công an tỉnh: two inquiries side by side; a refusal gives its reason in writing."""

import pytest

from .world import Dossier

FILE = "cat/3.000333.bpmn"
FILES, COURTS = "Tra cứu hồ sơ nghiệp vụ", "Xác minh tại Tòa án, nơi cư trú"


def concluded() -> Dossier:
    dossier = Dossier(FILE).receive().do("Thu phí, lệ phí").do("Phân công xử lý")
    return dossier.do(COURTS).do(FILES)


@pytest.mark.parametrize(
    ("answers", "limit"),
    [({}, "10D"), ({"many_places": True}, "15D"), ({"lived_abroad": True}, "15D")],
)
def test_many_addresses_or_a_life_abroad_take_fifteen_days(answers: dict[str, bool], limit: str) -> None:
    assert Dossier(FILE, answers).receive().limit == limit


@pytest.mark.parametrize(("reduced", "fee"), [(True, 100_000), (False, 200_000)])
def test_some_pay_half(reduced: bool, fee: int) -> None:
    assert Dossier(FILE, {"reduced_fee": reduced}).receive().data["fee_amount"] == fee


def test_the_sheet_is_given_after_both_inquiries() -> None:
    dossier = concluded().do("Kết luận lý lịch tư pháp", "approve").do("In Phiếu Lý lịch tư pháp")
    dossier.do("Ký kết quả").take_result()
    assert (dossier.ended, dossier.handling) == (True, "handed_over")


def test_a_refusal_names_its_reason_and_its_article() -> None:
    dossier = concluded().do("Kết luận lý lịch tư pháp", "decline")
    dossier.do("Dự thảo văn bản từ chối", refusal_reason="Không có quyền yêu cầu", refusal_basis="Điều 49")
    dossier.do("Ký văn bản từ chối").take_result()
    assert (dossier.ended, dossier.handling) == (True, "declined")
    assert (dossier.data["refusal_reason"], dossier.data["refusal_basis"]) == (
        "Không có quyền yêu cầu",
        "Điều 49",
    )


def test_a_court_that_does_not_answer_is_reported() -> None:
    dossier = Dossier(FILE).receive().do("Thu phí, lệ phí").do("Phân công xử lý")
    dossier.fire("Quá hạn trả lời")
    assert [job.handler for job in dossier.step.jobs] == ["notify_officers"]
    assert dossier.open == sorted([FILES, COURTS])
