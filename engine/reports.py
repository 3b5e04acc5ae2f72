"""Figures of the centre: how many came, are open, are late; and the register of dossiers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from engine.advance import Services
from engine.clock import Clock
from engine.domain.actor import OfficerActor
from engine.domain.permission import Action, require_anywhere
from engine.reading import Reader
from engine.store import dossiers as rows
from engine.store import visibility, work
from engine.store.database import Database
from engine.views import DossierLine


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentLine:
    """An open incident."""

    dossier_id: UUID
    id: UUID
    dossier_number: str | None
    procedure_name: str | None
    kind: str
    node: str | None
    message: str
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Dossiers of one agency, procedure or status."""

    key: str
    name: str
    total: int
    open: int
    overdue: int


class Reports:
    """Reading over many dossiers, always within what the officer may see."""

    def __init__(self, database: Database, services: Services, clock: Clock, reader: Reader) -> None:
        self._database = database
        self._services = services
        self._clock = clock
        self._reader = reader

    def counts(self, officer: OfficerActor) -> Mapping[str, int]:
        """How many dossiers each filter of the list holds."""
        now = self._clock.now()
        with self._database.reading() as connection:
            visible = visibility.visible_dossiers(officer)
            return {
                only: rows.count(connection, visible, rows.list_filter(only, now))
                for only in rows.LIST_FILTERS
            }

    def tallies(self, officer: OfficerActor, by: str) -> list[Tally]:
        """Dossiers by agency, procedure or handling, most overdue first. Raises Forbidden, KeyError."""
        require_anywhere(officer, Action.VIEW_REPORTS)
        now = self._clock.now()
        with self._database.reading() as connection:
            found = rows.tally(connection, visibility.visible_dossiers(officer), by, now)
        name = self._services.agency_name if by == "agency" else str
        return [
            Tally(key=key, name=name(title), total=total, open=still, overdue=late)
            for key, title, total, still, late in found
        ]

    def register(self, officer: OfficerActor, since: datetime, until: datetime) -> list[DossierLine]:
        """Dossiers received in a period, in the order of receipt: the register of TT 03/2025/TT-VPCP."""
        now = self._clock.now()
        with self._database.reading() as connection:
            found = rows.received_between(connection, visibility.visible_dossiers(officer), since, until)
            return [self._reader.line(connection, row, now) for row in found]

    def incidents(self, officer: OfficerActor) -> list[IncidentLine]:
        """Open incidents, oldest first; for those who watch over the system."""
        require_anywhere(officer, Action.VIEW_INCIDENTS)
        with self._database.reading() as connection:
            return [
                IncidentLine(
                    dossier_id=row.dossier_id,
                    id=row.id,
                    dossier_number=row.number,
                    procedure_name=row.procedure_name,
                    kind=row.kind,
                    node=row.node,
                    message=row.message,
                    opened_at=row.opened_at,
                )
                for row in work.incidents(connection)
            ]
