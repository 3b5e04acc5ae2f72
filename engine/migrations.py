"""Running dossiers are to follow another version of their procedure: planned, tried out, approved."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from engine.advance import Services
from engine.clock import Clock
from engine.crossing import both_versions, command_of, details_of, tried
from engine.domain.actor import OfficerActor, officer_of
from engine.domain.mapping import Drawn, differences, suggest
from engine.domain.migration import ItemState, Stage, checked_mapping, require_stage
from engine.domain.permission import Action, may_anywhere, require_anywhere
from engine.domain.version import OwnWork, State
from engine.errors import Invalid, NotFound
from engine.migration_views import ItemLine, MigrationView, Pairing, Plan
from engine.store import codec, people
from engine.store import migrated as rows
from engine.store.database import Connection, Database, Row
from engine.workflow.structure import drawn

TRIED = 200  # dossiers tried out for one page


class Migrations:
    """What people, and the heartbeat, do about dossiers of older versions."""

    def __init__(self, database: Database, services: Services, clock: Clock) -> None:
        self._database = database
        self._services = services
        self._clock = clock

    def plan(
        self,
        officer: OfficerActor,
        code: str,
        source: int,
        target: int,
        mapping: Mapping[str, str] | None = None,
    ) -> Plan:
        """What differs, which element became which, and what would become of each running dossier.

        ``mapping`` replaces the suggested one. Nothing is stored. Raises NotFound, Invalid, Forbidden.
        """
        require_anywhere(officer, Action.VIEW_MIGRATIONS)
        now = self._clock.now()
        with self._database.reading() as connection:
            before, after = _versions(connection, code, source, target)
            old, new = self._drawn(connection, before), self._drawn(connection, after)
            chosen = _mapped(old, new, mapping)
            running = rows.running_dossiers(connection, code, source)
            command = command_of(details_of(before, after, chosen), now)
            return Plan(
                code=code,
                source=source,
                target=target,
                differences=tuple(differences(old, new, chosen)),
                pairings=tuple(_pairings(old, new, chosen)),
                mapping=chosen,
                verdicts=tuple(
                    tried(connection, self._services, row, command, new) for row in running[:TRIED]
                ),
                running=len(running),
            )

    def request(
        self,
        officer: OfficerActor,
        code: str,
        source: int,
        target: int,
        mapping: Mapping[str, str] | None = None,
        *,
        reason: str,
    ) -> UUID:
        """Lay a migration of all dossiers that run on a version now before a second person.

        Raises NotFound, Invalid (no reason, a mapping that fits not, nothing to move), Forbidden.
        """
        require_anywhere(officer, Action.REQUEST_MIGRATION)
        if not reason.strip():
            raise Invalid({"reason": ("Nêu vì sao chuyển hồ sơ.", "Say why dossiers are to be moved.")})
        migration_id, now = uuid4(), self._clock.now()
        with self._database.transaction() as tx:
            before, after = _versions(tx, code, source, target)
            chosen = _mapped(self._drawn(tx, before), self._drawn(tx, after), mapping)
            running = rows.running_dossiers(tx, code, source)
            if not running:
                raise _nobody(source)
            rows.add(
                tx,
                {
                    "id": migration_id,
                    "code": code,
                    "source": source,
                    "target": target,
                    "mapping": codec.pack(chosen),
                    "reason": reason.strip(),
                    "requested_at": now,
                    "requested_by": officer.key,
                    "state": Stage.REQUESTED,
                },
                _items(migration_id, running),
            )
        return migration_id

    def approve(self, officer: OfficerActor, migration_id: UUID, *, note: str = "") -> None:
        """The second person's yes: the heartbeat begins to move dossiers.

        Raises OwnWork to who asked, MigrationOutOfTurn, NotFound, Forbidden.
        """
        self._decide(officer, migration_id, Stage.RUNNING, note.strip() or None)

    def refuse(self, officer: OfficerActor, migration_id: UUID, *, reason: str) -> None:
        """The second person's no. Raises MigrationOutOfTurn, Invalid without a reason, Forbidden."""
        if not reason.strip():
            raise Invalid({"reason": ("Nêu vì sao không duyệt.", "Say why it is refused.")})
        self._decide(officer, migration_id, Stage.REFUSED, reason.strip())

    def pause(self, officer: OfficerActor, migration_id: UUID) -> None:
        """Stop after the dossier at hand. Raises MigrationOutOfTurn, NotFound, Forbidden."""
        self._turn(officer, migration_id, Stage.RUNNING, Stage.PAUSED)

    def resume(self, officer: OfficerActor, migration_id: UUID) -> None:
        """Go on with those that are left. Raises MigrationOutOfTurn, NotFound, Forbidden."""
        self._turn(officer, migration_id, Stage.PAUSED, Stage.RUNNING)

    def get(self, officer: OfficerActor, migration_id: UUID) -> MigrationView:
        """A migration with the result of each dossier. Raises NotFound, Forbidden."""
        require_anywhere(officer, Action.VIEW_MIGRATIONS)
        with self._database.reading() as connection:
            row = rows.get(connection, migration_id)
            if row is None:
                raise NotFound(what="việc chuyển hồ sơ")
            return self._views(connection, [row], rows.items(connection, migration_id))[0]

    def listed(self, officer: OfficerActor, code: str | None = None) -> list[MigrationView]:
        """Migrations, newest first, of one procedure or of all. Raises Forbidden."""
        require_anywhere(officer, Action.VIEW_MIGRATIONS)
        with self._database.reading() as connection:
            return self._views(connection, list(rows.listed(connection, code)), [])

    def _decide(self, officer: OfficerActor, migration_id: UUID, stage: Stage, note: str | None) -> None:
        require_anywhere(officer, Action.APPROVE_MIGRATION)
        with self._database.transaction() as tx:
            row = self._locked(tx, migration_id)
            require_stage(row.state, Stage.REQUESTED)
            if row.requested_by == officer.key and stage == Stage.RUNNING:
                raise OwnWork()
            decided = {"decided_at": self._clock.now(), "decided_by": officer.key, "note": note}
            rows.change(tx, migration_id, {"state": stage, **decided})

    def _turn(self, officer: OfficerActor, migration_id: UUID, before: Stage, after: Stage) -> None:
        if not may_anywhere(officer, Action.REQUEST_MIGRATION):
            require_anywhere(officer, Action.APPROVE_MIGRATION)
        with self._database.transaction() as tx:
            require_stage(self._locked(tx, migration_id).state, before)
            rows.change(tx, migration_id, {"state": after})

    def _locked(self, tx: Connection, migration_id: UUID) -> Row[Any]:
        row = rows.lock(tx, migration_id)
        if row is None:
            raise NotFound(what="việc chuyển hồ sơ")
        return row

    def _drawn(self, connection: Connection, version: Row[Any]) -> Drawn:
        return drawn(self._services.definition(connection, version.sha256))

    def _views(
        self, connection: Connection, found: Sequence[Row[Any]], items: Sequence[Row[Any]]
    ) -> list[MigrationView]:
        keys = {key for row in found for key in (row.requested_by, row.decided_by) if key}
        names = people.names(connection, {who for key in keys if (who := officer_of(key))})
        counts = rows.tallies(connection, [row.id for row in found])
        return [_view(row, names, counts[row.id], items) for row in found]


def _versions(connection: Connection, code: str, source: int, target: int) -> tuple[Row[Any], Row[Any]]:
    """Both versions; dossiers only go to what is live. Raises NotFound, Invalid."""
    before, after = both_versions(connection, code, source, target)
    if after.state != State.LIVE or source == target:
        vi = f"Chỉ chuyển hồ sơ sang bản đang áp dụng; bản {target} không phải."
        raise Invalid({"target": (vi, "Dossiers go only to the version that is live.")})
    return before, after


def _mapped(old: Drawn, new: Drawn, mapping: Mapping[str, str] | None) -> dict[str, str]:
    """The mapping that was chosen, else the suggested one. Raises Invalid."""
    return checked_mapping(old, new, suggest(old, new) if mapping is None else mapping)


def _items(migration_id: UUID, dossiers: Sequence[Row[Any]]) -> list[dict[str, Any]]:
    waiting = {"migration_id": migration_id, "state": ItemState.WAITING}
    return [{**waiting, "dossier_id": row.id, "number": row.number} for row in dossiers]


def _nobody(source: int) -> Invalid:
    vi = f"Không còn hồ sơ nào đang theo bản {source}."
    return Invalid({"source": (vi, f"No dossier follows version {source} any more.")})


def _pairings(old: Drawn, new: Drawn, mapping: Mapping[str, str]) -> list[Pairing]:
    """Elements in question first: without counterpart, then with another id, then the rest."""
    taken = set(mapping.values())
    found = [
        Pairing(
            element=one.id,
            name=one.name,
            kind=one.kind,
            to=mapping.get(one.id),
            candidates=tuple(
                (other.id, other.name)
                for other in new.elements.values()
                if other.kind == one.kind and (other.id not in taken or other.id == mapping.get(one.id))
            ),
        )
        for one in old.elements.values()
    ]
    return sorted(found, key=lambda one: (one.to is not None, one.to == one.element))


def _view(
    row: Row[Any], names: Mapping[UUID, str], counts: Mapping[str, int], items: Sequence[Row[Any]]
) -> MigrationView:
    return MigrationView(
        id=row.id,
        code=row.code,
        source=row.source,
        target=row.target,
        mapping=codec.unpack(row.mapping),
        reason=row.reason,
        state=row.state,
        requested_at=row.requested_at,
        requested_by=row.requested_by,
        requested_by_name=_name(names, row.requested_by) or "",
        decided_at=row.decided_at,
        decided_by_name=_name(names, row.decided_by),
        note=row.note,
        counts=counts,
        items=tuple(
            ItemLine(
                number=item.number,
                state=item.state,
                message=item.message,
                sequence=item.sequence,
                at=item.at,
            )
            for item in items
        ),
    )


def _name(names: Mapping[UUID, str], key: str | None) -> str | None:
    who = officer_of(key) if key else None
    return names.get(who, "Cán bộ") if who else None
