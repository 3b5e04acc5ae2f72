"""1.004593, Sở Y tế: twenty days, or thirty once the head decides that the place must be seen."""

import pytest

from .world import Dossier

FILE = "syt/1.004593.bpmn"


def appraised(**answers: object) -> Dossier:
    dossier = Dossier(FILE, answers).receive().do("Thu phí, lệ phí").do("Phân công xử lý")
    return dossier.do("Thẩm định hồ sơ", "approve")


@pytest.mark.parametrize(
    ("seen", "due", "step"),
    [(False, "2026-03-23", "Dự thảo Giấy chứng nhận"), (True, "2026-04-01", "Đánh giá thực tế tại cơ sở")],
)
def test_the_decision_to_see_the_place_moves_the_date(seen: bool, due: str, step: str) -> None:
    dossier = appraised()
    assert dossier.due == "2026-03-23"  # 20 days end on a Sunday
    dossier.do("Quyết định hình thức đánh giá", site_assessment=seen)
    assert (dossier.due, dossier.open, dossier.milestones[-1]) == (due, [step], "limit_set")


@pytest.mark.parametrize(("business", "fee"), [("wholesale", 4_000_000), ("retail", 1_000_000)])
def test_wholesalers_pay_more(business: str, fee: int) -> None:
    assert Dossier(FILE, {"business_kind": business}).receive().data["fee_amount"] == fee


@pytest.mark.parametrize("seen", [False, True])
def test_a_certificate_is_given_either_way(seen: bool) -> None:
    dossier = appraised().do("Quyết định hình thức đánh giá", site_assessment=seen)
    if seen:
        dossier.do("Đánh giá thực tế tại cơ sở")
    dossier.do("Dự thảo Giấy chứng nhận").do("Soát xét dự thảo", "approve").do("Ký kết quả").take_result()
    assert (dossier.ended, dossier.data["result_number"]) == (True, "01/GCN-SYT")


def test_a_supplement_after_the_decision_keeps_the_longer_limit() -> None:
    dossier = appraised().do("Quyết định hình thức đánh giá", site_assessment=True)
    dossier.do("Đánh giá thực tế tại cơ sở").do("Dự thảo Giấy chứng nhận").do("Soát xét dự thảo", "rework")
    dossier.do("Thẩm định hồ sơ", "supplement").do("Lập phiếu yêu cầu bổ sung")
    dossier.do("Ký phiếu yêu cầu bổ sung", "approve").send("supplement")
    assert dossier.limit == "30D"
