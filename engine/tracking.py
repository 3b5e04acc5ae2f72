"""What a citizen sees with the tracking code: plain sentences, no inner data, no names of officers."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from math import ceil
from typing import Any
from uuid import uuid4

from engine.advance import Services
from engine.clock import Clock, vietnam
from engine.domain.dossier import Handling, Money
from engine.domain.ledger import Entry, latest
from engine.domain.milestone import MILESTONES
from engine.domain.record import Record
from engine.errors import MotcuaError, NotFound
from engine.history_views import history_views
from engine.reading import Reader
from engine.store import codec, dossiers, online
from engine.store import history as history_rows
from engine.store.database import Connection, Database, Row
from engine.views import DocumentView, TrackingView
from engine.workflow.bundle import Definition

# Codes have 60 bits: who asks for ten that nobody has is not mistyping his own.
_ADDRESS_MISSES, _ADDRESS_WINDOW = 10, timedelta(minutes=1)
_CODE_MISSES, _CODE_WINDOW = 5, timedelta(hours=1)

# One plain sentence a status: where it stands, and whether the citizen has to do something.
_SENTENCES: Mapping[str, tuple[str, str]] = {
    Handling.SUBMITTED: (
        "Trung tâm đang kiểm tra hồ sơ. Ông/bà không cần làm gì.",
        "The centre is checking the dossier. You do not have to do anything.",
    ),
    Handling.IN_PROCESS: (
        "{agency} đang giải quyết hồ sơ. Ông/bà không cần làm gì.",
        "{agency} is working on the dossier. You do not have to do anything.",
    ),
    Handling.AWAITING_SUPPLEMENT: (
        "Hồ sơ cần bổ sung. Ông/bà xem nội dung bên dưới và nộp bổ sung.",
        "Something is missing. Please read below what it is and hand it in.",
    ),
    Handling.RESULT_READY: (
        "Đã có kết quả. Mời ông/bà nhận kết quả, mang theo giấy hẹn và giấy tờ tùy thân.",
        "The result is ready. Please collect it and bring the appointment slip and your identity card.",
    ),
    Handling.HANDED_OVER: ("Đã trả kết quả cho ông/bà.", "The result was handed over to you."),
    Handling.REFUSED: (
        "Trung tâm từ chối tiếp nhận hồ sơ. Lý do ghi trong phiếu bên dưới.",
        "The centre has refused the dossier. The slip below says why.",
    ),
    Handling.DECLINED: (
        "Hồ sơ không được giải quyết. Lý do ghi trong văn bản bên dưới.",
        "The request was declined. The letter below says why.",
    ),
    Handling.WITHDRAWN: (
        "Hồ sơ đã được rút theo đề nghị của ông/bà.",
        "The dossier was withdrawn as you asked.",
    ),
    Handling.STOPPED: (
        "Hồ sơ đã dừng giải quyết vì quá hạn bổ sung.",
        "The dossier was stopped because the supplement did not come in time.",
    ),
    Handling.DRAFT: ("Hồ sơ chưa được nộp.", "The dossier has not been handed in."),
}
_FEE_DUE = (
    "Hồ sơ đã được tiếp nhận. Ông/bà cần nộp phí, lệ phí để {agency} giải quyết.",
    "The dossier was received. Please pay the fee, so that {agency} can go on.",
)


class TooManyMisses(MotcuaError):
    """Somebody is guessing tracking codes."""

    code = "too-many-attempts"
    vi = "Đã tra cứu sai mã nhiều lần. Xem lại mã trên giấy hẹn và thử lại sau {seconds} giây."
    en = "Too many wrong codes. Look at the code on your slip and try again in {seconds} seconds."


class Tracking:
    """The public face of dossiers."""

    def __init__(self, database: Database, services: Services, clock: Clock, reader: Reader) -> None:
        self._database = database
        self._services = services
        self._clock = clock
        self._reader = reader

    def by_code(self, code: str, *, address: str = "") -> TrackingView:
        """The dossier behind a tracking code, typed in any way; ``address`` is where the question came from.

        Raises NotFound, the same for wrong and for absent, and TooManyMisses after ten wrong codes a minute
        from one address or five an hour for one code. Right codes are not counted: a whole village may
        share an address.
        """
        wanted = code.strip().upper().replace("-", "").replace(" ", "")
        hashed, now = hashlib.sha256(wanted.encode()).digest(), self._clock.now()
        with self._database.reading() as connection:
            self._require_patience(connection, address, hashed, now)
            row = dossiers.find(connection, wanted)
            if row is not None and row.tracking_code == wanted:
                return self._view(connection, row)
        self._note_miss(address, hashed, now)
        raise NotFound(what="hồ sơ với mã tra cứu này")

    def _require_patience(self, connection: Connection, address: str, hashed: bytes, now: datetime) -> None:
        checks = (
            (
                online.misses_from(connection, address, now - _ADDRESS_WINDOW),
                _ADDRESS_MISSES,
                _ADDRESS_WINDOW,
            ),
            (online.misses_of(connection, hashed, now - _CODE_WINDOW), _CODE_MISSES, _CODE_WINDOW),
        )
        for (count, first), limit, window in checks:
            if count >= limit and first is not None:
                raise TooManyMisses(seconds=ceil((first + window - now).total_seconds()))

    def _note_miss(self, address: str, hashed: bytes, now: datetime) -> None:
        """Apart from whatever the request is part of: the miss stays when the request fails."""
        with self._database.transaction(apart=True) as tx:
            online.forget_misses(tx, now - _CODE_WINDOW)
            online.add_miss(tx, {"id": uuid4(), "address": address[:60], "code_hash": hashed, "at": now})

    def _view(self, connection: Connection, row: Row[Any]) -> TrackingView:
        record = Record.from_json(codec.unpack(row.record))
        definition = self._services.definition(connection, row.bundle)
        waits = {key.split("|", 1)[1] for key in record.subscriptions}
        returned = row.handling == Handling.AWAITING_SUPPLEMENT
        may_pay = "fee_paid" in waits and row.money == Money.DUE
        agency_name = self._services.agency_name(row.agency)
        vi, en = _sentence(row.handling, may_pay)
        reckoning = self._reader.reckoning(connection, row, record, definition)
        return TrackingView(
            tracking_code=row.tracking_code,
            number=row.number,
            procedure_code=row.procedure_code,
            procedure_name=row.procedure_name,
            agency_name=agency_name,
            applicant_name=_masked(row.applicant_name),
            handling=row.handling,
            sentence=vi.format(agency=agency_name),
            sentence_en=en.format(agency=agency_name),
            light=self._reader.light(connection, row, self._clock.now()),
            submitted_at=row.submitted_at,
            received_at=row.received_at,
            due_at=row.due_at,
            explanation=reckoning.explain("vi"),
            explanation_en=reckoning.explain("en"),
            steps=row.steps if row.handling not in (Handling.HANDED_OVER,) else "",
            timeline=self._timeline(connection, row, definition),
            supplement=tuple(record.data.get("supplement_items") or ()) if returned else (),
            supplement_reason=record.data.get("supplement_reason") if returned else None,
            may_supplement="supplement" in waits,
            may_withdraw="withdraw" in waits and not (row.signed_at or row.finished_at),
            may_pay=may_pay,
            fee_amount=record.data.get("fee_amount"),
            money=row.money,
            delivery=row.delivery,
            papers=self._reader.papers(connection, row.id),
            uploaded=self._uploaded(connection, row, record) if returned else (),
            tracking_url=self._services.tracking_url + row.tracking_code,
        )

    def _timeline(
        self, connection: Connection, row: Row[Any], definition: Definition
    ) -> tuple[tuple[datetime, str], ...]:
        """When the dossier reached which milestone, oldest first."""
        rows = history_rows.of_dossier(connection, row.id)
        entries = history_views(connection, rows, definition, self._services)
        return tuple(
            (vietnam(one.recorded_at), MILESTONES[name].vi) for one in entries for name in one.milestones
        )

    def _uploaded(self, connection: Connection, row: Row[Any], record: Record) -> tuple[DocumentView, ...]:
        """What the citizen has sent since the dossier was returned."""
        returned = latest(record.ledger, Entry.RETURNED)
        found = self._reader.documents(connection, row.id)
        return tuple(
            one
            for one in found
            if one.added_by.startswith("citizen:") and (returned is None or one.added_at >= returned.at)
        )


def _sentence(handling: str, may_pay: bool) -> tuple[str, str]:
    """Vietnamese and English; a dossier in work that waits for its fee is not one that waits for nobody."""
    return _FEE_DUE if may_pay and handling == Handling.IN_PROCESS else _SENTENCES[handling]


def _masked(name: str) -> str:
    """Enough to know one's own dossier: the last word whole, of the others the first letter."""
    words = name.split()
    return " ".join([f"{word[0]}***" for word in words[:-1]] + words[-1:])
