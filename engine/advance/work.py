"""One command at work on one dossier: the locked row, the record being changed, what has happened so far."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from engine.advance.services import Services
from engine.clock import vietnam
from engine.domain.calendar import WorkingCalendar
from engine.domain.checklist import undigitised
from engine.domain.command import Command
from engine.domain.deadline import Reckoning
from engine.domain.dossier import Delivery, Handling, Money, Synchronisation
from engine.domain.law import Rules
from engine.domain.milestone import Milestone
from engine.domain.record import Record
from engine.store import codec
from engine.store.database import Connection
from engine.workflow.bundle import Definition
from engine.workflow.step import OpenJob

STAMPS = (
    "submitted_at", "received_at", "signed_at", "issued_at", "finished_at", "handed_over_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """A milestone that this command reached."""

    milestone: Milestone
    node: str
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Something to do outside, after the commit."""

    handler: str
    payload: Mapping[str, Any]


@dataclass(slots=True)
class Work:
    """Mutable on purpose: it lives for one command and is never shared."""

    tx: Connection
    services: Services
    command: Command
    definition: Definition
    calendar: WorkingCalendar
    rules: Rules
    columns: dict[str, Any]  # of the dossier's row; changed in place, written once
    record: Record
    sequence: int  # of this command
    at: datetime  # moment of this command: never before the one of the command before
    state: bytes | None  # state of the process
    ended: bool = False
    events: list[tuple[str, str, str]] = field(default_factory=list)
    occurrences: list[Occurrence] = field(default_factory=list)
    papers: list[tuple[str, str]] = field(default_factory=list)  # (paper name, BPMN id)
    effects: list[Effect] = field(default_factory=list)
    changes: dict[str, list[Any]] = field(default_factory=dict)  # name to [old, new]
    reckoning: Reckoning | None = None
    new_jobs: list[OpenJob] = field(default_factory=list)
    due_before: datetime | None = None  # due date when the command began
    stage_before: str = ""  # open steps when the command began
    ledger_before: int = 0  # entries of the ledger when the command began
    issued: list[UUID] = field(default_factory=list)  # papers that came with this command
    node: str | None = None  # BPMN id of the element the command is about
    # Rows that this command alone changes; a command itself writes nothing, so that it can be run again.
    writes: list[Callable[[Connection], object]] = field(default_factory=list)
    answered: list[list[Any]] = field(default_factory=list)  # element, and what its inside handler gave
    recorded: deque[list[Any]] | None = None  # when run again: the answers of then, no handler is asked

    @property
    def dossier_id(self) -> UUID:
        dossier_id: UUID = self.columns["id"]
        return dossier_id

    @property
    def handling(self) -> Handling:
        return Handling(self.columns["handling"])

    def put(self, name: str, value: Any) -> None:
        """Set a name of the document and remember what it was."""
        old = self.record.data.get(name)
        if old == value and name in self.record.data:
            return
        first = self.changes.setdefault(name, [old, value])
        first[1] = value
        self.record.data[name] = value

    def scope(self) -> dict[str, Any]:
        """What an expression of the diagram may read: the document, and the dossier's own facts."""
        applicant = self.record.data.get("applicant") or {}
        local = {name: vietnam(self.columns[name]) if self.columns[name] else None for name in STAMPS}
        due, procedure = self.columns["due_at"], self.definition.procedure
        result = procedure.result
        facts = {
            **local,
            "number": self.columns["number"],
            "procedure_code": self.columns["procedure_code"],
            "agency": self.columns["agency"],
            "channel": self.columns["channel"],
            "applicant_kind": applicant.get("kind"),
            "due_at": vietnam(due) if due else None,
            "fee_paid": self.columns["money"] in (Money.PAID, Money.WAIVED),
            "result_channel": self.record.data.get("result_channel"),
            "supplement_expiry": procedure.supplement_expiry,
            "result_type": result.type if result else None,
            "to_digitise": len(undigitised(procedure.documents, self.record.data.get("documents"))),
        }
        return {**self.record.data, "dossier": facts}


def load(tx: Connection, services: Services, row: Mapping[str, Any], command: Command) -> Work:
    """The work of a command on the row that the transaction has locked."""
    columns = dict(row)
    record = Record.from_json(codec.unpack(columns.pop("record")))
    received = columns["received_at"] or columns["submitted_at"] or command.at
    return Work(
        tx=tx,
        services=services,
        command=command,
        definition=services.definition(tx, columns["bundle"]),
        calendar=services.calendars.get(tx, columns["calendar_version"]),
        rules=services.law.rules_at(vietnam(received).date()),
        record=record,
        sequence=columns["sequence"] + 1,
        at=max(command.at, columns["recorded_at"]),
        state=columns.pop("state"),
        columns=columns,
        ledger_before=len(record.ledger),
        due_before=columns["due_at"],
        stage_before=columns["steps"],
    )


def fresh_columns() -> dict[str, Any]:
    """The columns of a dossier that nothing has happened to yet."""
    empty: dict[str, Any] = dict.fromkeys((*STAMPS, "due_at", "closed_at"))
    return {
        **empty,
        "handling": Handling.DRAFT,
        "money": Money.NONE,
        "delivery": Delivery.NONE,
        "synchronisation": Synchronisation.NONE,
        "steps": "",
        "clock_running": False,
        "sequence": 0,
    }
