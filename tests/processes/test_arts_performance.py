"""1.009397, Sở Văn hóa và Thể thao: an ordinary appraisal whose fee stands in a decision table."""

import pytest

from .world import Dossier

FILE = "svhtt/1.009397.bpmn"
APPRAISAL = "Thẩm định nội dung chương trình"
MAIN = [
    "Kiểm tra hồ sơ", "Chuyển hồ sơ giấy đến cơ quan", "Thu phí, lệ phí", "Phân công xử lý",
    APPRAISAL, "Dự thảo văn bản chấp thuận", "Soát xét dự thảo", "Ký kết quả",
    "Vào số, đóng dấu và phát hành", "Trả kết quả cho người nộp",
]  # fmt: skip


def at_appraisal() -> Dossier:
    return Dossier(FILE).receive().do("Thu phí, lệ phí").do("Phân công xử lý")


def drafted() -> Dossier:
    return at_appraisal().do(APPRAISAL, "approve").do("Dự thảo văn bản chấp thuận")


def test_a_programme_is_approved_signed_numbered_and_handed_over() -> None:
    dossier = drafted().do("Soát xét dự thảo", "approve").do("Ký kết quả").take_result()
    assert dossier.ended
    assert dossier.done == MAIN
    assert dossier.handling == "handed_over"
    assert dossier.milestones == [
        "submitted", "received", "forwarded", "fee_requested", "fee_paid", "accepted", "signed",
        "numbered", "result_ready", "handed_over",
    ]  # fmt: skip
    assert dossier.data["result_number"] == "01/GP-SVHTT"


def test_five_working_days_are_promised() -> None:
    assert Dossier(FILE).receive().due == "2026-03-09"


@pytest.mark.parametrize(
    ("minutes", "fee"),
    [(1, 1_500_000), (50, 1_500_000), (51, 2_000_000), (100, 2_000_000), (101, 3_000_000), (150, 3_000_000),
     (151, 3_500_000), (200, 3_500_000), (201, 5_000_000), (600, 5_000_000)],
)  # fmt: skip
def test_the_fee_follows_the_length_of_the_programme(minutes: int, fee: int) -> None:
    dossier = Dossier(FILE, {"duration_minutes": minutes}).receive()
    assert dossier.data["fee_amount"] == fee
    assert (dossier.money, dossier.task("Thu phí, lệ phí").role) == ("due", "cashier")


def test_the_head_may_send_a_draft_back_to_appraisal() -> None:
    dossier = drafted().do("Soát xét dự thảo", "rework")
    assert dossier.open == [APPRAISAL]


def test_an_unfit_programme_is_declined_in_writing_by_the_leader() -> None:
    dossier = at_appraisal().do(APPRAISAL, "decline")
    dossier.do("Dự thảo văn bản từ chối", refusal_reason="Kịch bản trái thuần phong mỹ tục")
    assert dossier.task("Ký văn bản từ chối").role == "leader"
    dossier.do("Ký văn bản từ chối").take_result()
    assert dossier.ended
    assert dossier.handling == "declined"
    assert dossier.milestones[-4:] == ["declined", "numbered", "result_ready", "handed_over"]
    assert dossier.data["result_number"] == "01/CV-SVHTT"  # a letter, not a permit
    assert dossier.data["refusal_reason"] == "Kịch bản trái thuần phong mỹ tục"


def test_a_payment_that_arrives_online_spares_the_way_to_the_cashier() -> None:
    dossier = Dossier(FILE, channel="online").receive().send("fee_paid")
    assert (dossier.money, dossier.open) == ("paid", ["Phân công xử lý"])


def test_who_does_not_pay_may_still_withdraw() -> None:
    dossier = Dossier(FILE).receive().send("withdraw")
    assert (dossier.ended, dossier.handling, dossier.open) == (True, "withdrawn", [])
