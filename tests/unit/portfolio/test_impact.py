"""Who asks what a decree touches is told the elements, procedures, forms and dossiers that rest on it."""

from pathlib import Path

import pytest

from engine.portfolio.impact import impact, law_asked
from engine.portfolio.query import BadQuery
from tests.unit.portfolio.diagrams import BOTH, JUSTICE, diagram, step, table

SHARED = diagram(
    "s", "", step("gui", "Gửi", "none", law="Nghị định số 118/2025/NĐ-CP", article="Điều 18")
).replace(b'<motcua:procedure code="s" agency="" name="s" />', b"")
CALL = '<bpmn:callActivity id="goi" name="Gọi" calledElement="p_s"/>'
CALLER = diagram("1.000003", "SYT", step("khac", "Khác", "none", law="Luật Dược 2016", article=""), CALL)
FORM = '{"components": [{"label": "Theo Nghị định 118/2025/NĐ-CP"}]}'.encode()


def test_an_article_leads_to_elements_and_procedures(tmp_path: Path) -> None:
    found = impact(table(tmp_path, BOTH), law_asked("Nghị định số 61/2018/NĐ-CP Điều 19 khoản 3"))
    assert [(one.code, [touch.id for touch in one.touches]) for one in found] == [
        ("1.000001", ["nhan", "xac_minh", "ky"]),
        ("1.000002", ["tham_dinh", "hien_truong"]),
    ]
    assert impact(table(tmp_path, BOTH), law_asked("NĐ 61/2018 Điều 20")) == []


def test_a_document_of_the_checklist_that_names_the_law_is_touched(tmp_path: Path) -> None:
    (one,) = impact(table(tmp_path, BOTH), law_asked("Nghị định 118/2025"))
    assert [(touch.what, touch.id) for touch in one.touches] == [("document", "don")]


def test_what_a_shared_process_rests_on_touches_those_that_call_it(tmp_path: Path) -> None:
    files = {
        "syt/1.000003.bpmn": CALLER,
        "shared/s.bpmn": SHARED,
        "stp/1.000001.bpmn": BOTH["stp/1.000001.bpmn"],
    }
    found = impact(table(tmp_path, files), law_asked("NĐ 118/2025/NĐ-CP Điều 18"))
    assert [(one.code, one.through) for one in found] == [
        ("1.000001", ()), ("1.000003", ("p_s",)), ("p_s", ()),
    ]  # fmt: skip


def test_a_form_that_names_the_law_touches_the_procedures_of_its_agency(tmp_path: Path) -> None:
    files = {**BOTH, "sxd/forms/tham-dinh.json": FORM}
    found = impact(table(tmp_path, files), law_asked("Nghị định 118/2025"))
    forms = {one.code: [touch.id for touch in one.touches if touch.what == "form"] for one in found}
    assert forms == {"1.000001": [], "1.000002": ["tham-dinh"]}


def test_procedures_with_the_most_running_dossiers_come_first(tmp_path: Path) -> None:
    found = impact(table(tmp_path, BOTH), law_asked("NĐ 61/2018"), running={"1.000002": 12})
    assert [(one.code, one.running) for one in found] == [("1.000002", 12), ("1.000001", 0)]


def test_a_basis_without_an_article_may_be_touched_by_any(tmp_path: Path) -> None:
    vague = JUSTICE.replace(b'article="\xc4\x90i\xe1\xbb\x81u 19 kho\xe1\xba\xa3n 3"', b'article=""', 1)
    (one,) = impact(table(tmp_path, {"stp/1.000001.bpmn": vague}), law_asked("NĐ 61/2018 Điều 5"))
    assert [(touch.id, touch.whole) for touch in one.touches] == [("nhan", True)]


def test_what_names_no_law_is_refused() -> None:
    with pytest.raises(BadQuery):
        law_asked("đất đai")
