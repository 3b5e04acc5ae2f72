"""Processes made of blocks: what is generated and what is shrunk. A block knows nothing of tokens.

``laying`` turns blocks into nodes and flows. Whatever is taken away from a tree of blocks, the rest is
still a process, so a failing case can be shrunk by taking away.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """What is waited for or thrown; ``word`` is a name, a code or the activity to compensate."""

    kind: str  # none timer message signal condition error escalation terminate cancel compensate
    word: str | None = None
    cycle: int = 0  # of a timer that fires several times


@dataclass(frozen=True, slots=True)
class Repeat:
    """Markers of an activity."""

    kind: str  # loop parallel sequential
    condition: str | None = None  # of a loop: go on; of instances: enough
    before: bool = False  # the loop asks first
    maximum: int | None = None
    cardinality: str | None = None
    collection: str | None = None  # name in the document; the local is ``item``


@dataclass(frozen=True, slots=True)
class Task:
    name: str
    needs: int = 1  # tokens that have to come
    gives: int = 1  # tokens along each flow


@dataclass(frozen=True, slots=True)
class Script:
    """Adds to a counter of its own, so that the order of two scripts never matters."""

    name: str
    adds: str = "1"


@dataclass(frozen=True, slots=True)
class Wait:
    """An intermediate event that catches."""

    name: str
    event: Event


@dataclass(frozen=True, slots=True)
class Throw:
    """An intermediate event that throws."""

    name: str
    event: Event


@dataclass(frozen=True, slots=True)
class Stop:
    """An end event; nothing comes behind it."""

    name: str
    event: Event


@dataclass(frozen=True, slots=True)
class Jump:
    """A link event that throws and, elsewhere on the paper, the one that catches."""

    name: str


@dataclass(frozen=True, slots=True)
class Sequence:
    parts: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One branch: that of the first true condition; the last branch when none is."""

    conditions: tuple[str, ...]  # one for each branch but the last
    branches: tuple["Block", ...]
    joined: bool = True  # by a gateway; otherwise by several flows into what comes next


@dataclass(frozen=True, slots=True)
class Parallel:
    branches: tuple["Block", ...]
    joined: bool = True


@dataclass(frozen=True, slots=True)
class Inclusive:
    """Every branch whose condition is true; the last branch when none is."""

    conditions: tuple[str, ...]
    branches: tuple["Block", ...]
    joined: bool = True


@dataclass(frozen=True, slots=True)
class Fork:
    """A task with several ways out. The first has no condition, or it is the default one."""

    name: str
    conditions: tuple[str, ...]  # of all branches but the first
    branches: tuple["Block", ...]
    default: bool = False
    joined: bool = True


@dataclass(frozen=True, slots=True)
class Loop:
    """The body, and again while the condition is true: a way back."""

    condition: str
    body: "Block"


@dataclass(frozen=True, slots=True)
class Race:
    """Events behind an event-based gateway, each with what follows it."""

    waits: tuple[Wait, ...]
    branches: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Boundary:
    """An event at the border of an activity; its path ends, or leads to what comes behind the activity."""

    name: str
    event: Event
    interrupting: bool
    body: "Block"
    ends: bool


@dataclass(frozen=True, slots=True)
class Handler:
    """An event sub-process."""

    name: str
    event: Event
    interrupting: bool
    body: "Block"


@dataclass(frozen=True, slots=True)
class Activity:
    """A task, sub-process or call with its markers and borders."""

    name: str
    kind: str  # user script receive job sub transaction call global; process for the whole
    body: "Block | None" = None  # of a sub-process or a called process
    word: str | None = None  # message of a receive task
    handlers: tuple[Handler, ...] = ()
    repeat: Repeat | None = None
    boundaries: tuple[Boundary, ...] = ()
    undo: Task | Script | None = None


Block = (
    Task | Script | Wait | Throw | Stop | Jump | Sequence | Choice | Parallel | Inclusive | Fork | Loop | Race
    | Activity
)  # fmt: skip
