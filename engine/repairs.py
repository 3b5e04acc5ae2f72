"""Dealing with incidents: failed work is tried again, and history says who asked for it and why."""

from uuid import UUID

from engine.advance import Outcome, Services
from engine.advance.execute import execute
from engine.advance.permits import NOBODY, permit_repair
from engine.clock import Clock
from engine.domain.actor import OfficerActor
from engine.domain.command import Command, Kind
from engine.domain.permission import Action, require_anywhere
from engine.errors import Invalid
from engine.store.database import Database


class Repairs:
    """What a person may do about an incident."""

    def __init__(self, database: Database, services: Services, clock: Clock) -> None:
        self._database = database
        self._services = services
        self._clock = clock

    def repair(self, officer: OfficerActor, dossier_id: UUID, incident_id: UUID, *, reason: str) -> Outcome:
        """Close the incident and put the dossier's failed jobs and effects back to work.

        Raises Forbidden, Invalid without a reason, IncidentClosed when somebody was faster.
        """
        require_anywhere(officer, Action.REPAIR_INCIDENT)
        if not reason.strip():
            raise Invalid({"reason": ("Nêu đã làm gì để khắc phục sự cố.", "Say what was done about it.")})
        command = Command(
            kind=Kind.REPAIR,
            by=NOBODY,
            at=self._clock.now(),
            reason=reason.strip(),
            details={"incident": str(incident_id)},
        )
        permit = permit_repair(officer)
        return execute(self._database, self._services, dossier_id, command, permit=permit)
