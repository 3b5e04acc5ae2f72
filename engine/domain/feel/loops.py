"""Compiles what runs a part many times: ``for``, ``some``, ``every`` and filters. Every turn is charged."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from engine.domain.feel.comparison import less
from engine.domain.feel.compiler import Code, Compiler
from engine.domain.feel.errors import FeelEvaluationError
from engine.domain.feel.frame import Frame
from engine.domain.feel.limits import MAX_LIST
from engine.domain.feel.nodes import Filter, For, Iteration, Name, Quantified
from engine.domain.feel.size import walk
from engine.domain.feel.values import FeelValue, Range, kind

Source = tuple[str, Code, Code | None]


def for_(compiler: Compiler, node: For) -> Code:
    """``for x in a, y in b return body``; ``partial`` is the list made so far."""
    sources, inner = _sources(compiler, node.iterations)
    body = inner.inside("partial").code(node.body)
    cost = inner.cost(node.body)
    looks_back = any(isinstance(part, Name) and part.name == "partial" for part in walk(node.body))

    def run(frame: Frame) -> FeelValue:
        made: list[FeelValue] = []

        def turn(place: Frame) -> bool:
            place.meter.charge(cost)
            if looks_back:
                # A copy: the list must not come to hold itself.
                place.meter.charge(len(made) >> 4)
                place = place.inner({"partial": made[:]})
            made.append(body(place))
            if len(made) > MAX_LIST:
                raise too_long()
            return True

        whole = _each(sources, frame, turn)
        return made if whole else None

    return run


def quantified(compiler: Compiler, node: Quantified) -> Code:
    """``some`` is true as soon as one is, ``every`` false as soon as one is; else null if one was null."""
    sources, inner = _sources(compiler, node.iterations)
    condition = inner.code(node.condition)
    cost = inner.cost(node.condition)
    settles = not node.every

    def run(frame: Frame) -> FeelValue:
        open_ = False

        def turn(place: Frame) -> bool:
            nonlocal open_
            place.meter.charge(cost)
            value = condition(place)
            open_ = open_ or type(value) is not bool
            return value is not settles

        whole = _each(sources, frame, turn)
        if whole is False:
            return settles
        return None if open_ or whole is None else not settles

    return run


def filter_(compiler: Compiler, node: Filter) -> Code:
    """``list[2]``, ``list[-1]`` by place from 1; ``list[condition]`` with the item's keys as names."""
    base = compiler.code(node.base)
    condition = compiler.inside("item").code(node.condition)
    cost = compiler.inside("item").cost(node.condition)

    def run(frame: Frame) -> FeelValue:
        value = base(frame)
        items = value if isinstance(value, list) else [] if value is None else [value]
        kept = []
        for item in items or [None]:
            frame.meter.charge(cost)
            # The item's own keys are names too, and hide ``item`` where one of them is called so.
            names = {"item": item}
            if isinstance(item, dict):
                frame.meter.charge(len(item) >> 3)
                names |= item
            answer = condition(frame.inner(names))
            if kind(answer) == "number":
                return _by_place(items, answer)
            if answer is True and items:
                kept.append(item)
        return kept

    return run


def items_of(value: FeelValue) -> list[FeelValue] | None:
    """What ``for`` walks over: a list, the whole numbers or days of a range, or one value alone."""
    if isinstance(value, list):
        return value
    if isinstance(value, Range):
        return _span(value)
    return None if value is None else [value]


def too_long() -> FeelEvaluationError:
    """The list would be longer than allowed."""
    return FeelEvaluationError(
        f"danh sách dài hơn {MAX_LIST} phần tử", f"the list would be longer than {MAX_LIST} items"
    )


def _sources(compiler: Compiler, iterations: tuple[Iteration, ...]) -> tuple[tuple[Source, ...], Compiler]:
    sources: list[Source] = []
    inner = compiler.inside()
    for iteration in iterations:
        end = None if iteration.end is None else inner.code(iteration.end)
        sources.append((iteration.name, inner.code(iteration.source), end))
        inner = inner.inside(iteration.name)
    return tuple(sources), inner


def _each(sources: tuple[Source, ...], frame: Frame, turn: Callable[[Frame], bool]) -> bool | None:
    """Run ``turn`` for every combination until it says False; None when a source is null."""
    (name, start, end), further = sources[0], sources[1:]
    value = start(frame)
    items = items_of(value) if end is None else _steps(value, end(frame))
    if items is None:
        return None
    for item in items:
        place = frame.inner({name: item})
        frame.meter.charge(1)
        answer = _each(further, place, turn) if further else turn(place)
        if not answer:
            return answer
    return True


def _steps(start: FeelValue, end: FeelValue) -> list[FeelValue] | None:
    """``start..end`` in a loop, which may also count down."""
    if less(end, start):
        upward = _span(Range(end, start))
        return None if upward is None else upward[::-1]
    return _span(Range(start, end))


def _span(limits: Range) -> list[FeelValue] | None:
    low, high = limits.start, limits.end
    if type(low) is int and type(high) is int:
        low, high = low + (not limits.start_included), high - (not limits.end_included)
        return list(_sized(low, high - low + 1))
    if type(low) is date and type(high) is date:
        days = _sized(not limits.start_included, (high - low).days + 1 - (not limits.end_included))
        return [low + timedelta(days=day) for day in days]
    return None


def _sized(start: int, count: int) -> Iterable[int]:
    if count > MAX_LIST:
        raise too_long()
    return range(start, start + count)


def _by_place(items: list[FeelValue], place: FeelValue) -> FeelValue:
    if type(place) is not int or place == 0 or abs(place) > len(items):
        return None
    return items[place - 1] if place > 0 else items[place]
