"""Boolean functions."""

from engine.domain.feel.comparison import equal
from engine.domain.feel.functions.registry import Library
from engine.domain.feel.values import FeelValue, kind

booleans = Library()


@booleans.add("not(negand: any)")
def not_(negand: FeelValue) -> bool | None:
    return not negand if isinstance(negand, bool) else None


@booleans.add("is(value1: any, value2: any)")
def is_(value1: FeelValue, value2: FeelValue) -> bool:
    """Same kind and same value; unlike ``=`` never null."""
    return kind(value1) == kind(value2) and equal(value1, value2) is True


@booleans.add("all(list: list)")
def all_(items: list[FeelValue]) -> bool | None:
    return _every(items, settles=False)


@booleans.add("any(list: list)")
def any_(items: list[FeelValue]) -> bool | None:
    return _every(items, settles=True)


@booleans.add("all(list...: any)")
def all_of(items: list[FeelValue]) -> bool | None:
    return _every(items, settles=False)


@booleans.add("any(list...: any)")
def any_of(items: list[FeelValue]) -> bool | None:
    return _every(items, settles=True)


def _every(items: list[FeelValue], *, settles: bool) -> bool | None:
    if any(item is settles for item in items):
        return settles
    return None if any(not isinstance(item, bool) for item in items) else not settles
