"""Who is signed in, who may come in, and the headers that keep a page to itself."""

import functools
import secrets
from collections.abc import Callable
from typing import ParamSpec, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Request, Response, g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_wtf.csrf import CSRFProtect

from api.settings import Settings
from engine.domain.actor import OfficerActor
from engine.domain.permission import Action, require_anywhere
from engine.engine import Engine
from engine.errors import MotcuaError

P = ParamSpec("P")
R = TypeVar("R")

PUBLIC = "public"
_EXTENSION = "motcua-security"
_API = "/api/"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class SignInNeeded(MotcuaError):
    """Nobody is signed in, or the session is over."""

    code = "sign-in-needed"
    vi = "Phiên làm việc đã hết hoặc chưa đăng nhập. Đăng nhập rồi thực hiện lại."
    en = "Your session is over or you have not signed in. Sign in and try again."


class ForeignRequest(MotcuaError):
    """A request that another site made the browser send."""

    code = "foreign-request"
    vi = "Yêu cầu không xuất phát từ trang của Trung tâm nên không được thực hiện. Mở lại trang và thử lại."
    en = "The request did not come from a page of the centre and was not carried out. Open the page again."


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Declare that anybody may come here."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def requires(action: Action) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare the right that a route needs; whether it covers one dossier is asked by the engine."""

    def declare(view: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            require_anywhere(officer(), action)
            return view(*args, **kwargs)

        guarded.access = action.value  # type: ignore[attr-defined]
        return guarded

    return declare


def signed_in(view: Callable[P, R]) -> Callable[P, R]:
    """Declare that any officer may come here: one's own account, signing out."""

    @functools.wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        officer()
        return view(*args, **kwargs)

    guarded.access = "signed_in"  # type: ignore[attr-defined]
    return guarded


def current_actor() -> OfficerActor | None:
    """The officer of this request, or None."""
    actor: OfficerActor | None = g.get("actor")
    return actor


def officer() -> OfficerActor:
    """The officer of this request; raises SignInNeeded."""
    actor = current_actor()
    if actor is None:
        raise SignInNeeded()
    return actor


def is_api() -> bool:
    """Whether a program asks: it is answered in JSON and brings no cookies."""
    return request.path.startswith(_API)


class PageSession(SecureCookieSessionInterface):
    """The signed cookie in which pages keep tokens of forms and messages; programs have no forms."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if request.method not in _SAFE and request.path.startswith(_API):
            return None
        return super().open_session(app, request)


class Security:
    """Hooks of an app: session, foreign requests, headers."""

    def __init__(self, app: Flask, engine: Engine, settings: Settings) -> None:
        self._engine = engine
        self._settings = settings
        self.cookie = "__Host-motcua" if settings.https else "motcua"
        app.secret_key = settings.secret
        app.config.update(
            SESSION_COOKIE_NAME="__Host-motcua-form" if settings.https else "motcua-form",
            SESSION_COOKIE_SECURE=settings.https,
            SESSION_COOKIE_HTTPONLY=True,
            SESSION_COOKIE_SAMESITE="Lax",
            WTF_CSRF_TIME_LIMIT=None,
            WTF_CSRF_CHECK_DEFAULT=False,
            WTF_CSRF_SSL_STRICT=False,
        )
        app.session_interface = PageSession()
        self._csrf = CSRFProtect(app)
        app.before_request(self._recognise)
        app.before_request(self._refuse_foreign)
        app.after_request(self._seal)
        app.extensions[_EXTENSION] = self
        self._headers = {
            **_HEADERS,
            **({"Strict-Transport-Security": "max-age=31536000"} if settings.https else {}),
        }

    def _recognise(self) -> None:
        """Find the officer behind the cookie (pages) or the bearer token (programs), never both."""
        g.request_id = secrets.token_hex(8)
        g.actor = g.token = None
        if request.endpoint == "static":
            return
        if is_api():
            scheme, _, token = request.headers.get("Authorization", "").partition(" ")
            g.token = token.strip() if scheme.lower() == "bearer" else None
        else:
            g.token = request.cookies.get(self.cookie)
        if g.token:
            g.actor = self._engine.officers.session(g.token)

    def _refuse_foreign(self) -> None:
        """Unsafe requests of a page must come from a page of ours and carry its token."""
        if request.method in _SAFE or is_api():
            return
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            raise ForeignRequest()
        origin = request.headers.get("Origin")
        if origin not in (None, "null") and urlsplit(origin).netloc != request.host:
            raise ForeignRequest()
        self._csrf.protect()

    def begin(self, response: Response, token: str) -> None:
        """Give the browser the session's token."""
        response.set_cookie(
            self.cookie, token, secure=self._settings.https, httponly=True, samesite="Lax", path="/"
        )

    def end(self, response: Response) -> None:
        """Take the session's token from the browser."""
        response.delete_cookie(
            self.cookie, secure=self._settings.https, httponly=True, samesite="Lax", path="/"
        )

    def _seal(self, response: Response) -> Response:
        wanted = {**self._headers, "X-Request-Id": g.get("request_id", "")}
        if request.endpoint != "static":
            # What one officer sees must not be kept for the next one at the same counter.
            wanted["Cache-Control"] = "no-store"
            response.vary.add("Cookie")
        there = {name.lower() for name, _text in response.headers}
        response.headers.extend((name, text) for name, text in wanted.items() if name.lower() not in there)
        return response


def security(app: Flask) -> Security:
    """The security of an app, for the pages that begin and end sessions."""
    found: Security = app.extensions[_EXTENSION]
    return found
