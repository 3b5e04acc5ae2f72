"""Versions of procedures, bundles, calendars and number series."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from engine.store.tables.dossiers import dossier
from engine.store.tables.procedures import bundle, calendar, counter, procedure_version, version_act
from engine.store.upsert import upsert


def add_bundle(tx: Connection, sha256: str, content: bytes, at: datetime) -> None:
    """Keep a bundle; the same bundle twice is one."""
    upsert(tx, bundle, [{"sha256": sha256, "content": content, "created_at": at}])


def bundle_content(connection: Connection, sha256: str) -> bytes | None:
    return connection.execute(select(bundle.c.content).where(bundle.c.sha256 == sha256)).scalar_one_or_none()


def add_version(tx: Connection, row: Mapping[str, Any]) -> int:
    """Keep a new version of its code; returns its number. Two at once wait for each other."""
    next_number(tx, f"procedure:{row['code']}")
    newest = select(func.max(procedure_version.c.number)).where(procedure_version.c.code == row["code"])
    number: int = (tx.execute(newest).scalar_one_or_none() or 0) + 1
    tx.execute(insert(procedure_version), {**row, "number": number})
    return number


def lock_version(tx: Connection, code: str, number: int) -> Row[Any] | None:
    """The version, locked till the transaction ends."""
    return tx.execute(_version(code, number).with_for_update()).one_or_none()


def change_version(tx: Connection, code: str, number: int, values: Mapping[str, Any]) -> None:
    tx.execute(
        update(procedure_version)
        .where(procedure_version.c.code == code, procedure_version.c.number == number)
        .values(dict(values))
    )


def add_act(tx: Connection, row: Mapping[str, Any]) -> None:
    """Append what was done with a version; whoever does it holds the version's row."""
    mine = (version_act.c.code == row["code"], version_act.c.number == row["number"])
    last = tx.execute(select(func.max(version_act.c.sequence)).where(*mine)).scalar_one_or_none() or 0
    tx.execute(insert(version_act), {**row, "sequence": last + 1})


def acts(connection: Connection, code: str, number: int | None = None) -> Sequence[Row[Any]]:
    """What was done with a version, or with all of a code; by version, oldest first."""
    query = select(version_act).where(version_act.c.code == code)
    if number is not None:
        query = query.where(version_act.c.number == number)
    order = (version_act.c.number, version_act.c.sequence)
    return connection.execute(query.order_by(*order)).all()


def pending(connection: Connection) -> Sequence[Row[Any]]:
    """Versions of all codes that are not live yet, the oldest first."""
    query = select(procedure_version).where(procedure_version.c.state.in_(("draft", "submitted", "approved")))
    return connection.execute(query.order_by(procedure_version.c.code, procedure_version.c.number)).all()


def live(connection: Connection, code: str) -> Row[Any] | None:
    query = select(procedure_version).where(
        procedure_version.c.code == code, procedure_version.c.state == "live"
    )
    return connection.execute(query).one_or_none()


def live_codes(connection: Connection) -> set[str]:
    query = select(procedure_version.c.code).where(procedure_version.c.state == "live")
    return set(connection.execute(query).scalars())


def version(connection: Connection, code: str, number: int) -> Row[Any] | None:
    return connection.execute(_version(code, number)).one_or_none()


def _version(code: str, number: int) -> Select[Any]:
    return select(procedure_version).where(
        procedure_version.c.code == code, procedure_version.c.number == number
    )


def versions(connection: Connection, code: str) -> Sequence[Row[Any]]:
    """All versions of a code, newest first, each with the number of its dossiers still running."""
    running = (
        select(func.count())
        .select_from(dossier)
        .where(
            dossier.c.procedure_code == procedure_version.c.code,
            dossier.c.procedure_version == procedure_version.c.number,
            dossier.c.closed_at.is_(None),
        )
        .scalar_subquery()
    )
    query = select(procedure_version, running.label("running")).where(procedure_version.c.code == code)
    return connection.execute(query.order_by(procedure_version.c.number.desc())).all()


def running(connection: Connection) -> dict[str, int]:
    """Dossiers that have not ended, by code."""
    query = (
        select(dossier.c.procedure_code, func.count())
        .where(dossier.c.closed_at.is_(None))
        .group_by(dossier.c.procedure_code)
    )
    return {code: count for code, count in connection.execute(query)}


def list_live(
    connection: Connection, words: Sequence[str] = (), agency: str | None = None
) -> Sequence[Row[Any]]:
    """Live versions holding all words (already folded), by agency and code."""
    query = select(procedure_version).where(procedure_version.c.state == "live")
    for word in words:
        query = query.where(procedure_version.c.search.contains(word, autoescape=True))
    if agency:
        query = query.where(procedure_version.c.agency == agency)
    return connection.execute(query.order_by(procedure_version.c.agency, procedure_version.c.code)).all()


def add_calendar(tx: Connection, row: Mapping[str, Any]) -> int:
    """Keep a new version of the calendar; returns its number."""
    number: int = (tx.execute(select(func.max(calendar.c.version))).scalar_one_or_none() or 0) + 1
    tx.execute(insert(calendar), {**row, "version": number})
    return number


def newest_calendar(connection: Connection) -> Row[Any] | None:
    return connection.execute(select(calendar).order_by(calendar.c.version.desc()).limit(1)).one_or_none()


def calendars(connection: Connection) -> Sequence[Row[Any]]:
    """All versions, newest first."""
    return connection.execute(select(calendar).order_by(calendar.c.version.desc())).all()


def next_number(tx: Connection, series: str) -> int:
    """The next of a series, from 1. Two transactions that ask for the same series wait for each other."""
    upsert(tx, counter, [{"series": series, "value": 0}])
    taken = update(counter).where(counter.c.series == series).values(value=counter.c.value + 1)
    number: int = tx.execute(taken.returning(counter.c.value)).scalar_one()
    return number


def calendar_version(connection: Connection, version: int) -> Row[Any] | None:
    return connection.execute(select(calendar).where(calendar.c.version == version)).one_or_none()
