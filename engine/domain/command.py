"""A command: one thing that somebody, or the clock, asks of one dossier."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class Kind(StrEnum):
    """What is asked; each is one transaction and one row of history."""

    START = "start"
    COMPLETE = "complete"  # a person finishes a task
    CLAIM = "claim"
    RELEASE = "release"
    FIRE = "fire"  # a timer's moment has come
    SUPPLEMENT = "supplement"  # the citizen hands in what was missing
    WITHDRAW = "withdraw"
    MESSAGE = "message"  # any other message that the diagram waits for
    JOB_DONE = "job_done"
    JOB_ERROR = "job_error"  # a handler's business "no"
    EXTEND = "extend"  # apology and new appointment
    REPLAN = "replan"  # the calendar was changed by decision
    ATTACH = "attach"  # a document is added
    REPAIR = "repair"  # an incident is dealt with: engine.domain.incident
    # Asked for by one person and approved by another: engine.domain.intervention, engine.domain.mapping.
    MOVE = "move"
    REDO = "redo"
    CORRECT = "correct"
    CANCEL = "cancel"
    MIGRATE = "migrate"  # the dossier follows another version of its procedure from now on


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who acts, in which office. No name in here: history keeps the key, pages look the name up."""

    key: str  # officer:<id>, citizen:<dossier number>, system:<name>
    role: str | None = None
    agency: str | None = None
    officer: UUID | None = None


SYSTEM = By(key="system:heartbeat")


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Everything a command brings; equal commands on equal states give equal results."""

    kind: Kind
    by: By
    at: datetime  # aware
    task_id: UUID | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)  # checked answers, document names to JSON values
    name: str | None = None  # of the message, timer or error code
    reason: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)  # kind-specific, JSON values
    seen: int | None = None  # version of the dossier the actor looked at; None: any
