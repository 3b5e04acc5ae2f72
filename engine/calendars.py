"""The calendar of working days, in versions; a late notice re-plans what is open, dossier by dossier."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from engine.advance import NotWaiting, Services, advance
from engine.clock import Clock
from engine.domain.calendar import WorkingCalendar
from engine.domain.command import By, Command, Kind
from engine.incidents import record_failure
from engine.store import dossiers
from engine.store import procedures as rows
from engine.store.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Replanned:
    """What a new calendar did to the open dossiers."""

    version: int
    looked_at: int
    moved: int  # dossiers whose due date changed; their citizens are told
    failed: int  # incidents were left for these


class Calendars:
    """Versions of the working calendar."""

    def __init__(self, database: Database, services: Services, clock: Clock) -> None:
        self._database = database
        self._services = services
        self._clock = clock

    def current(self) -> WorkingCalendar:
        """The calendar in force; raises NotFound when none was decided yet."""
        with self._database.reading() as connection:
            return self._services.calendars.newest(connection)[1]

    def decide(self, content: str, *, by: By, reason: str) -> int:
        """Put a calendar in force and return its version; the same content again is the same version.

        ``reason`` names the decision, number and date. Raises the calendar's own error for a bad file.
        """
        WorkingCalendar.from_toml(content)
        sha256 = hashlib.sha256(content.encode()).hexdigest()
        with self._database.transaction() as tx:
            newest = rows.newest_calendar(tx)
            if newest is not None and newest.sha256 == sha256:
                version: int = newest.version
                return version
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
            version, _ = self._services.calendars.newest(connection)
            behind = dossiers.behind_calendar(connection, version)
        now, moved, failed = self._clock.now(), 0, 0
        for row in behind:
            command = Command(
                kind=Kind.REPLAN,
                by=by,
                at=now,
                details={"calendar_version": version},
                reason="lịch làm việc mới",
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
