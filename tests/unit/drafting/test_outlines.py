"""An outline says what is peculiar; everything else of a procedure comes by itself."""

import json
from pathlib import Path

import pytest
from lxml import etree

from engine.domain.finding import Severity
from engine.workflow.drafting import BadOutline, read_outline
from engine.workflow.reading.names import bpmn, our_words

from .drawings import HEAD, OUTLINES, ROOT, drawn, findings, outline


def said(error: BadOutline) -> list[str]:
    return [one.sentence() for one in error.problems]


def root_of(steps: str) -> etree._Element:
    draft = drawn(outline(steps))
    return etree.fromstring(draft.files[draft.main])


@pytest.mark.parametrize("path", OUTLINES, ids=lambda path: path.stem)
def test_the_checker_has_nothing_to_say_but_open_questions(path: Path) -> None:
    draft = drawn(read_outline(path.read_bytes()))
    assert [one.sentence() for one in findings(draft) if one.rule != "open-question"] == []


def test_the_example_of_the_page_is_sound() -> None:
    page = (ROOT / "docs" / "how-to" / "draw.md").read_text(encoding="utf-8")
    example = page.split("```yaml\n")[1].split("```")[0]
    found = findings(drawn(read_outline(example.encode())))
    assert [one.sentence() for one in found if one.rule != "open-question"] == []


def test_three_words_make_a_whole_procedure() -> None:
    draft = drawn(outline("  - assign\n  - appraise:\n    limit: working days(3)\n  - sign"))
    assert [one for one in findings(draft) if one.severity == Severity.ERROR] == []
    names = [one.get("name") for one in etree.fromstring(draft.files[draft.main]).iter(bpmn("userTask"))]
    assert {"Phân công xử lý", "Thẩm định hồ sơ", "Ký kết quả", "Ký văn bản từ chối"} <= set(names)


def test_a_code_that_looks_like_a_number_stays_a_code() -> None:
    assert outline("  - sign", HEAD.replace("T-1", "1.000100")).code == "1.000100"


def test_everything_that_is_wrong_is_told_at_once_with_line_and_field() -> None:
    text = (
        HEAD
        + "levle: full\nchannels: [fax]\nsteps:\n  - tasks: Thẩm định\n  - sign:\n    limt: working days(1)\n"
    )
    with pytest.raises(BadOutline) as refused:
        read_outline(text.encode())
    lines = said(refused.value)
    assert any("dòng 10: levle: không có trường này. Ý ông/bà là «level»?" in one for one in lines)
    assert any("«fax»" in one and "dòng 11" in one for one in lines)
    assert any("dòng 13" in one and "không rõ là bước gì" in one for one in lines)
    assert any("steps[2].limt" in one and "«limit»" in one for one in lines)


def test_a_way_to_a_step_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(BadOutline) as refused:
        drawn(
            outline("  - appraise\n  - review:\n    decisions: [approve, {rework: Trả lại, then: nothing}]")
        )
    assert "không có bước «nothing»; có:" in said(refused.value)[0]
    assert "thamdinh" in said(refused.value)[0]


def test_a_step_that_nothing_leads_to_is_refused() -> None:
    with pytest.raises(BadOutline) as refused:
        drawn(outline("  - go: result\n  - sign"))
    assert "không đường nào dẫn tới bước này" in said(refused.value)[0]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "rỗng"),
        (b"a: [1, 2", "sai cú pháp YAML"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"- a\n- b", "tên: giá trị"),
        (b"x" * 300_000, "200 KB"),
        (b"a: !!python/object/apply:os.system [echo]", "còn thiếu"),
        (b"[" * 5000, "sâu"),
    ],
)  # fmt: skip
def test_what_is_no_outline_is_refused_in_a_sentence(content: bytes, expected: str) -> None:
    with pytest.raises(BadOutline) as refused:
        read_outline(content)
    assert expected in refused.value.message()


def test_a_small_file_cannot_become_endless() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9)
    )
    with pytest.raises(BadOutline) as refused:
        read_outline(bomb.encode())
    assert "quá nhiều phần tử" in refused.value.message()


def test_an_id_of_a_shared_process_cannot_be_taken() -> None:
    with pytest.raises(BadOutline) as refused:
        drawn(outline("  - {task: Tiếp nhận lại, id: tn_gop, lane: processing}\n  - sign"))
    assert "id «tn_gop» đã có" in said(refused.value)[0]


def test_ids_made_from_names_are_all_different() -> None:
    root = root_of(
        "  - {task: Kiểm tra, lane: processing}\n  - {task: Kiểm tra}\n  - {task: Kiểm tra}\n  - sign"
    )
    ids = [one.get("id") for one in root.iter() if isinstance(one.tag, str) and one.get("id")]
    assert len(ids) == len(set(ids))


def test_rework_goes_back_to_a_gateway_before_the_step() -> None:
    root = root_of("  - appraise\n  - review\n  - sign")
    flows = {(one.get("sourceRef"), one.get("targetRef")) for one in root.iter(bpmn("sequenceFlow"))}
    assert ("kq_soatxet", "gop_thamdinh") in flows
    assert ("gop_thamdinh", "thamdinh") in flows


def test_a_task_without_a_form_gets_one_that_speaks_both_languages() -> None:
    draft = drawn(outline("  - {task: Đo đạc, id: dodac, lane: processing}\n  - sign"))
    form = json.loads(draft.files["forms/t-1-dodac.json"])
    assert (form["id"], form["schemaVersion"]) == ("t-1-dodac", 18)
    assert all(one["label"] and one["properties"]["label_en"] for one in form["components"])


def test_the_applicants_form_is_named_after_the_code() -> None:
    draft = drawn(outline("  - sign"))
    assert json.loads(draft.files["forms/nop-t-1.json"])["components"][0]["validate"]["required"] is True


def test_late_answers_are_told_to_officers_while_the_step_goes_on() -> None:
    root = root_of("  - {opinion: Công an cho ý kiến, id: yk, late: working days(5)}\n  - sign")
    edge = next(root.iter(bpmn("boundaryEvent")))
    assert (edge.get("attachedToRef"), edge.get("cancelActivity")) == ("yk", "false")


def test_laws_are_taken_apart_into_document_article_and_note() -> None:
    head = HEAD.replace("NĐ 61/2018/NĐ-CP Điều 17", '"Luật Dược 2016 Điều 33, 39 | cả hai"')
    basis = outline("  - sign", head).basis[0]
    assert (basis.document, basis.article, basis.note) == ("Luật Dược 2016", "Điều 33, 39", "cả hai")


def test_decisions_in_parallel_branches_do_not_read_each_others_answers() -> None:
    steps = """
  - parallel:
    lane: processing
    branches:
      - steps: [{task: Đo đạc, id: do, decisions: [approve, {value: again, label: Đo lại, then: do}]}]
      - steps: [{task: Lấy mẫu, id: mau, decisions: [approve, {value: again, label: Lấy lại, then: mau}]}]
  - sign"""
    conditions = {one.text for one in root_of(steps).iter(bpmn("conditionExpression"))}
    assert {'do_decision = "again"', 'mau_decision = "again"'} <= conditions


def test_milestones_and_hints_reach_the_diagram() -> None:
    root = root_of(
        '  - {task: Đo đạc, id: do, lane: processing, hint: "Ghi biên bản.", milestone: limit_set}\n  - sign'
    )
    task = next(one for one in root.iter(bpmn("userTask")) if one.get("id") == "do")
    assert [one.get("name") for one in our_words(task, "milestone")] == ["limit_set"]
    assert [one.get("hint") for one in our_words(task, "task")] == ["Ghi biên bản."]
