"""What one side says after every action, in words that both sides have."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

Key = tuple[str, ...]  # how the walked side names one open thing


@dataclass(frozen=True, slots=True)
class Open:
    """Something that waits: a task, job, timer, message or signal."""

    kind: str
    name: str  # BPMN id of the task, job or timer; name of the message or signal
    key: Key


@dataclass(frozen=True, slots=True)
class Act:
    """One action. ``target`` is None when the process starts or a signal comes from outside."""

    kind: str  # start complete fail timer message signal
    target: Open | None = None
    word: str | None = None  # error code of a job that fails, name of a signal

    def __str__(self) -> str:
        said = [self.kind, self.target.name if self.target else "", self.word or ""]
        return " ".join(one for one in said if one)


@dataclass(frozen=True, slots=True)
class Seen:
    """All that can be seen after an action."""

    open: tuple[Open, ...]
    completed: Counter[str]  # elements, in this action
    thrown: Counter[tuple[str, str]]  # messages and signals, in this action
    ended: bool
    error: str | None
    document: Mapping[str, object]

    def kinds(self) -> Counter[tuple[str, str]]:
        return Counter((one.kind, one.name) for one in self.open)


NOTHING_SEEN = Seen((), Counter(), Counter(), False, None, {})


@dataclass(frozen=True, slots=True)
class Moment:
    """One step of a walk: the answers given with the action, the action, what came of it."""

    answers: Mapping[str, object]
    act: Act
    seen: Seen
