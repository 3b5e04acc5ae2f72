"""The first command of a dossier: its row, its keys, and the start of its process."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from engine.advance import Outcome, Services, carry_out
from engine.advance.work import Work, fresh_columns
from engine.advance.world import reach
from engine.clock import vietnam
from engine.domain.command import Command
from engine.domain.milestone import MILESTONES
from engine.domain.record import Record
from engine.errors import MotcuaError
from engine.history import GENESIS
from engine.store import codec, dossiers
from engine.store import procedures as rows
from engine.store.database import Connection, Row
from engine.text import folded

# No 0/O, 1/I/L: a citizen reads it aloud and types it on a phone. 12 of 31 signs: 59 random bits.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


class AlreadyBegun(MotcuaError):
    """The same submission has come twice at the same moment; the other one was faster."""

    code = "already-begun"
    vi = "Hồ sơ này vừa được nộp ở một yêu cầu khác. Tải lại trang để xem hồ sơ."
    en = "This dossier has just been handed in by another request. Reload the page to see it."


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDossier:
    """What must be known before a dossier begins."""

    id: UUID
    number: str
    channel: str
    applicant: Mapping[str, Any]
    received_agency: str  # place of reception


def tracking_code() -> str:
    """A code that cannot be guessed or counted up."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(12))


def begin(
    tx: Connection, services: Services, version: Row[Any], new: NewDossier, command: Command
) -> Outcome:
    """Write the dossier's row, mark it submitted and start its process.

    Raises AlreadyBegun when a dossier of that id exists, and what the process refuses.
    """
    calendar_version, calendar = services.calendars.newest(tx)
    columns = _columns(version, new, command.at, calendar_version)
    work = Work(
        tx=tx,
        services=services,
        command=command,
        definition=services.definition(tx, version.sha256),
        calendar=calendar,
        rules=services.law.rules_at(vietnam(command.at).date()),
        columns=columns,
        record=Record(),
        sequence=1,
        at=command.at,
        state=None,
    )
    reach(work, MILESTONES["submitted"], "", {})
    row = {**columns, "recorded_at": command.at, "record": codec.pack(work.record.to_json()), "state": None}
    if not dossiers.add(tx, row, sorted({columns["agency"], columns["received_agency"]})):
        raise AlreadyBegun()
    return carry_out(work)


def _columns(version: Row[Any], new: NewDossier, at: datetime, calendar_version: int) -> dict[str, Any]:
    name = str(new.applicant.get("name", ""))
    return {
        **fresh_columns(),
        "id": new.id,
        "number": new.number,
        "tracking_code": tracking_code(),
        "procedure_code": version.code,
        "procedure_name": version.name,
        "procedure_version": version.number,
        "bundle": version.sha256,
        "agency": version.agency,
        "received_agency": new.received_agency,
        "channel": new.channel,
        "applicant_name": name,
        "search": folded(f"{new.number} {name} {version.code} {version.name}"),
        "calendar_version": calendar_version,
        "head_hash": GENESIS,
        "salt": secrets.token_bytes(16),
    }


def next_number(tx: Connection, pattern: str, at: datetime) -> str:
    """The next dossier number of the day, e.g. 000.00.00.H41-261124-0001 (TT 01/2018/TT-VPCP art. 19).

    ``pattern`` has the fields {yymmdd} and {serial}; the series begins anew every day.
    """
    day = vietnam(at).strftime("%y%m%d")
    serial = rows.next_number(tx, f"dossier:{pattern}:{day}")
    return pattern.format(yymmdd=day, serial=serial)
