"""What is shown of repairs that take two people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class OpenElement:
    """Something that waits in a dossier, and where its token could be moved."""

    task_id: UUID
    node: str
    name: str
    targets: tuple[tuple[str, str], ...]  # BPMN id and name


@dataclass(frozen=True, slots=True)
class CorrectableField:
    """A value of the document that may be put right."""

    key: str  # applicant.name for parts of the applicant
    label: str
    label_en: str
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Possible:
    """What could be asked for now."""

    number: str
    procedure_name: str
    handling: str
    sequence: int  # version of the dossier
    ended: bool
    elements: tuple[OpenElement, ...]
    fields: tuple[CorrectableField, ...]  # none for who may not see the dossier


@dataclass(frozen=True, slots=True, kw_only=True)
class InterventionLine:
    """A request, and what came of it."""

    dossier_id: UUID
    id: UUID
    dossier_number: str
    procedure_name: str
    kind: str  # engine.domain.intervention.Intervention
    element: str | None  # name of the open element it is about
    to: str | None
    values: Mapping[str, Any]  # to be written; only their names for who may not see the dossier
    before: Mapping[str, Any]
    reason: str
    requested_at: datetime
    requested_by: str
    requested_by_name: str | None
    state: str  # engine.domain.intervention.Stage
    decided_at: datetime | None
    decided_by_name: str | None
    note: str | None
    sequence: int | None  # of the command that did it
