"""Reading, locking and writing dossiers."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update
from sqlalchemy.sql import ColumnElement

from engine.store.direct import one_row, send
from engine.store.tables.dossiers import dossier, dossier_agency, dossier_key
from engine.store.upsert import upsert

# Everything a list or a page shows; the blobs stay where they are.
LISTED = [column for column in dossier.c if column.name not in ("record", "state", "salt", "head_hash")]

Address = UUID | str  # a dossier by its id, or by its number or tracking code

_KEYED = select(dossier_key.c.dossier_id).where(dossier_key.c.key == bindparam("dossier"))
_LOCK = select(dossier).where(dossier.c.id == bindparam("dossier")).with_for_update()
_LOCK_BY_KEY = select(dossier).where(dossier.c.id == _KEYED.scalar_subquery()).with_for_update()
_LOCK_FREE = select(dossier).where(dossier.c.id == bindparam("dossier")).with_for_update(skip_locked=True)
_BY_ID = select(dossier).where(dossier.c.id == bindparam("dossier"))
_UPDATE = update(dossier).where(dossier.c.id == bindparam("dossier"))
_BY_KEY = (
    select(dossier)
    .join(dossier_key, dossier_key.c.dossier_id == dossier.c.id)
    .where(dossier_key.c.key == bindparam("key"))
)


def lock(tx: Connection, address: Address) -> dict[str, Any] | None:
    """The dossier's row, locked till the transaction ends.

    Every command begins here: who holds this row is alone with the dossier. Nothing is joined to it: after a
    wait PostgreSQL reads only the locked row anew, what stands beside it would be as old as the query.
    """
    if isinstance(address, str) and tx.get_execution_options().get("motcua_spread"):
        # Over several machines a row is locked only where the question itself says on which it lies.
        found = id_of(tx, address)
        if found is None:
            return None
        address = found
    return one_row(tx, _LOCK_BY_KEY if isinstance(address, str) else _LOCK, {"dossier": address})


def lock_free(tx: Connection, dossier_id: UUID) -> dict[str, Any] | None:
    """The same if nobody holds the dossier now; None (and no lock) when somebody does."""
    return one_row(tx, _LOCK_FREE, {"dossier": dossier_id})


def id_of(connection: Connection, address: Address) -> UUID | None:
    """The id behind an address; None when no dossier has it."""
    if isinstance(address, UUID):
        return address
    return connection.execute(_KEYED, {"dossier": address}).scalar_one_or_none()


def get(connection: Connection, dossier_id: UUID) -> Row[Any] | None:
    return connection.execute(_BY_ID, {"dossier": dossier_id}).one_or_none()


def find(connection: Connection, key: str) -> Row[Any] | None:
    """By number or tracking code."""
    return connection.execute(_BY_KEY, {"key": key}).one_or_none()


def add(tx: Connection, row: Mapping[str, Any], agencies: Sequence[str]) -> bool:
    """A new dossier with its two keys; False, and nothing written, when one of that id exists already.

    Should another transaction be adding it at this moment, its end is waited for.
    """
    if upsert(tx, dossier, [dict(row)]) == 0:
        return False
    keys = (row["number"], row["tracking_code"])
    tx.execute(insert(dossier_key), [{"key": key, "dossier_id": row["id"]} for key in keys])
    involve(tx, row["id"], agencies)
    return True


def involve(tx: Connection, dossier_id: UUID, agencies: Sequence[str]) -> None:
    """Agencies that take part from now on, and so may see the dossier."""
    upsert(tx, dossier_agency, [{"dossier_id": dossier_id, "agency": agency} for agency in agencies])


def save(tx: Connection, dossier_id: UUID, values: Mapping[str, Any]) -> None:
    """Write the columns of the dossier that ``lock`` has given to this transaction alone."""
    send(tx, _UPDATE, [{"dossier": dossier_id, **values}])


def search(
    connection: Connection,
    visible: ColumnElement[bool],
    *,
    words: Sequence[str] = (),
    conditions: Sequence[ColumnElement[bool]] = (),
    order: Sequence[ColumnElement[Any]] = (),
    limit: int = 50,
    offset: int = 0,
) -> Sequence[Row[Any]]:
    """Dossiers that the asker may see, holding all words (already folded: no diacritics, lower case)."""
    query = select(*LISTED).where(visible, *conditions)
    for word in words:
        query = query.where(dossier.c.search.contains(word, autoescape=True))
    newest_first = (dossier.c.submitted_at.desc(), dossier.c.id)
    return connection.execute(query.order_by(*(order or newest_first)).limit(limit).offset(offset)).all()


def behind_calendar(connection: Connection, version: int) -> Sequence[Row[Any, Any]]:
    """Open dossiers that are planned by an older version of the calendar."""
    query = select(dossier.c.id, dossier.c.due_at).where(
        dossier.c.closed_at.is_(None), dossier.c.calendar_version < version
    )
    return connection.execute(query.order_by(dossier.c.id)).all()


def open_records(connection: Connection) -> Sequence[Row[Any]]:
    """Dossiers whose process has not ended, with their records, what is due first at the head."""
    query = select(*[*LISTED, dossier.c.record]).where(dossier.c.closed_at.is_(None))
    return connection.execute(query.order_by(dossier.c.due_at, dossier.c.id)).all()


def sample(connection: Connection, after: UUID, limit: int) -> list[str]:
    """Numbers of dossiers whose ids follow a chosen one, going round at the end: ids are random."""
    numbers = select(dossier.c.number).order_by(dossier.c.id)
    found = list(connection.execute(numbers.where(dossier.c.id >= after).limit(limit)).scalars())
    rest = numbers.where(dossier.c.id < after).limit(limit - len(found))
    return [*found, *connection.execute(rest).scalars()]


def find_visible(connection: Connection, key: str, visible: ColumnElement[bool]) -> Row[Any] | None:
    """By number or tracking code, if the asker may see it."""
    return connection.execute(_BY_KEY.where(visible), {"key": key}).one_or_none()


LIST_FILTERS = ("all", "open", "overdue", "due_soon", "awaiting_supplement", "result_ready", "finished")
_SOON = timedelta(days=1)  # calendar days, for filtering only: the words beside a dossier come from the clock


def list_filter(only: str, now: datetime) -> list[ColumnElement[bool]]:
    """Conditions of a named filter of dossiers; raises KeyError for a name that is not in LIST_FILTERS."""
    running = [dossier.c.closed_at.is_(None), dossier.c.finished_at.is_(None)]
    filters: dict[str, list[ColumnElement[bool]]] = {
        "all": [],
        "open": [dossier.c.closed_at.is_(None)],
        "overdue": [*running, dossier.c.due_at < now],
        "due_soon": [*running, dossier.c.due_at >= now, dossier.c.due_at < now + _SOON],
        "awaiting_supplement": [dossier.c.handling == "awaiting_supplement"],
        "result_ready": [dossier.c.handling == "result_ready"],
        "finished": [dossier.c.finished_at.is_not(None)],
    }
    return filters[only]


def agency_is(agency: str) -> ColumnElement[bool]:
    """Condition: the competent agency is this one."""
    return dossier.c.agency == agency


def count(
    connection: Connection, visible: ColumnElement[bool], conditions: Sequence[ColumnElement[bool]]
) -> int:
    query = select(func.count()).select_from(dossier).where(visible, *conditions)
    return connection.execute(query).scalar_one()


_TALLIED = {
    "agency": (dossier.c.agency, dossier.c.agency),
    "procedure": (dossier.c.procedure_code, func.max(dossier.c.procedure_name)),
    "handling": (dossier.c.handling, dossier.c.handling),
}


def tallied_as(by: str, key: str) -> ColumnElement[bool]:
    """Condition: a dossier that ``tally`` counts under this key; raises KeyError for another ``by``."""
    return _TALLIED[by][0] == key


def tally(
    connection: Connection, visible: ColumnElement[bool], by: str, now: datetime
) -> list[tuple[str, str, int, int, int]]:
    """Key, name, all, open and overdue dossiers, most overdue first; raises KeyError for another ``by``."""
    key, name = _TALLIED[by]
    late = func.count().filter(*list_filter("overdue", now))
    still = func.count().filter(*list_filter("open", now))
    query = select(key, name, func.count(), still, late).where(visible).group_by(key)
    return [tuple(row) for row in connection.execute(query.order_by(late.desc(), func.count().desc(), key))]


def handed_over(connection: Connection, visible: ColumnElement[bool], limit: int) -> Sequence[Row[Any]]:
    """Dossiers whose result is in the citizen's hand, newest first, with their records."""
    query = select(*[*LISTED, dossier.c.record]).where(visible, dossier.c.handed_over_at.is_not(None))
    return connection.execute(
        query.order_by(dossier.c.handed_over_at.desc(), dossier.c.id).limit(limit)
    ).all()


def received_between(
    connection: Connection, visible: ColumnElement[bool], since: datetime, until: datetime
) -> Sequence[Row[Any]]:
    query = select(*LISTED).where(visible, dossier.c.received_at >= since, dossier.c.received_at < until)
    return connection.execute(query.order_by(dossier.c.received_at, dossier.c.id)).all()
