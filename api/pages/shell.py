"""What every page has around it: who is signed in, where one can go, how values read."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for
from markupsafe import Markup

from api.context import engine
from api.i18n import _
from api.pages import wording
from api.security import current_actor
from engine.domain.actor import OfficerActor
from engine.domain.milestone import MILESTONES
from engine.domain.permission import Action, may_anywhere

CENTRE_NAME, CENTRE_PLACE = "Trung tâm Phục vụ hành chính công", "tỉnh Nghệ An"

# Menu of those who are signed in: the right it needs, the endpoint, the words.
_STAFF = (
    (Action.VIEW_INBOX, "inbox.show", "Hộp việc"),
    (Action.SUBMIT_DOSSIER, "reception.find", "Tiếp nhận"),
    (Action.VIEW_DOSSIER, "dossiers.search", "Hồ sơ"),
    (Action.REPLAY_HISTORY, "audit.search", "Kiểm tra"),
    (Action.VIEW_PROCEDURES, "procedures.catalogue", "Quy trình"),
    (Action.VIEW_REGISTER, "oversight.register", "Sổ theo dõi"),
    (Action.VIEW_REPORTS, "oversight.figures", "Số liệu"),
    (Action.VIEW_INCIDENTS, "incidents.show", "Sự cố"),
    (Action.VIEW_INTERVENTIONS, "interventions.show", "Can thiệp"),
    (Action.DECIDE_CALENDAR, "calendar.show", "Lịch làm việc"),
)
_PUBLIC = (("citizen.home", "Thủ tục"), ("citizen.track", "Tra cứu hồ sơ"))


@dataclass(frozen=True, slots=True)
class Item:
    """One link of the menu."""

    url: str
    text: str
    current: bool


def init_app(app: Flask) -> None:
    """Give templates their words, filters and surroundings."""
    app.jinja_env.globals.update(
        moment=wording.moment,
        day=wording.day,
        weekday=lambda at: _(wording.weekday(at)),
        clock_time=wording.clock_time,
        money=wording.money,
        file_size=wording.size,
        tracking_code=wording.code,
        json_value=wording.value,
        word=word,
        HANDLING_TONE=wording.HANDLING_TONE,
    )
    app.jinja_env.filters["milestone_word"] = milestone_word
    app.jinja_env.filters["role_word"] = lambda role: word("role", role)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(surroundings)


def word(table: str, value: str | None) -> str:
    """The word of a table of ``wording`` in this request's language; an unknown value stands for itself."""
    return _(wording.TABLES[table].get(value or "", value or ""))


def milestone_word(name: str) -> str:
    """A milestone as people call it."""
    milestone = MILESTONES.get(name)
    return _(milestone.vi) if milestone else name


def surroundings() -> dict[str, Any]:
    """What base.html needs on every page."""
    actor = current_actor()
    return {
        "centre_name": CENTRE_NAME,
        "centre_place": CENTRE_PLACE,
        "officer": actor,
        "officer_place": place_of(actor) if actor else "",
        "nav": _menu(),
        "lang_url": lang_url,
    }


def place_of(actor: OfficerActor) -> str:
    """Where an officer works: his roles and agencies in words."""
    services = engine().services
    places: dict[str, list[str]] = {}
    for posting in actor.postings:
        places.setdefault(services.agency_name(posting.agency), []).append(word("role", posting.role))
    return "; ".join(f"{', '.join(roles)}, {name}" for name, roles in places.items())


def home_of(actor: OfficerActor) -> str:
    """Where an officer's day begins: the first room of his menu."""
    first = next((endpoint for action, endpoint, _text in _STAFF if may_anywhere(actor, action)), None)
    return url_for(first or "citizen.home")


def _menu() -> tuple[Item, ...]:
    actor = current_actor()
    if actor is None:
        links = list(_PUBLIC)
    else:
        links = [(endpoint, text) for action, endpoint, text in _STAFF if may_anywhere(actor, action)]
    here = (request.endpoint or "").split(".")[0]
    return tuple(
        Item(url_for(endpoint), text, request.endpoint == endpoint or _stands_for(endpoint, here, links))
        for endpoint, text in links
    )


def _stands_for(endpoint: str, here: str, links: list[tuple[str, str]]) -> bool:
    """Whether a page is marked by this link: below its address, or of the same room as its only link."""
    if request.path.startswith(f"{url_for(endpoint)}/"):
        return True
    same_room = [other for other, _text in links if other.split(".")[0] == here]
    return same_room == [endpoint] and request.endpoint not in {other for other, _text in links}


def lang_url(lang: str) -> str:
    """This page in the other language."""
    arguments = {**request.args.to_dict(), "lang": lang}
    if request.endpoint is None or request.method != "GET":
        return url_for("citizen.home", lang=lang)
    return url_for(request.endpoint, **{**(request.view_args or {}), **arguments})


def breakable(text: str) -> Markup:
    """A number or address that may break after its hyphens and slashes on a narrow screen."""
    return Markup("<wbr>").join(Markup.escape(part) for part in text.replace("-", "-\0").split("\0"))
