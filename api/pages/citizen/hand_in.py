"""The end of an application: files with a tick each, one look at everything, and the tracking code."""

from collections.abc import Mapping
from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from markupsafe import Markup

from api.context import engine
from api.i18n import _, language, pick
from api.pages.citizen.apply import next_url, step_page
from api.pages.citizen.room import pages
from api.pages.citizen.steps import APPLICANT, DOCUMENTS, FORM, REVIEW, Application, application
from api.qr import qr_svg
from api.security import public
from engine.domain.form import check, shown
from engine.domain.upload import MAX_FILES, UploadRefused
from engine.errors import Invalid


@pages.route("/nop/<code>/<token>/giay-to", methods=["GET", "POST"])
@public
def apply_documents(code: str, token: str) -> Response:
    """Files for each document; every button keeps what was chosen, so that no scan is sent twice."""
    found = application(code, token)
    if found.draft.tracking_code:
        return _done(found)
    if request.method == "GET":
        return _documents_page(found, [])
    if "remove" in request.form:
        required_id, _sign, sha256 = request.form["remove"].partition("|")
        engine().drafts.remove_file(token, required_id, sha256)
        return _go(found.url(DOCUMENTS))
    problems = _store(found)
    finished = not problems and "next" in request.form
    engine().drafts.save(token, DOCUMENTS, done=finished)
    if problems:
        return _documents_page(application(code, token), problems)
    return _go(next_url(found, DOCUMENTS) if finished else found.url(DOCUMENTS))


def _documents_page(found: Application, errors: list[tuple[str, str]]) -> Response:
    return step_page(
        found,
        DOCUMENTS,
        errors=errors,
        needed=found.needed(),
        wrong=dict(errors),
        files={one.id: [f for f in found.draft.files if f.required_id == one.id] for one in found.needed()},
        limit=MAX_FILES,
    )


def _store(found: Application) -> list[tuple[str, str]]:
    problems = []
    for document in found.needed():
        for file in request.files.getlist(f"file.{document.id}"):
            if not file.filename:
                continue
            try:
                engine().drafts.add_file(
                    found.token, document.id, name=file.filename, content=file.stream.read()
                )
            except UploadRefused as refused:
                sentence = pick(refused.message("vi"), refused.message("en"))
                problems.append((f"o-file-{document.id}", sentence))
    return problems


@pages.route("/nop/<code>/<token>/kiem-tra-lai", methods=["GET", "POST"])
@public
def apply_review(code: str, token: str) -> Response:
    """Everything once more, each part with a way to change it; then hand in: once, however often sent."""
    found = application(code, token)
    if found.draft.tracking_code:
        return _done(found)
    if request.method == "GET":
        return _review_page(found, {})
    try:
        engine().drafts.hand_in(token)
    except Invalid as refused:
        return _review_page(found, refused.fields)
    return _done(found)


def _review_page(found: Application, problems: Mapping[str, tuple[str, str]]) -> Response:
    errors = [(_place(found, name), pick(*sentence)) for name, sentence in problems.items()]
    return step_page(
        found,
        REVIEW,
        errors=errors,
        answers=_answers(found),
        missing=found.missing(),
        unfinished=found.unfinished(),
        names={one.id: one.name for one in found.version.facts.documents},
    )


def _place(found: Application, name: str) -> str:
    """The address of the field that a sentence is about."""
    if name.startswith("applicant.") or name == "result_channel":
        return f"{found.url(APPLICANT)}?sua=1#o-{name.replace('.', '-')}"
    if name.startswith("documents"):
        return f"{found.url(DOCUMENTS)}?sua=1"
    return f"{found.url(FORM)}?sua=1#o-f-{name.replace('.', '-')}"


def _answers(found: Application) -> list[tuple[str, str]]:
    """Question and answer of the form as people read them."""
    if not found.form:
        return []
    result = check(found.form, found.draft.answers, found.scope)
    lines = []
    for field in found.form.each():
        if field.answered and field.key in result.values:
            lines.append((pick(field.label, field.label_en), _written(field, result.values[field.key])))
    return lines


def _written(field: Any, value: Any) -> str:
    if field.kind == "checkbox":
        return _("Có") if value else _("Không")
    if field.kind != "dynamiclist":
        return shown(field, value, language()) or "—"
    rows = [
        "; ".join(shown(cell, row.get(cell.key), language()) for cell in field.fields if row.get(cell.key))
        for row in value
    ]
    return "\n".join(rows) or "—"


@pages.get("/nop/<code>/<token>/da-nop")
@public
def apply_done(code: str, token: str) -> Response:
    """The confirmation: tracking code, QR, what happens next."""
    found = application(code, token)
    if found.draft.tracking_code is None:
        return _go(found.url(found.unfinished() or REVIEW))
    # Not counted as a guess: who has just handed in must see his code, whoever guesses at his address.
    view = engine().tracking.by_code(found.draft.tracking_code)
    qr = Markup(qr_svg(view.tracking_url))  # noqa: S704 -- made by segno
    return make_response(render_template("citizen/apply_done.html", density="normal", view=view, qr=qr))


def _done(found: Application) -> Response:
    return _go(url_for("citizen.apply_done", code=found.version.code, token=found.token))


def _go(url: str) -> Response:
    return make_response(redirect(url, 303))
