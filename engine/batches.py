"""Approved migrations are worked off: dossier by dossier, each in its own transaction, by the heartbeat."""

from datetime import datetime
from typing import Any
from uuid import UUID

from engine.advance import Services, Work, advance
from engine.advance.migrating import MigrationRefused
from engine.clock import Clock
from engine.crossing import both_versions, command_of, details_of
from engine.domain.migration import ItemState, Stage
from engine.errors import MotcuaError, Unavailable
from engine.incidents import is_fault, open_incident, told
from engine.store import codec
from engine.store import migrated as rows
from engine.store.database import Database, Row

BATCH = 20  # dossiers moved in one beat


class AlreadySettled(MotcuaError):
    """Another worker has moved this dossier."""

    code = "already-settled"
    vi = "Hồ sơ này đã có kết quả chuyển."
    en = "This dossier has its result already."


class Batches:
    """Moves dossiers of migrations that a second person has approved."""

    def __init__(self, database: Database, services: Services, clock: Clock) -> None:
        self._database = database
        self._services = services
        self._clock = clock

    def work_off(self, limit: int = BATCH) -> int:
        """Move dossiers of approved migrations, each in its own transaction; returns how many were tried.

        Several workers may do this at once: a dossier is moved once. One that cannot go keeps its version.
        """
        with self._database.reading() as connection:
            running = rows.running(connection)
        done = 0
        for migration in running:
            with self._database.reading() as connection:
                items = rows.waiting(connection, migration.id, limit - done)
            for item in items:
                self._move(migration, item)
            done += len(items)
            if not items and done < limit:
                self._finish(migration.id)
        return done

    def _move(self, migration: Row[Any], item: Row[Any]) -> None:
        now = self._clock.now()
        with self._database.reading() as connection:
            pair = both_versions(connection, migration.code, migration.source, migration.target)
        details = {
            **details_of(*pair, codec.unpack(migration.mapping)),
            "migration": str(migration.id),
            "requested_by": migration.requested_by,
        }
        command = command_of(details, now, by=migration.decided_by, reason=migration.reason)
        result = {"at": now}

        def still_waiting(work: Work) -> None:
            values = {**result, "state": ItemState.DONE, "sequence": work.sequence}
            if not rows.settle(work.tx, item.dossier_id, migration.id, values):
                raise AlreadySettled()

        try:
            with self._database.transaction() as tx:
                advance(tx, self._services, item.dossier_id, command, permit=still_waiting)
        except (AlreadySettled, Unavailable):
            return  # done by another worker, or busy now: the next beat looks again
        except Exception as error:  # noqa: BLE001  # one dossier must not keep the others
            self._leave(migration.id, item, error, now)

    def _leave(self, migration_id: UUID, item: Row[Any], error: Exception, now: datetime) -> None:
        """It keeps its version; a fault of a diagram or of ours is an incident besides."""
        fault = is_fault(error) and not isinstance(error, MigrationRefused)
        state = ItemState.FAILED if fault else ItemState.REFUSED
        with self._database.transaction() as tx:
            values = {"state": state, "message": told(error)[:2000], "at": now}
            kept = rows.settle(tx, item.dossier_id, migration_id, values)
            if kept and fault:
                open_incident(tx, dossier_id=item.dossier_id, kind="migration", message=told(error), at=now)

    def _finish(self, migration_id: UUID) -> None:
        with self._database.transaction() as tx:
            row = rows.lock(tx, migration_id)
            if row is not None and row.state == Stage.RUNNING and not rows.waiting(tx, migration_id, 1):
                rows.change(tx, migration_id, {"state": Stage.DONE})
