"""Types of FEEL: whether a value is of one (``instance of``), and how a value is made to fit a parameter."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from engine.domain.feel.errors import FeelSyntaxError
from engine.domain.feel.limits import MAX_DEPTH
from engine.domain.feel.nodes import Type
from engine.domain.feel.values import KINDS, FeelValue, kind

Test: TypeAlias = Callable[[Any], bool]
NAMES = frozenset(KINDS.values()) | {"Any", "Null"}


def settled(wanted: Type, named: Mapping[str, Type], depth: int = 0) -> Type:
    """The type with the names of a model's own types replaced by what they stand for.

    Raises FeelSyntaxError for a type that does not exist, and for one that is made of itself.
    """
    if depth > MAX_DEPTH:
        raise FeelSyntaxError(
            f"kiểu «{wanted.name}» được định nghĩa qua chính nó",
            f"the type «{wanted.name}» is made of itself",
        )
    if wanted.name in named and not wanted.arguments and not wanted.fields:
        return settled(named[wanted.name], named, depth + 1)
    if wanted.name not in NAMES:
        raise FeelSyntaxError(f"không có kiểu «{wanted.name}»", f"there is no type «{wanted.name}»")
    return Type(
        wanted.name,
        tuple(settled(inner, named, depth + 1) for inner in wanted.arguments),
        tuple((name, settled(inner, named, depth + 1)) for name, inner in wanted.fields),
    )


def tester(wanted: Type) -> Test:
    """Says of a value whether it is of the type, which is settled; null is only of type Null and Any."""
    if wanted.name in ("Null", "null"):
        return lambda value: value is None
    if wanted.name == "Any":
        return lambda _value: True
    parts = SHAPES.get(wanted.name)
    if parts is None or not (wanted.arguments or wanted.fields):
        return lambda value: kind(value) == wanted.name
    inner = parts(wanted)
    return lambda value: kind(value) == wanted.name and inner(value)


def fitting(wanted: Type) -> Callable[[FeelValue], FeelValue]:
    """Gives a value as a parameter of this type takes it: ``a`` and ``[a]`` for each other, else null."""
    fits = tester(wanted)

    def take(value: FeelValue) -> FeelValue:
        if value is None or fits(value):
            return value
        if wanted.name == "list":
            return [value] if fits([value]) else None
        one = value[0] if isinstance(value, list) and len(value) == 1 else None
        return one if one is not None and fits(one) else None

    return take


def _list(wanted: Type) -> Test:
    one = tester(wanted.arguments[0])
    return lambda value: all(item is None or one(item) for item in value)


def _range(wanted: Type) -> Test:
    one = tester(wanted.arguments[0])
    return lambda value: all(end is None or one(end) for end in (value.start, value.end))


def _function(wanted: Type) -> Test:
    count = len(wanted.arguments) - 1  # the last one is the result
    return lambda value: len(value.parameters) == count


def _context(wanted: Type) -> Test:
    fields = tuple((name, tester(one)) for name, one in wanted.fields)

    def test(value: dict[str, FeelValue]) -> bool:
        for name, one in fields:
            if name not in value or not (value[name] is None or one(value[name])):
                return False
        return True

    return test


SHAPES: Mapping[str, Callable[[Type], Test]] = {
    "list": _list,
    "range": _range,
    "function": _function,
    "context": _context,
}
