"""Stepping through a dossier's history: for auditors, command by command, with the chain checked."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from engine import history
from engine.advance import Services
from engine.clock import Clock
from engine.domain.actor import OfficerActor
from engine.domain.ledger import LedgerEntry
from engine.domain.permission import Action, require_anywhere
from engine.domain.record import Record
from engine.history_views import history_views
from engine.reading import Reader
from engine.store import history as rows
from engine.store.database import Connection, Database, Row
from engine.views import HistoryView, Replay, ReplayFrame
from engine.workflow.bundle import Definition


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
            faults = history.verify(entries, salt=row.salt, head=row.head_hash, length=row.sequence)
            return Replay(
                line=self._reader.line(connection, row, self._clock.now()),
                frames=tuple(self._frames(connection, row, views, definition)),
                diagrams=definition.diagrams,
                process_of={node: definition.process_of(node) for node in definition.nodes},
                main_process=definition.main_process,
                faults=tuple(faults),
            )

    def verify(self, number: str) -> list[history.Fault]:
        """Faults of one dossier's chain; empty when it holds. Raises NotFound."""
        with self._database.reading() as connection:
            row = self._reader.any(connection, number)
            return history.verify(
                rows.of_dossier(connection, row.id), salt=row.salt, head=row.head_hash, length=row.sequence
            )

    def _frames(
        self,
        connection: Connection,
        row: Row[Any],
        views: Sequence[HistoryView],
        definition: Definition,
    ) -> list[ReplayFrame]:
        frames: list[ReplayFrame] = []
        path: Counter[str] = Counter()
        present: dict[str, str] = {}  # task id to BPMN id
        data: dict[str, Any] = {}
        ledger: tuple[LedgerEntry, ...] = ()
        for view in views:
            _follow(view, path, present)
            before = {name: old for name, (old, _) in view.changes.items()}
            after = {name: new for name, (_, new) in view.changes.items()}
            data.update(after)
            ledger = (*ledger, *view.ledger)
            frames.append(
                ReplayFrame(
                    entry=view,
                    path=tuple(path.items()),
                    present=tuple(sorted(set(present.values()))),
                    before=before,
                    after=after,
                    explanation=self._explained(connection, row, ledger, definition),
                )
            )
        return frames

    def _explained(
        self, connection: Connection, row: Row[Any], ledger: tuple[LedgerEntry, ...], definition: Definition
    ) -> tuple[str, ...]:
        limits = [entry.detail["limit"] for entry in ledger if "limit" in entry.detail]
        record = Record(ledger=ledger, limit=limits[-1] if limits else None)
        return self._reader.reckoning(connection, row, record, definition).explain("vi")


def _follow(view: HistoryView, path: Counter[str], present: dict[str, str]) -> None:
    """Bring path and present steps forward by the events of one command."""
    for what, node, task in view.events:
        if what == "entered":
            path[node] += 1
            present[task] = node
        elif what == "completed":
            if task not in present:
                path[node] += 1
            present.pop(task, None)
        elif what == "cancelled":
            present.pop(task, None)
