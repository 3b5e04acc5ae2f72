"""History rows: appended, read, never changed."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, insert, select
from sqlalchemy.sql import ColumnElement

from engine.store.direct import send
from engine.store.tables.dossiers import dossier
from engine.store.tables.history import history, history_detail

_ROW, _DETAIL = insert(history), insert(history_detail)


def append(tx: Connection, row: Mapping[str, Any], payload: bytes, snapshot: bytes | None) -> None:
    """One command's row and its detail."""
    detail = {
        "dossier_id": row["dossier_id"],
        "sequence": row["sequence"],
        "payload": payload,
        "snapshot": snapshot,
    }
    send(tx, _ROW, [row])
    send(tx, _DETAIL, [detail])


def of_dossier(connection: Connection, dossier_id: UUID) -> Sequence[Row[Any]]:
    """All commands of a dossier in order, with what they brought."""
    query = (
        select(history, history_detail.c.payload)
        .outerjoin(
            history_detail,
            (history_detail.c.dossier_id == history.c.dossier_id)
            & (history_detail.c.sequence == history.c.sequence),
        )
        .where(history.c.dossier_id == dossier_id)
        .order_by(history.c.sequence)
    )
    return connection.execute(query).all()


def has_kind(kinds: Collection[str]) -> ColumnElement[bool]:
    """Condition over ``dossier``: one of these commands is in its history."""
    return _some(history.c.kind.in_(sorted(kinds)))


def has_actor(actors: Collection[str]) -> ColumnElement[bool]:
    """Condition over ``dossier``: one of these actors is in its history."""
    return _some(history.c.actor.in_(sorted(actors)))


def _some(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(history.c.sequence).where(history.c.dossier_id == dossier.c.id, condition).exists()
