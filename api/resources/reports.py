"""Reports: figures, the register, incidents; always within what the officer may see."""

from datetime import datetime
from typing import Any

from api.context import engine
from api.resources.resource import Resource
from api.schemas.reports import CountsSchema, IncidentsSchema, PeriodSchema, RegisterSchema
from api.security import officer, requires
from engine.domain.permission import Action

resource = Resource("reports", "Số liệu, sổ theo dõi hồ sơ và sự cố.")


@resource.get("/reports/counts", summary="Số hồ sơ theo từng bộ lọc")
@requires(Action.VIEW_REPORTS)
@resource.response(200, CountsSchema)
def counts() -> Any:
    """How many dossiers came, are open, are late."""
    return engine().reports.counts(officer())


@resource.get("/reports/register", summary="Sổ theo dõi: hồ sơ tiếp nhận trong kỳ")
@requires(Action.VIEW_REGISTER)
@resource.arguments(PeriodSchema, location="query")
@resource.response(200, RegisterSchema)
def register(period: dict[str, datetime]) -> dict[str, Any]:
    """Dossiers received in a period, in the order of receipt (TT 03/2025/TT-VPCP)."""
    return {"items": engine().reports.register(officer(), period["since"], period["until"])}


@resource.get("/incidents", summary="Sự cố đang mở")
@requires(Action.VIEW_INCIDENTS)
@resource.response(200, IncidentsSchema)
def incidents() -> dict[str, Any]:
    """Open incidents, oldest first."""
    return {"items": engine().reports.incidents(officer())}
