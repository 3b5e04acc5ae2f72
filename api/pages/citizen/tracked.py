"""What the citizen does with a dossier on its way: hand in what was missing, or take it back."""

from collections.abc import Iterator

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage

from api.context import engine
from api.i18n import _, pick
from api.pages.citizen.room import pages
from api.pages.citizen.tracking import by_code, dossier_page
from api.security import public
from engine.advance.commands import NotWaiting
from engine.domain.upload import UploadRefused
from engine.errors import MotcuaError
from engine.views import TrackingView

_LONGEST_NOTE = 2000
_OTHER = "khac"  # slot for what stands in no line of the request


@pages.post("/tra-cuu/<code>/bo-sung")
@public
def supplement(code: str) -> Response:
    """Store the files sent, then hand in; a file that is refused keeps the rest and waits for the citizen."""
    view = by_code(code)
    note = " ".join(request.form.get("note", "").split())[:_LONGEST_NOTE]
    errors = list(_store(view)) if view.may_supplement else []
    sending = "send" in request.form
    if sending and not errors and view.may_supplement and not (note or by_code(code).uploaded):
        problem = _("Chọn tệp cần bổ sung, hoặc ghi nội dung bổ sung, rồi nộp.")
        errors.append(("o-note", problem))
    if errors:
        return make_response(dossier_page(by_code(code), errors, note), 422)
    if sending:
        try:
            engine().dossiers.supplement(view.tracking_code, {"supplement_note": note} if note else {})
        except NotWaiting:
            flash(_("Phần bổ sung đã được nhận trước đó, hồ sơ đang được giải quyết."), "warning")
        else:
            flash(_received(by_code(code)), "good")
    return _back(view)


def _received(view: TrackingView) -> str:
    """What follows: before receipt the centre checks once more, after it the date has moved."""
    if view.due_at is None:
        return _("Đã nhận phần bổ sung. Trung tâm kiểm tra lại và trả lời trong 8 giờ làm việc.")
    return _("Đã nhận phần bổ sung. Ngày hẹn trả kết quả được tính lại như bên dưới.")


def _store(view: TrackingView) -> Iterator[tuple[str, str]]:
    """Store every file that was chosen; the id of its slot and a sentence for each that is refused."""
    slots = [str(number) for number in range(len(view.supplement))]
    for slot in (*slots, _OTHER):
        for file in request.files.getlist(f"file.{slot}"):
            refused = _store_one(view, file) if file.filename else None
            if refused is not None:
                yield f"o-file-{slot}", _sentence(refused)


def _store_one(view: TrackingView, file: FileStorage) -> MotcuaError | None:
    try:
        engine().documents.add_by_citizen(
            view.tracking_code, name=file.filename or "", content=file.stream.read()
        )
    except UploadRefused as refused:
        return refused
    return None


@pages.route("/tra-cuu/<code>/rut", methods=["GET", "POST"])
@public
def withdraw(code: str) -> Response:
    """Ask for the reason, show once more what is about to happen, then take the dossier back."""
    view = by_code(code)
    reason = " ".join(request.form.get("reason", "").split())[:_LONGEST_NOTE]
    problem = ""
    if request.method == "POST":
        if not reason:
            problem = _("Nêu lý do rút hồ sơ.")
        elif "confirmed" in request.form:
            engine().dossiers.withdraw(view.tracking_code, reason)
            flash(_("Đã rút hồ sơ theo đề nghị của ông/bà."), "good")
            return _back(view)
    page = render_template(
        "citizen/withdraw.html",
        density="normal",
        view=view,
        reason=reason,
        problem=problem,
        errors=[("o-reason", problem)] if problem else [],
        confirming=request.method == "POST" and not problem,
    )
    return make_response(page, 422 if problem else 200)


def _back(view: TrackingView) -> Response:
    return make_response(redirect(url_for("citizen.tracked", code=view.tracking_code), 303))


def _sentence(error: MotcuaError) -> str:
    return pick(error.message("vi"), error.message("en"))
