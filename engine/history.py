"""The history of a dossier: one row a command, each holding the hash of the one before.

What is hashed is canonical JSON of strings, whole numbers, lists and objects with sorted keys. Personal data
stays out: the row holds a digest keyed by the dossier's salt, the values stand in ``history_detail``.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson

from engine.store import bodies, codec
from engine.store import history as rows
from engine.store.database import Connection, Row

GENESIS = bytes(32)  # what the first row chains to
FORMAT = 1  # version of the body; readers keep knowing old ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one command leaves in history."""

    dossier_id: UUID
    sequence: int
    kind: str  # engine.domain.command.Kind
    recorded_at: datetime
    actor: str
    role: str | None
    agency: str | None
    node: str | None
    task_id: UUID | None
    events: Sequence[tuple[str, str, str]]  # (what, BPMN id, task id) as the process moved
    milestones: Sequence[str]
    handling: str  # after the command
    due_at: datetime | None  # after the command
    bundle: str
    state_hash: bytes
    payload: Mapping[str, Any]  # answers, reason, changes of the document: personal data may be in here
    snapshot: bytes | None


def canonical(value: Any) -> bytes:
    """The one form in which a JSON value of strings, integers, booleans, lists and objects is hashed."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def digest(salt: bytes, value: Any) -> str:
    """Keyed digest of a JSON value: proves it without telling it, and tells nothing once the salt is gone."""
    return hmac.new(salt, orjson.dumps(value, option=orjson.OPT_SORT_KEYS), hashlib.sha256).hexdigest()


def chained(body: bytes) -> bytes:
    """Hash of a row: 0x00 marks a leaf, so that no row can pass for an inner node of a later Merkle tree."""
    return hashlib.sha256(b"\x00" + body).digest()


def iso(at: datetime | None) -> str | None:
    """UTC with microseconds: the one spelling of a moment in what is hashed."""
    if at is None:
        return None
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def append(tx: Connection, entry: Entry, *, prev: bytes, salt: bytes) -> bytes:
    """Write the entry behind the one whose hash is ``prev``; returns the new head."""
    body = canonical(_body(entry, prev, salt))
    head = chained(body)
    rows.append(
        tx,
        {
            "dossier_id": entry.dossier_id,
            "sequence": entry.sequence,
            "kind": entry.kind,
            "recorded_at": entry.recorded_at,
            "actor": entry.actor,
            "role": entry.role,
            "agency": entry.agency,
            "node": entry.node,
            "task_id": entry.task_id,
            "handling": entry.handling,
            "due_at": entry.due_at,
            "body": bodies.packed(body),
            "prev_hash": prev,
            "hash": head,
        },
        codec.pack(entry.payload),
        entry.snapshot,
    )
    return head


def _body(entry: Entry, prev: bytes, salt: bytes) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "dossier": str(entry.dossier_id),
        "sequence": entry.sequence,
        "kind": entry.kind,
        "recorded_at": iso(entry.recorded_at),
        "actor": entry.actor,
        "role": entry.role,
        "agency": entry.agency,
        "node": entry.node,
        "task": str(entry.task_id) if entry.task_id else None,
        "events": [list(event) for event in entry.events],
        "milestones": list(entry.milestones),
        "handling": entry.handling,
        "due_at": iso(entry.due_at),
        "bundle": entry.bundle,
        "state": entry.state_hash.hex(),
        "payload": digest(salt, entry.payload),
        "prev": prev.hex(),
    }


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a chain."""

    sequence: int
    what: str  # gap, hash, prev, time, column, payload, head, dossier
    vi: str


def verify(history: Iterable[Row[Any]], dossier: Row[Any]) -> list[Fault]:
    """Check all rows of one dossier, in order, against the dossier's own row; [] when all is well.

    Whatever stands in the rows is reported, never raised: they may have been tampered with.
    """
    faults: list[Fault] = []
    prev, expected, last = GENESIS, 1, None
    for row in history:
        body = read_body(row.body)
        if row.sequence != expected:
            faults.append(Fault(expected, "gap", f"Thiếu bản ghi số {expected}."))
        if chained(bodies.plain(row.body)) != row.hash:
            faults.append(Fault(row.sequence, "hash", f"Bản ghi số {row.sequence} đã bị sửa."))
        if row.prev_hash != prev or body.get("prev") != prev.hex():
            faults.append(
                Fault(row.sequence, "prev", f"Bản ghi số {row.sequence} không nối với bản ghi trước.")
            )
        if last is not None and row.recorded_at < last.recorded_at:
            faults.append(Fault(row.sequence, "time", f"Bản ghi số {row.sequence} bị ghi lùi ngày giờ."))
        faults.extend(_columns(row, body, dossier.salt))
        prev, expected, last = row.hash, row.sequence + 1, row
    faults.extend(_ending(last, prev, dossier))
    return faults


def read_body(raw: bytes) -> Mapping[str, Any]:
    """A stored body as JSON; of one that cannot be read, nothing."""
    try:
        body = json.loads(bodies.plain(raw))
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _ending(last: Row[Any] | None, head: bytes, dossier: Row[Any]) -> list[Fault]:
    """The dossier's own row keeps the head of the chain, and says what the last row says."""
    length = last.sequence if last is not None else 0
    faults = []
    if head != dossier.head_hash or length != dossier.sequence:
        faults.append(
            Fault(length, "head", "Bản ghi cuối không khớp với hồ sơ: lịch sử bị cắt hoặc bị thay.")
        )
    if last is not None and (last.handling, last.due_at) != (dossier.handling, dossier.due_at):
        faults.append(
            Fault(length, "dossier", "Trạng thái hoặc ngày hẹn của hồ sơ khác với bản ghi cuối: đã bị sửa.")
        )
    return faults


def _columns(row: Row[Any], body: Mapping[str, Any], salt: bytes) -> list[Fault]:
    """The columns beside the body are for searching; they must say what the body says."""
    faults = []
    columns = {
        "dossier": str(row.dossier_id),
        "sequence": row.sequence,
        "kind": row.kind,
        "recorded_at": iso(row.recorded_at),
        "actor": row.actor,
        "role": row.role,
        "agency": row.agency,
        "node": row.node,
        "task": str(row.task_id) if row.task_id else None,
        "handling": row.handling,
        "due_at": iso(row.due_at),
    }
    if any(body.get(name, ...) != value for name, value in columns.items()):
        faults.append(Fault(row.sequence, "column", f"Cột tra cứu của bản ghi số {row.sequence} đã bị sửa."))
    if row.payload is not None and not _proven(row.payload, salt, body.get("payload")):
        faults.append(Fault(row.sequence, "payload", f"Dữ liệu kèm bản ghi số {row.sequence} đã bị sửa."))
    return faults


def _proven(payload: bytes, salt: bytes, wanted: object) -> bool:
    try:
        return digest(salt, codec.unpack(payload)) == wanted
    except (ValueError, codec.BadPack):
        return False


def read_payload(raw: bytes | None) -> Mapping[str, Any]:
    """What a command brought; of bytes that were erased or cannot be read, nothing."""
    try:
        payload = codec.unpack(raw) if raw is not None else {}
    except (ValueError, codec.BadPack):
        return {}
    return payload if isinstance(payload, dict) else {}
