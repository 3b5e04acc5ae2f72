"""Following a dossier by the code on the slip: where it stands, why it is due then, what was issued."""

from uuid import UUID

from flask import Response, make_response, redirect, render_template, request, url_for

from api.context import engine
from api.i18n import _, language, pick
from api.pages.citizen.room import pages
from api.papers.page import page_context
from api.papers.pdf import render_pdf
from api.security import public
from engine.domain.milestone import MILESTONES
from engine.domain.papers import Paper
from engine.errors import MotcuaError, NotFound
from engine.tracking import TooManyMisses
from engine.views import TrackingView

_LONGEST = 40  # characters of a typed code, hyphens and spaces among them
_ENGLISH = {milestone.vi: milestone.en for milestone in MILESTONES.values()}
_FINISHED = ("handed_over", "refused", "declined", "withdrawn", "stopped")


@pages.get("/tra-cuu")
@public
def track() -> Response:
    """Ask for the code; a typed one leads to its dossier."""
    typed = request.args.get("ma", "").strip()[:_LONGEST]
    code = "".join(sign for sign in typed if sign.isalnum())
    if code:
        return make_response(redirect(url_for("citizen.tracked", code=code.upper()), 303))
    missing = _("Nhập mã tra cứu ghi trên giấy hẹn.") if "ma" in request.args else ""
    return _ask(typed, missing, 422 if missing else 200)


@pages.get("/tra-cuu/<code>")
@public
def tracked(code: str) -> Response:
    """The dossier behind a code, or the question again: wrong and absent codes are answered alike."""
    try:
        view = by_code(code)
    except (NotFound, TooManyMisses) as refused:
        status = 429 if isinstance(refused, TooManyMisses) else 404
        return _ask(code[:_LONGEST], _sentence(refused), status)
    return make_response(dossier_page(view))


@pages.get("/tra-cuu/<code>/giay/<uuid:paper_id>")
@public
def paper(code: str, paper_id: UUID) -> str:
    """A paper issued to the citizen, for the browser's own printer. Raises NotFound."""
    view = by_code(code)
    content = engine().papers.content_for_citizen(view.tracking_code, paper_id)
    pdf_url = url_for("citizen.paper_pdf", code=view.tracking_code, paper_id=paper_id)
    back_url = url_for("citizen.tracked", code=view.tracking_code)
    return render_template(
        "papers/paper.html", **page_context(Paper.from_json(content), pdf_url=pdf_url, back_url=back_url)
    )


@pages.get("/tra-cuu/<code>/giay/<uuid:paper_id>.pdf")
@public
def paper_pdf(code: str, paper_id: UUID) -> Response:
    """The same as PDF. Raises NotFound."""
    issued = Paper.from_json(engine().papers.content_for_citizen(by_code(code).tracking_code, paper_id))
    response = make_response(render_pdf(issued))
    response.content_type = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{issued.name}-{issued.version}.pdf"'
    return response


def by_code(code: str) -> TrackingView:
    """The dossier behind a code as it was typed. Raises NotFound, TooManyMisses."""
    return engine().tracking.by_code(code[:_LONGEST], address=request.remote_addr or "")


def dossier_page(view: TrackingView, errors: list[tuple[str, str]] | None = None, note: str = "") -> str:
    """The page of a dossier, with what is wrong with a supplement that was just sent."""
    return render_template(
        "citizen/tracked.html",
        density="normal",
        view=view,
        errors=errors or [],
        wrong=dict(errors or []),
        note=note,
        finished=view.handling in _FINISHED,
        timeline=[(at, pick(text, _ENGLISH.get(text, text))) for at, text in view.timeline],
        explanation=[one[:1].upper() + one[1:] for one in _explanation(view)],
    )


def _explanation(view: TrackingView) -> tuple[str, ...]:
    return view.explanation_en if language() == "en" else view.explanation


def _sentence(error: MotcuaError) -> str:
    return pick(error.message("vi"), error.message("en"))


def _ask(typed: str, problem: str, status: int) -> Response:
    errors = [("o-ma", problem)] if problem else []
    page = render_template(
        "citizen/track.html", density="normal", typed=typed, errors=errors, problem=problem
    )
    return make_response(page, status)
