"""``instance of``: whether a value is of a FEEL type."""

from engine.domain.feel.errors import FeelSyntaxError
from engine.domain.feel.nodes import Type
from engine.domain.feel.values import KINDS, FeelValue, kind

NAMES = frozenset(KINDS.values()) | {"Any", "Null"}


def require_type(wanted: Type) -> None:
    """Raise FeelSyntaxError for a type that does not exist."""
    if wanted.name not in NAMES:
        raise FeelSyntaxError(f"không có kiểu «{wanted.name}»", f"there is no type «{wanted.name}»")
    for inner in (*wanted.arguments, *(t for _, t in wanted.fields)):
        require_type(inner)


def is_instance(value: FeelValue, wanted: Type) -> bool:
    """Whether ``value`` is of the type; null is only of type Null and Any."""
    if value is None:
        return wanted.name in ("Null", "null", "Any")
    if wanted.name == "Any":
        return True
    if kind(value) != wanted.name:
        return False
    if isinstance(value, list) and wanted.arguments:
        return all(item is None or is_instance(item, wanted.arguments[0]) for item in value)
    if isinstance(value, dict):
        return all(n in value and (value[n] is None or is_instance(value[n], t)) for n, t in wanted.fields)
    return True
