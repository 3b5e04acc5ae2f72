"""Named queries over agencies, officers, postings, sessions and sign-in attempts."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, and_, bindparam, delete, func, insert, or_, select, update

from engine.store.direct import rows
from engine.store.tables.people import agency, officer, posting, session, sign_in_attempt
from engine.store.upsert import upsert


def save_agencies(tx: Connection, listed: Sequence[dict[str, Any]]) -> None:
    """Agencies as the file of agencies has them; known codes are brought up to date."""
    columns = tuple(column.name for column in agency.c if column.name != "code")
    upsert(tx, agency, listed, columns)


def agencies(connection: Connection) -> Sequence[Row[Any]]:
    return connection.execute(select(agency).order_by(agency.c.kind, agency.c.code)).all()


def add_officer(tx: Connection, row: Mapping[str, Any]) -> None:
    tx.execute(insert(officer), dict(row))


def add_posting(tx: Connection, row: Mapping[str, Any]) -> None:
    tx.execute(insert(posting), dict(row))


def by_username(connection: Connection, username: str) -> Row[Any] | None:
    return connection.execute(select(officer).where(officer.c.username == username)).one_or_none()


def get(connection: Connection, officer_id: UUID) -> Row[Any] | None:
    return connection.execute(select(officer).where(officer.c.id == officer_id)).one_or_none()


def officers(connection: Connection) -> Sequence[Row[Any]]:
    return connection.execute(select(officer).order_by(officer.c.username)).all()


def names(connection: Connection, wanted: Collection[UUID]) -> dict[UUID, str]:
    """Names of officers by id, for history and inbox."""
    if not wanted:
        return {}
    found = connection.execute(select(officer.c.id, officer.c.name).where(officer.c.id.in_(list(wanted))))
    return {row.id: row.name for row in found}


_DAY = bindparam("day", type_=posting.c.valid_from.type)
_VALID = (posting.c.valid_from <= _DAY, or_(posting.c.valid_to.is_(None), posting.c.valid_to >= _DAY))
_POSTINGS = (
    select(posting)
    .where(posting.c.officer_id == bindparam("officer"), *_VALID)
    .order_by(posting.c.role, posting.c.agency)
)
# Asked by every request: built once, one row a posting.
_OPEN_SESSION = (
    select(
        session.c.officer_id, session.c.created_at, session.c.seen_at,
        officer.c.username, officer.c.name, officer.c.disabled_at,
        posting.c.role, posting.c.agency, posting.c.place,
    )
    .join(officer, officer.c.id == session.c.officer_id)
    .outerjoin(posting, and_(posting.c.officer_id == session.c.officer_id, *_VALID))
    .where(session.c.token_hash == bindparam("hash"), session.c.ended_at.is_(None))
    .order_by(posting.c.role, posting.c.agency)
)  # fmt: skip


def postings(connection: Connection, officer_id: UUID, day: date) -> Sequence[Row[Any]]:
    """Postings of an officer that are valid on a day."""
    return connection.execute(_POSTINGS, {"officer": officer_id, "day": day}).all()


def set_password(tx: Connection, officer_id: UUID, password_hash: str) -> None:
    tx.execute(update(officer).where(officer.c.id == officer_id).values(password_hash=password_hash))


def disable(tx: Connection, officer_id: UUID, at: datetime) -> None:
    tx.execute(update(officer).where(officer.c.id == officer_id).values(disabled_at=at))


def add_session(tx: Connection, row: Mapping[str, Any]) -> None:
    tx.execute(insert(session), dict(row))


def open_session(connection: Connection, token_hash: bytes, day: date) -> list[dict[str, Any]]:
    """A session that was not ended, with its officer: a row for each posting that is valid on a day.

    One row with an empty role when there is no posting; no row when there is no such session.
    """
    return rows(connection, _OPEN_SESSION, {"hash": token_hash, "day": day})


def touch_session(tx: Connection, token_hash: bytes, at: datetime) -> None:
    tx.execute(update(session).where(session.c.token_hash == token_hash).values(seen_at=at))


def end_session(tx: Connection, token_hash: bytes, at: datetime) -> None:
    tx.execute(
        update(session)
        .where(session.c.token_hash == token_hash, session.c.ended_at.is_(None))
        .values(ended_at=at)
    )


def end_sessions(tx: Connection, officer_id: UUID, at: datetime) -> None:
    tx.execute(
        update(session)
        .where(session.c.officer_id == officer_id, session.c.ended_at.is_(None))
        .values(ended_at=at)
    )


def add_attempt(tx: Connection, row: Mapping[str, Any]) -> None:
    tx.execute(insert(sign_in_attempt), dict(row))


def failures(
    connection: Connection, *, username: str, ip: str, since: datetime
) -> tuple[int, datetime | None]:
    """The larger count of failed attempts, by account and by address, and when the last one was."""
    count, last = 0, None
    for condition in (sign_in_attempt.c.username == username, sign_in_attempt.c.ip == ip):
        query = select(func.count(), func.max(sign_in_attempt.c.at)).where(
            condition, sign_in_attempt.c.at > since, ~sign_in_attempt.c.succeeded
        )
        found = connection.execute(query).one()
        if found[0] > count:
            count, last = found[0], found[1]
    return count, last


def forget(tx: Connection, before: datetime) -> int:
    """Remove sign-in attempts made, and sessions last used, before a moment; returns how many."""
    attempts: Any = tx.execute(delete(sign_in_attempt).where(sign_in_attempt.c.at < before))
    sessions: Any = tx.execute(delete(session).where(session.c.seen_at < before))
    return int(attempts.rowcount + sessions.rowcount)
