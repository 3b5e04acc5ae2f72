"""What can be done to a process, and what comes of it: plain values, no SpiffWorkflow."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from engine.domain.procedure import Basis, Decision


@dataclass(frozen=True, slots=True)
class Start:
    """Begin the process, at its plain start events or at an element that an event starts."""

    node: str | None = None


@dataclass(frozen=True, slots=True)
class Complete:
    """A person has finished a task."""

    task_id: UUID


@dataclass(frozen=True, slots=True)
class Fire:
    """The moment of a timer has come."""

    task_id: UUID
    timer: str


@dataclass(frozen=True, slots=True)
class Deliver:
    """A message has come for the one that waits for it."""

    message: str
    task_id: UUID
    payload: Mapping[str, Any] = field(default_factory=dict)  # what correlation looks at


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal has come from outside: all that wait for it hear it."""

    name: str


@dataclass(frozen=True, slots=True)
class Move:
    """A repair: take an open element away and let a token arrive at another of the same scope."""

    task_id: UUID
    to: str  # BPMN id


@dataclass(frozen=True, slots=True)
class JobDone:
    """An outside handler has answered."""

    task_id: UUID
    answer: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JobFailed:
    """An outside handler has said no."""

    task_id: UUID
    error_code: str


Action = Start | Complete | Fire | Deliver | Signal | JobDone | JobFailed | Move


@dataclass(frozen=True, slots=True)
class StepEvent:
    kind: str  # entered, completed, cancelled
    node: str
    task_id: UUID


@dataclass(frozen=True, slots=True)
class OpenTask:
    """Something a person has to do."""

    task_id: UUID
    node: str
    name: str
    role: str
    agency: str
    form: str | None
    decisions: tuple[Decision, ...]
    basis: tuple[Basis, ...]


@dataclass(frozen=True, slots=True)
class OpenTimer:
    task_id: UUID
    node: str
    name: str
    value: str  # timer code
    clock: str  # legal, elapsed


@dataclass(frozen=True, slots=True)
class OpenJob:
    task_id: UUID
    node: str
    handler: str
    inputs: Mapping[str, Any]  # of jobs that this step opened; empty for older ones


@dataclass(frozen=True, slots=True)
class OpenSubscription:
    """A message or signal that is waited for."""

    task_id: UUID
    node: str
    message: str  # its name


@dataclass(frozen=True, slots=True)
class Thrown:
    """A message or signal that left the process."""

    kind: str  # message, signal
    name: str
    node: str
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What an action came to; the open things are all that are open now."""

    state: bytes  # compressed
    state_hash: bytes  # SHA-256 of the canonical state
    ended: bool
    events: tuple[StepEvent, ...]
    tasks: tuple[OpenTask, ...]
    timers: tuple[OpenTimer, ...]
    jobs: tuple[OpenJob, ...]
    subscriptions: tuple[OpenSubscription, ...]
    signals: tuple[OpenSubscription, ...]
    thrown: tuple[Thrown, ...]
    error: str | None  # code of an error that nobody caught: it has ended the process
    stuck: tuple[str, ...]  # elements that wait for tokens that never come, when nothing else is open
    records: int
