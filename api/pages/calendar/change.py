"""Changing the calendar: a decree is entered, what it would do is shown, and then it is put in force."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping

import structlog
from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from api.context import engine
from api.i18n import _, pick
from api.pages.calendar.compared import compared
from api.pages.calendar.entering import LARGEST, Entered, entered
from api.pages.calendar.room import pages
from api.pages.calendar.show import chosen_of
from api.security import officer, requires
from engine.calendars import Replanned
from engine.clock import vietnam
from engine.domain.calendar import BadCalendar
from engine.domain.permission import Action
from engine.errors import Invalid

log = structlog.get_logger("motcua.web")

FIRST = 20  # dossiers of the list; the rest is counted
# The forms of the page, each with the field where a calendar is wrong as a whole.
_FORMS = {"off": "off.first", "swap": "swap.off", "file": "file.calendar"}


@pages.get("/sua")
@requires(Action.DECIDE_CALENDAR)
def enter() -> str:
    """Enter a decree: days off, a swap, or the whole file."""
    return _form({}, {})


@pages.post("/sua")
@requires(Action.DECIDE_CALENDAR)
def check() -> str | tuple[str, int]:
    """What the entered calendar would change; nothing is stored."""
    what = request.form.get("what", "")
    what = what if what in _FORMS else "file"
    typed = {name: text for name, text in request.form.items() if name.startswith(f"{what}.")}
    today = vietnam(engine().clock.now()).date()
    current = chosen_of(engine().calendars.versions())
    try:
        return _foreseen(entered(what, typed, _sent(), current.content, today), current.version)
    except Invalid as refused:
        errors = {name: pick(vi, en) for name, (vi, en) in refused.fields.items()}
    except BadCalendar as refused:  # the text can be read, but no open dossier could be reckoned by it
        errors = {_FORMS[what]: pick(refused.message("vi"), refused.message("en"))}
    return _form(typed, errors), 422


@pages.post("/ban-hanh")
@requires(Action.DECIDE_CALENDAR)
def decide() -> Response:
    """Put what was shown in force: a new version, every open dossier reckoned anew, citizens told."""
    reason, seen = request.form.get("reason", "").strip(), request.form.get("seen", type=int)
    content = _unpacked(request.form.get("calendar", ""))
    if not content or not reason or seen is None:
        vi = "Trang thiếu lịch hoặc quyết định. Nhập lại thay đổi rồi ban hành."
        raise Invalid({"calendar": (vi, "The page lacks the calendar or its decision. Enter it again.")})
    outcome = engine().calendars.ordain(officer(), content, reason=reason, seen=seen)
    return _announced(outcome)


@pages.post("/tinh-lai")
@requires(Action.DECIDE_CALENDAR)
def resume() -> Response:
    """Reckon those dossiers anew that an interrupted round has left behind."""
    return _announced(engine().calendars.resume(officer()))


def _announced(outcome: Replanned) -> Response:
    log.info(
        "calendar.in_force",
        version=outcome.version,
        looked_at=outcome.looked_at,
        moved=outcome.moved,
        failed=outcome.failed,
        by=officer().key,
    )
    told = _(
        "Lịch phiên bản {version} đang áp dụng. Đã tính lại {looked_at} hồ sơ, {moved} hồ sơ đổi ngày hẹn; "
        "người nộp của các hồ sơ ấy được báo.",
        version=outcome.version,
        looked_at=outcome.looked_at,
        moved=outcome.moved,
    )
    flash(told, "good")
    if outcome.failed:
        words = "{failed} hồ sơ chưa tính lại được. Xem mục Sự cố, khắc phục rồi bấm «Tính lại»."
        flash(_(words, failed=outcome.failed), "error")
    return redirect(url_for("calendar.show"), 303)


def _foreseen(new: Entered, seen: int) -> str:
    current = chosen_of(engine().calendars.versions(), seen)
    today = vietnam(engine().clock.now()).date()
    foreseen = engine().calendars.foresee(officer(), new.content)
    return render_template(
        "calendar/checked.html",
        compared=compared(current.content, new.content, today),
        looked_at=foreseen.looked_at,
        moved=foreseen.moved[:FIRST],
        moved_count=len(foreseen.moved),
        reason=new.reason,
        packed=b64encode(new.content.encode()).decode(),
        seen=seen,
    )


def _form(typed: Mapping[str, str], errors: Mapping[str, str]) -> str:
    listed = [("o-" + name.replace(".", "-"), sentence) for name, sentence in errors.items()]
    current = chosen_of(engine().calendars.versions())
    return render_template("calendar/change.html", version=current, typed=typed, told=errors, errors=listed)


def _sent() -> bytes:
    file = request.files.get("file.calendar")
    # One byte more than is taken: enough to refuse it.
    return file.stream.read(LARGEST + 1) if file is not None else b""


def _unpacked(packed: str) -> str:
    try:
        return b64decode(packed, validate=True).decode()
    except (NotBase64, ValueError):
        return ""
