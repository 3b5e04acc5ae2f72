"""The few expressions that random processes use, read without the engine's FEEL.

``true`` and numbers, names, and ``a op b`` with one of + < <= = >=.
"""

import operator
from collections.abc import Callable, Mapping

_OPERATORS: dict[str, Callable[[object, object], object]] = {
    "+": operator.add,  # type: ignore[dict-item]
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    ">=": operator.ge,
}


def value(text: str, names: Mapping[str, object]) -> object:
    """What an expression comes to."""
    parts = text.split()
    if len(parts) == 1:
        return _operand(parts[0], names)
    left, sign, right = parts
    return _OPERATORS[sign](_operand(left, names), _operand(right, names))


def _operand(text: str, names: Mapping[str, object]) -> object:
    if text in ("true", "false"):
        return text == "true"
    return int(text) if text.lstrip("-").isdigit() else names[text]
