"""Papers: what the centre has issued, as content and as PDF."""

from typing import Any
from uuid import UUID

from flask import Response

from api.context import engine
from api.papers import render_pdf
from api.resources.files import as_file
from api.resources.resource import ETAG, Resource
from api.resources.versions import tagged
from api.schemas.papers import PaperContentSchema, PapersSchema
from api.security import officer, requires
from engine.domain.papers import Paper
from engine.domain.permission import Action

resource = Resource("papers", "Giấy do Trung tâm ban hành: nội dung và PDF.")


@resource.get("/dossiers/<number>/papers", summary="Giấy đã ban hành của hồ sơ")
@requires(Action.VIEW_DOSSIER)
@resource.response(200, PapersSchema, headers=ETAG)
def list_(number: str) -> Any:
    """Statutory papers of a dossier, newest last."""
    view = engine().dossiers.get(officer(), number)
    return tagged({"items": view.papers}, view.line.sequence)


@resource.get("/dossiers/<number>/papers/<uuid:paper_id>", summary="Nội dung một giấy đã ban hành")
@requires(Action.VIEW_DOSSIER)
@resource.response(200, PaperContentSchema)
def content(number: str, paper_id: UUID) -> dict[str, Any]:
    """The content of a paper as it was frozen when it was issued."""
    return {"content": engine().papers.content(officer(), number, paper_id)}


@resource.get("/dossiers/<number>/papers/<uuid:paper_id>/pdf", summary="Bản PDF của một giấy đã ban hành")
@requires(Action.VIEW_DOSSIER)
@resource.file("application/pdf", "PDF/A, phông chữ nhúng sẵn.")
def pdf(number: str, paper_id: UUID) -> Response:
    """The paper as PDF/A; equal bytes whenever it is asked for."""
    return as_pdf(Paper.from_json(engine().papers.content(officer(), number, paper_id)))


@resource.get("/dossiers/<number>/control-slip", summary="Phiếu kiểm soát quá trình, theo nhật ký lúc này")
@requires(Action.VIEW_DOSSIER)
@resource.response(200, PaperContentSchema)
def control_slip(number: str) -> dict[str, Any]:
    """Who had the dossier, from when to when, made from history at this moment."""
    return {"content": engine().papers.control_slip(officer(), number).to_json()}


@resource.get("/dossiers/<number>/control-slip/pdf", summary="Phiếu kiểm soát quá trình (PDF)")
@requires(Action.VIEW_DOSSIER)
@resource.file("application/pdf", "PDF/A, phông chữ nhúng sẵn.")
def control_slip_pdf(number: str) -> Response:
    """The same, to be printed and put with the dossier."""
    return as_pdf(engine().papers.control_slip(officer(), number))


def as_pdf(paper: Paper) -> Response:
    """A paper as a PDF to be saved."""
    return as_file(render_pdf(paper), media_type="application/pdf", name=f"{paper.name}-{paper.code}.pdf")
