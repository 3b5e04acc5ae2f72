"""The inbox: open tasks of roles and agencies, most urgent first. Its statements are built once and kept."""

import base64
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Connection,
    Integer,
    Select,
    String,
    Uuid,
    bindparam,
    func,
    literal_column,
    select,
    tuple_,
)
from sqlalchemy.sql import ColumnElement

from engine.store.direct import one_row, rows
from engine.store.tables.base import Moment
from engine.store.tables.dossiers import dossier
from engine.store.tables.people import officer
from engine.store.tables.work import task

FILTERS = ("all", "mine", "free", "overdue", "due_soon", "paused")
Place = tuple[datetime, UUID, UUID]  # where a page ended: urgent at, dossier, task
Pairs = Sequence[tuple[str, str]]  # role and agency

# Written out and no parameter: a prepared plan must see that the partial index fits.
_OPEN: ColumnElement[str] = literal_column("'open'")
_SOON = timedelta(days=1)  # calendar days, for filtering only: the words beside a task come from the clock
_NOW, _THEN = bindparam("now", type_=Moment()), bindparam("soon", type_=Moment())
_CONDITIONS: Mapping[str, Sequence[ColumnElement[bool]]] = {
    "all": (),
    "mine": (task.c.assignee == bindparam("officer", type_=Uuid()),),
    "free": (task.c.assignee.is_(None),),
    "overdue": (task.c.urgent_at < _NOW,),
    "due_soon": (task.c.urgent_at >= _NOW, task.c.urgent_at < _THEN),
    "paused": (dossier.c.handling == literal_column("'awaiting_supplement'"),),
}
_ORDER = (task.c.urgent_at, task.c.dossier_id, task.c.task_id)
_SEEN = (
    bindparam("seen_at", type_=Moment()),
    bindparam("seen_dossier", type_=Uuid()),
    bindparam("seen_task", type_=Uuid()),
)
_MOST = bindparam("most", type_=Integer())
_LISTED = (
    *task.c, dossier.c.number, dossier.c.procedure_name, dossier.c.procedure_code, dossier.c.applicant_name,
    dossier.c.channel, dossier.c.handling, dossier.c.clock_running, dossier.c.calendar_version,
    dossier.c.received_at, dossier.c.due_at.label("dossier_due_at"), dossier.c.sequence,
)  # fmt: skip


def page(
    connection: Connection,
    pairs: Pairs,
    only: str,
    holder: UUID,
    now: datetime,
    after: Place | None,
    most: int,
) -> list[dict[str, Any]]:
    """At most so many open tasks of the pairs, with what is shown of their dossiers and of who holds them.

    Raises KeyError for a filter that is not in FILTERS; ``holder`` is whose tasks "mine" are.
    """
    if not pairs:
        return []
    given = _parameters(pairs, holder, now, most)
    if after is not None:
        given |= dict(zip(("seen_at", "seen_dossier", "seen_task"), after, strict=True))
    return rows(connection, _page(len(pairs), only, after is not None), given)


def counts(connection: Connection, pairs: Pairs, holder: UUID, now: datetime, most: int) -> Mapping[str, int]:
    """How many tasks each filter holds, each counted no further than ``most``; one statement."""
    if not pairs:
        return dict.fromkeys(FILTERS, 0)
    return one_row(connection, _counts(len(pairs)), _parameters(pairs, holder, now, most)) or {}


def _parameters(pairs: Pairs, holder: UUID, now: datetime, most: int) -> dict[str, Any]:
    given: dict[str, Any] = {"officer": holder, "now": now, "soon": now + _SOON, "most": most}
    for number, (role, agency) in enumerate(pairs):
        given |= {f"role{number}": role, f"agency{number}": agency}
    return given


@lru_cache(maxsize=500)
def _page(pairs: int, only: str, further: bool) -> Select[Any]:
    """One limited index scan a pair, merged: a sort over ``role = ANY`` would read every open task."""
    branches = []
    for number in range(pairs):
        branch = select(*_LISTED).join(dossier, dossier.c.id == task.c.dossier_id)
        branch = branch.where(*_of_pair(number), *_CONDITIONS[only])
        if further:
            branch = branch.where(tuple_(*_ORDER) > tuple_(*_SEEN))
        branches.append(branch.order_by(*_ORDER).limit(_MOST).subquery())
    selects = [select(branch) for branch in branches]
    merged = selects[0].union_all(*selects[1:]).subquery() if len(selects) > 1 else branches[0]
    order = (merged.c.urgent_at, merged.c.dossier_id, merged.c.task_id)
    first = select(merged).order_by(*order).limit(_MOST).subquery()
    return (
        select(first, officer.c.name.label("assignee_name"))
        .outerjoin(officer, officer.c.id == first.c.assignee)
        .order_by(first.c.urgent_at, first.c.dossier_id, first.c.task_id)
    )


@lru_cache(maxsize=100)
def _counts(pairs: int) -> Select[Any]:
    return select(*[_count(pairs, only).label(only) for only in FILTERS])


def _count(pairs: int, only: str) -> Any:
    branches = []
    for number in range(pairs):
        branch = select(task.c.task_id).where(*_of_pair(number), *_CONDITIONS[only])
        if only == "paused":
            branch = branch.join(dossier, dossier.c.id == task.c.dossier_id)
        branches.append(select(branch.limit(_MOST).subquery()))
    every = branches[0].union_all(*branches[1:]).subquery() if pairs > 1 else branches[0].subquery()
    return select(func.count()).select_from(select(every).limit(_MOST).subquery()).scalar_subquery()


def _of_pair(number: int) -> Sequence[ColumnElement[bool]]:
    role: ColumnElement[str] = bindparam(f"role{number}", type_=String())
    agency: ColumnElement[str] = bindparam(f"agency{number}", type_=String())
    return task.c.state == _OPEN, task.c.role == role, task.c.agency == agency


def encode_cursor(place: Place) -> str:
    """Where a page of the inbox ended."""
    urgent_at, dossier_id, task_id = place
    return base64.urlsafe_b64encode(f"{urgent_at.isoformat()} {dossier_id} {task_id}".encode()).decode()


def decode_cursor(cursor: str) -> Place:
    """The place a cursor speaks of; raises ValueError."""
    at, dossier_id, task_id = base64.urlsafe_b64decode(cursor.encode()).decode().split(" ")
    urgent_at = datetime.fromisoformat(at)
    if urgent_at.tzinfo is None:
        raise ValueError("a place in the inbox needs a time zone")
    return urgent_at, UUID(dossier_id), UUID(task_id)
