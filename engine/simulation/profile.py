"""What a simulation is told: who comes how often, who works, how long it takes, how they decide."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engine.domain.procedure import NodeFacts
from engine.errors import MotcuaError
from engine.scenario.words import nearest
from engine.simulation.times import Length, Triangular

# Where a profile says nothing: minutes of work at a step; working days that a citizen takes.
STEP = Triangular(5, 15, 40)
SUPPLEMENT, COLLECT, MESSAGE = Triangular(0.5, 2, 8), Triangular(0.1, 1, 5), Triangular(1, 2, 5)
NEVER = 0.05  # of those who are asked, the share that never supplements
SHARES: Mapping[str, float] = {"supplement": 0.08, "refuse": 0.02, "decline": 0.02, "rework": 0.03}
ANY = "*"  # in decisions: whatever step


class UnknownStep(MotcuaError):
    """A profile speaks of a step that no procedure of it has."""

    code = "unknown-step"
    vi = "Hồ sơ mô phỏng nêu bước «{name}» mà không thủ tục nào trong đó có{near_vi}."
    en = "The profile names the step “{name}”, which none of its procedures has{near_en}."

    def __init__(self, name: str, known: Iterable[str]) -> None:
        near = nearest(name, known)
        super().__init__(
            name=name,
            near_vi=f"; có phải «{near}»?" if near else "",
            near_en=f"; did you mean “{near}”?" if near else "",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """Dossiers of one procedure as they arrive."""

    code: str
    per_day: float  # on a working day, on average
    channels: Mapping[str, float] = field(default_factory=dict)  # shares; none: at the counter
    answers: Mapping[str, Any] = field(default_factory=dict)  # of the procedure's form, beside a sample
    applicant: str = "citizen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Officers who share the work of a role at an agency."""

    count: int
    part: float = 1.0  # of their working time that this work gets

    def __post_init__(self) -> None:
        if self.count < 0 or not 0 < self.part <= 1:
            raise ValueError("a post needs officers, and some of their time")


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Minutes of work: of a step by its id or name, else of a role, else of any."""

    default: Length = STEP
    roles: Mapping[str, Length] = field(default_factory=dict)
    steps: Mapping[str, Length] = field(default_factory=dict)

    def of(self, code: str, node: NodeFacts, role: str) -> Length:
        """What a step of a procedure takes; its procedure's own word comes first."""
        for key in (f"{code}/{node.id}", f"{code}/{node.name}", node.id, node.name):
            if key in self.steps:
                return self.steps[key]
        return self.roles.get(role, self.default)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citizens:
    """What people outside take, in working days."""

    supplement: Length = SUPPLEMENT
    never: float = NEVER
    collect: Length = COLLECT
    pay: Length | None = None  # None: at once
    messages: Mapping[str, Length] = field(default_factory=dict)  # by name; none said: MESSAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A centre and its time, ready to run."""

    name: str = ""
    seed: int = 1
    start: date = date(2026, 3, 2)
    days: int = 22  # working days on which dossiers arrive
    warm_up: int = 0  # of them, days that fill the queues and are not counted
    run_on: int = 0  # working days after them, on which nobody arrives
    arrivals: tuple[Stream, ...] = ()
    officers: Mapping[tuple[str, str], Post] = field(default_factory=dict)  # by role and agency
    times: Times = Times()
    decisions: Mapping[str, Mapping[str, float]] = field(default_factory=dict)  # step, decision, share
    citizens: Citizens = Citizens()
    answers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # step, field, value
    services: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # handler, what it answers

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(one.code for one in self.arrivals)

    def post(self, role: str, agency: str) -> Post:
        """Who does this work; where nobody is named, one officer."""
        return self.officers.get((role, agency), Post(count=1))

    def shares(self, code: str, node: NodeFacts) -> Mapping[str, float]:
        """How a step is decided as the profile says it, decisions by their values or labels."""
        for key in (f"{code}/{node.id}", f"{code}/{node.name}", node.id, node.name, ANY):
            if key in self.decisions:
                return self.decisions[key]
        return SHARES

    def require_steps(self, nodes: Mapping[str, Iterable[NodeFacts]]) -> None:
        """Raise UnknownStep unless every step it names is in its procedures, given by their codes."""
        known = {ANY}
        for code, some in nodes.items():
            plain = {name for node in some for name in (node.id, node.name) if name}
            known |= plain | {f"{code}/{name}" for name in plain}
        for name in (*self.times.steps, *self.decisions, *self.answers):
            if name not in known:
                raise UnknownStep(name, known)

    def said(self, node: NodeFacts) -> Mapping[str, Any]:
        """What is answered at a step beside the sample."""
        return self.answers.get(node.id) or self.answers.get(node.name) or {}
