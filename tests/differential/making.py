"""Random processes of a class.

What the standard leaves open is not made: compensation across calls, loops and scopes that end early;
errors out of event sub-processes. What could turn for ever begins with a task.
"""

from dataclasses import replace

from tests.differential import blocks as b
from tests.differential.classes import CLASSES, FLOW, INNER
from tests.differential.drafting import EVENTS, Drafter, Notes, Place

__all__ = ["CLASSES", "Maker"]


class Maker(Drafter):
    """Makes one process."""

    def process(self) -> b.Activity:
        place = Place(self._random.choice((2, 3, 3, 3, 4)), Notes(self._has("compensation", 0.7)))
        body = b.Sequence(tuple(self._block(place) for _ in range(self._random.randint(1, 3))))
        return b.Activity("p", "process", body, handlers=self._handlers(place))

    def _block(self, place: Place) -> b.Block:
        if place.depth <= 0 or self._random.random() < 0.25:
            return self._leaf(place)
        kinds = ["sequence", *self._one_of((*FLOW, *INNER)), *self._one_of(("instances", "turns", "border"))]
        kind = self._random.choice(kinds)
        inner = place.deeper()
        if kind == "sequence":
            return self._sequence(inner)
        if kind in ("choice", "parallel", "inclusive", "fork"):
            return self._split(kind, inner)
        if kind == "loop":
            return b.Loop(self._condition(place), self._behind_task(inner))
        if kind == "race":
            return self._race(inner)
        return self._activity(kind, inner)

    def _sequence(self, place: Place) -> b.Sequence:
        return b.Sequence(tuple(self._block(place) for _ in range(self._random.randint(1, 3))))

    def _behind_task(self, place: Place) -> b.Sequence:
        return b.Sequence((b.Task(self._name("t")), self._block(replace(place, quiet=False))))

    def _split(self, kind: str, place: Place) -> b.Block:
        count = self._random.randint(2, 3)
        joined = place.joined or not self._has("merge", 0.3)
        if kind == "parallel":
            inner = replace(place, joined=joined)
            return b.Parallel(tuple(self._block(inner) for _ in range(count)), joined)
        branches = tuple(self._branch(place) for _ in range(count))
        conditions = tuple(self._condition(place) for _ in branches[1:])
        if kind == "fork":
            return b.Fork(self._name("t"), conditions, branches, self._random.random() < 0.5, joined)
        if kind == "choice":
            return b.Choice(conditions, branches, joined)
        return b.Inclusive(conditions, branches, joined)

    def _branch(self, place: Place) -> b.Block:
        chance = self._random.random()
        if chance < 0.2:
            return b.Sequence(())
        kinds = self._stops(place) if chance < 0.4 else []
        if not kinds:
            return self._block(place)
        stop = b.Stop(self._name("e"), self._stopped(self._random.choice(kinds), place))
        return stop if self._random.random() < 0.5 else b.Sequence((self._block(place.deeper()), stop))

    def _race(self, place: Place) -> b.Race:
        count = self._random.randint(2, 3)
        waits: list[b.Wait] = []
        for _ in range(count):
            event = self._event(self._one_of(EVENTS) or ["timer", "message"])
            if event.word is None or all(one.event.word != event.word for one in waits):
                waits.append(b.Wait(self._name("w"), event))
        while len(waits) < 2:
            waits.append(b.Wait(self._name("w"), b.Event("timer")))
        return b.Race(tuple(waits), tuple(self._branch(place) for _ in waits))

    # activities

    def _activity(self, kind: str, place: Place) -> b.Activity:
        inside = self._random.choice(
            [
                "user",
                *2 * self._one_of(("sub", "call")),
                *self._one_of(("global", "job") if place.codes else ("global",)),
            ]
        )
        if kind in INNER:
            inside = kind
        repeat = (
            self._repeat(kind, place) if kind in ("instances", "turns") and inside != "transaction" else None
        )
        name = self._name("a")
        body, handlers, notes = None, (), place.notes
        if inside in INNER:
            inner = self._inner(inside, place, repeat)
            notes = inner.notes
            body = self._body(inside, inner, repeat)
            handlers = self._handlers(inner) if inside != "transaction" else ()
        activity = b.Activity(name, inside, body, handlers=handlers, repeat=repeat)
        if self._has("border", 0.9 if kind == "border" or inside in INNER else 0.2):
            activity = replace(activity, boundaries=self._boundaries(inside, place))
        if inside == "transaction":
            cancelled = b.Boundary(
                self._name("b"), b.Event("cancel"), True, self._block(replace(place, depth=0)), False
            )
            activity = replace(activity, boundaries=(*activity.boundaries, cancelled))
        if place.notes.orderly and repeat is None and inside == "sub" and self._random.random() < 0.4:
            place.notes.undoable.append(name)
            activity = replace(activity, undo=b.Task(self._name("u")))
        elif notes.undoable and inside == "sub" and place.notes.orderly:
            place.notes.undoable.append(name)  # by what was done inside
        return activity

    def _inner(self, inside: str, place: Place, repeat: b.Repeat | None) -> Place:
        """The place inside a sub-process or called process."""
        apart = inside == "call" or repeat is not None  # whether it could be undone from outside is left open
        allowed = place.undo and not (apart and place.notes.orderly)
        orderly = place.notes.orderly or inside == "transaction" or self._random.random() < 0.5
        notes = Notes(allowed and orderly and "compensation" in self._features)
        names = place.names
        if repeat is not None:
            names = ("loopCounter", "item") if repeat.collection else ("loopCounter",)
        if inside == "call" or (repeat is not None and repeat.kind == "loop"):
            names = ()
        return replace(
            place, notes=notes, names=names, joined=False, undo=allowed, cancel=inside == "transaction"
        )

    def _body(self, inside: str, place: Place, repeat: b.Repeat | None) -> b.Block:
        if repeat is not None and repeat.maximum is None and repeat.condition:
            first: b.Block = self._behind_task(place)
        elif inside == "transaction":
            middle = self._undoable(place) if place.notes.orderly else self._block(place)
            return b.Sequence(
                (self._block(place), middle, self._block(place), self._perhaps("cancel", place))
            )
        else:
            first = self._sequence(place)
        if repeat is not None and place.names and self._has("script", 0.7):
            first = b.Sequence((first, self._script(self._random.choice(place.names))))
        codes = self._one_of(("error", "escalation")) if place.codes and not place.quiet else []
        if codes and self._random.random() < 0.6:
            return b.Sequence((first, self._perhaps(self._random.choice(codes), place)))
        if self._has("terminate", 0.4) and not place.notes.orderly:
            return b.Parallel(
                (first, b.Sequence((self._leaf(place), self._perhaps("terminate", place)))), joined=False
            )
        return first

    def _perhaps(self, kind: str, place: Place) -> b.Choice:
        """An end event, if a condition is true."""
        stop = b.Stop(self._name("e"), self._stopped(kind, place))
        return b.Choice((self._condition(place),), (stop, b.Sequence(())))

    def _repeat(self, kind: str, place: Place) -> b.Repeat:
        if kind == "turns":
            maximum = self._random.choice((None, 1, 2, 3))
            return b.Repeat("loop", self._condition(place), self._random.random() < 0.5, maximum)
        enough = (
            "numberOfCompletedInstances >= 1",
            "numberOfCompletedInstances >= 2",
            self._condition(place),
        )
        condition = self._random.choice(enough) if self._random.random() < 0.4 else None
        counted = self._random.choice(("0", "1", "2", "3", "n1", "n2"))
        listed = self._random.choice(("l1", "l2", "l3"))
        one = self._random.random() < 0.5
        return b.Repeat(
            self._random.choice(("parallel", "sequential")),
            condition,
            cardinality=counted if one else None,
            collection=None if one else listed,
        )

    def _boundaries(self, inside: str, place: Place) -> tuple[b.Boundary, ...]:
        kinds = [] if inside == "transaction" else self._one_of(EVENTS)
        if inside in INNER:
            kinds += 2 * self._one_of(("error",))
            kinds += 2 * self._one_of(("escalation",)) if inside != "transaction" else []
        if inside == "job":
            kinds += self._one_of(("error",))
        found: dict[tuple[str, str | None], b.Boundary] = {}
        for _ in range(self._random.randint(1, 2) if kinds else 0):
            event = self._event(kinds)
            interrupting = event.kind == "error" or self._random.random() < 0.5
            if event.kind == "timer" and not interrupting and self._random.random() < 0.4:
                event = replace(event, cycle=self._random.randint(2, 3))
            chance = 0.5 if interrupting else 0.8
            ends = not interrupting if place.joined else self._random.random() < chance
            body = self._answer(place)
            word = self._name("T") if event.kind == "timer" else event.word
            found[event.kind, word] = b.Boundary(self._name("b"), event, interrupting, body, ends)
        return tuple(found.values())

    def _answer(self, place: Place) -> b.Block:
        """What follows when an event has come."""
        if self._random.random() < 0.5:
            return self._behind_task(replace(place, depth=min(place.depth, 1)))
        return self._leaf(replace(place, quiet=True))

    def _handlers(self, place: Place) -> tuple[b.Handler, ...]:
        kinds = self._one_of((*EVENTS, "escalation"))
        kinds += [] if place.notes.orderly else 2 * self._one_of(("error",))
        found: dict[tuple[str, str | None], b.Handler] = {}
        for _ in range(self._random.randint(1, 2) if kinds and self._has("handler", 0.5) else 0):
            event = self._event(kinds)
            interrupting = event.kind == "error" or (not place.notes.orderly and self._random.random() < 0.5)
            if event.kind == "timer" and not interrupting and self._random.random() < 0.4:
                event = replace(event, cycle=2)
            inner = replace(place, notes=Notes(False), codes=False, undo=False, cancel=False, joined=False)
            word = self._name("T") if event.kind == "timer" else event.word
            found[event.kind, word] = b.Handler(self._name("v"), event, interrupting, self._answer(inner))
        return tuple(found.values())
