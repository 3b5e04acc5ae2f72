"""Repairs that take two people: asked for, approved, refused."""

from typing import Any
from uuid import UUID

from api.context import engine
from api.resources.once import once
from api.resources.resource import ETAG, Resource
from api.resources.versions import on_version, seen_version, tagged
from api.schemas.dossiers import OutcomeSchema
from api.schemas.interventions import (
    ApproveSchema,
    InterventionsSchema,
    PossibleSchema,
    RequestedSchema,
    RequestSchema,
)
from api.schemas.procedures import ReasonSchema
from api.security import officer, requires
from engine.domain.intervention import Intervention
from engine.domain.permission import Action

resource = Resource("interventions", "Can thiệp hồ sơ bằng hai người: đề nghị, duyệt, không duyệt.")

_ONE = "/interventions/<uuid:dossier_id>/<uuid:intervention_id>"


@resource.get("/interventions", summary="Đề nghị can thiệp: đang chờ và đã quyết định gần đây")
@requires(Action.VIEW_INTERVENTIONS)
@resource.response(200, InterventionsSchema)
def list_() -> dict[str, Any]:
    """Requests that wait, oldest first, then what was decided last."""
    asked = engine().interventions
    return {"items": [*asked.waiting(officer()), *asked.decided(officer())]}


@resource.get("/dossiers/<number>/interventions", summary="Có thể đề nghị can thiệp gì ở một hồ sơ")
@requires(Action.REQUEST_INTERVENTION)
@resource.response(200, PossibleSchema, headers=ETAG)
def possible(number: str) -> Any:
    """Open elements and where they could move, values that may be corrected."""
    found = engine().interventions.possible(officer(), number)
    elements = [
        {
            "task_id": one.task_id,
            "node": one.node,
            "name": one.name,
            "targets": [{"node": node, "name": name} for node, name in one.targets],
        }
        for one in found.elements
    ]
    names = ("number", "procedure_name", "handling", "ended", "fields")
    return tagged({**{name: getattr(found, name) for name in names}, "elements": elements}, found.sequence)


@resource.post("/dossiers/<number>/interventions", summary="Đề nghị can thiệp, chờ người thứ hai duyệt")
@requires(Action.REQUEST_INTERVENTION)
@once
@on_version
@resource.arguments(RequestSchema)
@resource.response(201, RequestedSchema)
def ask(sent: dict[str, Any], number: str) -> dict[str, UUID]:
    """Lay a repair before a second person; nothing happens to the dossier yet."""
    details: dict[str, Any] = {name: sent[name] for name in ("task", "to", "values") if name in sent}
    kind = Intervention(sent["kind"])
    dossier_id, identity = engine().interventions.request(
        officer(), number, kind, details, reason=sent["reason"], seen=seen_version()
    )
    return {"dossier_id": dossier_id, "id": identity}


@resource.post(f"{_ONE}/approval", summary="Duyệt và thực hiện một can thiệp; người đề nghị không tự duyệt")
@requires(Action.APPROVE_INTERVENTION)
@once
@resource.arguments(ApproveSchema)
@resource.response(200, OutcomeSchema, headers=ETAG)
def approve(sent: dict[str, str], dossier_id: UUID, intervention_id: UUID) -> Any:
    """The second person's yes: done at once, as one command that names both."""
    outcome = engine().interventions.approve(officer(), dossier_id, intervention_id, note=sent["note"])
    return tagged(outcome, outcome.sequence)


@resource.post(f"{_ONE}/refusal", summary="Không duyệt một can thiệp, hoặc rút đề nghị của mình")
@requires(Action.VIEW_INTERVENTIONS)
@once
@resource.arguments(ReasonSchema)
@resource.response(204)
def refuse(sent: dict[str, str], dossier_id: UUID, intervention_id: UUID) -> None:
    """The second person's no, with its reason."""
    engine().interventions.refuse(officer(), dossier_id, intervention_id, reason=sent["reason"])
