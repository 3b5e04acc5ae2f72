"""Whether a walk is one that the standard allows: the interpreter is led along it.

Tasks of several instances look alike, and some things may happen in any order. So the walk is first followed
with the plainest reading; only if that fails, several readings are followed side by side: every instance that
an action may have meant, and other orders where the plain one does not show what was seen.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

from tests.differential.graph import Model
from tests.differential.interpreter import Endless, Interpreter
from tests.differential.order import AnyOrder, AnyTowards, Attentive, LastFirst, Order, Towards
from tests.differential.standing import Run, Watch
from tests.differential.trace import NOTHING_SEEN, Act, Key, Moment, Seen

# Readings followed side by side, and numbers of orders tried for an action until one shows what was seen.
EFFORTS = ((1, (1,)), (24, (1, 12, 60, 300)), (48, (12, 60)), (96, (60,)))
MOVES = 8_000  # of interpreters; after that the walk counts as not explained


@dataclass(slots=True)
class Reading:
    """An interpreter, and which of its open things the keys of the walked side mean."""

    running: Interpreter
    known: dict[Key, int]
    endless: bool = False  # the last action never came to rest


class _Exhausted(Exception):
    """All moves are used up."""


def explain(
    model: Model,
    walk: Sequence[Moment],
    endless: tuple[Mapping[str, object], Act] | None = None,
    efforts: Sequence[tuple[int, tuple[int, ...]]] = EFFORTS,
) -> str | None:
    """Why no reading leads along the walk; None when one does.

    ``endless``: what was done at last, which never came to rest.
    """
    difference = None
    follower = _Follower(model)
    for most, widths in efforts:
        try:
            difference = follower.follow(walk, most, widths) or follower.never_rests(endless)
        except _Exhausted:
            return f"{difference}\n  (no reading found in {MOVES} moves)"
        if difference is None:
            break
    return difference


class _Follower:
    def __init__(self, model: Model) -> None:
        self._model = model
        self._moves = 0
        self._readings: list[Reading] = []

    def never_rests(self, last: tuple[Mapping[str, object], Act] | None) -> str | None:
        """Why the last action would come to rest by the standard; None when it never does in some order."""
        if last is None:
            return None
        moment = Moment(*last, NOTHING_SEEN)
        for order in next(_orders((12,), moment.seen.completed)):
            if any(one.endless for one in self._led(self._readings, len(self._readings), moment, order, 24)):
                return None
        return f"{moment.act}: the engine says that it never ends, by the standard it does"

    def follow(self, walk: Sequence[Moment], most: int, widths: tuple[int, ...]) -> str | None:
        readings: list[Reading] = []
        for number, moment in enumerate(walk):
            tried: list[Reading] = []
            fitting: list[Reading] = []
            for orders in _orders(widths, moment.seen.completed):
                tried = [one for order in orders for one in self._led(readings, number, moment, order, most)]
                fitting = _distinct(one for one in tried if _fits(one, moment.seen, most == 1))
                if fitting:
                    break
            if not fitting:
                return _difference(number, moment, tried)
            readings = fitting[:most]
        self._readings = readings
        return None

    def _led(
        self, readings: list[Reading], number: int, moment: Moment, order: Order, most: int
    ) -> Iterator[Reading]:
        led = _moved(readings, moment, order, most) if number else _started(self._model, moment, order)
        for reading in led:
            self._moves += 1
            if self._moves > MOVES:
                raise _Exhausted
            yield reading


def _orders(widths: tuple[int, ...], seen: Counter[str]) -> Iterator[list[Order]]:
    """The plainest orders first, then more and more others."""
    others = (AnyOrder(seed) if seed % 2 else AnyTowards(seen, seed) for seed in range(max(widths)))
    every = [Order(), Attentive(), Towards(seen), LastFirst(), *others]
    for before, width in zip((0, *widths), widths, strict=False):
        yield every[before:width]


def _started(model: Model, moment: Moment, order: Order) -> list[Reading]:
    try:
        return [Reading(Interpreter(model, dict(moment.answers), order), {})]
    except Endless as never:
        return [Reading(never.running, {}, endless=True)]


def _moved(readings: list[Reading], moment: Moment, order: Order, most: int) -> Iterator[Reading]:
    """Every reading led on in every way; a single one is led on itself, in the first way."""
    for reading in readings:
        for number in _meant(reading, moment.act)[: 1 if most == 1 else None]:
            copy = deepcopy(reading) if most > 1 else reading
            copy.running.order = order
            copy.running.document.update(moment.answers)
            try:
                _act(copy, moment.act, number)
            except Endless:
                copy.endless = True
            yield copy


def _meant(reading: Reading, act: Act) -> list[int]:
    """Numbers of what the action may be about; one zero when it is about nothing that is open."""
    if act.target is None:
        return [0]
    if act.target.key in reading.known:
        return [reading.known[act.target.key]]
    taken = set(reading.known.values())
    things = _things(reading.running)
    return [one.id for one in things[act.target.kind, act.target.name] if one.id not in taken]


def _act(reading: Reading, act: Act, number: int) -> None:
    running = reading.running
    if act.target is None:
        running.signal(act.word or "")
        return
    things = _things(running)[act.target.kind, act.target.name]
    reading.known[act.target.key] = number
    thing = next(one for one in things if one.id == number)
    if isinstance(thing, Watch):
        running.happen(thing)
    elif act.kind == "fail":
        running.fail(thing, act.word or "")
    else:
        running.complete(thing)


def _things(running: Interpreter) -> dict[tuple[str, str], list[Run | Watch]]:
    """All that is open, by kind and name."""
    found: dict[tuple[str, str], list[Run | Watch]] = {}
    for run in running.open_runs():
        kind = "job" if run.busy.node.kind == "serviceTask" else "task"
        found.setdefault((kind, run.busy.node.id), []).append(run)
    for watch in running.open_watches():
        found.setdefault((watch.event.kind, watch.name), []).append(watch)
    return found


def _fits(reading: Reading, seen: Seen, plain: bool) -> bool:
    """The reading shows what was seen; then keys that can mean only one thing are learnt.

    ``plain``: of several that look alike the first is taken for the first.
    """
    if reading.endless:
        return False
    running, things = reading.running, _things(reading.running)
    if _said(running) != _said_seen(seen):
        return False
    if {name: len(found) for name, found in things.items()} != dict(seen.kinds()):
        return False
    alive = {one.id for found in things.values() for one in found}
    keys = {one.key for one in seen.open}
    if any((number in alive) != (key in keys) for key, number in reading.known.items()):
        return False
    reading.known = {key: number for key, number in reading.known.items() if key in keys}
    _learn(reading, seen, plain)
    return True


def _learn(reading: Reading, seen: Seen, plain: bool) -> None:
    taken = set(reading.known.values())
    for (kind, name), found in _things(reading.running).items():
        free = [one.id for one in found if one.id not in taken]
        keys = [one.key for one in seen.open if (one.kind, one.name) == (kind, name)]
        new = [key for key in keys if key not in reading.known]
        if kind != "signal" and (plain or len(new) == 1):
            reading.known.update(zip(new, free, strict=False))


def _said(running: Interpreter) -> tuple[object, ...]:
    completed, thrown = sorted(running.completed), sorted(running.thrown)
    return completed, thrown, running.ended, running.error, running.document


def _said_seen(seen: Seen) -> tuple[object, ...]:
    completed, thrown = sorted(seen.completed.elements()), sorted(seen.thrown.elements())
    return completed, thrown, seen.ended, seen.error, dict(seen.document)


def _distinct(readings: Iterator[Reading]) -> list[Reading]:
    """Readings that differ in where they stand."""
    found: dict[str, Reading] = {}
    for reading in readings:
        found.setdefault(_standing(reading), reading)
    return list(found.values())


def _standing(reading: Reading) -> str:
    names = {number: key for key, number in reading.known.items()}
    return reading.running.root.told(names)


def _difference(number: int, moment: Moment, tried: list[Reading]) -> str:
    """The action and how what was seen differs from the first reading."""
    found = [f"step {number}, {moment.act}: "]
    if not tried:
        return found[0] + "nothing like it is open"
    running, seen = tried[0].running, moment.seen
    opened = sorted(f"{kind} {name}" for (kind, name), things in _things(running).items() for _ in things)
    shown = sorted(f"{one.kind} {one.name}" for one in seen.open)
    pairs = zip(
        ("completed", "thrown", "ended", "error", "document"), _said_seen(seen), _said(running), strict=True
    )
    for what, theirs, ours in [("open", shown, opened), *pairs]:
        if theirs != ours:
            found.append(f"{what}: engine {theirs}, standard {ours}")
    if len(found) == 1:
        found.append("an instance went on or ended that should not have")
    return "\n  ".join(found)
