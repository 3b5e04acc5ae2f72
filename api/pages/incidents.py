"""Incidents: what the system could not do by itself, how long it has waited, and what to do about it."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from api.context import engine
from api.i18n import _, pick
from api.security import officer, requires
from engine.domain.incident import NAMES, Remedy
from engine.domain.permission import Action, may_anywhere
from engine.errors import Invalid

pages = Blueprint("incidents", __name__, url_prefix="/su-co")

KINDS = {
    "command": "Lệnh của cán bộ không thực hiện được",
    "timer": "Mốc thời gian không chạy được",
    "job": "Bước tự động không làm được",
    "outbox": "Thông báo không gửi được",
    "replay": "Chạy lại lịch sử cho kết quả khác",
    "migration": "Chuyển phiên bản không thực hiện được",
}


@dataclass(frozen=True, slots=True)
class Refused:
    """What was typed for an incident and why that will not do."""

    id: UUID
    reason: str
    sentence: str


@pages.get("")
@requires(Action.VIEW_INCIDENTS)
def show() -> str:
    """Open incidents, oldest first, and what was dealt with last."""
    return _page()


@pages.post("/<uuid:dossier_id>/<uuid:incident_id>")
@requires(Action.REPAIR_INCIDENT)
def repair(dossier_id: UUID, incident_id: UUID) -> Response:
    """Deal with an incident in the way of the button pressed; without a reason the page comes back."""
    reason, remedy = request.form.get("reason", "")[:1000], request.form.get("remedy") or None
    try:
        outcome = engine().repairs.repair(officer(), dossier_id, incident_id, reason=reason, remedy=remedy)
    except Invalid as error:
        sentence = pick(*error.fields["reason"])
        return make_response(_page(Refused(incident_id, reason, sentence)), 422)
    flash(_("Đã xử lý sự cố của hồ sơ {number}; nhật ký hồ sơ có ghi.", number=outcome.number), "good")
    return redirect(url_for("incidents.show"), 303)


def _page(refused: Refused | None = None) -> str:
    return render_template(
        "oversight/incidents.html",
        incidents=engine().repairs.opened(officer()),
        closed=engine().repairs.closed(officer()),
        may_open=may_anywhere(officer(), Action.VIEW_DOSSIER),
        kind_words=kind_words,
        remedy_words=lambda remedy: pick(*NAMES[Remedy(remedy)]),
        age_words=age_words,
        refused=refused,
    )


def kind_words(kind: str) -> str:
    """What has gone wrong, in words."""
    return _(KINDS.get(kind, kind))


def age_words(age: timedelta) -> str:
    """How long something has waited, in its largest unit: 3 ngày."""
    if age >= timedelta(days=1):
        return _("{count} ngày", count=age.days)
    if age >= timedelta(hours=1):
        return _("{count} giờ", count=age // timedelta(hours=1))
    return _("{count} phút", count=age // timedelta(minutes=1))
