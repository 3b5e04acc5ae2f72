"""Incidents: looked through, and dealt with."""

from typing import Any
from uuid import UUID

from api.context import engine
from api.resources.once import once
from api.resources.resource import ETAG, Resource
from api.resources.versions import tagged
from api.schemas.dossiers import OutcomeSchema
from api.schemas.incidents import IncidentsSchema, RepairSchema
from api.security import officer, requires
from engine.domain.permission import Action

resource = Resource("incidents", "Sự cố: xem và xử lý.")


@resource.get("/incidents", summary="Sự cố đang mở")
@requires(Action.VIEW_INCIDENTS)
@resource.response(200, IncidentsSchema)
def list_() -> dict[str, Any]:
    """Open incidents, oldest first."""
    return {"items": engine().repairs.opened(officer())}


@resource.post(
    "/incidents/<uuid:dossier_id>/<uuid:incident_id>/repairs",
    summary="Xử lý sự cố: chạy lại, bỏ qua, thôi hoặc đóng",
)
@requires(Action.REPAIR_INCIDENT)
@once
@resource.arguments(RepairSchema)
@resource.response(200, OutcomeSchema, headers=ETAG)
def repair(sent: dict[str, str], dossier_id: UUID, incident_id: UUID) -> Any:
    """Try again, skip, give up or close, by the kind of trouble; the reason stands in history."""
    outcome = engine().repairs.repair(
        officer(), dossier_id, incident_id, reason=sent["reason"], remedy=sent.get("remedy")
    )
    return tagged(outcome, outcome.sequence)
