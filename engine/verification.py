"""Verifying dossiers, for auditors and after every fault: the chain of history and all invariants."""

from collections.abc import Iterator
from uuid import UUID

from engine import history, invariants
from engine.advance import Services
from engine.clock import vietnam
from engine.domain.duration import parse_timer
from engine.domain.timer_plan import plan_timer
from engine.errors import NotFound
from engine.history import Fault
from engine.reading import Reader
from engine.store import codec, dossiers
from engine.store.database import Connection, Database
from engine.store.files import FileStore
from engine.store.whole import Whole, all_ids, whole
from engine.workflow.running.packing import BadState


class Verification:
    """Reads only. What it finds it tells; mending is left to people."""

    def __init__(self, database: Database, services: Services, reader: Reader, files: FileStore) -> None:
        self._database = database
        self._services = services
        self._reader = reader
        self._files = files

    def of(self, number: str) -> list[Fault]:
        """Faults of one dossier, by its number or tracking code; [] when all is well. Raises NotFound."""
        with self._database.reading() as connection:
            return self._check(connection, self._reader.any(connection, number).id)

    def all(self) -> Iterator[tuple[str, list[Fault]]]:
        """Number and faults of every dossier, each as of a moment of its own."""
        with self._database.glance() as connection:
            ids = all_ids(connection)
            for dossier_id in ids:
                with self._database.reading() as moment:
                    row = dossiers.get(moment, dossier_id)
                    number = row.number if row is not None else str(dossier_id)
                    yield number, self._check(moment, dossier_id)

    def _check(self, connection: Connection, dossier_id: UUID) -> list[Fault]:
        row = dossiers.get(connection, dossier_id)
        if row is None:
            raise NotFound(what="hồ sơ")
        try:
            found = whole(connection, row)
        except (ValueError, KeyError, TypeError, codec.BadPack):
            return [Fault(row.sequence, "I4", "I4: nội dung hồ sơ không đọc được.")]
        return [
            *history.verify(found.history, row),  # I3 and I7
            *invariants.faults_of(found),
            *self._state_faults(connection, found),
            *self._clock_faults(connection, found),
            *self._file_faults(found),
        ]

    def _state_faults(self, connection: Connection, found: Whole) -> Iterator[Fault]:
        """I4: the process stands where history says that its last command has led."""
        row, last = found.dossier, found.record.state_hash
        if row.state is None:
            if row.closed_at is None:
                yield Fault(row.sequence, "I4", "I4: hồ sơ đang mở nhưng không có trạng thái quy trình.")
            return
        packing = self._services.definition(connection, row.bundle).packing
        try:
            stands = packing.hash_of(row.state)
        except BadState:
            stands = "?"
        if stands != last:
            yield Fault(row.sequence, "I4", "I4: trạng thái quy trình khác với trạng thái sau bản ghi cuối.")

    def _clock_faults(self, connection: Connection, found: Whole) -> Iterator[Fault]:
        """I9: due date and timers, reckoned anew from the ledger, are those that are stored."""
        row, record = found.dossier, found.record
        definition = self._services.definition(connection, row.bundle)
        reckoning = self._reader.reckoning(connection, row, record, definition)
        if reckoning.due_at != row.due_at or reckoning.running != row.clock_running:
            yield Fault(
                row.sequence, "I9", "I9: ngày hẹn trả tính lại từ sổ thời hạn khác với ngày đang ghi."
            )
        calendar = self._services.calendars.get(connection, row.calendar_version)
        for timer in record.timers.values():
            due = plan_timer(
                parse_timer(timer.value),
                clock=timer.clock,
                started_at=vietnam(timer.started_at),
                reckoning=reckoning,
                ledger=record.ledger,
                calendar=calendar,
                agency=row.agency,
            )
            if due != timer.due_at:
                yield Fault(row.sequence, "I9", f"I9: giờ hẹn của «{timer.name}» tính lại thì khác.")

    def _file_faults(self, found: Whole) -> Iterator[Fault]:
        """I10: behind every document lies a content of that hash. Whether it is whole is seen at reading."""
        for row in found.documents:
            if row.sha256 not in self._files:
                yield Fault(row.sequence, "I10", f"I10: thiếu nội dung tệp «{row.name}» ({row.sha256[:12]}).")
