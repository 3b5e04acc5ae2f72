"""The calendar of working days, in versions; a late notice re-plans what is open, dossier by dossier."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.advance import NotWaiting, Services, advance
from engine.advance.permits import by_officer
from engine.clock import Clock
from engine.domain.actor import OfficerActor, officer_of
from engine.domain.calendar import WorkingCalendar
from engine.domain.command import By, Command, Kind
from engine.domain.permission import Action, office_for, require_anywhere
from engine.domain.record import Record
from engine.errors import MotcuaError, NotFound
from engine.incidents import record_failure
from engine.reading import Reader
from engine.store import codec, dossiers, people
from engine.store import procedures as rows
from engine.store.database import Connection, Database, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Replanned:
    """What a new calendar did to the open dossiers."""

    version: int
    looked_at: int
    moved: int  # dossiers whose due date changed; their citizens are told
    failed: int  # incidents were left for these


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarVersion:
    """A calendar as it was decided."""

    version: int
    content: str  # TOML
    deployed_at: datetime
    deployed_by: str  # name of the officer; empty: the system itself
    reason: str  # number and date of the decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """An open dossier that another calendar gives another due date. No names in here."""

    number: str
    procedure_name: str
    before: datetime | None
    after: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What a calendar would do to the open dossiers; nothing is stored."""

    looked_at: int
    moved: tuple[Moved, ...]  # due first at the head


class CalendarMoved(MotcuaError):
    """Somebody else has decided another calendar meanwhile."""

    code = "calendar-moved"
    vi = "Lịch đã đổi sang phiên bản {current} từ lúc ông/bà mở phiên bản {seen}. Mở lại lịch rồi làm lại."
    en = "The calendar is now version {current}, you changed version {seen}. Open it again."


class Calendars:
    """Versions of the working calendar."""

    def __init__(self, database: Database, services: Services, clock: Clock, reader: Reader) -> None:
        self._database = database
        self._services = services
        self._clock = clock
        self._reader = reader

    def current(self) -> WorkingCalendar:
        """The calendar in force; raises NotFound when none was decided yet."""
        with self._database.reading() as connection:
            return self._services.calendars.newest(connection)[1]

    def versions(self) -> list[CalendarVersion]:
        """All calendars that were ever in force, newest first."""
        with self._database.reading() as connection:
            found = rows.calendars(connection)
            deciders = {row.version: officer_of(row.deployed_by) for row in found}
            names = people.names(connection, {one for one in deciders.values() if one is not None})
        told = {version: names.get(one, "") if one else "" for version, one in deciders.items()}
        return [
            CalendarVersion(
                version=row.version,
                content=row.content,
                deployed_at=row.deployed_at,
                deployed_by=told[row.version],
                reason=row.reason,
            )
            for row in found
        ]

    def foresee(self, officer: OfficerActor, content: str) -> Foreseen:
        """Which open dossiers this calendar would give another due date. Raises Forbidden, BadCalendar."""
        require_anywhere(officer, Action.DECIDE_CALENDAR)
        calendar = WorkingCalendar.from_toml(content)
        with self._database.reading() as connection:
            found = dossiers.open_records(connection)
            moved = [self._moved(connection, row, calendar) for row in found]
        return Foreseen(looked_at=len(found), moved=tuple(one for one in moved if one is not None))

    def _moved(self, connection: Connection, row: Row[Any], calendar: WorkingCalendar) -> Moved | None:
        record = Record.from_json(codec.unpack(row.record))
        definition = self._services.definition(connection, row.bundle)
        due = self._reader.reckoning(connection, row, record, definition, calendar=calendar).due_at
        if due == row.due_at:
            return None
        return Moved(number=row.number, procedure_name=row.procedure_name, before=row.due_at, after=due)

    def ordain(self, officer: OfficerActor, content: str, *, reason: str, seen: int) -> Replanned:
        """Put a calendar in force instead of version ``seen`` and re-plan what is open.

        Raises Forbidden, BadCalendar, CalendarMoved when another one is in force by now.
        """
        require_anywhere(officer, Action.DECIDE_CALENDAR)
        by = by_officer(officer, office_for(officer, Action.DECIDE_CALENDAR))
        self.decide(content, by=by, reason=reason, seen=seen)
        return self.replan(by=by)

    def resume(self, officer: OfficerActor) -> Replanned:
        """Re-plan what an interrupted or failed round has left behind. Raises Forbidden."""
        require_anywhere(officer, Action.DECIDE_CALENDAR)
        return self.replan(by=by_officer(officer, office_for(officer, Action.DECIDE_CALENDAR)))

    def behind(self) -> int:
        """How many open dossiers still go by an older calendar."""
        with self._database.reading() as connection:
            version, _ = self._services.calendars.newest(connection)
            return len(dossiers.behind_calendar(connection, version))

    def decide(self, content: str, *, by: By, reason: str, seen: int | None = None) -> int:
        """Put a calendar in force and return its version; the same content again is the same version.

        ``reason`` names the decision, number and date; ``seen`` is the version it was made from, if that
        matters. Raises the calendar's own error for a bad file, CalendarMoved.
        """
        WorkingCalendar.from_toml(content)
        sha256 = hashlib.sha256(content.encode()).hexdigest()
        with self._database.transaction() as tx:
            rows.next_number(tx, "calendar")  # whoever decides at the same moment waits here
            newest = rows.newest_calendar(tx)
            if newest is not None and newest.sha256 == sha256:
                version: int = newest.version
                return version
            if seen is not None and newest is not None and newest.version != seen:
                raise CalendarMoved(seen=seen, current=newest.version)
            return rows.add_calendar(
                tx,
                {
                    "content": content,
                    "sha256": sha256,
                    "deployed_at": self._clock.now(),
                    "deployed_by": by.key,
                    "reason": reason,
                },
            )

    def replan(self, *, by: By) -> Replanned:
        """Reckon every open dossier that still goes by an older version; each is its own command.

        Safe to repeat: what was re-planned already is not looked at again.
        """
        with self._database.reading() as connection:
            newest = rows.newest_calendar(connection)
            if newest is None:
                raise NotFound(what="lịch làm việc")
            version, why = newest.version, f"lịch phiên bản {newest.version}: {newest.reason}"
            behind = dossiers.behind_calendar(connection, version)
        now, moved, failed = self._clock.now(), 0, 0
        for row in behind:
            command = Command(
                kind=Kind.REPLAN,
                by=by,
                at=now,
                details={"calendar_version": version},
                reason=why,
            )
            try:
                with self._database.transaction() as tx:
                    outcome = advance(tx, self._services, row.id, command)
                moved += outcome.due_at != row.due_at
            except NotWaiting:
                continue  # somebody else has re-planned it, or it has ended since we looked
            except Exception as error:  # noqa: BLE001  # one dossier must not keep the others from their new date
                failed += 1
                record_failure(self._database, dossier_id=row.id, kind="command", error=error, at=now)
        return Replanned(version=version, looked_at=len(behind), moved=moved, failed=failed)

    def decided_at(self) -> datetime | None:
        """When the calendar in force was decided."""
        with self._database.reading() as connection:
            row = rows.newest_calendar(connection)
        return row.deployed_at if row else None
