"""Smaller processes and shorter walks that still go wrong."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from tests.differential import blocks as b
from tests.differential.walking import Plan

Case = tuple[b.Activity, Plan]


def shrink(case: Case, wrong: Callable[[Case], bool], tries: int = 2000) -> Case:
    """The smallest case found that is still wrong; ``tries`` is how often ``wrong`` may be asked."""
    while tries > 0:
        for smaller in _smaller(case):
            tries -= 1
            if tries < 0 or wrong(smaller):
                break
        else:
            return case
        if tries >= 0:
            case = smaller
    return case


def _smaller(case: Case) -> Iterator[Case]:
    process, steps = case
    for block in _less(process):
        if isinstance(block, b.Activity) and block.kind == "process" and block.body is not None:
            yield block, steps
    for length in (len(steps) // 2, len(steps) - 1):
        yield process, steps[:length]
    for place in range(1, len(steps)):
        yield process, steps[:place] + steps[place + 1 :]
    for block in _less(process):
        if isinstance(block, b.Activity) and block.kind == "process" and block.body is not None:
            for number in range(4):  # another walk may show the same with less
                yield block, tuple((one * 31 + number) % 2**32 for one in steps)


def _less(block: Any) -> Iterator[Any]:
    """The block with something taken away: itself for one of its parts, the largest losses first."""
    if isinstance(block, tuple):
        yield from _shorter(block)
        return
    if not _composed(block):
        return
    for field in fields(block):
        value = getattr(block, field.name)
        yield from _parts(value)
    for field in fields(block):
        value = getattr(block, field.name)
        if field.name in ("name", "kind", "word", "event"):
            continue
        if (
            value is not None
            and isinstance(value, b.Repeat | b.Task | b.Script)
            and field.name in ("repeat", "undo")
        ):
            yield replace(block, **{field.name: None})
        for less in _less(value):
            yield replace(block, **{field.name: less})


def _composed(block: Any) -> bool:
    return is_dataclass(block) and not isinstance(block, b.Event | b.Repeat)


def _parts(value: Any) -> Iterator[Any]:
    """Blocks directly inside, to stand for the whole."""
    for one in value if isinstance(value, tuple) else (value,):
        if _composed(one) and not isinstance(one, b.Boundary | b.Handler):
            yield one


def _shorter(found: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    for place, one in enumerate(found):
        if isinstance(one, str) or (isinstance(one, b.Wait) and len(found) <= 2):
            continue  # an event-based gateway has two events at least
        yield found[:place] + found[place + 1 :]
        for less in _less(one):
            if isinstance(less, type(one)) or not isinstance(one, b.Boundary | b.Handler):
                yield (*found[:place], less, *found[place + 1 :])
