"""A version on its way: submitted, approved by a second person, given back, brought live, retired."""

from collections.abc import Callable

from flask import flash, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from api.context import engine
from api.errors import status_of
from api.i18n import _, pick
from api.pages.procedures.catalogue import page
from api.pages.procedures.room import pages
from api.security import officer, requires
from engine.domain.permission import Action
from engine.errors import Forbidden, Invalid, MotcuaError, NotFound
from engine.procedures import ProcedureVersion

_HERE = "/<code>/ban/<int:number>"
_LONGEST = 1000  # characters of a reason


@pages.post(f"{_HERE}/trinh-duyet")
@requires(Action.CHECK_PROCEDURE)
def submit(code: str, number: int) -> Response:
    """Lay a draft before a second person."""
    return _done(
        code,
        number,
        lambda text: engine().versions.submit(officer(), code, number, reason=text),
        _("Đã trình bản {number}. Người duyệt phải là người khác.", number=number),
    )


@pages.post(f"{_HERE}/tra-lai")
@requires(Action.APPROVE_PROCEDURE)
def give_back(code: str, number: int) -> Response:
    """Give a version back to its author."""
    return _done(
        code,
        number,
        lambda text: engine().versions.give_back(officer(), code, number, reason=text),
        _("Đã trả lại bản {number} để sửa.", number=number),
    )


@pages.post(f"{_HERE}/phe-duyet")
@requires(Action.APPROVE_PROCEDURE)
def approve(code: str, number: int) -> Response:
    """The second person's yes."""
    return _done(
        code,
        number,
        lambda text: engine().versions.approve(officer(), code, number, decision=text),
        _("Đã phê duyệt bản {number}.", number=number),
    )


@pages.post(f"{_HERE}/ap-dung")
@requires(Action.RELEASE_PROCEDURE)
def release(code: str, number: int) -> Response:
    """Bring an approved version live."""
    running = engine().procedures.running().get(code, 0)
    return _done(
        code,
        number,
        lambda text: engine().versions.release(officer(), code, number, reason=text),
        _(
            "Đã áp dụng bản {number}. Hồ sơ nộp từ lúc này theo bản {number}; {running} hồ sơ đang giải "
            "quyết giữ bản mà chúng đã bắt đầu.",
            number=number,
            running=running,
        ),
    )


@pages.post(f"{_HERE}/ngung")
@requires(Action.RELEASE_PROCEDURE)
def retire(code: str, number: int) -> Response:
    """Offer a version no longer, or give up one that is not live."""
    return _done(
        code,
        number,
        lambda text: engine().versions.retire(officer(), code, number, reason=text),
        _("Đã ngừng bản {number}. Hồ sơ đang giải quyết vẫn theo bản này đến hết.", number=number),
    )


def _done(code: str, number: int, act: Callable[[str], ProcedureVersion], sentence: str) -> Response:
    """Act and show the version; what was refused is told on the same page, with what was typed."""
    text = request.form.get("text", "").strip()[:_LONGEST]
    try:
        act(text)
    except (Forbidden, NotFound):
        raise
    except MotcuaError as refused:
        told = pick(refused.message("vi"), refused.message("en"))
        if isinstance(refused, Invalid):
            told = " ".join(pick(vi, en) for vi, en in refused.fields.values())
        return make_response(page(code, number, refused=told, typed=text), status_of(refused))
    flash(sentence, "good")
    return redirect(url_for("procedures.version", code=code, number=number), 303)
