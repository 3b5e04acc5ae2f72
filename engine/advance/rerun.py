"""All commands of a dossier once more, from its history alone, in memory: what was then must come out again.

No handler is asked and nothing is written; what inside handlers said stands in history.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.advance import perform
from engine.advance.services import Services
from engine.advance.work import Work, fresh_columns
from engine.advance.world import reach
from engine.clock import vietnam
from engine.domain.actor import officer_of
from engine.domain.command import By, Command, Kind
from engine.domain.milestone import MILESTONES
from engine.domain.record import Record
from engine.domain.rerun import Deviation, Rerun
from engine.history import iso, read_body, read_payload
from engine.incidents import told
from engine.store import codec
from engine.store.database import Connection, Row

# Columns of a dossier that nothing ever changes.
_CONSTANT = (
    "id", "number", "tracking_code", "procedure_code", "procedure_name", "procedure_version", "agency",
    "received_agency", "channel", "applicant_name", "search", "salt",
)  # fmt: skip


def rerun(
    connection: Connection, services: Services, dossier: Row[Any], entries: Sequence[Row[Any]]
) -> Rerun:
    """Run all commands again and compare each with what is recorded; stops at the first that differs."""
    columns = _beginning(dossier, entries)
    record, state = Record(), None
    done, deviation, erased = 0, None, None
    for row in entries:
        if row.payload is None:
            erased = row.sequence
            break
        body, payload = read_body(row.body), read_payload(row.payload)
        work = _work(connection, services, columns, record, state, _command(row, body, payload), payload)
        deviation = _compared(work, row, body, payload)
        if deviation is not None:
            break
        done += 1
        record, state = work.record, work.state
        columns |= {"sequence": row.sequence, "recorded_at": work.at}
        if work.ended:
            columns["closed_at"] = work.at
    return Rerun(number=dossier.number, commands=len(entries), done=done, deviation=deviation, erased=erased)


def _beginning(dossier: Row[Any], entries: Sequence[Row[Any]]) -> dict[str, Any]:
    """The dossier's row before its first command."""
    calendar = dossier.calendar_version
    for row in reversed(entries):
        if row.kind == Kind.REPLAN:
            calendar = read_payload(row.payload).get("details", {}).get("calendar_before", calendar)
    kept = {name: getattr(dossier, name) for name in _CONSTANT}
    bundle = read_body(entries[0].body).get("bundle", dossier.bundle) if entries else dossier.bundle
    return {**fresh_columns(), **kept, "bundle": bundle, "calendar_version": calendar, "recorded_at": None}


def _command(row: Row[Any], body: Mapping[str, Any], payload: Mapping[str, Any]) -> Command:
    by = By(key=row.actor, role=row.role, agency=row.agency, officer=officer_of(row.actor))
    return Command(
        kind=Kind(row.kind),
        by=by,
        at=row.recorded_at,
        task_id=row.task_id,
        answers=payload.get("answers") or {},
        name=payload.get("name"),
        reason=payload.get("reason"),
        details=payload.get("details") or {},
    )


def _work(
    connection: Connection,
    services: Services,
    columns: dict[str, Any],
    record: Record,
    state: bytes | None,
    command: Command,
    payload: Mapping[str, Any],
) -> Work:
    received = columns["received_at"] or columns["submitted_at"] or command.at
    return Work(
        tx=connection,
        services=services,
        command=command,
        definition=services.definition(connection, columns["bundle"]),
        calendar=services.calendars.get(connection, columns["calendar_version"]),
        rules=services.law.rules_at(vietnam(received).date()),
        columns=columns,
        record=record,
        sequence=columns["sequence"] + 1,
        at=command.at,
        state=state,
        ledger_before=len(record.ledger),
        due_before=columns["due_at"],
        stage_before=columns["steps"],
        recorded=deque(payload.get("answered") or ()),
    )


def _compared(
    work: Work, row: Row[Any], body: Mapping[str, Any], payload: Mapping[str, Any]
) -> Deviation | None:
    """Do the command; the first thing that is not as recorded."""
    try:
        if work.command.kind == Kind.START:
            reach(work, MILESTONES["submitted"], "", {})
        perform(work)
    except Exception as error:  # noqa: BLE001  # whatever today's program does, the auditor is told
        return _deviation(row, "error", "—", told(error))
    work.columns["steps"] = " · ".join(sorted({task.name for task in work.record.tasks.values()}))
    for what, recorded, found in _pairs(work, body, payload):
        if recorded != found:
            return _deviation(row, what, recorded, found)
    return None


def _pairs(work: Work, body: Mapping[str, Any], payload: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    yield "events", body.get("events"), [list(event) for event in work.events]
    yield "milestones", body.get("milestones"), [one.milestone.name for one in work.occurrences]
    yield "state", body.get("state"), work.record.state_hash
    yield "status", body.get("handling"), str(work.columns["handling"])
    yield "due date", body.get("due_at"), iso(work.columns["due_at"])
    changes = payload.get("changes") or {}
    if changes != work.changes:  # the detour over JSON only where it may matter: a list is no tuple
        yield "data", changes, codec.unpack(codec.pack(work.changes))


def _deviation(row: Row[Any], what: str, recorded: Any, found: Any) -> Deviation:
    if what == "data":  # what was declared stays where it is kept
        recorded, found = ", ".join(sorted(recorded)) or "—", ", ".join(sorted(found)) or "—"
    return Deviation(
        sequence=row.sequence,
        kind=row.kind,
        what=what,
        recorded=_short(recorded),
        found=_short(found),
    )


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else "; ".join(map(str, value)) if value else "—"
    return text if len(text) <= 300 else f"{text[:300]}…"
