"""What is shown of a migration of running dossiers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from engine.domain.mapping import Difference


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """An element of the old version, what it is in the new one, and what else it could be."""

    element: str
    name: str
    kind: str
    to: str | None
    candidates: tuple[tuple[str, str], ...]  # BPMN id and name, of the same kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a migration would do to one dossier; nothing was done."""

    number: str
    before: tuple[str, ...]  # names of open steps
    goes: bool
    reason: str  # why not
    reason_en: str
    after: tuple[str, ...]
    next_steps: tuple[str, ...]  # what may follow the open steps on the new version
    timers: tuple[tuple[str, datetime | None], ...]  # event and its date, which stays


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Two versions held against each other, and each running dossier tried out in memory."""

    code: str
    source: int
    target: int
    differences: tuple[Difference, ...]
    pairings: tuple[Pairing, ...]  # those that are not simply the same id come first
    mapping: Mapping[str, str]
    verdicts: tuple[Verdict, ...]
    running: int  # dossiers of the old version; more than were tried when they are very many


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """One dossier of a migration."""

    number: str
    state: str  # engine.domain.migration.ItemState
    message: str | None
    sequence: int | None  # of the command that moved it
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationView:
    """A migration and what came of it so far."""

    id: UUID
    code: str
    source: int
    target: int
    mapping: Mapping[str, str]
    reason: str
    state: str  # engine.domain.migration.Stage
    requested_at: datetime
    requested_by: str
    requested_by_name: str
    decided_at: datetime | None
    decided_by_name: str | None
    note: str | None
    counts: Mapping[str, int]  # ItemState to dossiers
    items: tuple[ItemLine, ...]  # empty in lists
