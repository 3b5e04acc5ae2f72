"""Documents of a dossier: added, and given out so that no browser runs what is in them."""

from uuid import UUID

from flask import Response, flash, make_response, redirect, request, send_file, url_for

from api.context import engine
from api.errors import status_of
from api.i18n import _, pick
from api.pages.dossiers.room import pages
from api.pages.dossiers.show import page
from api.pages.dossiers.work import Typed
from api.security import officer, requires
from engine.domain.permission import Action
from engine.domain.upload import MAX_BYTES
from engine.errors import Forbidden, Invalid, MotcuaError, NotFound

# A file is shown by its own program, never by the page: no scripts, no plug-ins, no frames.
_SEALED = "sandbox; default-src 'none'"


@pages.post("/<number>/giay-to")
@requires(Action.ATTACH_DOCUMENT)
def attach(number: str) -> Response:
    """Store one more document."""
    dossier = engine().dossiers.get(officer(), number)
    try:
        name, content = _sent()
        required = request.form.get("required_id") or None
        if required not in (None, *(one.id for one in dossier.procedure.documents)):
            raise NotFound(what=_("giấy tờ này trong thành phần hồ sơ"))
        stored = engine().documents.add(
            officer(), dossier.line.id, name=name, content=content, required_id=required
        )
    except (NotFound, Forbidden):
        raise
    except Invalid as refused:
        return make_response(page(number, Typed(errors=refused.fields), "giay-to"), 422)
    except MotcuaError as refused:
        errors = {"file": (refused.message("vi"), refused.message("en"))}
        return make_response(page(number, Typed(errors=errors), "giay-to"), status_of(refused))
    flash(pick(f"Đã lưu tệp «{stored.name}».", f"“{stored.name}” is stored."), "good")
    return make_response(redirect(url_for("dossiers.show", number=number, the="giay-to"), 303))


@pages.get("/<number>/giay-to/<uuid:document_id>")
@requires(Action.VIEW_DOSSIER)
def document(number: str, document_id: UUID) -> Response:
    """A document as a file to be saved. Raises NotFound."""
    shown, stream = engine().documents.open(officer(), number, document_id)
    response = send_file(
        stream, mimetype=shown.media_type, as_attachment=True, download_name=shown.name, etag=False
    )
    response.headers["Content-Security-Policy"] = _SEALED
    return response


def _sent() -> tuple[str, bytes]:
    """Name and content of the file. Raises Invalid when none was chosen."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Invalid({"file": ("Chọn một tệp để tải lên.", "Choose a file.")})
    # One byte more than is taken: enough to refuse it.
    return file.filename, file.stream.read(MAX_BYTES + 1)
