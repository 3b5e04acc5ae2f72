"""Whatever box a decision's logic is written in, it gives what FEEL text would."""

from decimal import Decimal

import pytest

from engine.domain.feel import to_json
from tests.unit.dmn.models import BANDS, decision, decisions, text


def alone(logic: str, *, type_ref: str = "") -> object:
    return decisions(decision("a", "kết quả", logic, type_ref=type_ref))["a"].evaluate({"n": 3, "tên": "Hà"})


@pytest.mark.parametrize(
    ("logic", "expected"),
    [
        (text("n + 1"), 4),
        (f"<list>{text('n')}{text('tên')}</list>", [3, "Hà"]),
        (
            f"<context><contextEntry><variable name='gấp đôi'/>{text('n * 2')}</contextEntry>"
            f"<contextEntry><variable name='tổng'/>{text('gấp đôi + 1')}</contextEntry></context>",
            {"gấp đôi": 6, "tổng": 7},
        ),
        (
            f"<context><contextEntry><variable name='a'/>{text('n * 2')}</contextEntry>"
            f"<contextEntry>{text('a + 1')}</contextEntry></context>",
            7,
        ),
        (
            "<relation><column name='loại'/><column name='phí'/>"
            f"<row>{text('tên')}{text('1')}</row><row>{text('null')}{text('')}</row></relation>",
            [{"loại": "Hà", "phí": 1}, {"loại": None, "phí": None}],
        ),
        (
            f"<conditional><if>{text('n > 2')}</if><then>{text('1')}</then>"
            f"<else>{text('2')}</else></conditional>",
            1,
        ),
        (f"<filter><in>{text('[1, 2, 3]')}</in><match>{text('item > 1')}</match></filter>", [2, 3]),
        (
            f"<for iteratorVariable='x'><in>{text('[1, 2]')}</in><return>{text('x * n')}</return></for>",
            [3, 6],
        ),
        (
            f"<every iteratorVariable='x'><in>{text('[1, 2]')}</in>"
            f"<satisfies>{text('x < n')}</satisfies></every>",
            True,
        ),
        (
            f"<some iteratorVariable='x'><in>{text('[1, 2]')}</in>"
            f"<satisfies>{text('x > n')}</satisfies></some>",
            False,
        ),
        (
            "<context><contextEntry><variable name='cộng'/><functionDefinition>"
            "<formalParameter name='a'/><formalParameter name='b'/>"
            f"{text('a - b')}</functionDefinition></contextEntry>"
            f"<contextEntry><invocation>{text('cộng')}"
            f"<binding><parameter name='b'/>{text('1')}</binding>"
            f"<binding><parameter name='a'/>{text('10')}</binding></invocation></contextEntry></context>",
            9,
        ),
        (
            f"<invocation>{text('string length')}<binding><parameter name='string'/>{text('tên')}"
            "</binding></invocation>",
            2,
        ),
        (
            f"<context><contextEntry><variable name='diện tích'/>{text('n * 200')}</contextEntry>"
            f"<contextEntry>{BANDS}</contextEntry></context>",
            2,
        ),
    ],
)
def test_every_box_gives_what_its_text_would(logic: str, expected: object) -> None:
    assert alone(logic) == expected


def test_a_value_and_a_list_of_it_stand_for_each_other_where_a_type_says_so() -> None:
    assert alone(text("[n]"), type_ref="number") == 3
    body = '<itemDefinition name="tSố" isCollection="true"><typeRef>number</typeRef></itemDefinition>'
    assert decisions(body + decision("a", "x", text("n"), type_ref="tSố"))["a"].evaluate({"n": 3}) == [3]


def test_the_result_of_a_model_can_be_kept_in_a_document() -> None:
    made = alone(f"<list>{text('@' + chr(34) + '2026-03-02' + chr(34))}{text('1 / 4')}</list>")
    assert to_json(made) == ["2026-03-02", 0.25]
    assert alone(text("1 / 4")) == Decimal("0.25")
