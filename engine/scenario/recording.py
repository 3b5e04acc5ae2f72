"""A real dossier becomes a scenario: its commands once more as deeds, anonymised, with what came of it.

What officers bent by hand cannot be told as a scenario; timers fire by themselves when time passes.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from engine.advance import Services
from engine.clock import vietnam
from engine.domain.command import Kind
from engine.domain.dmn import table_to_json
from engine.history import read_body, read_payload
from engine.scenario.anonymising import Masks, literals
from engine.scenario.coverage import Event
from engine.scenario.errors import NotRecordable
from engine.scenario.outcome import outcome
from engine.scenario.retelling import Retelling
from engine.scenario.seeing import see
from engine.scenario.spans import written
from engine.scenario.words import ALWAYS, CHANNELS, DEEDS, EXPECT, GIVEN, SCENARIO, STATUSES, shown
from engine.store import dossiers
from engine.store import history as rows
from engine.store.database import Connection, Row
from engine.workflow.bundle import Definition

Json = dict[str, Any]
_BY_ITSELF = frozenset({Kind.FIRE, Kind.CLAIM, Kind.RELEASE, Kind.ATTACH, Kind.REPLAN})
_TOLD = ("notify_officers", "notify_applicant")  # nothing comes of their answers


def record(
    connection: Connection, services: Services, number: str, *, exact: bool = False
) -> tuple[str, str, Json]:
    """Procedure, SHA-256 of the bundle, and the dossier as a scenario in the words of a file.

    ``exact`` keeps fractions of minutes.
    Raises NotRecordable.
    """
    row = _row(connection, number)
    entries = rows.of_dossier(connection, row.id)
    definition = services.definition(connection, row.bundle)
    seen = see(connection, services, row.id)
    _require_plain(number, entries)
    retelling = Retelling(definition, Masks(_compared(definition)), seen.row)
    deeds, silent = _deeds(definition, retelling, entries, exact=exact)
    scenario: Json = {
        SCENARIO["name"]: f"Ghi lại hồ sơ nộp ngày {written(entries[0].recorded_at, hour=False)}: "
        f"{shown(row.handling, STATUSES).lower()}",
        SCENARIO["given"]: {
            GIVEN["submitted_at"]: _moment(entries[0].recorded_at, exact=exact),
            GIVEN["channel"]: CHANNELS[row.channel].lower(),
            **retelling.handed_in(read_payload(entries[0].payload).get("answers") or {}),
            **({GIVEN["services"]: dict.fromkeys(silent, "im lặng")} if silent else {}),
        },
        SCENARIO["steps"]: deeds,
        SCENARIO["expect"]: outcome(connection, services, seen),
    }
    return row.procedure_code, row.bundle, scenario


def _compared(definition: Definition) -> set[str]:
    """Texts with which some expression of the bundle compares."""
    return literals(
        definition.plans,
        [node.to_json() for node in definition.nodes.values()],
        [table_to_json(table) for table in definition.tables.values()],
        definition.forms,
        definition.procedure.to_json(),
    )


def _row(connection: Connection, number: str) -> Row[Any]:
    row = dossiers.find(connection, number)
    if row is None:
        raise NotRecordable(number=number, why_vi="không có hồ sơ này", why_en="there is no such dossier")
    return row


def _require_plain(number: str, entries: Sequence[Row[Any]]) -> None:
    """Only what people, citizens and services do by themselves can be told."""
    for entry in entries:
        if entry.payload is None:
            raise NotRecordable(number=number, why_vi="dữ liệu đã xóa", why_en="its data is erased")
        details = read_payload(entry.payload).get("details") or {}
        known = entry.kind in _KINDS or entry.kind in _BY_ITSELF
        if not known or "from" in details or "at" in details:
            raise NotRecordable(
                number=number,
                why_vi=f"lệnh số {entry.sequence} ({entry.kind}) không phải việc thường ngày",
                why_en=f"command {entry.sequence} ({entry.kind}) is none of everyday",
            )


def _deeds(
    definition: Definition, retelling: Retelling, entries: Sequence[Row[Any]], *, exact: bool
) -> tuple[list[Json], list[str]]:
    """What was done, with the waits between; and the services that have not answered yet."""
    deeds: list[Json] = []
    now = _moment(entries[0].recorded_at, exact=exact)
    due = entries[0].due_at
    for entry in entries[1:]:
        deed = _deed(definition, retelling, entry)
        if deed is None:
            due = entry.due_at
            continue
        moment = _moment(entry.recorded_at, exact=exact)
        if moment != now:
            deeds.append({DEEDS["wait"][0]: f"đến {moment}"})
            now = moment
        if entry.due_at != due:
            due = entry.due_at
            deed[ALWAYS["expect"]] = {EXPECT["due"]: written(due, hour=exact or not _odd(due))}
        deeds.append(deed)
    return deeds, _unanswered(definition, entries)


def _deed(definition: Definition, retelling: Retelling, entry: Row[Any]) -> Json | None:
    """A command as a deed; None for what happens by itself."""
    if entry.kind in _BY_ITSELF:
        return None
    if entry.kind in (Kind.JOB_DONE, Kind.JOB_ERROR):
        handler = definition.nodes[entry.node].handler
        if handler in _TOLD:
            return None
    told: Json = getattr(retelling, _KINDS[Kind(entry.kind)])(entry, read_payload(entry.payload))
    return told


def _unanswered(definition: Definition, entries: Sequence[Row[Any]]) -> list[str]:
    """Services that were asked and have not answered: in the scenario, too, they keep silent."""
    asked: dict[str, int] = {}
    for entry in entries:
        events: list[Event] = [tuple(one) for one in read_body(entry.body)["events"]]
        for what, node, _ in events:
            facts = definition.nodes.get(node)
            if facts is not None and facts.handler and facts.handler not in _TOLD:
                asked[node] = asked.get(node, 0) + {"entered": 1}.get(what, -1)
    return [definition.nodes[node].name or node for node, count in asked.items() if count > 0]


def _moment(at: datetime, *, exact: bool) -> str:
    """To the minute unless that would change what comes of it."""
    return written(at if exact else vietnam(at).replace(second=0, microsecond=0))


def _odd(at: datetime | None) -> bool:
    """Whether a moment is none of a clock's full minutes: then it came of a fraction that is not kept."""
    return at is not None and bool(at.second or at.microsecond)


_KINDS: Mapping[Kind, str] = {
    Kind.START: "started", Kind.COMPLETE: "completed", Kind.SUPPLEMENT: "supplemented",
    Kind.WITHDRAW: "withdrawn", Kind.MESSAGE: "messaged", Kind.JOB_DONE: "answered",
    Kind.JOB_ERROR: "answered", Kind.EXTEND: "extended",
}  # fmt: skip
