"""EVN-01, Công ty Điện lực Nghệ An: the survey decides between five and seven working days."""

import pytest

from .world import Dossier

FILE = "pcna/EVN-01.bpmn"
SURVEY = "Khảo sát điểm đấu nối"


@pytest.mark.parametrize(("poles", "due"), [(False, "2026-03-09"), (True, "2026-03-11")])
def test_poles_take_two_days_more_counted_from_receipt(poles: bool, due: str) -> None:
    dossier = Dossier(FILE).receive()
    assert dossier.due == "2026-03-09"
    dossier.do("Phân công xử lý").later(days=1).do(SURVEY, "approve", needs_poles=poles)
    assert dossier.due == due


def test_power_is_switched_on() -> None:
    dossier = Dossier(FILE).receive().do("Phân công xử lý").do(SURVEY, "approve")
    dossier.do("Ký hợp đồng mua bán điện").do("Thi công, lắp đặt công tơ").take_result()
    assert (dossier.ended, dossier.handling) == (True, "handed_over")


def test_where_no_power_can_be_had_the_reason_is_written() -> None:
    dossier = Dossier(FILE).receive().do("Phân công xử lý").do(SURVEY, "decline")
    assert (
        dossier.do("Trả lời lý do chưa cấp điện").do("Ký văn bản trả lời").take_result().handling
        == "declined"
    )


def test_a_load_curve_is_asked_of_large_customers_only() -> None:
    curve = next(one for one in Dossier(FILE).definition.procedure.documents if one.id == "phu-tai")
    assert curve.needed({"power_kw": 40})
    assert not curve.needed({"power_kw": 39})


def test_the_customer_may_withdraw_before_the_survey() -> None:
    assert Dossier(FILE).receive().send("withdraw").handling == "withdrawn"
