"""History rows as people read them: who, in which office, did what, and what it changed."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from engine.advance import Services
from engine.domain.actor import officer_of
from engine.domain.command import Kind
from engine.domain.incident import NAMES as REMEDY_NAMES
from engine.domain.incident import Remedy
from engine.domain.ledger import LedgerEntry
from engine.domain.milestone import MILESTONES
from engine.errors import NotFound
from engine.history import read_body, read_payload
from engine.store import people
from engine.store.database import Connection, Row
from engine.views import HistoryView
from engine.workflow.bundle import Definition

_TITLES: dict[str, str] = {
    Kind.START: "Nộp hồ sơ",
    Kind.COMPLETE: "Hoàn thành bước",
    Kind.CLAIM: "Nhận việc",
    Kind.RELEASE: "Trả lại việc",
    Kind.FIRE: "Đến mốc thời gian",
    Kind.SUPPLEMENT: "Người nộp bổ sung hồ sơ",
    Kind.WITHDRAW: "Người nộp rút hồ sơ",
    Kind.MESSAGE: "Nhận thông tin",
    Kind.JOB_DONE: "Xử lý tự động xong",
    Kind.JOB_ERROR: "Xử lý tự động không đạt",
    Kind.EXTEND: "Xin lỗi và gia hạn",
    Kind.REPLAN: "Tính lại hạn theo lịch làm việc mới",
    Kind.ATTACH: "Thêm giấy tờ",
    Kind.REPAIR: "Xử lý sự cố",
    Kind.MOVE: "Chuyển bước",
    Kind.REDO: "Làm lại bước",
    Kind.CORRECT: "Sửa dữ liệu",
    Kind.CANCEL: "Hủy hồ sơ",
    Kind.MIGRATE: "Chuyển sang bản quy trình khác",
}
_SYSTEM_NAMES = {"heartbeat": "Hệ thống (đồng hồ)"}


def history_views(
    connection: Connection, rows: Sequence[Row[Any]], definition: Definition, services: Services
) -> tuple[HistoryView, ...]:
    """All rows of a dossier, in order; names of officers are looked up once."""
    read = [(row, read_body(row.body), read_payload(row.payload)) for row in rows]
    keys = {row.actor for row in rows} | {_asker(payload) for _row, _body, payload in read}
    names = people.names(connection, {who for key in keys if (who := officer_of(key)) is not None})
    return tuple(
        _view(row, body, payload, names, _definition(connection, services, body, definition), services)
        for row, body, payload in read
    )


def _asker(payload: Mapping[str, Any]) -> str:
    """Who asked for what another person has approved."""
    return str((payload.get("details") or {}).get("requested_by") or "")


def _definition(
    connection: Connection, services: Services, body: Mapping[str, Any], newest: Definition
) -> Definition:
    """The version that the dossier followed after the command."""
    bundle = body.get("bundle")
    if bundle in (None, newest.sha256):
        return newest
    try:
        return services.definition(connection, str(bundle))
    except NotFound:  # the row was tampered with; the chain's check tells
        return newest


def _view(
    row: Row[Any],
    body: Mapping[str, Any],
    payload: Mapping[str, Any],
    names: Mapping[UUID, str],
    definition: Definition,
    services: Services,
) -> HistoryView:
    details = payload.get("details") or {}
    node = definition.nodes.get(row.node) if row.node else None
    node_name = node.name if node else None
    milestones = tuple(body.get("milestones", ()))
    return HistoryView(
        sequence=row.sequence,
        kind=row.kind,
        title=_title(row, node_name, milestones, str(details.get("remedy", ""))),
        recorded_at=row.recorded_at,
        actor=row.actor,
        actor_name=_people(row.actor, _asker(payload), names),
        role=row.role,
        agency=row.agency,
        agency_name=services.agency_name(row.agency) if row.agency else None,
        node=row.node,
        node_name=node_name,
        task_id=row.task_id,
        milestones=milestones,
        events=tuple((what, where, task) for what, where, task in body.get("events", ())),
        handling=row.handling,
        due_at=row.due_at,
        reason=payload.get("reason") or (payload.get("answers") or {}).get("reason"),
        changes={name: (old, new) for name, (old, new) in (payload.get("changes") or {}).items()},
        details=details,
        ledger=tuple(LedgerEntry.from_json(entry) for entry in payload.get("ledger") or ()),
        hash=row.hash.hex(),
    )


def _title(row: Row[Any], node_name: str | None, milestones: tuple[str, ...], remedy: str) -> str:
    title = _TITLES.get(row.kind, row.kind)
    if row.kind == Kind.REPAIR and remedy in set(Remedy):
        title = f"{title}, {REMEDY_NAMES[Remedy(remedy)][0].lower()}"
    if row.kind == Kind.COMPLETE and node_name:
        title = node_name
    elif node_name:
        title = f"{title}: {node_name}"
    reached = [MILESTONES[name].vi for name in milestones if name in MILESTONES and name != "submitted"]
    return f"{title} ({'; '.join(reached)})" if reached else title


def _people(actor: str, asker: str, names: Mapping[UUID, str]) -> str:
    """Who did it, and on whose request."""
    name = _actor_name(actor, names)
    return f"{name}, theo đề nghị của {_actor_name(asker, names)}" if asker else name


def _actor_name(actor: str, names: Mapping[UUID, str]) -> str:
    kind, _, identity = actor.partition(":")
    officer = officer_of(actor)
    if officer is not None:
        return names.get(officer, "Cán bộ")
    if kind == "citizen":
        return "Người nộp"
    return _SYSTEM_NAMES.get(identity, f"Hệ thống ({identity})")
