"""Reports: figures and the register, always within what the officer may see."""

from datetime import datetime
from typing import Any

from flask import Response

from api.context import engine
from api.resources.papers import as_pdf
from api.resources.resource import Resource
from api.schemas.reports import CountsSchema, PeriodSchema, RegisterSchema
from api.security import officer, requires
from engine.domain.permission import Action

resource = Resource("reports", "Số liệu và sổ theo dõi hồ sơ.")


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


@resource.get("/reports/register/pdf", summary="Sổ theo dõi trong kỳ (PDF)")
@requires(Action.VIEW_REGISTER)
@resource.arguments(PeriodSchema, location="query")
@resource.file("application/pdf", "PDF/A, phông chữ nhúng sẵn.")
def register_pdf(period: dict[str, datetime]) -> Response:
    """The register as the paper that is kept."""
    return as_pdf(engine().papers.register(officer(), period["since"], period["until"]))
