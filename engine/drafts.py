"""Applications from home that are not handed in yet: kept after every page, so that nothing typed is lost.

Who holds the token holds the draft; it is stored nowhere in clear. A draft that nobody touches for thirty
days is removed. Handing in is safe to repeat: one draft is one dossier.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from engine.clock import Clock
from engine.documents import Documents
from engine.domain.actor import CitizenActor
from engine.domain.dossier import Channel
from engine.domain.upload import MAX_FILES, check_upload
from engine.domain.upload.errors import TooMany
from engine.dossiers import Dossiers
from engine.errors import Invalid, MotcuaError, NotFound
from engine.intake import Intake
from engine.procedures import Procedures
from engine.store import codec, online
from engine.store.database import Connection, Database, Row
from engine.store.files import FileStore

_KEPT = timedelta(days=30)


class HandedIn(MotcuaError):
    """The draft has become a dossier and cannot be changed any more."""

    code = "draft-handed-in"
    vi = "Hồ sơ này đã được nộp nên không sửa được nữa. Tra cứu bằng mã {tracking_code}."
    en = "This dossier was handed in and can no longer be changed. Follow it by the code {tracking_code}."


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFile:
    """A file that was checked and stored."""

    required_id: str
    name: str
    size: int  # bytes
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was typed so far, just as it was typed; nothing in here but the files has been checked."""

    procedure_code: str
    applicant: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[DraftFile, ...] = ()
    result_channel: str = "counter"
    done: frozenset[str] = frozenset()  # steps that were finished once
    saved_at: datetime
    tracking_code: str | None = None  # of the dossier it has become


class Drafts:
    """Keeping, filling and handing in."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        procedures: Procedures,
        dossiers: Dossiers,
        documents: Documents,
        files: FileStore,
    ) -> None:
        self._database = database
        self._clock = clock
        self._procedures = procedures
        self._dossiers = dossiers
        self._documents = documents
        self._files = files

    def begin(self, procedure_code: str) -> str:
        """A new empty draft; its token. Raises NotFound, Invalid when the procedure is not taken online."""
        facts = self._procedures.get(procedure_code).facts
        if facts.channels and Channel.ONLINE not in facts.channels:
            raise Invalid(
                {
                    "channel": (
                        "Thủ tục này không nhận hồ sơ trực tuyến. Nộp tại quầy của Trung tâm.",
                        "This procedure is not taken online. Please come to the counter.",
                    )
                }
            )
        token, now = secrets.token_urlsafe(24), self._clock.now()
        with self._database.transaction() as tx:
            online.forget_drafts(tx, now - _KEPT)
            row = {"token_hash": _hashed(token), "procedure_code": facts.code, "begun_at": now}
            empty = Draft(procedure_code=facts.code, saved_at=now)
            online.add_draft(tx, {**row, "content": _packed(empty), "saved_at": now, "tracking_code": None})
        return token

    def get(self, token: str) -> Draft:
        """The draft behind a token; raises NotFound."""
        with self._database.reading() as connection:
            return _draft(_found(online.draft_row(connection, _hashed(token))))

    def save(self, token: str, step: str, *, done: bool, **changes: Any) -> Draft:
        """Keep what was typed at a step, finished or not. Raises NotFound, HandedIn."""
        with self._database.transaction() as tx:
            draft = self._open(tx, token)
            steps = draft.done | {step} if done else draft.done - {step}
            return self._write(tx, token, replace(draft, done=steps, **changes))

    def add_file(self, token: str, required_id: str, *, name: str, content: bytes) -> Draft:
        """Check and store a file; the same one again changes nothing. Raises what ``engine.domain.upload``
        refuses, NotFound, HandedIn."""
        draft = self.get(token)
        checked = check_upload(name, content, already=len(draft.files))
        blob = self._files.put(content)
        file = DraftFile(required_id=required_id, name=checked.name, size=blob.size, sha256=blob.sha256)
        with self._database.transaction() as tx:
            draft = self._open(tx, token)
            if file in draft.files:
                return draft
            if len(draft.files) >= MAX_FILES:
                raise TooMany(file=file.name, limit=MAX_FILES)
            return self._write(tx, token, replace(draft, files=(*draft.files, file)))

    def remove_file(self, token: str, required_id: str, sha256: str) -> Draft:
        """Take a file out again; one that is not there is no error. Raises NotFound, HandedIn."""
        with self._database.transaction() as tx:
            draft = self._open(tx, token)
            kept = tuple(one for one in draft.files if (one.required_id, one.sha256) != (required_id, sha256))
            return self._write(tx, token, replace(draft, files=kept))

    def discard(self, token: str) -> None:
        """Throw the draft away; one that is gone already is no error."""
        with self._database.transaction() as tx:
            online.remove_draft(tx, _hashed(token))

    def hand_in(self, token: str) -> str:
        """Make the draft a dossier with all its files, or change nothing; the tracking code.

        Raises NotFound, Invalid with a sentence for each field, what ``engine.domain.upload`` refuses.
        """
        hashed = _hashed(token)
        with self._database.together(), self._database.transaction() as tx:
            draft = _draft(_found(online.lock_draft(tx, hashed)))
            if draft.tracking_code is not None:
                return draft.tracking_code
            citizen = CitizenActor(token=hashed.hex())
            code = self._dossiers.submit(citizen, self._intake(draft), key=citizen.token).tracking_code
            for file in draft.files:
                with self._files.open(file.sha256) as stream:
                    content = stream.read()
                self._documents.add_by_citizen(
                    code, name=file.name, content=content, required_id=file.required_id
                )
            # The dossier holds everything now: the draft keeps nothing but the way to it.
            emptied = Draft(procedure_code=draft.procedure_code, saved_at=draft.saved_at)
            online.save_draft(tx, hashed, {"tracking_code": code, "content": _packed(emptied)})
        return code

    def _intake(self, draft: Draft) -> Intake:
        counts: dict[str, int] = {}
        for file in draft.files:
            counts[file.required_id] = counts.get(file.required_id, 0) + 1
        return Intake(
            procedure_code=draft.procedure_code,
            channel=Channel.ONLINE,
            applicant=draft.applicant,
            answers=draft.answers,
            documents=tuple({"id": name, "digital": count} for name, count in counts.items()),
            result_channel=draft.result_channel,
        )

    def _open(self, tx: Connection, token: str) -> Draft:
        draft = _draft(_found(online.lock_draft(tx, _hashed(token))))
        if draft.tracking_code is not None:
            raise HandedIn(tracking_code=draft.tracking_code)
        return draft

    def _write(self, tx: Connection, token: str, draft: Draft) -> Draft:
        saved = replace(draft, saved_at=self._clock.now())
        online.save_draft(tx, _hashed(token), {"content": _packed(saved), "saved_at": saved.saved_at})
        return saved


def _hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _found(row: Row[Any] | None) -> Row[Any]:
    if row is None:
        raise NotFound(what="hồ sơ đang soạn; bản nháp chỉ được giữ 30 ngày")
    return row


def _packed(draft: Draft) -> bytes:
    return codec.pack(
        {
            "applicant": dict(draft.applicant),
            "answers": dict(draft.answers),
            "files": [asdict(file) for file in draft.files],
            "result_channel": draft.result_channel,
            "done": sorted(draft.done),
        }
    )


def _draft(row: Row[Any]) -> Draft:
    content = codec.unpack(row.content)
    return Draft(
        procedure_code=row.procedure_code,
        applicant=content["applicant"],
        answers=content["answers"],
        files=tuple(DraftFile(**file) for file in content["files"]),
        result_channel=content["result_channel"],
        done=frozenset(content["done"]),
        saved_at=row.saved_at,
        tracking_code=row.tracking_code,
    )
