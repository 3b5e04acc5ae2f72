"""Replies that were given, by who asked and the key of the request."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.store.tables.history import reply

# Requests are not bound to a dossier before they are understood; all lie in one scope for now.
_SCOPE = UUID(int=0)
IN_WORK = 0  # status of a key whose request has not been answered yet

# Asked by every request that changes something: built once.
_ITS = (
    reply.c.scope == bindparam("of_scope"),
    reply.c.actor == bindparam("of_actor"),
    reply.c.key == bindparam("of_key"),
)
_GET, _SETTLE = select(reply).where(*_ITS), update(reply).where(*_ITS)
_CLAIM: dict[str, Any] = {
    name: make(reply).on_conflict_do_nothing().returning(reply.c.key)
    for name, make in (("postgresql", postgresql.insert), ("sqlite", sqlite.insert))
}


def claim(tx: Connection, actor: str, key: str, request_hash: bytes, now: datetime) -> bool:
    """Write the key, unless it is there; a second request with it waits here until the first is decided."""
    row = {
        "scope": _SCOPE,
        "actor": actor,
        "key": key,
        "request_hash": request_hash,
        "status": IN_WORK,
        "media_type": "",
        "body": b"",
        "etag": None,
        "created_at": now,
    }
    # Asked by RETURNING: the driver's count of inserted rows is not kept by SQLAlchemy.
    return tx.execute(_CLAIM[tx.dialect.name], row).one_or_none() is not None


def settle(tx: Connection, actor: str, key: str, given: dict[str, Any]) -> None:
    """Keep the answer to the key."""
    tx.execute(_SETTLE, {**_named(actor, key), **given})


def get(connection: Connection, actor: str, key: str) -> Row[Any] | None:
    return connection.execute(_GET, _named(actor, key)).one_or_none()


def forget(tx: Connection, before: datetime) -> int:
    """Remove replies given before a moment; returns how many."""
    result: Any = tx.execute(delete(reply).where(reply.c.created_at < before))
    return int(result.rowcount)


def _named(actor: str, key: str) -> dict[str, Any]:
    return {"of_scope": _SCOPE, "of_actor": actor, "of_key": key}
