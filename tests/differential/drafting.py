"""Single elements of a random process: tasks, events, ends. What may stand where is said by its place."""

from dataclasses import dataclass, field, replace
from random import Random

from tests.differential import blocks as b

EVENTS = ("timer", "message", "signal", "condition")  # that can be waited for anywhere


@dataclass(slots=True)
class Notes:
    """What has been made in a scope so far."""

    orderly: bool  # nothing ends it early, so that it can be compensated
    undoable: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block goes."""

    depth: int
    notes: Notes
    joined: bool = False  # a parallel join waits for every branch
    quiet: bool = False  # nothing may be thrown: not behind a task since an event came
    names: tuple[str, ...] = ()  # of the instance around
    codes: bool = True  # errors and escalations may leave
    undo: bool = True  # compensation may be asked for
    cancel: bool = False  # directly in a transaction

    def deeper(self) -> "Place":
        return replace(self, depth=self.depth - 1)


class Drafter:
    """Draws single elements; every one gets a name of its own."""

    def __init__(self, random: Random, features: tuple[str, ...]) -> None:
        self._random, self._features = random, frozenset(features)
        self._count = 0
        self._counters: list[str] = []  # scripts

    def _has(self, feature: str, chance: float = 1.0) -> bool:
        return feature in self._features and self._random.random() < chance

    def _one_of(self, kinds: tuple[str, ...]) -> list[str]:
        return [one for one in kinds if one in self._features]

    def _name(self, letter: str) -> str:
        self._count += 1
        return f"{letter}{self._count}"

    def _condition(self, place: Place) -> str:
        if place.names and self._random.random() < 0.4:
            return f"{self._random.choice(place.names)} < {self._random.randint(1, 3)}"
        return f"q{self._random.randint(1, 6)}"

    def _event(self, kinds: list[str]) -> b.Event:
        kind = self._random.choice(kinds)
        if kind == "timer":
            return b.Event(kind)
        if kind == "message":
            return b.Event(kind, self._name("M") if self._random.random() < 0.7 else "M0")
        if kind == "signal":
            return b.Event(kind, self._random.choice(("S1", "S2")))
        if kind == "condition":
            counter = f"c_{self._random.choice(self._counters)} >= 1" if self._counters else "q6"
            return b.Event(kind, self._random.choice((f"q{self._random.randint(1, 6)}", counter)))
        return b.Event(kind, self._random.choice(("E1", "E2", None)))

    # single elements

    def _leaf(self, place: Place) -> b.Block:
        kinds = ["task", "task", *self._one_of(("script", "link", "receive", "global"))]
        kinds += self._one_of(("job",)) if place.codes else []  # one that fails throws an error
        kinds += [] if place.quiet else self._one_of(("throw",))
        kinds += ["wait"] if self._one_of(EVENTS) else []
        kinds += self._one_of(("quantity",)) if not place.joined else []
        if place.notes.orderly and not place.quiet:
            kinds += ["undoable", *(["undo"] if place.undo else [])]
        kind = self._random.choice(kinds)
        match kind:
            case "task":
                return b.Task(self._name("t"))
            case "script":
                return self._script(self._random.choice((*place.names, "1")))
            case "quantity":
                return self._quantity()
            case "link":
                return b.Jump(self._name("k"))
            case "undoable":
                return self._undoable(place)
            case "wait" | "throw" | "undo":
                return self._passing(kind, place)
        return b.Activity(self._name("a"), kind, word=self._name("M") if kind == "receive" else None)

    def _script(self, adds: str) -> b.Script:
        name = self._name("s")
        self._counters.append(name)
        return b.Script(name, adds)

    def _quantity(self) -> b.Sequence:
        """One task gives several tokens, the next needs as many, or takes them one by one."""
        number = self._random.randint(2, 3)
        needs = number if self._random.random() < 0.7 else 1
        return b.Sequence((b.Task(self._name("t"), gives=number), b.Task(self._name("t"), needs=needs)))

    def _passing(self, kind: str, place: Place) -> b.Wait | b.Throw:
        """An intermediate event."""
        if kind == "wait":
            return b.Wait(self._name("w"), self._event(self._one_of(EVENTS)))
        thrown = self._thrown(place) if kind == "throw" else b.Event("compensate", self._undone(place))
        return b.Throw(self._name("h"), thrown)

    def _thrown(self, place: Place) -> b.Event:
        kinds = ["none", "message", *self._one_of(("signal", "escalation") if place.codes else ("signal",))]
        kind = self._random.choice(kinds)
        if kind == "escalation":
            return b.Event(kind, self._random.choice(("E1", "E2")))
        return b.Event(kind) if kind == "none" else self._event([kind])

    def _undoable(self, place: Place) -> b.Activity:
        name = self._name("a")
        place.notes.undoable.append(name)
        undo = self._random.choice((b.Task(self._name("u")), b.Script(self._name("u"))))
        return b.Activity(name, self._random.choice(("user", "script")), undo=undo)

    def _undone(self, place: Place) -> str | None:
        return self._random.choice((None, *place.notes.undoable))

    def _stops(self, place: Place) -> list[str]:
        """How a path may end here. A join that waits for the path must not be left waiting for ever."""
        kinds = [] if place.joined else ["none"]
        if not place.notes.orderly:
            kinds += self._one_of(("terminate",))
        if not place.quiet and place.codes:
            kinds += 2 * self._one_of(("error",))
        if not place.quiet and not place.joined:
            kinds += self._one_of(("signal", "escalation") if place.codes else ("signal",))
            kinds += ["compensate"] if place.notes.orderly and place.undo else []
        return kinds + (["cancel"] * 3 if place.cancel else [])

    def _stopped(self, kind: str, place: Place) -> b.Event:
        if kind == "compensate":
            return b.Event(kind, self._undone(place))
        if kind in ("error", "escalation"):
            return b.Event(kind, self._random.choice(("E1", "E2")))
        return self._event([kind]) if kind == "signal" else b.Event(kind)
