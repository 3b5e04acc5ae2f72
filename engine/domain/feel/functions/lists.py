"""List functions. Positions count from 1, from the end with a minus sign."""

from functools import cmp_to_key

from engine.domain.feel.comparison import PLAIN, equal, rank
from engine.domain.feel.errors import FeelEvaluationError
from engine.domain.feel.functions.registry import Library
from engine.domain.feel.limits import MAX_LIST
from engine.domain.feel.values import FeelValue, Function, Number, clipped, kind

lists = Library()
MAX_UNHASHED = 100  # lists and contexts are compared one by one


def sized(items: list[FeelValue]) -> list[FeelValue]:
    """The list itself, or FeelEvaluationError when it is too long."""
    if len(items) > MAX_LIST:
        raise FeelEvaluationError(
            f"danh sách dài hơn {MAX_LIST} phần tử", f"the list would be longer than {MAX_LIST} items"
        )
    return items


def index_of(items: list[FeelValue], position: Number) -> int | None:
    """FEEL's position as an index of Python; null outside the list."""
    place = clipped(position)
    if place == 0 or abs(place) > len(items):
        return None
    return place - 1 if place > 0 else len(items) + place


def groups(items: list[FeelValue]) -> list[list[FeelValue]]:
    """Equal items together, in the order of first appearance."""
    plain: dict[tuple[str, FeelValue], list[FeelValue]] = {}
    others: list[list[FeelValue]] = []
    found: list[list[FeelValue]] = []
    for item in items:
        if type(item) in PLAIN:
            group = plain.setdefault((kind(item), item), [])
        else:
            group = next((g for g in others if equal(g[0], item) is True), [])
            if not group:
                others.append(group)
        if not group:
            found.append(group)
        group.append(item)
        if len(others) > MAX_UNHASHED:
            raise FeelEvaluationError(
                f"quá {MAX_UNHASHED} danh sách hoặc nhóm dữ liệu khác nhau để so sánh",
                f"more than {MAX_UNHASHED} different lists or contexts to compare",
            )
    return found


def in_order(items: list[FeelValue]) -> FeelValue:
    """The items from least to greatest; null when they are not all of one kind that has an order."""
    ranks = [rank(item) for item in items]
    if None in ranks or len({kind(item) for item in items}) > 1:
        return None
    return [items[place] for place in sorted(range(len(items)), key=ranks.__getitem__)]  # type: ignore[arg-type]


@lists.add("list contains(list: list, element: any)")
def list_contains(items: list[FeelValue], element: FeelValue) -> bool:
    return any(equal(item, element) is True for item in items)


@lists.add("count(list: list)")
def count(items: list[FeelValue]) -> int:
    return len(items)


@lists.add("sublist(list: list, start position: number, length?: number)")
def sublist(items: list[FeelValue], start: Number, length: Number | None = None) -> FeelValue:
    index = index_of(items, start)
    if index is None or (length is not None and length < 1):
        return None
    end = len(items) if length is None else index + clipped(length)
    return items[index:end] if end <= len(items) else None


@lists.add("append(list: list, item...: any)")
def append(items: list[FeelValue], more: list[FeelValue]) -> FeelValue:
    return sized([*items, *more])


@lists.add("concatenate(list...: list)")
def concatenate(several: list[FeelValue]) -> FeelValue:
    joined: list[FeelValue] = []
    for one in several:
        if one is None:
            return None
        sized(joined).extend(one if isinstance(one, list) else [one])
    return sized(joined)


@lists.add("union(list...: list)")
def union(several: list[FeelValue]) -> FeelValue:
    joined = concatenate(several)
    return distinct_values(joined) if isinstance(joined, list) else None


@lists.add("insert before(list: list, position: number, newItem: any)")
def insert_before(items: list[FeelValue], position: Number, new: FeelValue) -> FeelValue:
    index = index_of(items, position)
    return None if index is None else sized([*items[:index], new, *items[index:]])


@lists.add("remove(list: list, position: number)")
def remove(items: list[FeelValue], position: Number) -> FeelValue:
    index = index_of(items, position)
    return None if index is None else [*items[:index], *items[index + 1 :]]


@lists.add("list replace(list: list, position: number, newItem: any)")
def list_replace(items: list[FeelValue], position: Number, new: FeelValue) -> FeelValue:
    index = index_of(items, position)
    return None if index is None else [*items[:index], new, *items[index + 1 :]]


@lists.add("list replace(list: list, match: function, newItem: any)")
def list_replace_where(items: list[FeelValue], match: Function, new: FeelValue) -> FeelValue:
    answers = [match.invoke((item, new)) for item in items]
    if any(not isinstance(answer, bool) for answer in answers):
        return None
    return [new if answer else item for item, answer in zip(items, answers, strict=True)]


@lists.add("reverse(list: list)")
def reverse(items: list[FeelValue]) -> FeelValue:
    return items[::-1]


@lists.add("index of(list: list, match: any)")
def index_of_matches(items: list[FeelValue], match: FeelValue) -> FeelValue:
    return [place for place, item in enumerate(items, 1) if equal(item, match) is True]


@lists.add("distinct values(list: list)")
def distinct_values(items: list[FeelValue]) -> FeelValue:
    """Each value once, in the order of first appearance."""
    return [group[0] for group in groups(items)]


@lists.add("duplicate values(list: list)")
def duplicate_values(items: list[FeelValue]) -> FeelValue:
    return [group[0] for group in groups(items) if len(group) > 1]


@lists.add("flatten(list: list)")
def flatten(items: list[FeelValue]) -> FeelValue:
    flat: list[FeelValue] = []
    for item in items:
        inner = flatten(item) if isinstance(item, list) else [item]
        sized(flat).extend(inner)  # type: ignore[arg-type]
    return sized(flat)


@lists.add("sort(list: list, precedes?: function)")
def sort(items: list[FeelValue], precedes: Function | None = None) -> FeelValue:
    """Sorted, equal items in their old order; null when two items cannot be compared."""
    if precedes is None:
        return in_order(items)
    incomparable = False

    def before(a: FeelValue, b: FeelValue) -> bool:
        nonlocal incomparable
        answer = precedes.invoke((a, b))
        incomparable = incomparable or answer is None
        return answer is True

    def order(a: FeelValue, b: FeelValue) -> int:
        return -1 if before(a, b) else int(before(b, a))

    made = sorted(items, key=cmp_to_key(order))
    return None if incomparable else made
