"""Where a process stands, in the words of chapter 13: scopes, what is busy in them, what is waited for."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.differential.blocks import Event
from tests.differential.graph import Node


@dataclass(slots=True, eq=False)
class Watch:
    """An event that is waited for; ``left`` counts how often it may still come, None is any number."""

    id: int
    node: Node
    event: Event
    left: int | None = 1
    held: bool = False  # a condition was true when it was last looked at

    @property
    def name(self) -> str:
        """What it is known by outside: the name of a message or signal, the event's id of a timer."""
        if self.event.kind != "timer":
            return str(self.event.word)
        return f"{self.node.id}_begin" if self.node.kind == "eventSubProcess" else self.node.id


@dataclass(slots=True, eq=False)
class Done:
    """An activity that has completed and can be compensated: by its handler, or by what was done inside."""

    node: str
    undo: str | None
    inside: list["Done"]


@dataclass(slots=True, eq=False)
class Run:
    """One instance of an activity: the only one, or one of several, or one turn of a loop."""

    id: int
    busy: "Busy"
    number: int
    names: dict[str, object]
    scope: "Scope | None" = None  # of sub-processes and calls
    open: bool = False  # a person or a handler works on it
    watches: list[Watch] = field(default_factory=list)  # of a receive task


@dataclass(slots=True, eq=False)
class Busy:
    """A node that holds a token."""

    id: int
    node: Node
    scope: "Scope"
    alive: bool = True
    runs: list[Run] = field(default_factory=list)
    watches: list[Watch] = field(default_factory=list)  # at the border, or of the catching event itself
    items: list[object] = field(default_factory=list)  # one for each instance planned
    begun: int = 0
    done: int = 0
    undoing: list[Done] | None = None  # of a compensation that goes on
    undoes: "Busy | None" = None  # the compensation that this handler serves


@dataclass(slots=True, eq=False)
class Scope:
    """A process or sub-process that goes on."""

    id: int
    plane: str
    owner: Run | None
    alive: bool = True
    inside: list[Busy] = field(default_factory=list)
    held: Counter[str] = field(default_factory=Counter)  # tokens on flows into a join
    early: Counter[str] = field(default_factory=Counter)  # tokens at activities that need several
    handlers: list[Watch] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)  # what can be compensated, in order of completion

    def names(self) -> dict[str, object]:
        """What is visible in here besides the document."""
        return instance_names(self.owner) if self.owner else {}

    def told(self, known: dict[int, object]) -> str:
        """Everything that what comes next depends on; ``known`` are numbers that mean something outside."""
        held = sorted((flow, count) for flow, count in self.held.items() if count)
        undone = [_told_done(one) for one in self.done]
        inside = ";".join(sorted(_told(one, known) for one in self.inside))
        listening = _told_watches(self.handlers, known)
        return f"{self.plane}{held}{sorted(self.early.items())}{listening}{undone}({inside})"


def _told_done(done: Done) -> str:
    return f"{done.node}{[_told_done(one) for one in done.inside]}"


def _told_watches(found: list[Watch], known: dict[int, object]) -> str:
    return ",".join(f"{one.node.id}/{one.left}{one.held}/{known.get(one.id)}" for one in found)


def _told(busy: Busy, known: dict[int, object]) -> str:
    runs = [
        f"{one.number}{known.get(one.id)}{one.names}{_told_watches(one.watches, known)}"
        f"{one.scope.told(known) if one.scope else ''}"
        for one in busy.runs
    ]
    undoing = [_told_done(one) for one in busy.undoing or ()]
    return f"{busy.node.id}{_told_watches(busy.watches, known)}{busy.begun}/{busy.done}{undoing}{runs}"


def instance_names(run: Run) -> dict[str, object]:
    """Names of an instance, with those of the instances around it."""
    busy = run.busy
    if busy.node.repeat is None:
        return busy.scope.names()
    counted: dict[str, object] = {
        "loopCounter": run.number,
        "numberOfInstances": len(busy.items),
        "numberOfCompletedInstances": busy.done,
        "numberOfActiveInstances": len(busy.runs),
    }
    return {**busy.scope.names(), **counted, **run.names}


Holder = Busy | Run | Scope


def watches(scope: Scope) -> Iterator[tuple[Holder, Watch]]:
    """Everything waited for in a scope and inside it, in the order of the standing."""
    for watch in scope.handlers:
        yield scope, watch
    for busy in scope.inside:
        for watch in busy.watches:
            yield busy, watch
        for run in busy.runs:
            for watch in run.watches:
                yield run, watch
            if run.scope:
                yield from watches(run.scope)


def runs(scope: Scope) -> Iterator[Run]:
    """Everything that somebody works on in a scope and inside it."""
    for busy in scope.inside:
        for run in busy.runs:
            if run.open:
                yield run
            if run.scope:
                yield from runs(run.scope)


def matching(found: list[Watch], kind: str, word: str | None) -> Watch | None:
    """The one that waits for exactly this code; otherwise the one that takes every code."""
    fitting = [one for one in found if one.event.kind == kind and one.event.word in (word, None)]
    return next((one for one in fitting if one.event.word == word), fitting[0] if fitting else None)


def catcher(scope: Scope, event: Event) -> tuple[Holder, Watch] | None:
    """Who takes an error or escalation: the scope's handlers, the border of its activity, then outward."""
    inner: Scope | None = scope
    while inner is not None:
        watch = matching(inner.handlers, event.kind, event.word)
        if watch:
            return inner, watch
        if inner.owner is None:
            return None
        found = at_border(inner.owner.busy, event)
        if found:
            return found
        inner = inner.owner.busy.scope
    return None


def at_border(busy: Busy, event: Event) -> tuple[Holder, Watch] | None:
    """The boundary event that takes an error, escalation or cancel of an activity."""
    watch = matching(busy.watches, event.kind, event.word)
    return (busy, watch) if watch else None


def to_undo(found: list[Done]) -> list[Done]:
    """Handlers to run, the last completed first; a sub-process without one is undone from inside."""
    order: list[Done] = []
    for done in reversed(found):
        order += [done] if done.undo else to_undo(done.inside)
    return order
