"""Stepping through a dossier's history: for auditors, command by command, with the chain checked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from engine import history
from engine.advance import Services
from engine.advance.rerun import rerun
from engine.clock import Clock, vietnam
from engine.domain.actor import OfficerActor, officer_key
from engine.domain.command import Kind
from engine.domain.deadline import Reckoning
from engine.domain.ledger import LedgerEntry
from engine.domain.path import Path
from engine.domain.permission import Action, require_anywhere
from engine.domain.record import Record
from engine.domain.rerun import Rerun
from engine.history_views import history_views
from engine.incidents import open_incident
from engine.reading import Reader
from engine.store import dossiers, people, visibility
from engine.store import history as rows
from engine.store.database import Connection, Database, Row
from engine.text import words
from engine.views import DossierLine, HistoryView, Replay, ReplayFrame
from engine.workflow.bundle import Definition

# Commands by which a person turns the ordinary course of a dossier.
INTERVENTIONS = frozenset(
    {Kind.EXTEND, Kind.REPLAN, Kind.REPAIR, Kind.MOVE, Kind.REDO, Kind.CORRECT, Kind.CANCEL, Kind.MIGRATE}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an auditor looks for; everything given must hold."""

    text: str = ""  # number, tracking code, applicant, procedure
    officer: str = ""  # words of the name of somebody in its history
    agency: str | None = None
    overdue: bool = False
    by_hand: bool = False  # with an intervention in its history


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfCheck:
    """How a night's check went."""

    looked_at: int
    deviating: tuple[str, ...]  # numbers of dossiers that came to something else


class Replays:
    """The past of dossiers, read from history alone."""

    def __init__(self, database: Database, services: Services, clock: Clock, reader: Reader) -> None:
        self._database = database
        self._services = services
        self._clock = clock
        self._reader = reader

    def of(self, officer: OfficerActor, number: str) -> Replay:
        """All frames of a dossier, oldest first. Raises NotFound, Forbidden."""
        require_anywhere(officer, Action.REPLAY_HISTORY)
        with self._database.reading() as connection:
            row = self._reader.visible(connection, officer, number)
            definition = self._services.definition(connection, row.bundle)
            entries = rows.of_dossier(connection, row.id)
            views = history_views(connection, entries, definition, self._services)
            faults = history.verify(entries, row)
            return Replay(
                line=self._reader.line(connection, row, self._clock.now()),
                frames=tuple(self._frames(connection, row, views, definition)),
                bundle=row.bundle,
                diagrams=definition.diagrams,
                process_of={node: definition.process_of(node) for node in definition.nodes},
                main_process=definition.main_process,
                faults=tuple(faults),
            )

    def find(
        self, officer: OfficerActor, wanted: Wanted, *, limit: int = 50, offset: int = 0
    ) -> list[DossierLine]:
        """Dossiers to be looked into, newest first; for those who may replay. Raises Forbidden."""
        require_anywhere(officer, Action.REPLAY_HISTORY)
        now = self._clock.now()
        with self._database.reading() as connection:
            found = dossiers.search(
                connection,
                visibility.visible_dossiers(officer),
                words=words(wanted.text),
                conditions=self._conditions(connection, wanted, now),
                limit=limit,
                offset=offset,
            )
            return [self._reader.line(connection, row, now) for row in found]

    def _conditions(self, connection: Connection, wanted: Wanted, now: datetime) -> list[Any]:
        conditions = dossiers.list_filter("overdue", now) if wanted.overdue else []
        if wanted.agency:
            conditions.append(dossiers.agency_is(wanted.agency))
        if wanted.by_hand:
            conditions.append(rows.has_kind(INTERVENTIONS))
        if wanted.officer.strip():
            sought = set(words(wanted.officer))
            named = [
                officer_key(one.id)
                for one in people.officers(connection)
                if sought <= set(words(f"{one.name} {one.username}"))
            ]
            conditions.append(rows.has_actor(named))
        return conditions

    def verify(self, number: str) -> list[history.Fault]:
        """Faults of one dossier's chain; empty when it holds. Raises NotFound."""
        with self._database.reading() as connection:
            row = self._reader.any(connection, number)
            return history.verify(rows.of_dossier(connection, row.id), row)

    def rerun(self, officer: OfficerActor, number: str) -> Rerun:
        """All commands of a dossier run once more, for an auditor. Raises NotFound, Forbidden."""
        require_anywhere(officer, Action.REPLAY_HISTORY)
        with self._database.reading() as connection:
            row = self._reader.visible(connection, officer, number)
            return rerun(connection, self._services, row, rows.of_dossier(connection, row.id))

    def run_again(self, number: str) -> Rerun:
        """The same for whoever works at the machine. Raises NotFound."""
        with self._database.reading() as connection:
            row = self._reader.any(connection, number)
            return rerun(connection, self._services, row, rows.of_dossier(connection, row.id))

    def self_check(self, size: int) -> SelfCheck:
        """Run again a sample of dossiers, another one every day; what differs becomes an incident.

        Several processes may do it at once: the same trouble is one incident, and nothing is tried again.
        """
        now = self._clock.now()
        start = uuid5(NAMESPACE_OID, f"self-check:{vietnam(now).date()}")
        with self._database.reading() as connection:
            numbers = dossiers.sample(connection, start, size)
        found = [again for number in numbers if not (again := self.run_again(number)).holds]
        for again in found:
            self._note(again, now)
        return SelfCheck(looked_at=len(numbers), deviating=tuple(again.number for again in found))

    def _note(self, again: Rerun, now: datetime) -> None:
        with self._database.transaction() as tx:
            dossier_id = dossiers.id_of(tx, again.number)
            if dossier_id is not None and again.deviation is not None:
                open_incident(tx, dossier_id=dossier_id, kind="replay", message=again.deviation.vi, at=now)

    def _frames(
        self,
        connection: Connection,
        row: Row[Any],
        views: Sequence[HistoryView],
        definition: Definition,
    ) -> list[ReplayFrame]:
        frames: list[ReplayFrame] = []
        path = Path()
        ledger: tuple[LedgerEntry, ...] = ()
        for view, calendar in zip(views, _calendars(row.calendar_version, views), strict=True):
            path.follow(view.events)
            path.rename(view.details.get("mapping") or {})
            before = {name: old for name, (old, _) in view.changes.items()}
            after = {name: new for name, (_, new) in view.changes.items()}
            ledger = (*ledger, *view.ledger)
            reckoning = self._reckoning(connection, row, ledger, definition, calendar)
            frames.append(
                ReplayFrame(
                    entry=view,
                    path=tuple(path.entered.items()),
                    present=path.present,
                    before=before,
                    after=after,
                    explanation=reckoning.explain("vi"),
                    explanation_en=reckoning.explain("en"),
                )
            )
        return _as_drawn(frames)

    def _reckoning(
        self,
        connection: Connection,
        row: Row[Any],
        ledger: tuple[LedgerEntry, ...],
        definition: Definition,
        calendar: int,
    ) -> Reckoning:
        """The clock as it stood when the ledger ended there, by the calendar of that moment."""
        limits = [entry.detail["limit"] for entry in ledger if "limit" in entry.detail]
        record = Record(ledger=ledger, limit=limits[-1] if limits else None)
        return self._reader.reckoning(connection, row, record, definition, calendar=calendar)


def _as_drawn(frames: list[ReplayFrame]) -> list[ReplayFrame]:
    """Frames before a migration tell their way by the elements of the newest version."""
    later: dict[str, str] = {}
    drawn: list[ReplayFrame] = []
    for frame in reversed(frames):
        path = {later.get(node, node): count for node, count in frame.path}
        present = tuple(later.get(node, node) for node in frame.present)
        drawn.append(replace(frame, path=tuple(path.items()), present=present))
        mapping = frame.entry.details.get("mapping") or {}
        later = {**later, **{node: later.get(to, to) for node, to in mapping.items()}}
    return drawn[::-1]


def _calendars(newest: int, views: Sequence[HistoryView]) -> list[int]:
    """The version of the calendar after each command; read backwards, a re-planning names the one before."""
    versions: list[int] = []
    for view in reversed(views):
        versions.append(newest)
        newest = view.details.get("calendar_before", newest)
    return versions[::-1]
