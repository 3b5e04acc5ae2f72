"""Figures of the centre: how many came, are open, are late; and the register of dossiers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from engine.advance import Services
from engine.clock import Clock, vietnam
from engine.domain.actor import OfficerActor
from engine.domain.permission import Action, require_anywhere
from engine.domain.record import Record
from engine.reading import Reader
from engine.store import codec, visibility
from engine.store import dossiers as rows
from engine.store.database import Connection, Database, Row
from engine.views import DossierLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Dossiers of one agency, procedure or status."""

    key: str
    name: str
    total: int
    open: int
    overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How long dossiers took on average until the result was in hand, by both clocks."""

    count: int
    legal_days: float  # working days with the authority: what the law's limit is held against
    elapsed_days: float  # calendar days since first contact: what the citizen has waited


@dataclass(frozen=True, slots=True, kw_only=True)
class Paces:
    """The paces of the dossiers handed over last."""

    whole: Pace | None  # None: nothing was handed over yet
    by: Mapping[str, Mapping[str, Pace]]  # agency or procedure, key


# A dossier's legal time is reckoned from its ledger, a tenth of a millisecond each: so many and no more.
PACED = 1_000


class Reports:
    """Reading over many dossiers, always within what the officer may see."""

    def __init__(self, database: Database, services: Services, clock: Clock, reader: Reader) -> None:
        self._database = database
        self._services = services
        self._clock = clock
        self._reader = reader

    def counts(self, officer: OfficerActor) -> Mapping[str, int]:
        """How many dossiers each filter of the list holds."""
        now = self._clock.now()
        with self._database.reading() as connection:
            visible = visibility.visible_dossiers(officer)
            return {
                only: rows.count(connection, visible, rows.list_filter(only, now))
                for only in rows.LIST_FILTERS
            }

    def tallies(self, officer: OfficerActor, by: str) -> list[Tally]:
        """Dossiers by agency, procedure or handling, most overdue first. Raises Forbidden, KeyError."""
        require_anywhere(officer, Action.VIEW_REPORTS)
        now = self._clock.now()
        with self._database.reading() as connection:
            found = rows.tally(connection, visibility.visible_dossiers(officer), by, now)
        name = self._services.agency_name if by == "agency" else str
        return [
            Tally(key=key, name=name(title), total=total, open=still, overdue=late)
            for key, title, total, still, late in found
        ]

    def paces(self, officer: OfficerActor) -> Paces:
        """Both clocks over the dossiers handed over last, at most ``PACED`` of them. Raises Forbidden."""
        require_anywhere(officer, Action.VIEW_REPORTS)
        with self._database.reading() as connection:
            found = rows.handed_over(connection, visibility.visible_dossiers(officer), PACED)
            took = [(row, self._took(connection, row)) for row in found]
        groups: dict[str, dict[str, list[tuple[float, float]]]] = {"agency": {}, "procedure": {}}
        for row, days in took:
            groups["agency"].setdefault(row.agency, []).append(days)
            groups["procedure"].setdefault(row.procedure_code, []).append(days)
        return Paces(
            whole=_pace([days for _row, days in took]) if took else None,
            by={by: {key: _pace(days) for key, days in group.items()} for by, group in groups.items()},
        )

    def _took(self, connection: Connection, row: Row[Any]) -> tuple[float, float]:
        """Working days with the authority, and calendar days from first contact to the result in hand."""
        record = Record.from_json(codec.unpack(row.record))
        definition = self._services.definition(connection, row.bundle)
        reckoning = self._reader.reckoning(connection, row, record, definition)
        calendar = self._services.calendars.get(connection, row.calendar_version)
        legal = reckoning.legal_time(row.handed_over_at, calendar, row.agency)
        day = calendar.rolled(vietnam(row.received_at or row.submitted_at).date())
        opens, closes = calendar.opening(day, row.agency), calendar.closing(day, row.agency)
        office_day = calendar.working_time_between(opens, closes, row.agency)
        return legal / office_day, (row.handed_over_at - row.submitted_at) / timedelta(days=1)

    def register(self, officer: OfficerActor, since: datetime, until: datetime) -> list[DossierLine]:
        """Dossiers received in a period, in the order of receipt: the register of TT 03/2025/TT-VPCP."""
        now = self._clock.now()
        with self._database.reading() as connection:
            found = rows.received_between(connection, visibility.visible_dossiers(officer), since, until)
            return [self._reader.line(connection, row, now) for row in found]


def _pace(took: Sequence[tuple[float, float]]) -> Pace:
    count = len(took)
    legal, elapsed = (sum(days) / count for days in zip(*took, strict=True))
    return Pace(count=count, legal_days=round(legal, 1), elapsed_days=round(elapsed, 1))
