"""Applying from home without an account: one topic a page, kept after every page, handed in once."""

from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request, url_for

from api.context import engine
from api.i18n import _, pick
from api.pages.citizen.procedure import channels_of
from api.pages.citizen.room import pages
from api.pages.citizen.steps import APPLICANT, FORM, REVIEW, Application, application
from api.pages.forms import ADD, answers_from, first_typed, form_view, only_shown_again
from api.security import public
from engine.domain.applicant import FIELDS, checked_applicant
from engine.domain.dossier import Channel
from engine.domain.form import check
from engine.intake import RESULT_CHANNELS

_LONGEST = 500  # characters kept of one field of the applicant; what is too long is said by the check

Problems = dict[str, tuple[str, str]]


@pages.get("/nop/<code>")
@public
def apply(code: str) -> str:
    """What will be asked and what to have at hand; beginning is a button, for it makes a draft."""
    version = engine().procedures.get(code)
    online = Channel.ONLINE in channels_of(version.facts)
    return render_template(
        "citizen/apply.html", density="normal", version=version, facts=version.facts, online=online
    )


@pages.post("/nop/<code>")
@public
def apply_begin(code: str) -> Response:
    """A new draft. Raises NotFound, Invalid when the procedure is not taken online."""
    token = engine().drafts.begin(code)
    return _go(url_for("citizen.apply_applicant", code=code, token=token))


@pages.get("/nop/<code>/<token>")
@public
def apply_resume(code: str, token: str) -> Response:
    """Go on where the citizen stopped."""
    found = application(code, token)
    return _closed(found) or _go(found.url(found.unfinished() or REVIEW))


@pages.post("/nop/<code>/<token>/xoa")
@public
def apply_discard(code: str, token: str) -> Response:
    """Throw the draft away: on a shared computer nothing shall stay behind."""
    engine().drafts.discard(token)
    flash(_("Đã xóa bản nháp. Hồ sơ chưa được nộp."), "good")
    return _go(url_for("citizen.procedure", code=code))


@pages.route("/nop/<code>/<token>/nguoi-nop", methods=["GET", "POST"])
@public
def apply_applicant(code: str, token: str) -> Response:
    """Who applies, and where the result shall go."""
    found = application(code, token)
    if found.draft.tracking_code:
        return _closed(found) or _go("/")
    if request.method == "GET":
        return _applicant_page(found, dict(found.draft.applicant), found.draft.result_channel, {})
    typed = {name: request.form.get(f"applicant.{name}", "")[:_LONGEST] for name in FIELDS}
    channel = request.form.get("result_channel", "")
    _values, problems = checked_applicant(typed)
    if channel not in RESULT_CHANNELS:
        problems["result_channel"] = ("Chọn nơi nhận kết quả.", "Choose where to get the result.")
    kept = channel if channel in RESULT_CHANNELS else found.draft.result_channel
    engine().drafts.save(token, APPLICANT, done=not problems, applicant=typed, result_channel=kept)
    if problems:
        return _applicant_page(found, typed, channel, problems)
    return _go(next_url(found, APPLICANT))


def _applicant_page(found: Application, typed: dict[str, str], channel: str, problems: Problems) -> Response:
    sentences = {name: pick(*sentence) for name, sentence in problems.items()}
    errors = [(f"o-{name.replace('.', '-')}", sentence) for name, sentence in sentences.items()]
    return step_page(
        found, APPLICANT, errors=errors, values=typed, result_channel=channel, sentences=sentences
    )


@pages.route("/nop/<code>/<token>/to-khai", methods=["GET", "POST"])
@public
def apply_form(code: str, token: str) -> Response:
    """The procedure's own form."""
    found = application(code, token)
    if found.draft.tracking_code or not found.form:
        return _closed(found) or _go(next_url(found, APPLICANT))
    if request.method == "GET":
        typed = {**first_typed(found.form), **found.draft.answers}
        return _form_page(found, typed, {})
    typed = answers_from(request.form)
    problems = dict(check(found.form, typed, found.scope).errors)
    again = only_shown_again(request.form)
    engine().drafts.save(token, FORM, done=not problems and not again, answers=typed)
    if again:
        return _form_page(found, typed, {})
    return _form_page(found, typed, problems) if problems else _go(next_url(found, FORM))


def _form_page(found: Application, typed: dict[str, Any], problems: Problems) -> Response:
    view = form_view(found.form, typed, scope=found.scope, errors=problems, add=request.form.get(ADD, ""))
    return step_page(found, FORM, errors=view.problems, form=view)


def step_page(found: Application, step: str, *, errors: list[tuple[str, str]], **context: Any) -> Response:
    """A page of the application with its bar; 422 when something has to be mended."""
    page = render_template(
        f"citizen/apply_{step}.html",
        density="normal",
        application=found,
        version=found.version,
        draft=engine().drafts.get(found.token),
        bar=found.bar(step),
        back="sua" in request.values,
        errors=errors,
        **context,
    )
    return make_response(page, 422 if errors else 200)


def next_url(found: Application, step: str) -> str:
    """Where a finished step leads: to the review when it was opened from there."""
    return found.url(REVIEW) if "sua" in request.form else found.after(step)


def _closed(found: Application) -> Response | None:
    """The way to the confirmation, once the draft has become a dossier."""
    if found.draft.tracking_code is None:
        return None
    return _go(url_for("citizen.apply_done", code=found.version.code, token=found.token))


def _go(url: str) -> Response:
    return make_response(redirect(url, 303))
