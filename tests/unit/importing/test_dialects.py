"""Expressions of other tools become FEEL where both provably decide alike; nothing else is translated."""

import pytest

from engine.domain.feel import compile_expression
from engine.workflow.importing.dialects import script_to_feel, to_feel

SAME = {
    "${amount > 100 && type == 'x'}": '(amount > 100) and (type = "x")',
    "#{approved}": "approved",
    "${!approved}": "not(approved = true)",
    "${status.equals('ok') || status eq \"no\"}": '(status = "ok") or (status = "no")',
    "${empty items}": 'items = null or items = "" or items = []',
    "execution.getVariable('x') == 5": "x = 5",
    "return amount > 5;": "amount > 5",
    "approved == True and amount >= 10": "(approved = true) and (amount >= 10)",
    "${name.startsWith('A')}": 'starts with(name, "A")',
    "${amount * 1.1 + 3 >= limit.max}": "((amount * 1.1) + 3) >= limit.max",
    "status === \"đủ\"": 'status = "đủ"',
}  # fmt: skip
ASKED = (
    "${checker.isComplete(execution)}", "${now()}", "'a' + amount", "${x['y']}", "not a == b", "a % 2 == 0",
    "list.length > 2", "x = 5", "Betrag > 1000 €", "", "${a", "amount > 'x", "a ? b", "function() {}",
    "getDataObject('x') > 5", "a && ", "user.name.first(", "${execution}",
)  # fmt: skip


@pytest.mark.parametrize("source", SAME)
def test_an_expression_is_translated(source: str) -> None:
    assert to_feel(source) == SAME[source]


@pytest.mark.parametrize("source", ASKED)
def test_what_cannot_be_proved_is_left_to_the_analyst(source: str) -> None:
    assert to_feel(source) is None


@pytest.mark.parametrize(
    ("scope", "value"), [({"a": None}, True), ({"a": True}, False), ({"a": False}, True), ({}, True)]
)
def test_not_counts_a_name_without_a_value_as_false_as_java_does(
    scope: dict[str, object], value: bool
) -> None:
    assert compile_expression(str(to_feel("${!a}"))).evaluate(scope) is value


@pytest.mark.parametrize(
    ("held", "value"), [("abc", True), (["b", "c"], True), (["abc"], False), ("ac", False)]
)
def test_contains_asks_a_text_for_a_part_and_a_list_for_an_item(held: object, value: bool) -> None:
    assert compile_expression(str(to_feel("${held.contains('b')}"))).evaluate({"held": held}) is value


def test_a_script_that_only_assigns_is_translated() -> None:
    source = "total = price * count;\nexecution.setVariable('high', total > 100)"
    assert script_to_feel(source) == "total = price * count\nhigh = total > 100"


@pytest.mark.parametrize("source", ["print('x')", "a = 1; print(a)", "if (a) b = 1", "a += 1", ""])
def test_a_script_that_does_anything_else_is_not(source: str) -> None:
    assert script_to_feel(source) is None
