"""Replies that were given, by who asked and the key of the request."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, delete, insert, select

from engine.store.direct import send
from engine.store.tables.history import reply
from engine.store.upsert import upsert

# Requests are not bound to a dossier before they are understood; all lie in one scope for now.
_SCOPE = UUID(int=0)

# Asked by every request that changes something: built once.
_GET = select(reply).where(
    reply.c.scope == bindparam("of_scope"),
    reply.c.actor == bindparam("of_actor"),
    reply.c.key == bindparam("of_key"),
)
_ADD = insert(reply)


def add(tx: Connection, row: Mapping[str, Any]) -> None:
    """Keep an answer under its key, inside ``in_one_go``; IntegrityError when the key has one."""
    send(tx, _ADD, [{"scope": _SCOPE, **row}])


def add_once(tx: Connection, actor: str, key: str, at: datetime) -> bool:
    """Note that something was done; False when it was noted already. The dossier's lock parts rivals."""
    row = {
        "scope": _SCOPE, "actor": actor, "key": key, "request_hash": bytes(32), "status": 204,
        "media_type": "", "body": b"", "etag": None, "created_at": at,
    }  # fmt: skip
    return upsert(tx, reply, [row]) == 1


def get(connection: Connection, actor: str, key: str) -> Row[Any] | None:
    asked = {"of_scope": _SCOPE, "of_actor": actor, "of_key": key}
    return connection.execute(_GET, asked).one_or_none()


def forget(tx: Connection, before: datetime) -> int:
    """Remove replies given before a moment; returns how many."""
    result: Any = tx.execute(delete(reply).where(reply.c.created_at < before))
    return int(result.rowcount)
