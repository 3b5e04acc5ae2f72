"""Documents that come with a dossier: checked, stored by content, entered in history."""

from collections.abc import Mapping
from typing import Any, BinaryIO
from uuid import UUID

from engine.advance import Address, Permit, Services, Work, advance
from engine.advance.permits import NOBODY, permit_dossier
from engine.clock import Clock
from engine.domain.actor import OfficerActor
from engine.domain.command import By, Command, Kind
from engine.domain.dossier import ENDED
from engine.domain.permission import Action
from engine.domain.upload import MAX_FILES, CheckedFile, check_upload
from engine.domain.upload.errors import TooMany
from engine.errors import MotcuaError, NotFound
from engine.ids import derived_id
from engine.reading import Reader
from engine.store import attachments, dossiers
from engine.store.database import Connection, Database, Row
from engine.store.files import BlobRef, FileStore
from engine.views import DocumentView


class DossierOver(MotcuaError):
    """A dossier that has ended takes nothing more."""

    code = "dossier-over"
    vi = "Hồ sơ đã kết thúc nên không nhận thêm giấy tờ. Muốn nộp tiếp, xin lập hồ sơ mới."
    en = "The dossier has ended and takes no more documents. Please hand in a new one."


class Documents:
    """Adding and reading documents."""

    def __init__(
        self, database: Database, services: Services, clock: Clock, reader: Reader, files: FileStore
    ) -> None:
        self._database = database
        self._services = services
        self._clock = clock
        self._reader = reader
        self._files = files

    def add(
        self,
        officer: OfficerActor,
        dossier: Address,
        *,
        name: str,
        content: bytes,
        required_id: str | None = None,
        seen: int | None = None,
    ) -> DocumentView:
        """Store a document of the dossier; raises what ``engine.domain.upload`` refuses, NotFound, Forbidden,
        Conflict when the dossier has changed since version ``seen``.

        The bytes are on disk before the row is written: a row without its file cannot be.
        """
        file = check_upload(name, content)
        blob = self._files.put(content)
        command = Command(
            kind=Kind.ATTACH,
            by=NOBODY,
            at=self._clock.now(),
            details=_told(file, blob, required_id),
            seen=seen,
        )
        with self._database.transaction() as tx:
            outcome = advance(
                tx,
                self._services,
                dossier,
                command,
                permit=_with_room(tx, file.name, permit_dossier(officer, Action.ATTACH_DOCUMENT)),
            )
            return self._write(tx, outcome.dossier_id, outcome.sequence, file, blob, required_id, officer.key)

    def add_by_citizen(
        self, tracking_code: str, *, name: str, content: bytes, required_id: str | None = None
    ) -> DocumentView:
        """The same for the citizen, known by the tracking code."""
        file = check_upload(name, content)
        blob = self._files.put(content)
        with self._database.transaction() as tx:
            row = dossiers.find(tx, tracking_code)
            if row is None or row.tracking_code != tracking_code:
                raise NotFound(what="hồ sơ")
            by = By(key=f"citizen:{row.number}")
            command = Command(
                kind=Kind.ATTACH, by=by, at=self._clock.now(), details=_told(file, blob, required_id)
            )
            permit = _with_room(tx, file.name, _open_only)
            outcome = advance(tx, self._services, row.id, command, permit=permit)
            return self._write(tx, row.id, outcome.sequence, file, blob, required_id, by.key)

    def _write(
        self,
        tx: Connection,
        dossier_id: UUID,
        sequence: int,
        file: CheckedFile,
        blob: BlobRef,
        required_id: str | None,
        by: str,
    ) -> DocumentView:
        document_id = derived_id(dossier_id, sequence, f"document:{blob.sha256}")
        row: Mapping[str, Any] = {
            "dossier_id": dossier_id,
            "id": document_id,
            "sequence": sequence,
            "required_id": required_id,
            "name": file.name,
            "media_type": file.media_type,
            "size": blob.size,
            "sha256": blob.sha256,
            "added_at": self._clock.now(),
            "added_by": by,
            "withdrawn_at": None,
        }
        attachments.add_document(tx, row)
        shown = {
            key: value for key, value in row.items() if key not in ("dossier_id", "sequence", "withdrawn_at")
        }
        return DocumentView(**shown)

    def open(self, officer: OfficerActor, number: str, document_id: UUID) -> tuple[DocumentView, BinaryIO]:
        """A document for reading, its hash checked; raises NotFound also when the officer may not see it."""
        with self._database.reading() as connection:
            row = self._reader.visible(connection, officer, number)
            found = attachments.document_row(connection, row.id, document_id)
        if found is None:
            raise NotFound(what="giấy tờ")
        return _shown(found), self._files.open(found.sha256)


def _shown(row: Row[Any]) -> DocumentView:
    return DocumentView(
        id=row.id,
        required_id=row.required_id,
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        added_at=row.added_at,
        added_by=row.added_by,
    )


def _told(file: CheckedFile, blob: BlobRef, required_id: str | None) -> Mapping[str, Any]:
    """What history keeps of a document: enough to know it again."""
    return {"sha256": blob.sha256, "size": blob.size, "name": file.name, "required_id": required_id}


def _open_only(work: Work) -> None:
    """The permit of the citizen, who may add documents while the dossier is open."""
    if work.handling in ENDED:
        raise DossierOver()


def _with_room(tx: Connection, name: str, inner: Permit) -> Permit:
    """A permit that also looks, under the lock, whether there is room for one more document."""

    def permit(work: Work) -> None:
        inner(work)
        if len(attachments.documents(tx, work.dossier_id)) >= MAX_FILES:
            raise TooMany(file=name, limit=MAX_FILES)

    return permit
