"""What readers are given: frozen values, ready to be shown; no rows, no blobs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from engine.domain.ledger import LedgerEntry
from engine.domain.procedure import ProcedureFacts
from engine.domain.traffic_light import TrafficLight


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierLine:
    """A dossier in a list."""

    id: UUID
    number: str
    procedure_code: str
    procedure_name: str
    agency: str
    agency_name: str
    channel: str
    applicant_name: str
    handling: str
    money: str
    delivery: str
    synchronisation: str
    steps: str  # names of the open steps
    submitted_at: datetime | None
    received_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None
    light: TrafficLight
    sequence: int  # version, for If-Match


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """A task in the inbox."""

    dossier_id: UUID
    task_id: UUID
    number: str
    node: str
    name: str
    role: str
    agency: str
    agency_name: str
    procedure_code: str
    procedure_name: str
    applicant_name: str
    channel: str
    handling: str
    assignee: UUID | None
    assignee_name: str | None
    opened_at: datetime
    due_at: datetime | None  # of the step
    late: bool  # the step is past its own date, however long the dossier still has
    dossier_due_at: datetime | None
    light: TrafficLight
    sequence: int
    cursor: str  # where the next page goes on


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTaskView:
    """An open task of a dossier, with what is needed to do it."""

    task_id: UUID
    node: str
    name: str
    hint: str
    role: str
    agency: str
    agency_name: str
    form: Mapping[str, Any] | None  # form-js JSON
    decisions: tuple[Any, ...]  # engine.domain.procedure.Decision
    basis: tuple[Any, ...]  # engine.domain.procedure.Basis
    assignee: UUID | None
    assignee_name: str | None
    opened_at: datetime
    due_at: datetime | None
    late: bool
    may_complete: bool
    may_claim: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """A document in the dossier."""

    id: UUID
    required_id: str | None
    name: str
    media_type: str
    size: int  # bytes
    sha256: str
    added_at: datetime
    added_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperView:
    """A statutory paper as it was issued."""

    id: UUID
    name: str
    version: str
    title: str
    issued_at: datetime
    issued_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryView:
    """One command of a dossier's history."""

    sequence: int
    kind: str
    title: str  # what happened, in Vietnamese
    recorded_at: datetime
    actor: str
    actor_name: str
    role: str | None
    agency: str | None
    agency_name: str | None
    node: str | None
    node_name: str | None
    task_id: UUID | None
    milestones: tuple[str, ...]
    events: tuple[tuple[str, str, str], ...]  # (what, BPMN id, task id)
    handling: str
    due_at: datetime | None
    reason: str | None
    changes: Mapping[str, tuple[Any, Any]]  # name of the document to (before, after)
    details: Mapping[str, Any]  # what else the command said, by its kind
    ledger: tuple[LedgerEntry, ...]  # entries this command wrote
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierView:
    """A dossier as its page shows it."""

    line: DossierLine
    tracking_code: str
    tracking_url: str
    procedure: ProcedureFacts
    procedure_version: int
    bundle: str
    data: Mapping[str, Any]
    explanation: tuple[str, ...]  # why it is due then, step by step, Vietnamese
    explanation_en: tuple[str, ...]
    limit: str | None  # code of the limit in force
    elapsed_days: float  # from first contact till now or the result in hand
    tasks: tuple[OpenTaskView, ...]
    waits_for: tuple[str, ...]  # messages the process waits for: supplement, withdraw, fee_paid ...
    documents: tuple[DocumentView, ...]
    papers: tuple[PaperView, ...]
    history: tuple[HistoryView, ...]
    extensions: int
    may: frozenset[str]  # actions the reader may take now


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureVersion:
    """One version of a procedure."""

    code: str
    number: int
    sha256: str  # of the bundle with all that it calls
    name: str
    agency: str
    agency_name: str
    domain: str
    level: str
    state: str  # engine.domain.version.State
    deployed_at: datetime | None  # when it went live
    deployed_by: str | None
    reason: str
    facts: ProcedureFacts
    running: int = 0  # dossiers of this version that have not ended

    @property
    def live(self) -> bool:
        """Whether new dossiers follow it."""
        return self.state == "live"


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionAct:
    """Something that was done with a version."""

    number: int
    act: str  # engine.domain.version.Act
    at: datetime
    by: str
    by_name: str
    sha256: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayFrame:
    """The dossier right after one command: what an auditor steps through."""

    entry: HistoryView
    path: tuple[tuple[str, int], ...]  # BPMN ids entered so far, with how often
    present: tuple[str, ...]  # BPMN ids of what waits now
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    explanation: tuple[str, ...]  # the deadline as it stood, Vietnamese
    explanation_en: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """All frames of a dossier, and whether its chain holds."""

    line: DossierLine
    frames: tuple[ReplayFrame, ...]
    bundle: str
    diagrams: Mapping[str, str]  # process id to BPMN XML
    process_of: Mapping[str, str]  # BPMN id to process id
    main_process: str
    faults: tuple[Any, ...]  # engine.history.Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentLine:
    """Something that went wrong without anybody at the keyboard."""

    dossier_id: UUID
    id: UUID
    dossier_number: str | None
    procedure_name: str | None
    kind: str  # command, timer, job, outbox, replay
    node: str | None  # BPMN id of the element, or the name of a handler
    node_name: str | None
    message: str
    opened_at: datetime
    age: timedelta  # open for so long; of a closed one: how long it was open
    remedies: tuple[str, ...]  # what may be done about it, the usual first
    closed_at: datetime | None
    closed_by_name: str | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackingView:
    """What the citizen sees with the tracking code: no names of officers, no inner data."""

    tracking_code: str
    number: str
    procedure_code: str
    procedure_name: str
    agency_name: str
    applicant_name: str  # masked
    handling: str
    sentence: str  # one plain sentence on where it stands and what the citizen has to do
    sentence_en: str
    light: TrafficLight
    submitted_at: datetime | None
    received_at: datetime | None
    due_at: datetime | None
    explanation: tuple[str, ...]
    explanation_en: tuple[str, ...]
    steps: str
    timeline: tuple[tuple[datetime, str], ...]
    supplement: tuple[Mapping[str, Any], ...]  # what is missing, while the dossier is returned
    supplement_reason: str | None
    may_supplement: bool
    may_withdraw: bool
    may_pay: bool
    fee_amount: int | None  # đồng
    money: str
    delivery: str
    papers: tuple[PaperView, ...]
    uploaded: tuple[DocumentView, ...]  # by the citizen, since the dossier was returned
    tracking_url: str  # what the QR code holds
