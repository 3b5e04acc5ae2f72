"""Changing a procedure: files are sent, checked, shown with their findings, and kept as a draft."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from api.bootstrap import PROCESSES
from api.context import engine
from api.i18n import _, pick
from api.pages.diagrams import of_definition
from api.pages.procedures.catalogue import message
from api.pages.procedures.room import pages
from api.security import officer, requires
from api.sources import files_in, placed_files, unzipped, zipped
from engine.domain.finding import Severity
from engine.domain.permission import Action
from engine.errors import Invalid, MotcuaError, NotFound
from engine.procedures import BundleSource, Examined, ProcedureVersion

SEVERITIES = ((Severity.ERROR, "Lỗi phải sửa"), (Severity.WARNING, "Lưu ý"))


@dataclass(frozen=True, slots=True)
class Change:
    """Files that somebody wants to bring in, completed from the live version."""

    sent: Mapping[str, bytes]
    source: BundleSource
    examined: Examined
    live: ProcedureVersion | None

    @property
    def changed(self) -> bool:
        """Whether anything would differ from what is live."""
        return self.live is None or self.live.sha256 != self.examined.sha256


@pages.get("/them")
@pages.get("/<code>/sua")
@requires(Action.CHECK_PROCEDURE)
def choose(code: str | None = None) -> str:
    """Choose the files; for a procedure that is live, or a new one."""
    return _chooser(code)


@pages.post("/them")
@pages.post("/<code>/sua")
@requires(Action.CHECK_PROCEDURE)
def check(code: str | None = None) -> str | tuple[str, int]:
    """All findings about the files that were sent; nothing is stored."""
    try:
        change = _change(_sent(), code)
    except MotcuaError as error:
        return _chooser(code, _told(error)), 422
    return _checked(change)


@pages.post("/ban-thao")
@requires(Action.CHECK_PROCEDURE)
def draft() -> Response | tuple[str, int]:
    """Keep the checked files as a draft; they come back from the page and are checked again."""
    code = request.form.get("code") or None
    change = _change(_unpacked(request.form.get("files", "")), code)
    reason = request.form.get("reason", "").strip()
    errors = {} if reason else {"reason": _("Ghi thay đổi gì, vì sao.")}
    if not change.examined.deployable or not change.changed or errors:
        return _checked(change, reason, errors), 422
    version = engine().versions.draft(officer(), change.source, reason=reason)
    flash(_("Đã lưu bản thảo {number}. Xem lại rồi trình duyệt.", number=version.number), "good")
    return redirect(url_for("procedures.version", code=version.code, number=version.number), 303)


def _change(files: Mapping[str, bytes], code: str | None) -> Change:
    """Raises NotFound, Invalid when the diagram is of another procedure, and what reading a file raises."""
    procedures = engine().procedures
    source = procedures.completed(files, code, shared=files_in(PROCESSES / "shared"))
    examined = procedures.examine(source)
    drawn = examined.procedure.code
    if code and drawn and drawn != code:
        vi = f"Sơ đồ này là của thủ tục {drawn}, không phải {code}. Mở đúng thủ tục hoặc chọn lại tệp."
        en = f"This diagram is of procedure {drawn}, not {code}. Open that procedure or choose again."
        raise Invalid({"files": (vi, en)})
    live = _live(drawn)
    if live and not code:
        return _change(files, drawn)  # not new at all: what was not sent comes from its live version
    return Change(files, source, examined, live)


def _live(code: str) -> ProcedureVersion | None:
    try:
        return engine().procedures.get(code)
    except NotFound:
        return None


def _chooser(code: str | None, error: str = "") -> str:
    version = engine().procedures.get(code) if code else None
    return render_template("procedures/choose.html", version=version, error=error)


def _checked(change: Change, reason: str = "", errors: Mapping[str, str] | None = None) -> str:
    examined, live = change.examined, change.live
    return render_template(
        "procedures/checked.html",
        change=change,
        groups=[
            (title, found)
            for severity, title in SEVERITIES
            if (found := [one for one in examined.findings if one.severity == severity])
        ],
        message=message,
        diagram=of_definition(examined) if examined.diagrams else None,
        packed=b64encode(zipped(change.sent)).decode(),
        running=engine().procedures.running().get(live.code, 0) if live else 0,
        reason=reason,
        errors=errors or {},
    )


def _sent() -> dict[str, bytes]:
    """The files of the request by their place in a bundle."""
    sent = []
    for file in request.files.getlist("tep"):
        with file.stream:
            sent.append((file.filename or "", file.read()))
    chosen = [(name, content) for name, content in sent if name]
    if not chosen:
        raise Invalid({"files": ("Chọn ít nhất một tệp.", "Choose a file at least.")})
    return placed_files(unzipped(chosen))


def _unpacked(packed: str) -> dict[str, bytes]:
    try:
        archive = b64decode(packed, validate=True)
    except (NotBase64, ValueError):
        archive = b""
    if not archive:
        raise Invalid({"files": ("Trang đã cũ. Chọn lại tệp rồi kiểm tra.", "Choose the files again.")})
    return placed_files(unzipped([("files.zip", archive)]))


def _told(error: MotcuaError) -> str:
    if isinstance(error, Invalid):
        return " ".join(pick(vi, en) for vi, en in error.fields.values())
    return error.message(pick("vi", "en"))
