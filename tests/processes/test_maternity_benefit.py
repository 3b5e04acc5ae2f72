"""2.000693, Bảo hiểm xã hội tỉnh: six working days for employers, three for people."""

import pytest

from .world import Dossier

FILE = "bhxh/2.000693.bpmn"


@pytest.mark.parametrize(
    ("kind", "limit", "due"), [("organisation", "6WD", "2026-03-10"), ("citizen", "3WD", "2026-03-05")]
)
def test_who_applies_sets_the_limit(kind: str, limit: str, due: str) -> None:
    dossier = Dossier(FILE, kind=kind).receive()
    assert (dossier.limit, dossier.due) == (limit, due)


def test_an_employer_brings_the_list_of_its_people() -> None:
    documents = {one.id: one for one in Dossier(FILE).definition.procedure.documents}
    assert documents["danh-sach"].needed(Dossier(FILE, kind="organisation").scope())
    assert not documents["danh-sach"].needed(Dossier(FILE, kind="citizen").scope())


def test_the_list_of_benefits_is_announced() -> None:
    dossier = Dossier(FILE).receive().do("Phân công xử lý").do("Xét duyệt chế độ", "approve")
    dossier.do("Lập danh sách hưởng chế độ").do("Ký kết quả").take_result()
    assert (dossier.ended, dossier.data["result_number"]) == (True, "01/TB-BHXH")


def test_who_has_no_claim_is_told_why() -> None:
    dossier = Dossier(FILE).receive().do("Phân công xử lý").do("Xét duyệt chế độ", "decline")
    assert dossier.do("Dự thảo văn bản từ chối").do("Ký văn bản từ chối").take_result().handling == "declined"


def test_missing_papers_are_asked_for_once_and_the_clock_begins_anew() -> None:
    dossier = Dossier(FILE).receive().do("Phân công xử lý").do("Xét duyệt chế độ", "supplement")
    dossier.do("Lập phiếu yêu cầu bổ sung").do("Ký phiếu yêu cầu bổ sung", "approve")
    assert dossier.later(days=7).send("supplement").due == "2026-03-12"
