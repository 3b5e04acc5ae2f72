"""1.010733, Sở Tài nguyên và Môi trường: the council's round is gone through again after each revision."""

import pytest

from .world import Dossier

FILE = "stnmt/1.010733.bpmn"
SURVEY, COUNCIL, OPINION = (
    "Khảo sát thực địa",
    "Họp hội đồng thẩm định",
    "Sở Nông nghiệp và Phát triển nông thôn cho ý kiến",
)
SUM = "Tổng hợp kết quả thẩm định"
ROUND = (SURVEY, COUNCIL, OPINION)


def council() -> Dossier:
    return Dossier(FILE).receive().do("Phân công xử lý").do("Thành lập hội đồng thẩm định")


def one_round(dossier: Dossier, order: tuple[str, ...] = ROUND) -> Dossier:
    assert dossier.open == sorted(ROUND)
    for name in order:
        dossier.do(name)
    return dossier


def revise(dossier: Dossier) -> Dossier:
    dossier.do(SUM, "revise").do("Lập phiếu yêu cầu bổ sung").do("Ký phiếu yêu cầu bổ sung", "approve")
    return dossier.later(days=10).send("supplement")


@pytest.mark.parametrize("rounds", [1, 2, 3])
def test_every_revision_goes_through_the_whole_round_again(rounds: int) -> None:
    dossier = one_round(council())
    for turn in range(rounds):
        order = ROUND if turn % 2 else tuple(reversed(ROUND))
        one_round(revise(dossier), order)
    assert dossier.done.count(COUNCIL) == rounds + 1
    assert dossier.do(SUM, "approve").open == ["Dự thảo quyết định phê duyệt"]


def test_only_the_time_of_the_authority_counts() -> None:
    dossier = one_round(council())
    assert dossier.due == "2026-04-06"  # 35 days from Monday 2 March
    dossier.later(days=5)
    assert (revise(dossier).due or "") > "2026-04-06"


def test_a_report_that_passes_is_decided_by_the_leader() -> None:
    dossier = one_round(council()).do(SUM, "approve").do("Dự thảo quyết định phê duyệt")
    dossier.do("Soát xét dự thảo", "approve").do("Ký kết quả").take_result()
    assert (dossier.ended, dossier.handling) == (True, "handed_over")


def test_the_head_sends_a_draft_back_to_the_summing_up_not_to_the_council() -> None:
    dossier = one_round(council()).do(SUM, "approve").do("Dự thảo quyết định phê duyệt")
    assert dossier.do("Soát xét dự thảo", "rework").open == [SUM]


def test_a_report_that_fails_is_declined_in_writing() -> None:
    dossier = one_round(council()).do(SUM, "decline").do("Dự thảo văn bản không thông qua")
    assert dossier.do("Ký văn bản không thông qua").take_result().handling == "declined"


def test_withdrawal_in_the_middle_of_a_round_leaves_nothing_open() -> None:
    dossier = council().do(SURVEY).send("withdraw")
    assert (dossier.ended, dossier.open) == (True, [])
