"""Signing in and out. The password itself never comes back to the page."""

from urllib.parse import urlsplit

from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)

from api.context import engine
from api.i18n import pick
from api.pages.shell import home_of
from api.security import Security, current_actor, public, security
from engine.errors import MotcuaError
from engine.officers import SignInRefused, TooManyAttempts

pages = Blueprint("sign_in", __name__)

_KEPT = "kept."  # fields of a form that came after the session had ended


@pages.route("/dang-nhap", methods=["GET", "POST"])
@public
def form() -> Response:
    """Ask for name and password; lead to where the officer wanted to go."""
    wanted = _inside(request.values.get("next", ""))
    if request.method == "GET":
        actor = current_actor()
        return make_response(redirect(wanted or home_of(actor), 303) if actor else _form("", [], wanted))
    username = request.form.get("username", "")
    try:
        session = engine().officers.sign_in(
            username,
            request.form.get("password", ""),
            ip=request.remote_addr or "",
            agent=request.user_agent.string,
        )
    except (SignInRefused, TooManyAttempts) as refused:
        return _again(username, refused, wanted)
    g.actor = session.officer
    response = _kept_page() or make_response(redirect(wanted or home_of(session.officer), 303))
    _security().begin(response, session.token)
    return response


@pages.post("/dang-xuat")
@public
def sign_out() -> Response:
    """End the session in the database and in the browser."""
    if g.token:
        engine().officers.sign_out(g.token)
    response = make_response(redirect(url_for("citizen.home"), 303))
    _security().end(response)
    return response


def _security() -> Security:
    return security(current_app)


def _again(username: str, refused: MotcuaError, wanted: str) -> Response:
    sentence = pick(refused.message("vi"), refused.message("en"))
    status = 429 if isinstance(refused, TooManyAttempts) else 401
    return make_response(_form(username, [("o-username", sentence)], wanted), status)


def _form(username: str, errors: list[tuple[str, str]], wanted: str) -> str:
    url, kept = _kept()
    return render_template(
        "staff/sign_in.html", username=username, errors=errors, next_url=wanted, kept_url=url, kept=kept
    )


def _kept() -> tuple[str, list[tuple[str, str]]]:
    """Where a form was sent when its session was over, and what it had brought."""
    fields = request.form.items(multi=True)
    return _inside(request.form.get("kept_url", "")), [
        (name.removeprefix(_KEPT), text) for name, text in fields if name.startswith(_KEPT)
    ]


def _kept_page() -> Response | None:
    """The form of the session before, to be sent again by the officer's own hand; None without one."""
    url, kept = _kept()
    return make_response(render_template("staff/send_again.html", url=url, kept=kept)) if url else None


def _inside(url: str) -> str:
    """The address when it is a path of our own, else nothing: nobody shall be led away by a link."""
    parts = urlsplit(url)
    fine = url.startswith("/") and not url.startswith("//") and "\\" not in url
    return url if fine and not parts.scheme and not parts.netloc else ""
