"""What a citizen sees with the tracking code: plain sentences, no inner data, no names of officers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.advance import Services
from engine.clock import Clock, vietnam
from engine.domain.dossier import Handling, Money
from engine.domain.milestone import MILESTONES
from engine.domain.record import Record
from engine.errors import NotFound
from engine.history_views import history_views
from engine.reading import Reader
from engine.store import codec, dossiers
from engine.store import history as history_rows
from engine.store.database import Connection, Database, Row
from engine.views import TrackingView

# One plain sentence a status: where it stands, and whether the citizen has to do something.
_SENTENCES: Mapping[str, str] = {
    Handling.SUBMITTED: "Trung tâm đang kiểm tra hồ sơ. Ông/bà không cần làm gì.",
    Handling.IN_PROCESS: "{agency} đang giải quyết hồ sơ. Ông/bà không cần làm gì.",
    Handling.AWAITING_SUPPLEMENT: "Hồ sơ cần bổ sung. Ông/bà xem nội dung bên dưới và nộp bổ sung.",
    Handling.RESULT_READY: "Đã có kết quả. Mời ông/bà nhận kết quả, mang theo giấy hẹn và giấy tờ tùy thân.",
    Handling.HANDED_OVER: "Đã trả kết quả cho ông/bà.",
    Handling.REFUSED: "Trung tâm từ chối tiếp nhận hồ sơ. Lý do ghi trong phiếu bên dưới.",
    Handling.DECLINED: "Hồ sơ không được giải quyết. Lý do ghi trong văn bản bên dưới.",
    Handling.WITHDRAWN: "Hồ sơ đã được rút theo đề nghị của ông/bà.",
    Handling.STOPPED: "Hồ sơ đã dừng giải quyết vì quá hạn bổ sung.",
    Handling.DRAFT: "Hồ sơ chưa được nộp.",
}


class Tracking:
    """The public face of dossiers."""

    def __init__(self, database: Database, services: Services, clock: Clock, reader: Reader) -> None:
        self._database = database
        self._services = services
        self._clock = clock
        self._reader = reader

    def by_code(self, code: str) -> TrackingView:
        """The dossier behind a tracking code; raises NotFound, the same for wrong and for absent."""
        wanted = code.strip().upper().replace("-", "").replace(" ", "")
        with self._database.reading() as connection:
            row = dossiers.find(connection, wanted)
            if row is None or row.tracking_code != wanted:
                raise NotFound(what="hồ sơ với mã tra cứu này")
            return self._view(connection, row)

    def _view(self, connection: Connection, row: Row[Any]) -> TrackingView:
        record = Record.from_json(codec.unpack(row.record))
        definition = self._services.definition(connection, row.bundle)
        entries = history_views(
            connection, history_rows.of_dossier(connection, row.id), definition, self._services
        )
        timeline: list[tuple[datetime, str]] = []
        for entry in entries:
            timeline.extend((entry.recorded_at, MILESTONES[name].vi) for name in entry.milestones)
        waits = {key.split("|", 1)[1] for key in record.subscriptions}
        returned = row.handling == Handling.AWAITING_SUPPLEMENT
        agency_name = self._services.agency_name(row.agency)
        return TrackingView(
            tracking_code=row.tracking_code,
            number=row.number,
            procedure_code=row.procedure_code,
            procedure_name=row.procedure_name,
            agency_name=agency_name,
            applicant_name=_masked(row.applicant_name),
            handling=row.handling,
            sentence=_SENTENCES[row.handling].format(agency=agency_name),
            light=self._reader.light(connection, row, self._clock.now()),
            submitted_at=row.submitted_at,
            received_at=row.received_at,
            due_at=row.due_at,
            explanation=self._reader.reckoning(connection, row, record, definition).explain("vi"),
            steps=row.steps if row.handling not in (Handling.HANDED_OVER,) else "",
            timeline=tuple((vietnam(at), text) for at, text in timeline),
            supplement=tuple(record.data.get("supplement_items") or ()) if returned else (),
            supplement_reason=record.data.get("supplement_reason") if returned else None,
            may_supplement="supplement" in waits,
            may_withdraw="withdraw" in waits and not (row.signed_at or row.finished_at),
            may_pay="fee_paid" in waits and row.money == Money.DUE,
            fee_amount=record.data.get("fee_amount"),
            money=row.money,
            delivery=row.delivery,
            papers=self._reader.papers(connection, row.id),
        )


def _masked(name: str) -> str:
    """Enough to know one's own dossier: the last word whole, of the others the first letter."""
    words = name.split()
    return " ".join([f"{word[0]}***" for word in words[:-1]] + words[-1:])
