"""Papers of a dossier: as a page for the browser's printer and as PDF; issued ones, and the control slip."""

from uuid import UUID

from flask import Blueprint, Response, make_response, render_template, url_for

from api.context import engine
from api.papers import page_context, render_pdf
from api.security import officer, requires
from engine.domain.papers import Paper
from engine.domain.permission import Action

pages = Blueprint("papers", __name__, url_prefix="/ho-so/<number>/giay")


@pages.get("/<uuid:paper_id>")
@requires(Action.VIEW_DOSSIER)
def page(number: str, paper_id: UUID) -> str:
    """An issued paper, word for word. Raises NotFound."""
    pdf_url = url_for("papers.pdf", number=number, paper_id=paper_id)
    return _page(_issued(number, paper_id), number, pdf_url)


@pages.get("/<uuid:paper_id>.pdf")
@requires(Action.VIEW_DOSSIER)
def pdf(number: str, paper_id: UUID) -> Response:
    """The same as PDF, the same bytes every time. Raises NotFound."""
    return _pdf(_issued(number, paper_id), number)


@pages.get("/kiem-soat")
@requires(Action.VIEW_DOSSIER)
def control_slip(number: str) -> str:
    """The control slip as the dossier's history stands now. Raises NotFound."""
    pdf_url = url_for("papers.control_slip_pdf", number=number)
    return _page(engine().papers.control_slip(officer(), number), number, pdf_url)


@pages.get("/kiem-soat.pdf")
@requires(Action.VIEW_DOSSIER)
def control_slip_pdf(number: str) -> Response:
    """The same as PDF. Raises NotFound."""
    return _pdf(engine().papers.control_slip(officer(), number), number)


def _issued(number: str, paper_id: UUID) -> Paper:
    return Paper.from_json(engine().papers.content(officer(), number, paper_id))


def _page(paper: Paper, number: str, pdf_url: str) -> str:
    back_url = url_for("dossiers.show", number=number)
    return render_template("papers/paper.html", **page_context(paper, pdf_url=pdf_url, back_url=back_url))


def _pdf(paper: Paper, number: str) -> Response:
    response = make_response(render_pdf(paper))
    response.mimetype = "application/pdf"
    # Only letters that every browser takes in a header: the number is of digits, letters, dots and hyphens.
    name = "".join(
        letter
        for letter in f"{paper.name}-{number}"
        if letter.isascii() and (letter.isalnum() or letter in ".-_")
    )
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
