"""What every command leans on and never changes: definitions, handlers, law, calendars, agencies."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock

from engine.domain.calendar import WorkingCalendar
from engine.domain.law import LawBook
from engine.domain.papers.facts import Office
from engine.errors import NotFound
from engine.handler import HandlerRegistry
from engine.store import procedures as rows
from engine.store.database import Connection
from engine.workflow.bundle import Definition, DefinitionCache


class CalendarShelf:
    """Versions of the calendar, read once per process: a version never changes."""

    def __init__(self) -> None:
        self._versions: dict[int, WorkingCalendar] = {}
        self._lock = Lock()

    def get(self, connection: Connection, version: int) -> WorkingCalendar:
        """The calendar of that version; raises NotFound."""
        found = self._versions.get(version)
        if found is None:
            row = rows.calendar_version(connection, version)
            if row is None:
                raise NotFound(what=f"lịch làm việc phiên bản {version}")
            with self._lock:
                found = self._versions[version] = WorkingCalendar.from_toml(row.content)
        return found

    def newest(self, connection: Connection) -> tuple[int, WorkingCalendar]:
        """The calendar in force and its version; raises NotFound when none was ever decided."""
        row = rows.newest_calendar(connection)
        if row is None:
            raise NotFound(what="lịch làm việc")
        return row.version, self.get(connection, row.version)


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Shared by all use cases of one Engine."""

    handlers: HandlerRegistry
    law: LawBook
    centre: str  # agency code of the centre
    offices: Mapping[str, Office]  # agency code to what papers print of it
    number_pattern: str  # of dossier numbers, see engine.dossiers
    tracking_url: str  # prefix of the address that the QR code leads to
    sandbox: bool = False  # a process may be tried out: it may end by an error, or get stuck, and show it
    definitions: DefinitionCache = field(default_factory=DefinitionCache)
    calendars: CalendarShelf = field(default_factory=CalendarShelf)

    def definition(self, connection: Connection, sha256: str) -> Definition:
        """The definition behind a bundle, from the cache or the database; raises NotFound."""
        found = self.definitions.get(sha256)
        if found is None:
            content = rows.bundle_content(connection, sha256)
            if content is None:
                raise NotFound(what=f"gói quy trình {sha256[:12]}")
            found = self.definitions.load(sha256, content)
        return found

    def agency_name(self, code: str) -> str:
        return self.office(code).name

    def office(self, code: str) -> Office:
        """The agency as it is printed; an unknown code stands for itself."""
        return self.offices.get(code) or Office(name=code)
