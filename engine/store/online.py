"""Drafts of citizens, and tracking codes that were asked for and do not exist."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from engine.store.tables.online import draft, tracking_miss


def add_draft(tx: Connection, row: Mapping[str, Any]) -> None:
    tx.execute(insert(draft), dict(row))


def draft_row(connection: Connection, token_hash: bytes) -> Row[Any] | None:
    return connection.execute(select(draft).where(draft.c.token_hash == token_hash)).one_or_none()


def lock_draft(tx: Connection, token_hash: bytes) -> Row[Any] | None:
    """The draft, locked till the transaction ends: two windows do not overwrite each other half-way."""
    query = select(draft).where(draft.c.token_hash == token_hash).with_for_update()
    return tx.execute(query).one_or_none()


def save_draft(tx: Connection, token_hash: bytes, values: Mapping[str, Any]) -> None:
    tx.execute(update(draft).where(draft.c.token_hash == token_hash).values(**values))


def remove_draft(tx: Connection, token_hash: bytes) -> None:
    tx.execute(delete(draft).where(draft.c.token_hash == token_hash))


def forget_drafts(tx: Connection, before: datetime) -> None:
    """Remove drafts that nobody has touched since a moment."""
    tx.execute(delete(draft).where(draft.c.saved_at < before))


def add_miss(tx: Connection, row: Mapping[str, Any]) -> None:
    tx.execute(insert(tracking_miss), dict(row))


def forget_misses(tx: Connection, before: datetime) -> None:
    tx.execute(delete(tracking_miss).where(tracking_miss.c.at < before))


def misses_from(connection: Connection, address: str, since: datetime) -> tuple[int, datetime | None]:
    """How often an address asked for codes that nobody has, and when first."""
    condition = tracking_miss.c.address == address
    return _count(connection, condition, since)


def misses_of(connection: Connection, code_hash: bytes, since: datetime) -> tuple[int, datetime | None]:
    """How often anybody asked for this one code that nobody has, and when first."""
    return _count(connection, tracking_miss.c.code_hash == code_hash, since)


def _count(connection: Connection, condition: Any, since: datetime) -> tuple[int, datetime | None]:
    query = select(func.count(), func.min(tracking_miss.c.at)).where(condition, tracking_miss.c.at > since)
    count, first = connection.execute(query).one()
    return count, first
