"""Functions that make one value of many: sum, mean, min, max and their like."""

from collections.abc import Callable
from decimal import Decimal
from functools import reduce

from engine.domain.feel.arithmetic import apply
from engine.domain.feel.comparison import less
from engine.domain.feel.frame import Meter
from engine.domain.feel.functions.registry import Library
from engine.domain.feel.limits import SERIES
from engine.domain.feel.values import DECIMAL, FeelValue, kind, tidy

statistics = Library()
Fold = Callable[[list[FeelValue]], FeelValue]


def folds(name: str) -> Callable[[Fold], Fold]:
    """Declare ``name(list)`` and ``name(a, b, ...)``."""

    def declare(run: Fold) -> Fold:
        statistics.add(f"{name}(list: list)")(run)
        return statistics.add(f"{name}(item...: any)")(run)

    return declare


def smallest(items: list[FeelValue], *, largest: bool) -> FeelValue:
    """The least or greatest item; null for none, or when two cannot be compared."""
    if not items or items[0] is None:
        return None
    best = items[0]
    for item in items[1:]:
        smaller = less(best, item) if largest else less(item, best)
        if smaller is None:
            return None
        if smaller:
            best = item
    return best


@folds("min")
def min_(items: list[FeelValue]) -> FeelValue:
    return smallest(items, largest=False)


@folds("max")
def max_(items: list[FeelValue]) -> FeelValue:
    return smallest(items, largest=True)


@folds("sum")
def sum_(items: list[FeelValue]) -> FeelValue:
    """The sum of numbers, or of durations of one kind; null for an empty list."""
    if not items or kind(items[0]) not in SUMMABLE:
        return None
    return reduce(lambda a, b: apply("+", a, b), items)


@folds("product")
def product(items: list[FeelValue]) -> FeelValue:
    return reduce(lambda a, b: apply("*", a, b), items) if _numbers(items) else None


@folds("mean")
def mean(items: list[FeelValue]) -> FeelValue:
    return apply("/", sum_(items), len(items)) if items else None


@folds("median")
def median(items: list[FeelValue]) -> FeelValue:
    if not _numbers(items):
        return None
    ordered = sorted(items)  # type: ignore[type-var]
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return apply("/", apply("+", ordered[middle - 1], ordered[middle]), 2)


@statistics.add("stddev(item...: any)", asks="meter")
@statistics.add("stddev(list: list)", asks="meter")
def stddev(meter: Meter, items: list[FeelValue]) -> FeelValue:
    """The standard deviation of a sample: of at least two numbers."""
    meter.charge(SERIES + 8 * len(items))
    if not _numbers(items) or len(items) < 2:
        return None
    middle = mean(items)
    gaps = [apply("-", item, middle) for item in items]
    squares = [apply("*", gap, gap) for gap in gaps]
    variance = apply("/", sum_(squares), len(items) - 1)
    return tidy(DECIMAL.sqrt(variance)) if isinstance(variance, int | Decimal) else None


@folds("mode")
def mode(items: list[FeelValue]) -> FeelValue:
    """The most frequent numbers in ascending order; an empty list for none."""
    if not items:
        return []
    if not _numbers(items):
        return None
    counts: dict[FeelValue, int] = {}
    for item in items:
        counts[item] = counts.get(item, 0) + 1
    most = max(counts.values())
    return sorted(value for value, times in counts.items() if times == most)  # type: ignore[type-var]


SUMMABLE = frozenset(
    {
        "number",
        "days and time duration",
        "years and months duration",
        "working days",
        "working hours",
        "calendar days",
        "clock hours",
        "months",
    }
)


def _numbers(items: list[FeelValue]) -> bool:
    return bool(items) and all(kind(item) == "number" for item in items)
