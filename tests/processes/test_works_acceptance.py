"""1.009794, Sở Xây dựng: a site visit with its record; 16 or 12 working days by class of works."""

import pytest

from .world import Dossier

FILE = "sxd/1.009794.bpmn"
VISIT = "Kiểm tra tại hiện trường"


def at_site(**answers: object) -> Dossier:
    dossier = (
        Dossier(FILE, answers).receive().do("Phân công xử lý").do("Kiểm tra hồ sơ hoàn thành", "approve")
    )
    return dossier.do("Lập kế hoạch kiểm tra hiện trường")


@pytest.mark.parametrize(
    ("works", "limit", "due"),
    [("special", "16WD", "2026-03-24"), ("1", "16WD", "2026-03-24"), ("2", "12WD", "2026-03-18"),
     ("4", "12WD", "2026-03-18")],
)  # fmt: skip
def test_the_class_of_works_sets_the_limit(works: str, limit: str, due: str) -> None:
    dossier = Dossier(FILE, {"works_class": works}).receive()
    assert (dossier.limit, dossier.due) == (limit, due)


def test_the_visit_is_recorded_with_time_place_people_and_content() -> None:
    form = at_site().definition.form("kiem-tra-thuc-dia")
    required = {field["key"] for field in form["components"] if field["validate"]["required"]}
    assert required == {"visit_date", "visit_place", "visit_people", "visit_record"}


def test_works_in_order_get_their_notice() -> None:
    dossier = at_site().do(VISIT, "approve").do("Dự thảo thông báo kết quả").do("Soát xét dự thảo", "approve")
    dossier.do("Ký kết quả").take_result()
    assert (dossier.ended, dossier.handling) == (True, "handed_over")
    assert dossier.data["result_number"] == "01/TB-SXD"


def test_defects_are_mended_and_visited_again_twice_if_need_be() -> None:
    dossier = at_site()
    for _ in range(2):
        dossier.do(VISIT, "fix", visit_record="Còn tồn tại").do("Theo dõi khắc phục tồn tại")
    assert dossier.do(VISIT, "approve").open == ["Dự thảo thông báo kết quả"]


def test_the_head_sends_a_draft_back_to_the_site_not_to_the_papers() -> None:
    dossier = at_site().do(VISIT, "approve").do("Dự thảo thông báo kết quả").do("Soát xét dự thảo", "rework")
    assert dossier.open == [VISIT]
