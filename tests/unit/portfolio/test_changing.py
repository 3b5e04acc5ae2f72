"""One change to many procedures touches what was asked for, and not a byte beside it."""

import pytest

from engine.domain.procedure import Basis
from engine.portfolio.change import Change, Targets, changed, document_of, law_of, limit_of, role_of
from engine.portfolio.query import BadQuery
from engine.workflow.editing import Markup
from engine.workflow.reading.names import bpmn
from tests.unit.portfolio.diagrams import JUSTICE, SPACES

TEXT = JUSTICE.decode()
STEPS = Targets(steps={"p_1.000001": {"xac_minh"}})
WHOLE = Targets(wholes={"p_1.000001"})
BASIS = '<motcua:basis document="NĐ 61/2018/NĐ-CP" article="Điều 19 khoản 3"/>'
NEW_BASIS = '<motcua:basis document="NĐ 118/2025/NĐ-CP" article="Điều 18"/>'
LAW = law_of("Nghị định 61/2018 Điều 19", "NĐ 118/2025/NĐ-CP Điều 18")


def after(targets: Targets, change: Change, text: str = TEXT) -> str:
    content, unsure = changed(text.encode(), "x.bpmn", targets, change)
    assert unsure == []
    return content.decode()


def test_a_limit_changes_in_its_step_alone() -> None:
    assert after(STEPS, Change(limit="working days(3)")) == TEXT.replace("working days(7)", "working days(3)")


def test_role_form_and_name_of_a_step_change() -> None:
    made = after(STEPS, Change(role="head", form="khac", name="Xác minh & <kết luận>"))
    old = TEXT[TEXT.index('<bpmn:userTask id="xac_minh"') : TEXT.index('<bpmn:userTask id="ky"')]
    new = old.replace('role="processing"', 'role="head"').replace('form="tham-dinh"', 'form="khac"')
    new = new.replace('name="Xác minh lý lịch"', 'name="Xác minh &amp; &lt;kết luận>"').replace(
        "luận>", "luận&gt;"
    )
    assert made == TEXT.replace(old, new)


def test_an_article_is_replaced_everywhere_in_a_selected_procedure() -> None:
    assert after(WHOLE, Change(law=LAW)) == TEXT.replace(BASIS, NEW_BASIS)


def test_an_article_among_others_is_left_to_a_person() -> None:
    text = TEXT.replace("Điều 19 khoản 3", "Điều 15, Điều 19", 1)
    content, unsure = changed(text.encode(), "x.bpmn", WHOLE, Change(law=LAW))
    assert unsure == ["nhan"]
    assert content.decode().count(NEW_BASIS) == 2


def test_a_document_is_added_behind_the_last_word_and_only_once() -> None:
    change = Change(document=document_of("id=cccd; name=Căn cước; copy=1"))
    made = after(WHOLE, change)
    line = '\n      <motcua:document id="cccd" name="Căn cước" copy="1"/>'
    assert made == TEXT.replace('question="Ai ký?"/>', 'question="Ai ký?"/>' + line)
    assert after(WHOLE, change, made) == made


def test_an_article_is_added_unless_it_is_there() -> None:
    there = Change(add_basis=Basis(document="Nghị định 61/2018/NĐ-CP", article="khoản 3 Điều 19"))
    assert after(STEPS, there) == TEXT
    made = after(STEPS, Change(add_basis=Basis(document="NĐ 118/2025/NĐ-CP", article="Điều 18")))
    assert made.count(f"{BASIS}\n        {NEW_BASIS}") == 1


def test_a_piece_of_names_is_replaced() -> None:
    made = after(WHOLE, Change(rename=("lý lịch tư pháp", "LLTP")))
    assert made == TEXT.replace("Cấp phiếu lý lịch tư pháp", "Cấp phiếu LLTP")


@pytest.mark.parametrize(
    ("task", "made"),
    [
        ('<bpmn:userTask id="a" />', "one step, self-closed"),
        ('<bpmn:userTask id="a"></bpmn:userTask>', "one without words"),
        ('<bpmn:userTask id="a"><bpmn:documentation>x</bpmn:documentation></bpmn:userTask>', "documented"),
        ('<bpmn:userTask id="a"><bpmn:extensionElements /></bpmn:userTask>', "empty extension"),
        ("<bpmn:userTask name='x' id='a'\n  ></bpmn:userTask>", "other quotes"),
    ],
)
def test_a_step_without_our_words_is_given_them(task: str, made: str) -> None:
    text = (
        f'<bpmn:definitions {SPACES}><!-- <bpmn:userTask id="a"/> -->\r\n'
        f'  <bpmn:process id="p">\r\n    {task}\r\n  </bpmn:process>\r\n</bpmn:definitions>'
    )
    content, _ = changed(
        text.encode(), "x", Targets(steps={"p": {"a"}}), Change(limit="working days(1)", role="head")
    )
    (word,) = Markup(content, "x").root.iter("{urn:motcua:bpmn:1}task")
    assert (word.get("timeLimit"), word.get("role")) == ("working days(1)", "head"), made
    assert word.getparent().getparent().tag == bpmn("userTask")
    assert "<!-- <bpmn:userTask" in content.decode()
    assert "\n" not in content.decode().replace("\r\n", "").replace("'x' id='a'\n", "")


@pytest.mark.parametrize(
    ("said", "feel"),
    [
        ("3 ngày làm việc", "working days(3)"),
        ("4 working hours", "working hours(4)"),
        ("30 ngày", "calendar days(30)"),
        ("none", "none"),
        ("if a then working days(1) else working days(2)", "if a then working days(1) else working days(2)"),
    ],
)
def test_a_limit_is_said_in_words_or_feel(said: str, feel: str) -> None:
    assert limit_of(said) == feel


def test_what_makes_no_sense_is_refused_by_name() -> None:
    for make, text in (
        (limit_of, "3 quả"),
        (role_of, "sếp"),
        (document_of, "name=x"),
        (document_of, "ten=x"),
    ):
        with pytest.raises(BadQuery):
            make(text)
    with pytest.raises(BadQuery):
        law_of("đất đai", "NĐ 1/2025/NĐ-CP")
