"""Finding dossiers: words without diacritics, and the usual filters."""

from collections.abc import Mapping

from flask import render_template, request, url_for

from api.context import engine
from api.i18n import _
from api.pages.dossiers.room import pages
from api.pages.inbox import Chip
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


@pages.get("")
@requires(Action.VIEW_DOSSIER)
def search() -> str:
    """Dossiers the officer may see, newest first."""
    text = request.args.get("tim", "")[:200].strip()
    only = request.args.get("loc", "all")
    only = only if only in LIST_FILTERS else "all"
    page = min(max(request.args.get("trang", 1, type=int), 1), _LAST_PAGE)
    found = engine().dossiers.search(officer(), text, only=only, limit=PAGE + 1, offset=(page - 1) * PAGE)
    return render_template(
        "staff/dossiers.html",
        heading=_("Hồ sơ"),
        text=text,
        only=only,
        chips=_chips(text, only),
        lines=found[:PAGE],
        next_url=_url(text, only, page + 1) if len(found) > PAGE else None,
        first_url=_url(text, only, 1) if page > 1 else None,
        replay=False,
    )


def _chips(text: str, current: str) -> list[Chip]:
    return [
        Chip(url=_url(text, only, 1), text=_WORDS[only], count=None, current=only == current)
        for only in LIST_FILTERS
    ]


def _url(text: str, only: str, page: int) -> str:
    return url_for("dossiers.search", tim=text or None, loc=only, trang=page if page > 1 else None)
