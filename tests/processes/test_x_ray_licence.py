"""2.002380, Sở Khoa học và Công nghệ: the limit depends on the channel and runs from the payment."""

import pytest

from .world import Dossier

FILE = "skhcn/2.002380.bpmn"


@pytest.mark.parametrize(
    ("channel", "limit", "due"),
    [("counter", "25WD", "2026-04-08"), ("postal", "25WD", "2026-04-08"), ("online", "22WD", "2026-04-03")],
)
def test_the_clock_starts_with_the_payment(channel: str, limit: str, due: str) -> None:
    dossier = Dossier(FILE, channel=channel).receive()
    before = dossier.due
    assert before is None
    dossier.later(days=2).do("Thu phí, lệ phí")
    assert (dossier.limit, dossier.due) == (limit, due)


@pytest.mark.parametrize(
    ("device", "count", "fee"),
    [("dental", 1, 2_000_000), ("mammo", 1, 2_000_000), ("mobile", 2, 4_000_000), ("general", 1, 3_000_000),
     ("angio", 1, 5_000_000), ("ct", 2, 16_000_000)],
)  # fmt: skip
def test_the_fee_follows_kind_and_number_of_devices(device: str, count: int, fee: int) -> None:
    dossier = Dossier(FILE, {"device_kind": device, "device_count": count}).receive()
    assert dossier.data["fee_amount"] == fee


def test_a_licence_is_given() -> None:
    dossier = Dossier(FILE).receive().do("Thu phí, lệ phí").do("Phân công xử lý")
    dossier.do("Thẩm định an toàn bức xạ", "approve").do("Dự thảo giấy phép").do(
        "Soát xét dự thảo", "approve"
    )
    dossier.do("Ký kết quả").take_result()
    assert (dossier.ended, dossier.data["result_number"]) == (True, "01/GP-SKHCN")


def test_one_working_day_before_the_end_the_officers_are_reminded_once() -> None:
    dossier = Dossier(FILE).receive().do("Thu phí, lệ phí")
    dossier.fire("Còn 1 ngày làm việc")
    assert [job.handler for job in dossier.step.jobs] == ["notify_officers"]
    assert dossier.work_off().step.jobs == ()
    assert dossier.open == ["Phân công xử lý"]
