"""Tracking: what citizens do without an account, known by the code on their slip."""

from typing import Any
from uuid import UUID

from flask import Response, request

from api.context import engine
from api.resources.documents import upload_of
from api.resources.once import once, request_key
from api.resources.papers import as_pdf
from api.resources.resource import Resource
from api.schemas.documents import DocumentSchema, UploadSchema
from api.schemas.dossiers import OnlineIntakeSchema
from api.schemas.tracking import StandingSchema, SupplementSchema, TrackingSchema, WithdrawalSchema
from api.security import public
from engine.domain.actor import CitizenActor
from engine.domain.papers import Paper
from engine.intake import Intake
from engine.views import TrackingView

resource = Resource("tracking", "Người dân: nộp trực tuyến, tra cứu, bổ sung, rút hồ sơ bằng mã tra cứu.")


@resource.post("/tracking", summary="Nộp hồ sơ trực tuyến, không cần tài khoản")
@public
@once
@resource.arguments(OnlineIntakeSchema)
@resource.response(201, StandingSchema)
def submit(intake: dict[str, Any]) -> Any:
    """Begin a dossier from home; the answer holds the tracking code."""
    citizen = CitizenActor(token=request_key())
    return engine().dossiers.submit(citizen, Intake(**intake, channel="online"), key=citizen.token)


@resource.get("/tracking/<code>", summary="Hồ sơ đang ở đâu, cần làm gì")
@public
@resource.response(200, TrackingSchema)
def show(code: str) -> dict[str, Any]:
    """Where the dossier behind a code stands; wrong and absent codes are answered alike."""
    view = _tracked(code)
    names = TrackingSchema().fields
    timeline = [{"at": at, "text": text} for at, text in view.timeline]
    return {**{name: getattr(view, name) for name in names}, "timeline": timeline}


@resource.post("/tracking/<code>/supplements", summary="Báo đã nộp đủ phần bổ sung")
@public
@once
@resource.arguments(SupplementSchema)
@resource.response(200, StandingSchema)
def supplement(sent: dict[str, str], code: str) -> Any:
    """Hand in what was missing; the clock does what the procedure says."""
    answers = {"supplement_note": sent["note"]} if sent.get("note") else {}
    return engine().dossiers.supplement(_exact(code), answers)


@resource.post("/tracking/<code>/withdrawals", summary="Rút hồ sơ")
@public
@once
@resource.arguments(WithdrawalSchema)
@resource.response(200, StandingSchema)
def withdraw(sent: dict[str, str], code: str) -> Any:
    """Take the dossier back while nothing has been decided."""
    return engine().dossiers.withdraw(_exact(code), sent["reason"])


@resource.post("/tracking/<code>/documents", summary="Gửi một tệp giấy tờ")
@public
@once
@resource.arguments(UploadSchema, location="multipart")
@resource.response(201, DocumentSchema)
def attach(sent: dict[str, Any], code: str) -> Any:
    """Add one file to one's own dossier."""
    return engine().documents.add_by_citizen(_exact(code), **upload_of(sent))


@resource.get("/tracking/<code>/papers/<uuid:paper_id>/pdf", summary="Tải giấy hẹn, phiếu yêu cầu (PDF)")
@public
@resource.file("application/pdf", "PDF/A, phông chữ nhúng sẵn.")
def pdf(code: str, paper_id: UUID) -> Response:
    """A paper of one's own dossier."""
    return as_pdf(Paper.from_json(engine().papers.content_for_citizen(_exact(code), paper_id)))


def _tracked(code: str) -> TrackingView:
    """What the citizen sees; raises NotFound, and TooManyMisses for an address that guesses."""
    return engine().tracking.by_code(code, address=request.remote_addr or "")


def _exact(code: str) -> str:
    """The code as it is kept: people type it in small letters and in groups."""
    return _tracked(code).tracking_code
