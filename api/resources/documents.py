"""Documents: what came with a dossier, stored by content."""

from typing import Any
from uuid import UUID

from flask import Response

from api.context import engine
from api.resources.files import as_file
from api.resources.once import once
from api.resources.resource import ETAG, Resource
from api.resources.versions import on_version, seen_version, tagged
from api.schemas.documents import DocumentSchema, DocumentsSchema, UploadSchema
from api.security import officer, requires
from engine.domain.permission import Action

resource = Resource("documents", "Giấy tờ nộp kèm hồ sơ: thêm, liệt kê, tải về.")


@resource.get("/dossiers/<number>/documents", summary="Giấy tờ của hồ sơ")
@requires(Action.VIEW_DOSSIER)
@resource.response(200, DocumentsSchema, headers=ETAG)
def list_(number: str) -> Any:
    """Documents of a dossier in the order they came."""
    view = engine().dossiers.get(officer(), number)
    return tagged({"items": view.documents}, view.line.sequence)


@resource.post("/dossiers/<number>/documents", summary="Thêm một tệp giấy tờ vào hồ sơ")
@requires(Action.ATTACH_DOCUMENT)
@once
@on_version
@resource.arguments(UploadSchema, location="multipart")
@resource.response(201, DocumentSchema, headers=ETAG)
def add(sent: dict[str, Any], number: str) -> Any:
    """Store one file: checked by its content, kept under its SHA-256."""
    document = engine().documents.add(officer(), number, **upload_of(sent), seen=seen_version())
    return tagged(document, seen_version() + 1)


@resource.get("/dossiers/<number>/documents/<uuid:document_id>", summary="Tải một tệp giấy tờ")
@requires(Action.VIEW_DOSSIER)
@resource.file("application/octet-stream", "Tệp, đúng loại đã lưu.")
def open_(number: str, document_id: UUID) -> Response:
    """The file itself, its hash checked on the way."""
    document, stream = engine().documents.open(officer(), number, document_id)
    return as_file(stream, media_type=document.media_type, name=document.name)


def upload_of(sent: dict[str, Any]) -> dict[str, Any]:
    """A file of a form as the engine takes it."""
    file = sent["file"]
    return {
        "name": file.filename or "",
        "content": file.stream.read(),
        "required_id": sent.get("required_id") or None,
    }
