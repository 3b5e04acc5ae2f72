"""Decision tables give what their hit policy promises, or say which rows contradict each other."""

from decimal import Decimal
from typing import Any

import pytest

from engine.domain.dmn import (
    Decided,
    DecisionTable,
    TableConflict,
    TableInputRefused,
    TableOutputRefused,
    TableWrong,
    table_from_json,
    table_to_json,
)
from engine.domain.feel import FeelEvaluationError


def table(
    policy: str,
    *rules: tuple[list[str | None], list[str]],
    aggregation: str | None = None,
    inputs: list[dict[str, Any]] | None = None,
    outputs: list[dict[str, Any]] | None = None,
) -> DecisionTable:
    return table_from_json(
        {
            "id": "phi",
            "name": "Phí thẩm định",
            "policy": policy,
            "aggregation": aggregation,
            "words": [],
            "inputs": inputs
            or [{"label": "Số tiết mục", "expression": "items", "type": "number", "allowed": None}],
            "outputs": outputs or [{"name": "fee", "type": "number", "allowed": None, "default": None}],
            "rules": [
                {"id": f"r{n}", "tests": tests, "results": results, "annotations": []}
                for n, (tests, results) in enumerate(rules, 1)
            ],
        }
    )


BANDS = ((["<= 10"], ["100"]), (["> 10"], ["200"]))
OVERLAP = ((["> 1"], ["20"]), (["> 2"], ["10"]), (["> 3"], ["30"]))
RANKED = [{"name": "level", "type": "string", "allowed": '"high", "middle", "low"', "default": None}]
LEVELS = ((["> 1"], ['"low"']), (["> 2"], ['"high"']), (["> 3"], ['"middle"']))


def test_unique_gives_the_one_row_and_its_number() -> None:
    assert table("UNIQUE", *BANDS).decide({"items": 10}) == Decided(100, (1,))
    assert table("UNIQUE", *BANDS).evaluate({"items": 11}) == 200


def test_unique_with_two_rows_names_them_and_decides_nothing() -> None:
    with pytest.raises(TableConflict) as caught:
        table("UNIQUE", *OVERLAP).evaluate({"items": 3})
    assert caught.value.rules == (1, 2)
    assert "1, 2" in caught.value.message("vi")


@pytest.mark.parametrize(
    ("policy", "aggregation", "expected"),
    [
        ("FIRST", None, 20),
        ("RULE ORDER", None, [20, 10, 30]),
        ("COLLECT", None, [20, 10, 30]),
        ("COLLECT", "SUM", 60),
        ("COLLECT", "MIN", 10),
        ("COLLECT", "MAX", 30),
        ("COLLECT", "COUNT", 3),
    ],
)
def test_policies_over_three_matching_rows(policy: str, aggregation: str | None, expected: object) -> None:
    assert table(policy, *OVERLAP, aggregation=aggregation).evaluate({"items": 9}) == expected


def test_priority_and_output_order_follow_the_list_of_the_column() -> None:
    assert table("PRIORITY", *LEVELS, outputs=RANKED).decide({"items": 9}) == Decided("high", (2,))
    assert table("OUTPUT ORDER", *LEVELS, outputs=RANKED).decide({"items": 9}) == Decided(
        ["high", "middle", "low"], (2, 3, 1)
    )


def test_any_wants_equal_results() -> None:
    equal = ((["> 1"], ["5"]), (["> 2"], ["2 + 3"]))
    assert table("ANY", *equal).decide({"items": 9}) == Decided(5, (1, 2))
    with pytest.raises(TableConflict) as caught:
        table("ANY", *OVERLAP).evaluate({"items": 9})
    assert caught.value.rules == (1, 2, 3)


@pytest.mark.parametrize(
    ("policy", "aggregation", "expected"),
    [
        ("UNIQUE", None, None),
        ("FIRST", None, None),
        ("RULE ORDER", None, []),
        ("COLLECT", None, []),
        ("COLLECT", "SUM", None),
        ("COLLECT", "COUNT", 0),
    ],
)
def test_without_a_matching_row_there_is_no_result(
    policy: str, aggregation: str | None, expected: object
) -> None:
    assert table(policy, *OVERLAP, aggregation=aggregation).evaluate({"items": 0}) == expected


def test_a_default_speaks_when_no_row_does() -> None:
    outputs = [{"name": "fee", "type": "number", "allowed": None, "default": "base * 2"}]
    assert table("UNIQUE", *OVERLAP, outputs=outputs).decide({"items": 0, "base": 4}) == Decided(8, ())
    assert table("COLLECT", *OVERLAP, outputs=outputs).evaluate({"items": 0, "base": 4}) == [8]


def test_several_outputs_make_a_context() -> None:
    outputs = [
        {"name": "fee", "type": None, "allowed": None, "default": None},
        {"name": "số ngày", "type": None, "allowed": None, "default": None},
    ]
    made = table("UNIQUE", ([None], ["items * 1.5", "5"]), outputs=outputs)
    assert made.evaluate({"items": 3}) == {"fee": Decimal("4.5"), "số ngày": 5}


def test_a_value_that_its_author_did_not_foresee_is_refused() -> None:
    inputs = [{"label": "Kênh", "expression": "channel", "type": "string", "allowed": '"online", "counter"'}]
    made = table("UNIQUE", (['"online"'], ["1"]), inputs=inputs)
    assert made.evaluate({"channel": "online"}) == 1
    assert made.evaluate({"channel": "counter"}) is None
    for wrong in ("fax", None, 3):
        with pytest.raises(TableInputRefused, match="Kênh"):
            made.evaluate({"channel": wrong})


def test_a_result_outside_its_column_is_refused() -> None:
    with pytest.raises(TableOutputRefused, match="level"):
        table("UNIQUE", ([None], ["word"]), outputs=RANKED).evaluate({"items": 1, "word": "top"})
    with pytest.raises(TableOutputRefused):
        table("UNIQUE", ([None], ['"text"'])).evaluate({"items": 1})


def test_a_sum_of_what_is_no_number_is_refused() -> None:
    untyped = [{"name": "fee", "type": None, "allowed": None, "default": None}]
    with pytest.raises(TableOutputRefused):
        table("COLLECT", ([None], ["1"]), ([None], ["missing"]), aggregation="SUM", outputs=untyped).evaluate(
            {"items": 1}
        )


def test_a_date_column_reads_the_text_of_the_document() -> None:
    inputs = [{"label": "Ngày sinh", "expression": "born", "type": "date", "allowed": None}]
    made = table("UNIQUE", (['< date("2008-01-01")'], ["1"]), inputs=inputs)
    assert made.evaluate({"born": "2007-12-31"}) == 1
    with pytest.raises(TableInputRefused):
        made.evaluate({"born": "31/12/2007"})


@pytest.mark.parametrize(
    "wrong",
    [
        {"policy": "PRIORITY", "rules": BANDS},
        {"policy": "UNIQUE", "rules": ()},
        {"policy": "UNIQUE", "rules": BANDS, "aggregation": "SUM"},
        {"policy": "UNIQUE", "rules": ((["1", "2"], ["1"]),)},
        {"policy": "UNIQUE", "rules": (([None], ["1", "2"]),)},
    ],
)
def test_a_table_whose_parts_do_not_fit_cannot_be_made(wrong: dict[str, Any]) -> None:
    with pytest.raises(TableWrong) as caught:
        table(wrong["policy"], *wrong["rules"], aggregation=wrong.get("aggregation"))
    assert "Phí thẩm định" in caught.value.message("vi")


def test_a_table_is_the_same_after_storage() -> None:
    made = table("PRIORITY", *LEVELS, outputs=RANKED)
    again = table_from_json(table_to_json(made))
    assert table_to_json(again) == table_to_json(made)
    assert again.evaluate({"items": 9}) == "high"


def test_a_table_knows_what_it_reads() -> None:
    made = table("UNIQUE", (["> limit"], ["dossier.fee * rate"]))
    assert made.names == {"items", "limit", "dossier", "rate"}
    assert made.paths == {"items", "limit", "dossier.fee", "rate"}


def test_errors_of_a_table_are_evaluation_errors() -> None:
    # The engine handles one kind: a step that could not be reckoned becomes an incident at its element.
    assert issubclass(TableConflict, FeelEvaluationError)
    assert issubclass(TableInputRefused, FeelEvaluationError)


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("< 3", (1, 2)),
        ("[2..3)", (2,)),
        ("1, 4", (1, 4)),
        ("not(1, 4)", (2, 3)),
        ("? > limit", (3, 4)),
        ("odd(?)", (1, 3)),
        ("? * 1", (1, 2, 3, 4)),
        ("allowed", (2, 3)),
        ("null", ()),
        ("not(null)", (1, 2, 3, 4)),
        ("-", (1, 2, 3, 4)),
        ("(>= 3)", (3, 4)),
        ('range("(1..3]")', (2, 3)),
    ],
)
def test_a_cell_is_a_test_a_value_or_a_list_of_them(cell: str, values: tuple[int, ...]) -> None:
    made = table("COLLECT", ([cell], ["items"]))
    scope = {"limit": 2, "allowed": [2, 3]}
    assert tuple(one for one in (1, 2, 3, 4) if made.evaluate({**scope, "items": one})) == values
