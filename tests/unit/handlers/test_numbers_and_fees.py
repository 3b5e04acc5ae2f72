"""The inside handlers: numbers of results, and fees."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from engine.handler import BusinessError, Call
from handlers.assign_result_number import AssignResultNumber
from handlers.compute_fee import ComputeFee

MakeCall = Callable[..., Call]


def test_results_of_an_agency_are_numbered_from_01_each_year(make_call: MakeCall) -> None:
    number = AssignResultNumber()
    assert number.handle(make_call(symbol="GP-SVHTT"))["result_number"] == "01/GP-SVHTT"
    assert number.handle(make_call(type="certificate"))["result_number"] == "02/GCN-SVHTT"
    in_2027 = make_call(at=datetime(2026, 12, 31, 17, 30, tzinfo=UTC))  # 00:30 on 1 January in Viet Nam
    assert number.handle(in_2027) == {"result_number": "01/KQ-SVHTT", "result_serial": 1}


def test_each_agency_counts_its_own_results(make_call: MakeCall) -> None:
    number = AssignResultNumber()
    ours = make_call(type="permit")
    theirs = make_call(type="permit", dossier=replace(ours.dossier, agency="SXD"))
    assert [number.handle(one)["result_number"] for one in (ours, theirs, ours)] == [
        "01/GP-SVHTT",
        "01/GP-SXD",
        "02/GP-SVHTT",
    ]


def test_what_the_province_decides_is_counted_by_the_province(make_call: MakeCall) -> None:
    number = AssignResultNumber()
    decided = make_call(type="decision", agency="UBND")
    assert number.handle(decided)["result_number"] == "01/QĐ-UBND"
    assert number.handle(make_call(type="letter"))["result_number"] == "01/CV-SVHTT"


def test_an_unknown_kind_of_result_takes_no_number(make_call: MakeCall) -> None:
    with pytest.raises(BusinessError) as refused:
        AssignResultNumber().handle(make_call(type="poem"))
    assert refused.value.code == "unknown-result-type"
    assert AssignResultNumber().handle(make_call())["result_serial"] == 1


@pytest.mark.parametrize(
    ("inputs", "amount", "explained"),
    [
        ({"base": 1500000}, 1500000, "1.500.000 đồng = 1.500.000 đồng"),
        ({"base": "50000", "quantity": 3}, 150000, "50.000 đồng × 3 = 150.000 đồng"),
        ({"base": 75001, "percent": 50}, 37501, "75.001 đồng × 50% = 37.501 đồng"),
        ({"base": 10.5, "quantity": 2}, 21, "10,5 đồng × 2 = 21 đồng"),
        ({"base": 1000, "minimum": 5000}, 5000, None),
        ({"base": 9000000, "maximum": 7000000}, 7000000, None),
        ({"exempt": True}, 0, "Được miễn phí, lệ phí"),
    ],
)
def test_a_fee_is_worked_out_in_whole_dong(
    make_call: MakeCall, inputs: dict[str, Any], amount: int, explained: str | None
) -> None:
    fee = ComputeFee().handle(make_call(**inputs))
    assert fee["fee_amount"] == amount
    assert explained is None or fee["fee_explained"] == explained


@pytest.mark.parametrize(
    "inputs",
    [
        {},
        {"base": -1},
        {"base": "nhiều"},
        {"base": True},
        {"base": "NaN"},
        {"base": 1, "quantity": "Infinity"},
    ],
)
def test_what_is_no_sum_of_money_is_refused(make_call: MakeCall, inputs: dict[str, Any]) -> None:
    with pytest.raises(BusinessError) as refused:
        ComputeFee().handle(make_call(**inputs))
    assert refused.value.code == "fee-input"
    assert "«" in str(refused.value)
