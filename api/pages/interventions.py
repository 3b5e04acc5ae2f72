"""Repairs that take two people: asked for on one page, decided on another."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from api.context import engine
from api.errors import status_of
from api.i18n import _, pick
from api.security import officer, requires
from engine.domain.intervention import NAMES, Intervention
from engine.domain.permission import Action, may_anywhere
from engine.errors import Forbidden, Invalid, MotcuaError, NotFound

pages = Blueprint("interventions", __name__, url_prefix="/can-thiep")

_LONGEST = 2000  # characters of a reason


@pages.get("")
@requires(Action.VIEW_INTERVENTIONS)
def show() -> str:
    """Requests that wait for a second person, and what was decided last."""
    return _list()


@pages.get("/de-nghi")
@requires(Action.REQUEST_INTERVENTION)
def choose() -> Response | str:
    """What could be asked for about the dossier ``?ho-so=``."""
    number = request.args.get("ho-so", "").strip()[:60]
    if not number:
        return redirect(url_for("interventions.show"), 303)
    try:
        return _form(number)
    except NotFound as error:
        return make_response(_list(pick(error.message("vi"), error.message("en")), number), 404)


@pages.post("/de-nghi/<number>")
@requires(Action.REQUEST_INTERVENTION)
def ask(number: str) -> Response:
    """Lay a repair before a second person."""
    typed = {name: text[:_LONGEST] for name, text in request.form.items() if name != "csrf_token"}
    try:
        kind = _kind(typed.get("kind", ""))
        details = _details(number, kind, typed)
        engine().interventions.request(officer(), number, kind, details, reason=typed.get("reason", ""))
    except (Forbidden, NotFound):
        raise
    except MotcuaError as refused:
        return make_response(_form(number, typed, _told(refused)), status_of(refused))
    flash(_("Đã gửi đề nghị. Người khác phải duyệt thì mới thực hiện."), "good")
    return redirect(url_for("interventions.show"), 303)


@pages.post("/<uuid:dossier_id>/<uuid:request_id>/duyet")
@requires(Action.APPROVE_INTERVENTION)
def approve(dossier_id: UUID, request_id: UUID) -> Response:
    """The second person's yes: it is done at once."""
    note = request.form.get("note", "")[:_LONGEST]
    try:
        outcome = engine().interventions.approve(officer(), dossier_id, request_id, note=note)
    except (Forbidden, NotFound):
        raise
    except MotcuaError as refused:
        return make_response(_list(_told(refused)), status_of(refused))
    flash(
        _(
            "Đã thực hiện can thiệp ở hồ sơ {number}, lệnh số {sequence}.",
            number=outcome.number,
            sequence=outcome.sequence,
        ),
        "good",
    )
    return redirect(url_for("interventions.show"), 303)


@pages.post("/<uuid:dossier_id>/<uuid:request_id>/khong-duyet")
@requires(Action.VIEW_INTERVENTIONS)
def refuse(dossier_id: UUID, request_id: UUID) -> Response:
    """The second person's no, or the asker's own withdrawal."""
    note = request.form.get("note", "")[:_LONGEST]
    try:
        engine().interventions.refuse(officer(), dossier_id, request_id, reason=note)
    except (Forbidden, NotFound):
        raise
    except MotcuaError as refused:
        return make_response(_list(_told(refused)), status_of(refused))
    flash(_("Đã ghi không duyệt."), "good")
    return redirect(url_for("interventions.show"), 303)


def _list(refused: str = "", number: str = "") -> str:
    me = officer()
    return render_template(
        "interventions/list.html",
        waiting=engine().interventions.waiting(me),
        decided=engine().interventions.decided(me),
        kind_words=lambda kind: pick(*NAMES[Intervention(kind)]),
        may_ask=may_anywhere(me, Action.REQUEST_INTERVENTION),
        may_decide=may_anywhere(me, Action.APPROVE_INTERVENTION),
        may_open=may_anywhere(me, Action.VIEW_DOSSIER),
        me=me.key,
        refused=refused,
        number=number,
    )


def _form(number: str, typed: Mapping[str, str] | None = None, refused: str = "") -> str:
    return render_template(
        "interventions/ask.html",
        possible=engine().interventions.possible(officer(), number),
        typed=typed or {},
        refused=refused,
    )


def _kind(text: str) -> Intervention:
    try:
        return Intervention(text)
    except ValueError:
        raise Invalid({"kind": ("Chọn loại can thiệp.", "Choose what is to be done.")}) from None


def _details(number: str, kind: Intervention, typed: Mapping[str, str]) -> dict[str, Any]:
    """What a form says of a repair; of data only what differs from what the page showed."""
    if kind == Intervention.CORRECT:
        shown = {one.key: one.value for one in engine().interventions.possible(officer(), number).fields}
        given = {name.removeprefix("v."): text for name, text in typed.items() if name.startswith("v.")}
        return {"values": {name: text for name, text in given.items() if text != as_typed(shown.get(name))}}
    task, _separator, to = typed.get("place", "").partition("|")
    return {"task": task, "to": to}


def as_typed(value: Any) -> str:
    """A value as the page puts it into its field."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _told(refused: MotcuaError) -> str:
    if isinstance(refused, Invalid):
        return " ".join(pick(vi, en) for vi, en in refused.fields.values())
    return pick(refused.message("vi"), refused.message("en"))
