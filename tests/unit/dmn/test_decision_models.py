"""A decision rests on others, on business knowledge and on services; whatever box its logic is written in."""

import time

import pytest

from engine.domain.dmn import (
    CellFailed,
    DecisionFailed,
    DecisionTable,
    ValueRefused,
    table_to_json,
)
from engine.domain.feel import FeelEvaluationError
from tests.pace import seconds
from tests.unit.dmn.models import BANDS, decision, decisions, knowledge, read, text

FEE = (
    '<inputData id="i" name="diện tích"><variable name="diện tích" typeRef="number"/></inputData>'
    + knowledge("k", "nhân đôi", "số", text("số * 2"))
    + decision("m", "mức phí", BANDS, needs="?i", type_ref="number")
    + decision("f", "phí", text("nhân đôi(mức phí) * 100000"), needs="!m", knows="k", type_ref="number")
)


def test_a_decision_asks_first_what_it_rests_on() -> None:
    found = decisions(FEE)
    assert [found["f"].evaluate({"diện tích": one}) for one in (500, 501)] == [200_000, 400_000]
    assert isinstance(found["m"], DecisionTable)  # alone, it stays a table that can be shown
    assert found["f"].names == {"diện tích"}


def test_a_stored_decision_holds_its_part_of_the_model_and_no_more() -> None:
    more = FEE + decision("x", "khác", text("1"))
    stored = table_to_json(read(more).tables["f"])
    assert sorted(one["id"] for one in stored["nodes"]) == ["f", "i", "k", "m"]


def test_an_input_of_the_wrong_type_is_refused_by_name() -> None:
    with pytest.raises(ValueRefused, match="diện tích"):
        decisions(FEE)["f"].evaluate({"diện tích": "rộng"})


def test_a_result_of_the_wrong_type_is_refused_by_name() -> None:
    found = decisions(decision("a", "số ngày", text('"năm"'), type_ref="number"))
    with pytest.raises(ValueRefused, match="số ngày"):
        found["a"].evaluate({})


def test_an_error_names_the_decision_and_in_a_table_the_row() -> None:
    found = decisions(decision("a", "hạn", text("working days(n)")))
    with pytest.raises(DecisionFailed) as plain:
        found["a"].evaluate({"n": None})
    assert "«hạn»" in plain.value.message("vi")
    assert "«hạn»" in plain.value.message("en")
    found = decisions(decision("a", "hạn", BANDS.replace("<text>2</text>", "<text>working days(n)</text>")))
    with pytest.raises(CellFailed) as cell:
        found["a"].evaluate({"diện tích": 900})
    assert cell.value.row == 2
    assert "dòng 2, cột «mức»" in cell.value.message("vi")
    assert "row 2, column «mức»" in cell.value.message("en")


def test_a_table_may_be_the_body_of_business_knowledge() -> None:
    body = knowledge("k", "tra mức", "diện tích", BANDS) + decision(
        "a", "các mức", text("for x in [100, 900] return tra mức(x)"), knows="k"
    )
    assert decisions(body)["a"].evaluate({}) == [1, 2]


def test_business_knowledge_may_use_other_knowledge() -> None:
    body = (
        knowledge("k", "một", "", text("1"))
        + knowledge("h", "hai", "", text("một() + 1"), knows="k")
        + decision("a", "ba", text("hai() + 1"), knows="h")
    )
    assert decisions(body)["a"].evaluate({}) == 3


def test_a_function_may_be_the_value_of_a_decision_or_of_knowledge() -> None:
    body = (
        knowledge("k", "nhân", "a", text("function(b) a * b"))
        + decision("f", "hàm", text("function(x: number) nhân(x)(n)"), knows="k")
        + decision("a", "kết quả", text("hàm(5) + nhân(2)(3)"), needs="!f", knows="k")
    )
    assert decisions(body)["a"].evaluate({"n": 10}) == 56


FACTORIAL = knowledge("k", "giai thừa", "n", text("if n <= 1 then 1 else n * giai thừa(n - 1)"), knows="k")


def test_business_knowledge_may_call_itself_within_bounds() -> None:
    found = decisions(FACTORIAL + decision("a", "kết quả", text("giai thừa(n)"), knows="k"))["a"]
    assert found.evaluate({"n": 20}) == 2_432_902_008_176_640_000
    with pytest.raises(DecisionFailed, match="lồng quá sâu"):
        found.evaluate({"n": 1_000})


def test_an_error_deep_inside_is_told_once_with_its_place_and_the_decision() -> None:
    endless = BANDS.replace("<text>1</text>", "<text>tra(diện tích)</text>")
    body = knowledge("k", "tra", "diện tích", endless, knows="k")
    with pytest.raises(DecisionFailed) as caught:
        decisions(body + decision("a", "phí", text("tra(1)"), knows="k"))["a"].evaluate({})
    assert caught.value.message("en").count("row 1") == 1
    assert "decision «phí»: table «tra», row 1" in caught.value.message("en")


SERVICE = (
    '<inputData id="i" name="x"><variable name="x" typeRef="number"/></inputData>'
    + decision("b", "nửa", text("1"), type_ref="number")
    + decision("o", "tổng", text("x + nửa"), needs="?i !b")
    + '<decisionService id="s" name="dịch vụ"><variable name="dịch vụ"/><outputDecision href="#o"/>'
    + '<encapsulatedDecision href="#o"/><inputDecision href="#b"/><inputData href="#i"/></decisionService>'
    + decision("a", "gọi", text("dịch vụ(10, 5)"), knows="s")
    + decision("n", "gọi theo tên", text("dịch vụ(nửa: 7, x: 10)"), knows="s")
)


def test_a_service_is_a_function_of_inputs_and_of_decisions_made_elsewhere() -> None:
    found = decisions(SERVICE)
    assert found["a"].evaluate({}) == 15
    assert found["n"].evaluate({}) == 17
    assert found["s"].evaluate({"x": 1}) == 2
    assert found["s"].evaluate({"x": 1, "nửa": 9}) == 10


def test_a_service_of_several_outputs_gives_a_context() -> None:
    body = SERVICE.replace(
        '<outputDecision href="#o"/>', '<outputDecision href="#o"/><outputDecision href="#b"/>'
    ).replace('<inputDecision href="#b"/>', "")
    assert decisions(body)["s"].evaluate({"x": 1}) == {"tổng": 2, "nửa": 1}


def test_a_type_of_the_model_is_checked_all_through() -> None:
    body = (
        '<itemDefinition name="tGiấyTờ"><itemComponent name="loại"><typeRef>string</typeRef>'
        '<allowedValues><text>"CCCD", "hộ chiếu"</text></allowedValues></itemComponent>'
        '<itemComponent name="cấp ngày"><typeRef>date</typeRef></itemComponent></itemDefinition>'
        '<itemDefinition name="tGiấyTờs" isCollection="true"><typeRef>tGiấyTờ</typeRef></itemDefinition>'
        '<inputData id="i" name="giấy tờ"><variable name="giấy tờ" typeRef="tGiấyTờs"/></inputData>'
        + decision("a", "năm cấp", text("giấy tờ[1].cấp ngày.year"), needs="?i")
        + decision("b", "là giấy tờ", text("giấy tờ[1] instance of tGiấyTờ"), needs="?i")
    )
    found = decisions(body)
    good = {"loại": "CCCD", "cấp ngày": "2021-05-09"}
    assert found["a"].evaluate({"giấy tờ": [good]}) == 2021
    assert found["b"].evaluate({"giấy tờ": [good]}) is True
    for wrong in ({**good, "loại": "thẻ"}, {**good, "cấp ngày": "09/05/2021"}):
        with pytest.raises(ValueRefused, match="giấy tờ"):
            found["a"].evaluate({"giấy tờ": [good, wrong]})


def test_a_single_column_without_a_type_has_that_of_its_decision() -> None:
    wrong = decision("a", "mức", BANDS.replace("<text>2</text>", '<text>"cao"</text>'), type_ref="number")
    assert [one.rule for one in read(wrong).findings] == ["dmn-value"]


def test_a_column_that_names_an_input_has_its_type() -> None:
    born = '<inputData id="i" name="ngày sinh"><variable name="ngày sinh" typeRef="date"/></inputData>'
    table = (
        "<decisionTable hitPolicy='FIRST'>"
        "<input><inputExpression><text>ngày sinh</text></inputExpression></input>"
        "<output name='o'/><rule><inputEntry><text>&lt; date(\"2008-03-02\")</text></inputEntry>"
        "<outputEntry><text>true</text></outputEntry></rule></decisionTable>"
    )
    assert decisions(born + decision("a", "đủ tuổi", table, needs="?i"))["a"].evaluate(
        {"ngày sinh": "2000-01-31"}
    )


@pytest.mark.parametrize(
    ("body", "rule", "what"),
    [
        (
            decision("a", "x", text("y + 1"), needs="!b") + decision("b", "y", text("x"), needs="!a"),
            "dmn-shape",
            "chính nó",
        ),
        (decision("a", "x", text("y + 1")) + decision("b", "y", text("1")), "dmn-arrow", "«y»"),
        (decision("a", "x", text("1"), needs="!thiếu"), "dmn-requirement", "thiếu"),
        (decision("a", "x", text("bậy(1)")), "dmn-expression", "bậy"),
        (decision("a", "x", "<list>" + text("1 +") + "</list>"), "dmn-expression", "chưa viết hết"),
        (
            decision("a", "x", f'<functionDefinition kind="Java">{text("1")}</functionDefinition>'),
            "dmn-logic",
            "Java",
        ),
        (
            decision("a", "x", text("1"), type_ref="t")
            + '<itemDefinition name="t"><typeRef>t</typeRef></itemDefinition>',
            "dmn-shape",
            "chính nó",
        ),
        (
            decision(
                "a",
                "x",
                f"<context><contextEntry><variable name='c'/>{text('1')}</contextEntry>"
                f"<contextEntry><variable name='c'/>{text('2')}</contextEntry></context>",
            ),
            "dmn-shape",
            "trùng tên",
        ),
        (
            decision("a", "x", text("1"))
            + decision("b", "x", text("2"))
            + decision("c", "y", text("x"), needs="!a !b"),
            "dmn-name",
            "«x»",
        ),
        ('<businessKnowledgeModel id="k" name="k"/>' + decision("a", "x", text("1")), "dmn-logic", ""),
        (decision("a", "x", "<list>" * 60 + text("1") + "</list>" * 60), "dmn-logic", ""),
    ],
)
def test_a_model_that_would_not_run_as_drawn_is_refused(body: str, rule: str, what: str) -> None:
    found = read(body)
    assert rule in {one.rule for one in found.findings}
    assert any(what in one.message_vi for one in found.findings)
    for one in found.findings:
        assert one.message_vi != one.message_en


def test_what_rests_on_a_broken_decision_is_left_out_and_the_rest_stays() -> None:
    body = (
        decision("a", "hỏng", text("1 +"))
        + decision("b", "dựa vào", text("hỏng"), needs="!a")
        + decision("c", "riêng", text("1"))
    )
    found = read(body)
    assert set(found.tables) == {"c"}
    assert found.ids == {"a", "b", "c"}


HOSTILE = [
    text("for x in 1..9000 return tra(x)"),
    text("for x in 1..9000 return for y in 1..9000 return 1"),
    text("gọi mình(1)"),
    text("sum(for x in 1..9000 return nhiều(x))"),
    text("for x in 1..9000 return [tra(x), tra(x), tra(x)]"),
    text("nhiều(nhiều(nhiều(for x in 1..9000 return tra(x))))"),
    f"<for iteratorVariable='x'><in>{text('[1..9000]')}</in><return>{BANDS}</return></for>",
    f"<every iteratorVariable='x'><in>{text('[1..9000]')}</in>"
    f"<satisfies>{text('tra(x) > 0')}</satisfies></every>",
]


@pytest.mark.parametrize("logic", HOSTILE)
def test_a_model_is_bounded_as_one_expression_is(logic: str) -> None:
    known = (
        knowledge("k", "tra", "diện tích", BANDS)
        + knowledge("g", "gọi mình", "x", text("gọi mình(x + 1)"), knows="g")
        + knowledge("n", "nhiều", "x", text("count(for y in 1..9000 return y)"))
    )
    found = decisions(known + decision("a", "x", logic, knows="k g n"))
    spent = []
    for _ in range(10):  # the best of ten, as others use the machine too
        began = time.thread_time()
        with pytest.raises(FeelEvaluationError):
            found["a"].evaluate({})
        spent.append(time.thread_time() - began)
    assert min(spent) < seconds(0.050)
