"""Reception, as every procedure calls it: received, sent back for more, refused."""

import pytest

from .world import Dossier

FILE = "svhtt/1.009397.bpmn"
ITEMS = [{"document": "Kịch bản", "note": "thiếu chữ ký"}]


def test_the_first_step_waits_at_the_counter_right_after_submission() -> None:
    dossier = Dossier(FILE)
    task = dossier.task("Kiểm tra hồ sơ")
    assert (task.role, task.agency, task.form) == ("reception", "centre", "tiep-nhan")
    assert dossier.handling == "submitted"
    assert dossier.due is None


def test_a_paper_dossier_is_carried_to_the_agency_before_the_agency_has_it() -> None:
    dossier = Dossier(FILE).do("Kiểm tra hồ sơ", "receive")
    assert dossier.milestones[-1] == "received"
    assert dossier.do("Chuyển hồ sơ giấy đến cơ quan").milestones[2] == "forwarded"


def test_a_paper_that_has_to_be_scanned_is_scanned_before_it_is_carried_away() -> None:
    dossier = Dossier(FILE, to_digitise=2).do("Kiểm tra hồ sơ", "receive")
    assert dossier.milestones[-1] == "received"
    task = dossier.task("Quét, ký số bản số hóa")
    assert (task.role, task.agency, task.form) == ("reception", "centre", "so-hoa")
    dossier.do("Quét, ký số bản số hóa", digitised_pages=11).do("Kiểm tra bản số hóa", "rework")
    dossier.do("Quét, ký số bản số hóa", digitised_pages=12).do("Kiểm tra bản số hóa", "approve")
    assert dossier.open == ["Chuyển hồ sơ giấy đến cơ quan"]


def test_an_online_dossier_goes_to_the_agency_at_once() -> None:
    dossier = Dossier(FILE, channel="online").do("Kiểm tra hồ sơ", "receive")
    assert dossier.milestones[1:3] == ["received", "forwarded"]
    assert dossier.open == ["Thu phí, lệ phí"]


def test_a_refused_dossier_ends_before_the_agency_sees_it() -> None:
    dossier = Dossier(FILE).do("Kiểm tra hồ sơ", "refuse", refusal_reason="Không thuộc thẩm quyền của tỉnh")
    assert dossier.ended
    assert dossier.handling == "refused"
    assert dossier.data["reception_outcome"] == "refused"
    assert "received" not in dossier.milestones


def test_a_dossier_sent_back_at_the_counter_is_checked_again_and_only_then_counts() -> None:
    dossier = Dossier(FILE).do("Kiểm tra hồ sơ", "supplement", supplement_items=ITEMS)
    assert (dossier.handling, dossier.open) == ("awaiting_supplement", [])
    dossier.later(days=2).send("supplement")
    assert (dossier.handling, dossier.open, dossier.due) == ("submitted", ["Kiểm tra hồ sơ"], None)
    assert dossier.receive().due == "2026-03-11"  # five working days from Wednesday 4 March


def test_without_a_limit_in_law_the_centre_waits_for_the_citizen_without_end() -> None:
    dossier = Dossier(FILE).do("Kiểm tra hồ sơ", "supplement", supplement_items=ITEMS)
    assert dossier.step.timers == ()


@pytest.mark.parametrize("decision", ["receive", "refuse"])
def test_what_was_sent_back_may_still_be_received_or_refused(decision: str) -> None:
    dossier = Dossier(FILE).do("Kiểm tra hồ sơ", "supplement", supplement_items=ITEMS).send("supplement")
    dossier.do("Kiểm tra hồ sơ", decision)
    assert dossier.handling == ("in_process" if decision == "receive" else "refused")


@pytest.mark.parametrize("decision", ["supplement", "receive"])
def test_a_citizen_may_withdraw_while_papers_are_asked_for_or_carried(decision: str) -> None:
    dossier = Dossier(FILE).do("Kiểm tra hồ sơ", decision, supplement_items=ITEMS).send("withdraw")
    assert (dossier.ended, dossier.handling, dossier.open) == (True, "withdrawn", [])
    assert dossier.data["reception_outcome"] == "withdrawn"
    assert dossier.step.subscriptions == ()
