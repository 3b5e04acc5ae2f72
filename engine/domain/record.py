"""What a dossier keeps about itself beside its columns: document, ledger, and what is open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from engine.domain.ledger import LedgerEntry


@dataclass(slots=True)
class OpenWork:
    """A task of a person that is open: what its row says, so that nothing needs reading to write it."""

    node: str
    name: str
    role: str
    agency: str
    opened_at: datetime
    due_at: datetime | None
    urgent_at: datetime
    # Who has claimed it. Decided by this and not by the task's row: only what stands in the locked row of the
    # dossier is sure to be the newest when two come at once.
    assignee: UUID | None = None

    def to_json(self) -> list[Any]:
        due = self.due_at.isoformat() if self.due_at else None
        return [
            self.node,
            self.name,
            self.role,
            self.agency,
            self.opened_at.isoformat(),
            due,
            self.urgent_at.isoformat(),
            str(self.assignee) if self.assignee else None,
        ]

    @classmethod
    def from_json(cls, value: list[Any]) -> "OpenWork":
        node, name, role, agency, opened, due, urgent, assignee = value
        return cls(
            node,
            name,
            role,
            agency,
            _moment(opened),
            _moment(due) if due else None,
            _moment(urgent),
            UUID(assignee) if assignee else None,
        )


@dataclass(slots=True)
class Pending:
    """A timer that waits."""

    name: str  # BPMN id of its event, or law:<id>
    value: str  # timer code, e.g. 3WD
    clock: str  # legal or elapsed
    started_at: datetime
    due_at: datetime | None

    def to_json(self) -> list[Any]:
        due = self.due_at.isoformat() if self.due_at else None
        return [self.name, self.value, self.clock, self.started_at.isoformat(), due]

    @classmethod
    def from_json(cls, value: list[Any]) -> "Pending":
        name, code, clock, started, due = value
        return cls(name, code, clock, _moment(started), _moment(due) if due else None)


@dataclass(slots=True)
class Record:
    """The working copy of one command; packed into one column when the command is saved."""

    data: dict[str, Any] = field(default_factory=dict)  # the document: names to JSON values
    ledger: tuple[LedgerEntry, ...] = ()
    limit: str | None = None  # code of the limit in force, e.g. 15WD
    state_hash: str = ""  # SHA-256 of the process state, hex
    tasks: dict[str, OpenWork] = field(default_factory=dict)  # by task id
    timers: dict[str, Pending] = field(default_factory=dict)  # by "task id|name"
    jobs: dict[str, str] = field(default_factory=dict)  # task id to BPMN id
    subscriptions: dict[str, str] = field(default_factory=dict)  # "task id|message" to BPMN id

    def to_json(self) -> dict[str, Any]:
        return {
            "data": self.data,
            "ledger": [entry.to_json() for entry in self.ledger],
            "limit": self.limit,
            "state": self.state_hash,
            "tasks": {key: work.to_json() for key, work in self.tasks.items()},
            "timers": {key: timer.to_json() for key, timer in self.timers.items()},
            "jobs": self.jobs,
            "subscriptions": self.subscriptions,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Record":
        return cls(
            data=value["data"],
            ledger=tuple(LedgerEntry.from_json(entry) for entry in value["ledger"]),
            limit=value["limit"],
            state_hash=value["state"],
            tasks={key: OpenWork.from_json(work) for key, work in value["tasks"].items()},
            timers={key: Pending.from_json(timer) for key, timer in value["timers"].items()},
            jobs=value["jobs"],
            subscriptions=value["subscriptions"],
        )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
