"""Relations of points and ranges (DMN 1.5, 10.3.4): ``before``, ``includes``, ``overlaps`` and the others.

An end is a place on the line: its value, and a hair beyond it where the range is open. With that, a point
is a range from itself to itself, and every relation is a comparison of four places.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from engine.domain.feel.comparison import rank
from engine.domain.feel.functions.registry import Library
from engine.domain.feel.values import FeelValue, Range, kind

intervals = Library()
# (-1 or 1 for an end open to infinity else 0, the value's rank, -1 or 1 for a hair before or behind it)
Place: TypeAlias = tuple[int, Any, int]
Relation: TypeAlias = Callable[[Place, Place, Place, Place], bool]

# name -> what holds for (start of a, end of a, start of b, end of b)
RELATIONS: dict[str, Relation] = {
    "before": lambda a, z, b, y: z < b,
    "after": lambda a, z, b, y: y < a,
    "meets": lambda a, z, b, y: z == b,
    "met by": lambda a, z, b, y: a == y,
    "overlaps": lambda a, z, b, y: a <= y and b <= z,
    "overlaps before": lambda a, z, b, y: a < b <= z <= y,
    "overlaps after": lambda a, z, b, y: b < a <= y <= z,
    "finishes": lambda a, z, b, y: z == y and a >= b,
    "finished by": lambda a, z, b, y: z == y and a <= b,
    "includes": lambda a, z, b, y: a <= b and z >= y,
    "during": lambda a, z, b, y: b <= a and y >= z,
    "starts": lambda a, z, b, y: a == b and z <= y,
    "started by": lambda a, z, b, y: a == b and z >= y,
    "coincides": lambda a, z, b, y: a == b and z == y,
}


def places(value: FeelValue) -> tuple[Place, Place] | None:
    """Where a point or range begins and ends; None for what has no place on a line."""
    if not isinstance(value, Range):
        at = rank(value)
        return None if at is None else ((0, at, 0), (0, at, 0))
    start, end = rank(value.start), rank(value.end)
    low = (-1, 0, 0) if value.start is None else (0, start, 0 if value.start_included else 1)
    high = (1, 0, 0) if value.end is None else (0, end, 0 if value.end_included else -1)
    return low, high


def kinds_of(value: FeelValue) -> set[str]:
    """The kinds of a point, or of the ends of a range."""
    ends = (value.start, value.end) if isinstance(value, Range) else (value,)
    return {kind(end) for end in ends if end is not None}


def related(relation: Relation) -> Callable[[FeelValue, FeelValue], FeelValue]:
    """The function of one relation; null between kinds that cannot be compared."""

    def run(left: FeelValue, right: FeelValue) -> FeelValue:
        one, two = places(left), places(right)
        if one is None or two is None or len(kinds_of(left) | kinds_of(right)) > 1:
            return None
        return relation(*one, *two)

    return run


# What DMN calls the parameters, for calls by name; by place every one takes points and ranges alike.
BOTH = ("range1", "range2")
PARAMETERS: dict[str, tuple[tuple[str, str], ...]] = {
    **dict.fromkeys(
        ("before", "after"), (("point1", "point2"), ("point", "range"), ("range", "point"), BOTH)
    ),
    **dict.fromkeys(("meets", "met by", "overlaps", "overlaps before", "overlaps after"), (BOTH,)),
    **dict.fromkeys(("finishes", "during", "starts"), (("point", "range"), BOTH)),
    **dict.fromkeys(("finished by", "includes", "started by"), (("range", "point"), BOTH)),
    "coincides": (("point1", "point2"), BOTH),
}

for _name, _relation in RELATIONS.items():
    for _first, _second in PARAMETERS[_name]:
        intervals.add(f"{_name}({_first}: any, {_second}: any)")(related(_relation))
