"""Finding dossiers: words without diacritics, and the usual filters."""

from collections.abc import Mapping
from typing import Any

from flask import render_template, request, url_for

from api.context import engine
from api.i18n import _
from api.pages.dossiers.room import pages
from api.pages.inbox import Chip
from api.pages.shell import word
from api.security import officer, requires
from engine.domain.permission import Action
from engine.dossiers import LIST_FILTERS

PAGE = 50  # lines
_LAST_PAGE = 200  # who needs more pages than these needs more words
_WORDS: Mapping[str, str] = {
    "all": "Tất cả",
    "open": "Đang giải quyết",
    "overdue": "Quá hạn",
    "due_soon": "Sắp đến hạn",
    "awaiting_supplement": "Chờ bổ sung",
    "result_ready": "Có kết quả",
    "finished": "Đã xong",
}


# Of what the figures count together: parameter of the address to its name in the engine.
_AMONG: Mapping[str, str] = {"co-quan": "agency", "thu-tuc": "procedure", "tinh-trang": "handling"}
_LONGEST = 40  # characters of a key


@pages.get("")
@requires(Action.VIEW_DOSSIER)
def search() -> str:
    """Dossiers the officer may see, newest first."""
    asked = _asked()
    page = min(max(request.args.get("trang", 1, type=int), 1), _LAST_PAGE)
    found = engine().dossiers.search(
        officer(),
        asked["tim"],
        only=asked["loc"],
        among={by: asked[name] for name, by in _AMONG.items() if asked[name]},
        limit=PAGE + 1,
        offset=(page - 1) * PAGE,
    )
    return render_template(
        "staff/dossiers.html",
        heading=_("Hồ sơ"),
        asked=asked,
        chips=_chips(asked),
        among=_among(asked),
        lines=found[:PAGE],
        next_url=_url(asked, trang=page + 1) if len(found) > PAGE else None,
        first_url=_url(asked) if page > 1 else None,
        replay=False,
    )


def _asked() -> dict[str, str]:
    """What the address asks for; what it leaves out is empty, all dossiers."""
    among = {name: request.args.get(name, "")[:_LONGEST].strip() for name in _AMONG}
    only = request.args.get("loc", "all")
    return {
        "tim": request.args.get("tim", "")[:200].strip(),
        "loc": only if only in LIST_FILTERS else "all",
        **among,
    }


def _chips(asked: Mapping[str, str]) -> list[Chip]:
    return [
        Chip(url=_url(asked, loc=only), text=_WORDS[only], count=None, current=only == asked["loc"])
        for only in LIST_FILTERS
    ]


def _among(asked: Mapping[str, str]) -> list[tuple[str, str]]:
    """What narrows the list, in words, each with the address that lets go of it."""
    words = {
        "co-quan": lambda key: engine().services.agency_name(key),
        "thu-tuc": lambda key: _("thủ tục {code}", code=key),
        "tinh-trang": lambda key: word("handling", key),
    }
    return [(words[name](asked[name]), _url(asked, **{name: ""})) for name in _AMONG if asked[name]]


def _url(asked: Mapping[str, str], **changed: object) -> str:
    wanted: dict[str, Any] = {name: value or None for name, value in {**asked, **changed}.items()}
    return url_for("dossiers.search", **wanted)
