"""The outline of a procedure: what is peculiar about it, in the order in which it happens."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from engine.domain.procedure import Basis, FeeRule, RequiredDocument, ResultFacts

Kind = Literal[
    "task", "service", "script", "table", "call", "choice", "parallel", "race", "wait", "mark", "group",
    "on", "end", "go", "fee", "supplement", "decline",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A band of the diagram: a role at an agency."""

    key: str
    name: str
    role: str
    agency: str = "competent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """What is waited for: a message, a signal, an error, or a moment said in FEEL."""

    kind: Literal["message", "signal", "error", "after", "at", "every"]
    value: str
    clock: Literal["legal", "elapsed"] = "legal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """A step done several times: for each of a list, a number of times, or as long as something holds."""

    each: str | None = None  # name of a list
    item: str | None = None  # name of one of them inside
    times: str | None = None  # FEEL giving a number
    into: str | None = None  # name of a list that takes what each time gives
    gives: str | None = None  # name of that inside
    again: str | None = None  # FEEL; true: once more
    most: int | None = None
    until: str | None = None  # FEEL; true: the others are not needed any more
    sequential: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A way out of a choice, a fork or a decision."""

    flow: str = ""  # name on the line
    when: str | None = None  # FEEL; None: the default
    steps: tuple["Step", ...] = ()
    then: str | None = None  # id of a step to go to; None: on with what follows


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A button that finishes a task, and where it leads."""

    value: str
    label: str
    style: Literal["primary", "secondary", "danger"] = "secondary"
    reason_required: bool = False
    way: Branch = Branch()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """An event on the border of a step."""

    name: str
    trigger: Trigger
    id: str | None = None
    interrupting: bool = True
    milestone: str | None = None
    basis: tuple[Basis, ...] = ()
    way: Branch = Branch()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that happens; which fields count depends on its kind."""

    kind: Kind
    name: str = ""
    id: str | None = None
    line: int = 0  # in the file of the outline
    lane: str | None = None  # key; None: that of the step before
    documentation: str = ""
    milestone: str | None = None
    paper: str | None = None
    basis: tuple[Basis, ...] = ()
    repeat: Repetition | None = None
    edges: tuple[Edge, ...] = ()
    form: str | None = None  # task
    limit: str | None = None  # task: FEEL or "none"
    hint: str | None = None
    role: str | None = None  # task: when it is not the lane's
    agency: str | None = None
    ask: str = ""  # task: the question of the gateway behind it
    decisions: tuple[Decision, ...] = ()
    handler: str | None = None  # service
    inputs: Mapping[str, str] = field(default_factory=dict)
    outputs: Mapping[str, str] = field(default_factory=dict)  # name in the document to key of the answer
    script: str | None = None  # script: FEEL assignments
    table: str | None = None  # table: id of a decision
    result: str | None = None  # table: name in the document
    calls: str | None = None  # call: id of a process
    branches: tuple[Branch, ...] = ()  # choice, parallel, race
    inclusive: bool = False  # choice: several branches may be taken
    trigger: Trigger | None = None  # wait, on; mark: a message that is sent
    interrupting: bool = True  # on
    steps: tuple["Step", ...] = ()  # group, on
    terminate: bool = False  # end: stops what else is under way
    error: str | None = None  # end: code of an error
    target: str | None = None  # go; supplement: where to go back to

    def ways(self) -> Iterator[Branch]:
        """All ways that leave this step but the one straight on."""
        yield from self.branches
        yield from (one.way for one in self.decisions)
        yield from (one.way for one in self.edges)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A procedure, or with ``frame`` false a process of its own such as the shared ones."""

    code: str
    name: str
    agency: str
    frame: bool = True
    process: str | None = None  # id; None: made from the code
    domain: str = ""
    level: str | None = None
    resume: str = "RESTART"
    clock_starts: str | None = None
    same_day: bool = False
    appointment_slip: str | None = None
    supplement_expiry: str | None = None
    retention: str | None = None
    source: str = ""
    limit: str | None = None
    limit_note: str = ""
    fees: tuple[FeeRule, ...] = ()
    documents: tuple[RequiredDocument, ...] = ()
    result: ResultFacts | None = None
    channels: tuple[str, ...] = ("counter", "online", "postal")
    basis: tuple[Basis, ...] = ()
    questions: tuple[str, ...] = ()
    withdrawal: bool = True  # the applicant may withdraw while it is worked on
    remind: str | None = "working days(1)"  # before the appointment; None: no reminder
    lanes: tuple[Lane, ...] = ()  # beyond the usual ones, or in their place
    steps: tuple[Step, ...] = ()
    form: tuple[Mapping[str, Any], ...] | None = None  # fields the applicant fills in
    forms: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        """The code as a part of ids."""
        return "".join(char if char.isalnum() else "_" for char in self.code)

    @property
    def process_id(self) -> str:
        return self.process or f"p_{self.slug}"

    @property
    def file(self) -> str:
        """The name of its diagram."""
        return f"{self.code or self.process_id}.bpmn"

    @property
    def form_id(self) -> str:
        return f"nop-{self.code.lower()}"


def walked(steps: tuple[Step, ...]) -> Iterator[Step]:
    """All steps with those inside of them."""
    for step in steps:
        yield step
        yield from walked(step.steps)
        for way in step.ways():
            yield from walked(way.steps)
