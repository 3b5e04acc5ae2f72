"""What officers do with a dossier: take, return and finish a step, note a message, move the appointment.

Whoever was too late gets the page as it is now, with the reason and with what he had typed.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from uuid import UUID

from flask import Response, flash, make_response, redirect, request, url_for

from api.context import engine
from api.errors import status_of
from api.i18n import _, pick
from api.pages.dossiers.room import pages
from api.pages.dossiers.show import page
from api.pages.dossiers.work import Typed, message_of
from api.pages.forms import Errors, answers_from, only_shown_again
from api.pages.wording import moment
from api.security import officer, requires
from engine.clock import VIETNAM, vietnam
from engine.domain.form.notation import Misread
from engine.domain.form.notation import day as read_day
from engine.domain.form.notation import moment as read_moment
from engine.domain.permission import Action
from engine.errors import Forbidden, Invalid, MotcuaError, NotFound

_LONGEST = 200  # characters of a date that is still worth reading


@pages.post("/<number>/nhan-viec")
@requires(Action.COMPLETE_TASK)
def claim(number: str) -> Response:
    """Take a step."""

    def act() -> str:
        engine().tasks.claim(officer(), number, _task())
        return _("Ông/bà đã nhận việc này.")

    return _done(number, Typed(), act, step=request.form.get("task"))


@pages.post("/<number>/tra-viec")
@requires(Action.COMPLETE_TASK)
def release(number: str) -> Response:
    """Give a step back to all of the role."""

    def act() -> str:
        engine().tasks.release(officer(), number, _task())
        return _("Đã trả việc để người khác nhận.")

    return _done(number, Typed(), act)


@pages.post("/<number>/hoan-thanh")
@requires(Action.COMPLETE_TASK)
def complete(number: str) -> Response:
    """Finish a step with its answers and decision, if the dossier is still as the officer saw it."""
    answers = answers_from(request.form)
    typed = Typed(
        task=_task(),
        answers=answers,
        decision=request.form.get("decision", ""),
        reason=request.form.get("reason", ""),
        add=request.form.get("_add", ""),
    )
    if only_shown_again(request.form):
        return make_response(page(number, typed, "cong-viec"))

    def act() -> str:
        given = {"decision": typed.decision, "reason": typed.reason}
        whole = {**answers, **{name: text for name, text in given.items() if text}}
        dossier = engine().dossiers.get(officer(), number)
        name = next((one.name for one in dossier.tasks if one.task_id == typed.task), "")
        engine().tasks.complete(officer(), dossier.line.id, _task(), answers=whole, seen=_seen())
        return _("Đã hoàn thành: {step}", step=name)

    return _done(number, typed, act)


@pages.post("/<number>/ghi-nhan")
@requires(Action.DELIVER_MESSAGE)
def deliver(number: str) -> Response:
    """Note at the counter that what the dossier waits for has come."""
    message = message_of(request.form.get("message", "")[:60])
    texts = {name: request.form.get(f"message.{name}", "") for name, _label, _required in message.fields}
    typed = Typed(message=message.name, texts=texts)

    def act() -> str:
        errors = {
            name: (f"Nhập «{label}».", "Fill this in.")
            for name, label, required in message.fields
            if required and not texts[name].strip()
        }
        if errors:
            raise Invalid(errors)
        engine().dossiers.deliver(officer(), number, message.name, texts, seen=_seen())
        return _("Đã ghi nhận: {what}", what=_(message.title))

    return _done(number, typed, act, prefix="message.")


@pages.post("/<number>/hen-lai")
@requires(Action.EXTEND_DEADLINE)
def extend(number: str) -> Response:
    """Apologise and give a new appointment; the apology is issued as a paper at once."""
    typed = Typed(
        due_at=request.form.get("extension.due_at", ""), ground=request.form.get("extension.reason", "")
    )

    def act() -> str:
        line = engine().dossiers.get(officer(), number).line
        due = _appointment(typed.due_at[:_LONGEST], line.due_at)
        outcome = engine().dossiers.extend(officer(), line.id, due_at=due, reason=typed.ground, seen=_seen())
        return _("Đã hẹn lại: {due}. Phiếu xin lỗi đã được lập.", due=moment(outcome.due_at))

    return _done(number, typed, act, prefix="extension.")


def _done(
    number: str,
    typed: Typed,
    act: Callable[[], str],
    *,
    prefix: str = "",
    step: str | None = None,
) -> Response:
    """Act and go on to the dossier; or show the page as it is now, what was typed, and why it was not done.

    ``prefix`` is that of the page's fields, for the errors of the engine.
    """
    try:
        sentence = act()
    except (NotFound, Forbidden):
        raise
    except Invalid as refused:
        errors: Errors = {prefix + name: sentences for name, sentences in refused.fields.items()}
        return _refused(number, typed, refused, errors)
    except MotcuaError as refused:
        return _refused(number, typed, refused, {})
    flash(sentence, "good")
    return make_response(redirect(url_for("dossiers.show", number=number, viec=step), 303))


def _refused(number: str, typed: Typed, refused: MotcuaError, errors: Errors) -> Response:
    sentence = "" if errors else pick(refused.message("vi"), refused.message("en"))
    again = replace(typed, errors=errors, sentence=sentence)
    return make_response(page(number, again, "cong-viec"), status_of(refused))


def _task() -> UUID:
    try:
        return UUID(request.form.get("task", ""))
    except ValueError:
        raise NotFound(what=_("việc này trong hồ sơ")) from None


def _seen() -> int:
    """The version of the dossier that the officer had before him. Raises Invalid when the page lost it."""
    seen = request.form.get("seen", type=int)
    if seen is None:
        raise Invalid(
            {"seen": ("Trang thiếu phiên bản hồ sơ. Mở lại trang rồi làm lại.", "Open the page again.")}
        )
    return seen


def _appointment(text: str, old: datetime | None) -> datetime:
    """A new appointment; a day alone means the hour of the old one. Raises Invalid."""
    try:
        if " " in text.strip() or "T" in text:
            return datetime.fromisoformat(read_moment(text))
        at = vietnam(old).timetz() if old else time(17, tzinfo=VIETNAM)
        return datetime.combine(datetime.fromisoformat(read_day(text)).date(), at)
    except Misread as problem:
        raise Invalid({"due_at": problem.sentence}) from None
