"""Types of FEEL: whether a value is of one (``instance of``), and how a value is made to fit a parameter."""

from collections.abc import Mapping

from engine.domain.feel.errors import FeelSyntaxError
from engine.domain.feel.limits import MAX_DEPTH
from engine.domain.feel.nodes import Type
from engine.domain.feel.values import KINDS, FeelValue, Function, Range, kind

NAMES = frozenset(KINDS.values()) | {"Any", "Null"}
ANY = Type("Any")


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


def is_instance(value: FeelValue, wanted: Type) -> bool:
    """Whether ``value`` is of the type; null is only of type Null and Any."""
    if value is None:
        return wanted.name in ("Null", "null", "Any")
    if wanted.name == "Any":
        return True
    if kind(value) != wanted.name:
        return False
    if isinstance(value, list):
        return all(
            item is None or is_instance(item, wanted.arguments[0]) for item in value if wanted.arguments
        )
    if isinstance(value, Range) and wanted.arguments:
        return all(end is None or is_instance(end, wanted.arguments[0]) for end in (value.start, value.end))
    if isinstance(value, Function) and wanted.arguments:
        return len(value.parameters) == len(wanted.arguments) - 1  # the last one is the result
    if isinstance(value, dict):
        return all(n in value and (value[n] is None or is_instance(value[n], t)) for n, t in wanted.fields)
    return True


def fitted(value: FeelValue, wanted: Type) -> FeelValue:
    """The value as a parameter of this type takes it: ``a`` and ``[a]`` for each other, else null."""
    if value is None or is_instance(value, wanted):
        return value
    if wanted.name == "list":
        return [value] if is_instance([value], wanted) else None
    if isinstance(value, list) and len(value) == 1:
        return fitted(value[0], wanted)
    return None
