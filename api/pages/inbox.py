"""The inbox: what an officer has to do, most urgent first."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for

from api.context import engine
from api.i18n import _
from api.security import officer, requires
from engine.advance.commands import TaskClaimed, TaskClosed
from engine.domain.permission import Action
from engine.tasks import INBOX_FILTERS

pages = Blueprint("inbox", __name__)

PAGE = 50  # lines
_TRIES = 5  # tasks that others may snatch away before "claim next" gives up
_WORDS: Mapping[str, str] = {
    "all": "Tất cả",
    "mine": "Của tôi",
    "free": "Chưa ai nhận",
    "overdue": "Quá hạn",
    "due_soon": "Sắp đến hạn",
    "paused": "Chờ bổ sung",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A filter with what it holds."""

    url: str
    text: str
    count: int | None
    current: bool
    tone: str = ""


@pages.get("/hop-viec")
@requires(Action.VIEW_INBOX)
def show() -> str:
    """A page of the inbox. Raises Invalid for an address somebody has bent."""
    only = request.args.get("loc", "all")
    only = only if only in INBOX_FILTERS else "all"
    cursor = request.args.get("tu") or None
    page = engine().tasks.inbox(officer(), only=only, cursor=cursor, limit=PAGE)
    further = url_for("inbox.show", loc=only, tu=page.next_cursor) if page.next_cursor else None
    return render_template(
        "staff/inbox.html",
        chips=_chips(only),
        lines=page.lines,
        next_url=further,
        first_url=url_for("inbox.show", loc=only) if cursor else None,
        me=officer().officer_id,
    )


@pages.post("/hop-viec/viec-tiep")
@requires(Action.VIEW_INBOX)
def claim_next() -> Response:
    """Take the most urgent step that nobody has, and go to it."""
    for line in engine().tasks.inbox(officer(), only="free", limit=_TRIES).lines:
        try:
            engine().tasks.claim(officer(), line.dossier_id, line.task_id)
        except (TaskClaimed, TaskClosed):
            continue
        return make_response(redirect(url_for("dossiers.show", number=line.number, viec=line.task_id), 303))
    flash(_("Không còn việc nào chưa có người nhận."), "good")
    return make_response(redirect(url_for("inbox.show"), 303))


def _chips(current: str) -> list[Chip]:
    counts = engine().tasks.counts(officer())
    return [
        Chip(
            url=url_for("inbox.show", loc=only),
            text=_WORDS[only],
            count=counts[only],
            current=only == current,
            tone="late" if only == "overdue" else "",
        )
        for only in INBOX_FILTERS
    ]
