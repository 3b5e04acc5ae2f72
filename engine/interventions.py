"""Repairs that take two people: asked for with a reason, approved by another, done as one command."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from engine.advance import Address, Outcome, Services, Work
from engine.advance.commands import TaskClosed
from engine.advance.execute import execute
from engine.advance.intervening import open_elements
from engine.advance.permits import NOBODY, permit_dossier
from engine.clock import Clock
from engine.correction import corrected, fields_of
from engine.domain.actor import OfficerActor, officer_of
from engine.domain.command import Command, Kind
from engine.domain.intervention import Intervention, RequestDecided, Stage
from engine.domain.permission import Action, office_for, require_anywhere
from engine.domain.record import Record
from engine.domain.version import OwnWork
from engine.errors import Conflict, Invalid, NotFound
from engine.intervention_views import InterventionLine, OpenElement, Possible
from engine.store import codec, dossiers, people
from engine.store import interventions as rows
from engine.store.database import Connection, Database, Row
from engine.workflow.bundle import Definition
from engine.workflow.structure import drawn

# They begin, or listen beside an activity: no token comes to them, and none is moved from them.
_BESIDE = frozenset({"startEvent", "boundaryEvent"})


class Interventions:
    """What two people may do to a dossier beside its ordinary course."""

    def __init__(self, database: Database, services: Services, clock: Clock) -> None:
        self._database = database
        self._services = services
        self._clock = clock

    def possible(self, officer: OfficerActor, dossier: Address) -> Possible:
        """What could be asked for now: open elements and where they could move, values to correct.

        Who may not see the dossier is shown its elements and none of its data. Raises NotFound, Forbidden.
        """
        require_anywhere(officer, Action.REQUEST_INTERVENTION)
        sees = office_for(officer, Action.CORRECT_DATA) is not None
        with self._database.reading() as connection:
            row = self._row(connection, dossier)
            definition = self._services.definition(connection, row.bundle)
        record = Record.from_json(codec.unpack(row.record))
        return Possible(
            number=row.number,
            procedure_name=row.procedure_name,
            handling=row.handling,
            sequence=row.sequence,
            ended=row.closed_at is not None,
            elements=tuple(
                OpenElement(UUID(task), node, definition.nodes[node].name, targets(definition, node))
                for task, node in sorted(movable(definition, record).items(), key=lambda pair: pair[1])
            ),
            fields=fields_of(definition, record.data) if sees else (),
        )

    def request(
        self,
        officer: OfficerActor,
        dossier: Address,
        kind: Intervention,
        details: Mapping[str, Any],
        *,
        reason: str,
        seen: int | None = None,
    ) -> tuple[UUID, UUID]:
        """Lay a repair before a second person; returns the ids of dossier and request. Nothing is done yet.

        ``details``: move has ``task`` and ``to``, redo has ``task``, correct has ``values``, cancel nothing.
        Raises Invalid, TaskClosed, NotFound, Forbidden, Conflict (another version than ``seen``).
        """
        right = Action.CORRECT_DATA if kind == Intervention.CORRECT else Action.REQUEST_INTERVENTION
        require_anywhere(officer, right)
        if not reason.strip():
            raise Invalid({"reason": ("Nêu lý do đề nghị can thiệp.", "Say why this is needed.")})
        request_id = uuid4()
        asked = _asked(officer, right, self._clock.now(), reason)
        with self._database.transaction() as tx:
            row = self._row(tx, dossier)
            if seen is not None and seen != row.sequence:
                raise Conflict(seen=seen, current=row.sequence)
            rows.add(
                tx,
                {
                    "dossier_id": row.id,
                    "id": request_id,
                    "kind": kind,
                    "details": codec.pack(self._details(tx, row, kind, details)),
                    "seen": row.sequence,
                    **asked,
                },
            )
        return row.id, request_id

    def approve(
        self, officer: OfficerActor, dossier_id: UUID, request_id: UUID, *, note: str = ""
    ) -> Outcome:
        """The second person's yes: the repair is done at once, as one command that names both.

        Raises OwnWork to who asked, RequestDecided, DossierMovedOn, NotFound, Forbidden, and what the process
        refuses.
        """
        require_anywhere(officer, Action.APPROVE_INTERVENTION)
        with self._database.reading() as connection:
            row = rows.waiting(connection, dossier_id, request_id)
        if row is None:
            raise RequestDecided()
        if row.requested_by == officer.key:
            raise OwnWork()
        command = Command(
            kind=Kind(row.kind),
            by=NOBODY,
            at=self._clock.now(),
            reason=row.reason,
            details={
                **codec.unpack(row.details),
                "request": str(request_id),
                "requested_by": row.requested_by,
                "requested_role": row.role,
                "requested_at": row.requested_at.isoformat(),
                **({"note": note.strip()} if note.strip() else {}),
            },
        )
        permit = self._permit(officer, request_id, note)
        return execute(self._database, self._services, dossier_id, command, permit=permit)

    def refuse(self, officer: OfficerActor, dossier_id: UUID, request_id: UUID, *, reason: str) -> None:
        """The second person's no; who asked may take it back in the same way.

        Raises RequestDecided, Invalid without a reason, Forbidden.
        """
        if not reason.strip():
            raise Invalid({"reason": ("Nêu vì sao không duyệt.", "Say why it is refused.")})
        with self._database.transaction() as tx:
            row = rows.waiting(tx, dossier_id, request_id)
            if row is None:
                raise RequestDecided()
            if row.requested_by != officer.key:
                require_anywhere(officer, Action.APPROVE_INTERVENTION)
            decided = _decision(Stage.REFUSED, self._clock.now(), officer.key, reason.strip())
            if not rows.decide(tx, dossier_id, request_id, decided):
                raise RequestDecided()

    def waiting(self, officer: OfficerActor) -> list[InterventionLine]:
        """Requests that nobody has decided yet, oldest first. Raises Forbidden."""
        return self._listed(officer, open_only=True)

    def decided(self, officer: OfficerActor) -> list[InterventionLine]:
        """What was decided last, newest first. Raises Forbidden."""
        return self._listed(officer, open_only=False)

    def _permit(self, officer: OfficerActor, request_id: UUID, note: str) -> Callable[[Work], None]:
        allowed = permit_dossier(officer, Action.APPROVE_INTERVENTION)

        def permit(work: Work) -> None:
            allowed(work)
            if rows.waiting(work.tx, work.dossier_id, request_id) is None:
                raise RequestDecided()
            done = _decision(Stage.DONE, work.at, officer.key, note.strip())
            done["sequence"] = work.sequence

            def decide(tx: Connection) -> None:
                if not rows.decide(tx, work.dossier_id, request_id, done):
                    raise RequestDecided()  # refused at this very moment

            work.writes.append(decide)

        return permit

    def _details(
        self, tx: Connection, row: Row[Any], kind: Intervention, given: Mapping[str, Any]
    ) -> dict[str, Any]:
        """What the command will need; raises Invalid, TaskClosed."""
        record = Record.from_json(codec.unpack(row.record))
        definition = self._services.definition(tx, row.bundle)
        if kind == Intervention.CANCEL:
            if row.closed_at is not None:
                raise TaskClosed()
            return {"handling": row.handling}
        if kind == Intervention.CORRECT:
            return corrected(definition, record.data, given.get("values") or {})
        task = str(given.get("task") or "")
        node = movable(definition, record).get(task)
        if node is None:
            raise TaskClosed()
        if kind == Intervention.REDO:
            return {"task": task, "from": node}
        to = str(given.get("to") or "")
        if to not in dict(targets(definition, node)):
            vi = "Chọn một bước trong cùng khối với bước đang mở."
            raise Invalid({"to": (vi, "Choose an element of the same block as the open one.")})
        return {"task": task, "from": node, "to": to}

    def _listed(self, officer: OfficerActor, *, open_only: bool) -> list[InterventionLine]:
        require_anywhere(officer, Action.VIEW_INTERVENTIONS)
        sees = office_for(officer, Action.VIEW_DOSSIER) is not None
        with self._database.reading() as connection:
            found = rows.listed(connection, open_only=open_only, limit=200 if open_only else 20)
            keys = {key for row in found for key in (row.requested_by, row.decided_by) if key}
            names = people.names(connection, {who for key in keys if (who := officer_of(key))})
            return [self._line(connection, row, names, sees) for row in found]

    def _line(
        self, connection: Connection, row: Row[Any], names: Mapping[UUID, str], sees: bool
    ) -> InterventionLine:
        details = codec.unpack(row.details)
        definition = self._services.definition(connection, row.bundle)
        return InterventionLine(
            dossier_id=row.dossier_id,
            id=row.id,
            dossier_number=row.number,
            procedure_name=row.procedure_name,
            kind=row.kind,
            element=_name(definition, details.get("from")),
            to=_name(definition, details.get("to")),
            values=details.get("values", {}) if sees else dict.fromkeys(details.get("values", {})),
            before=details.get("before", {}) if sees else {},
            reason=row.reason,
            requested_at=row.requested_at,
            requested_by=row.requested_by,
            requested_by_name=_person(names, row.requested_by),
            state=row.state,
            decided_at=row.decided_at,
            decided_by_name=_person(names, row.decided_by),
            note=row.note,
            sequence=row.sequence,
        )

    def _row(self, connection: Connection, dossier: Address) -> Row[Any]:
        dossier_id = dossiers.id_of(connection, dossier)
        row = dossiers.get(connection, dossier_id) if dossier_id is not None else None
        if row is None:
            raise NotFound(what="hồ sơ")
        return row


def movable(definition: Definition, record: Record) -> dict[str, str]:
    """Task ids of what waits in a dossier by itself, with their BPMN ids."""
    elements = drawn(definition).elements
    return {task: node for task, node in open_elements(record).items() if elements[node].kind not in _BESIDE}


def targets(definition: Definition, node: str) -> tuple[tuple[str, str], ...]:
    """Elements of the same block that a token could be moved to: BPMN id and name."""
    elements = drawn(definition).elements
    here = elements[node].within
    return tuple(
        (one.id, one.name)
        for one in elements.values()
        if one.within == here and one.id != node and one.kind not in _BESIDE
    )


def _asked(officer: OfficerActor, right: Action, at: datetime, reason: str) -> dict[str, Any]:
    office = office_for(officer, right)
    return {
        "state": Stage.REQUESTED,
        "requested_at": at,
        "requested_by": officer.key,
        "role": office.role if office else None,
        "reason": reason.strip(),
    }


def _decision(state: Stage, at: datetime, by: str, note: str) -> dict[str, Any]:
    return {"state": state, "decided_at": at, "decided_by": by, "note": note or None}


def _name(definition: Definition, node: str | None) -> str | None:
    facts = definition.nodes.get(node) if node else None
    return facts.name if facts else node


def _person(names: Mapping[UUID, str], key: str | None) -> str | None:
    who = officer_of(key) if key else None
    return names.get(who, "Cán bộ") if who else None
