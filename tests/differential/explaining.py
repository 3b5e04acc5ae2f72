"""Whether a walk is one that the standard allows: the interpreter is led along it.

Tasks of several instances look alike, and some things may happen in any order. So the walk is first followed
with the plainest reading; only if that fails, all readings are followed side by side: every order, every
instance that the action may have meant.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass

from tests.differential.graph import Model
from tests.differential.interpreter import Interpreter
from tests.differential.order import AnyOrder, LastFirst, Order
from tests.differential.standing import Run, Watch
from tests.differential.trace import Act, Key, Moment, Seen

# Readings followed side by side, and orders tried for each action: until the walk is explained.
EFFORTS = ((1, 1), (48, 12), (96, 60), (200, 300))


@dataclass(slots=True)
class Reading:
    """An interpreter, and which of its open things the keys of the walked side mean."""

    running: Interpreter
    known: dict[Key, int]


def explain(model: Model, walk: Sequence[Moment], efforts: Sequence[tuple[int, int]] = EFFORTS) -> str | None:
    """Why no reading leads along the walk; None when one does."""
    difference = None
    for readings, orders in efforts:
        tried = [Order(), LastFirst(), *(AnyOrder(seed) for seed in range(orders))][:orders]
        difference = _follow(model, walk, tried, readings)
        if difference is None:
            break
    return difference


def _follow(model: Model, walk: Sequence[Moment], orders: list[Order], most: int) -> str | None:
    readings: list[Reading] = []
    for number, moment in enumerate(walk):
        tried: list[Reading] = []
        for order in orders:
            tried += _started(model, moment, order) if number == 0 else _moved(readings, moment, order, most)
        fitting = _distinct(one for one in tried if _fits(one, moment.seen))
        if not fitting:
            return _difference(number, moment, tried)
        readings = fitting[:most]
    return None


def _started(model: Model, moment: Moment, order: Order) -> list[Reading]:
    return [Reading(Interpreter(model, dict(moment.answers), order), {})]


def _moved(readings: list[Reading], moment: Moment, order: Order, most: int) -> Iterator[Reading]:
    """Every reading led on in every way; a single one is led on itself, in the first way."""
    for reading in readings:
        for number in _meant(reading, moment.act)[: 1 if most == 1 else None]:
            copy = deepcopy(reading) if most > 1 else reading
            copy.running.order = order
            copy.running.document.update(moment.answers)
            _act(copy, moment.act, number)
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


def _fits(reading: Reading, seen: Seen) -> bool:
    """The reading shows what was seen; then keys that can mean only one thing are learnt."""
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
    _learn(reading, seen)
    return True


def _learn(reading: Reading, seen: Seen) -> None:
    taken = set(reading.known.values())
    for (kind, name), found in _things(reading.running).items():
        free = [one.id for one in found if one.id not in taken]
        keys = [one.key for one in seen.open if (one.kind, one.name) == (kind, name)]
        new = [key for key in keys if key not in reading.known]
        if len(free) == 1 and len(new) == 1 and kind != "signal":
            reading.known[new[0]] = free[0]


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
