"""Dealing with incidents: failed work is tried again, passed over or given up, with a reason in history."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from engine.advance import Outcome, Services
from engine.advance.execute import execute
from engine.advance.permits import NOBODY, permit_repair
from engine.clock import Clock
from engine.domain.actor import OfficerActor, officer_of
from engine.domain.command import Command, Kind
from engine.domain.incident import remedies
from engine.domain.permission import Action, require_anywhere
from engine.errors import Invalid
from engine.store import incidents, people
from engine.store.database import Connection, Database, Row
from engine.views import IncidentLine


class Repairs:
    """What a person may do about an incident."""

    def __init__(self, database: Database, services: Services, clock: Clock) -> None:
        self._database = database
        self._services = services
        self._clock = clock

    def opened(self, officer: OfficerActor) -> list[IncidentLine]:
        """Open incidents, oldest first; for those who watch over the system. Raises Forbidden."""
        return self._listed(officer, incidents.opened)

    def closed(self, officer: OfficerActor) -> list[IncidentLine]:
        """What was dealt with last, newest first. Raises Forbidden."""
        return self._listed(officer, incidents.closed)

    def _listed(
        self, officer: OfficerActor, query: Callable[[Connection], Sequence[Row[Any]]]
    ) -> list[IncidentLine]:
        require_anywhere(officer, Action.VIEW_INCIDENTS)
        now = self._clock.now()
        with self._database.reading() as connection:
            found = query(connection)
            closers = {who for row in found if (who := officer_of(row.closed_by or "")) is not None}
            names = people.names(connection, closers)
            return [self._line(connection, row, names, now) for row in found]

    def _line(
        self, connection: Connection, row: Row[Any], names: Mapping[UUID, str], now: datetime
    ) -> IncidentLine:
        definition = self._services.definition(connection, row.bundle) if row.bundle else None
        node = definition.nodes.get(row.node) if definition and row.node else None
        closer = officer_of(row.closed_by or "")
        return IncidentLine(
            dossier_id=row.dossier_id,
            id=row.id,
            dossier_number=row.number,
            procedure_name=row.procedure_name,
            kind=row.kind,
            node=row.node,
            node_name=node.name if node else None,
            message=row.message,
            opened_at=row.opened_at,
            age=(row.closed_at or now) - row.opened_at,
            remedies=tuple(remedies(row.kind)),
            closed_at=row.closed_at,
            closed_by_name=names.get(closer, "Cán bộ") if closer else None,
            reason=row.reason,
        )

    def repair(
        self,
        officer: OfficerActor,
        dossier_id: UUID,
        incident_id: UUID,
        *,
        reason: str,
        remedy: str | None = None,
    ) -> Outcome:
        """Deal with an incident: try again what had failed, pass it over, give it up, or merely close it.

        Without ``remedy`` the usual one of its kind, see ``engine.domain.incident``. Raises Forbidden,
        Invalid without a reason, IncidentClosed when somebody was faster, NoRemedy.
        """
        require_anywhere(officer, Action.REPAIR_INCIDENT)
        if not reason.strip():
            raise Invalid({"reason": ("Nêu đã làm gì để khắc phục sự cố.", "Say what was done about it.")})
        command = Command(
            kind=Kind.REPAIR,
            by=NOBODY,
            at=self._clock.now(),
            reason=reason.strip(),
            details={"incident": str(incident_id), **({"remedy": remedy} if remedy else {})},
        )
        permit = permit_repair(officer)
        return execute(self._database, self._services, dossier_id, command, permit=permit)
