"""Two languages: Vietnamese text is the key, English is looked up; what has no English stays Vietnamese."""

import json
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, g, has_request_context, request

LANGUAGES = ("vi", "en")
COOKIE = "lang"
_YEAR = 365 * 24 * 3600  # seconds a choice is remembered
_ENGLISH = Path(__file__).parent / "locale" / "en"  # one file a room


@lru_cache(maxsize=1)
def catalogue() -> dict[str, str]:
    """Vietnamese text to English text."""
    found: dict[str, str] = {}
    for path in sorted(_ENGLISH.glob("*.json")):
        found.update(json.loads(path.read_text(encoding="utf-8")))
    return found


def language() -> str:
    """The language of this request: ``?lang=``, else the cookie, else Vietnamese."""
    if not has_request_context():
        return "vi"
    chosen: str | None = g.get("lang")  # asked for some hundred times a page
    if chosen is None:
        wanted = request.args.get("lang") or request.cookies.get(COOKIE)
        chosen = g.lang = wanted if wanted in LANGUAGES else "vi"
    return chosen


def _(text: str, **values: object) -> str:
    """The text in the language of the request, ``{names}`` filled in."""
    spoken = catalogue().get(text, text) if language() == "en" else text
    return spoken.format(**values) if values else spoken


def pick(vi: str, en: str) -> str:
    """One of two sentences that are already there in both languages."""
    return en if language() == "en" else vi


def init_app(app: Flask) -> None:
    """Give templates ``_`` and ``lang``, and remember a choice in a cookie."""
    app.jinja_env.globals.update({"_": _, "pick": pick, "lang": language})

    @app.after_request
    def remember(response: Response) -> Response:
        chosen = request.args.get("lang")
        if chosen in LANGUAGES:
            response.set_cookie(
                COOKIE, chosen, max_age=_YEAR, httponly=True, samesite="Lax", secure=request.is_secure
            )
        return response
