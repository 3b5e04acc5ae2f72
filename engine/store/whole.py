"""One dossier with everything that hangs on it, read as of one moment: for verifying."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Table, select

from engine.domain.record import Record
from engine.store import codec
from engine.store.tables.dossiers import document, dossier
from engine.store.tables.history import history, history_detail
from engine.store.tables.work import job, outbox, subscription, task, timer

Rows = Sequence[Row[Any]]
_BLOCK = 200  # dossiers whose ids are read at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """All rows of one dossier; those of history in order, with what they brought."""

    dossier: Row[Any]
    record: Record
    history: Rows
    tasks: Rows
    timers: Rows
    jobs: Rows
    subscriptions: Rows
    outbox: Rows
    documents: Rows


def whole(connection: Connection, row: Row[Any]) -> Whole:
    """Everything of the dossier with this row. Raises ValueError or codec.BadPack for a broken record."""
    entries = (
        select(history, history_detail.c.payload)
        .outerjoin(
            history_detail,
            (history_detail.c.dossier_id == history.c.dossier_id)
            & (history_detail.c.sequence == history.c.sequence),
        )
        .where(history.c.dossier_id == row.id)
        .order_by(history.c.sequence)
    )

    def of(table: Table) -> Rows:
        return connection.execute(select(table).where(table.c.dossier_id == row.id)).all()

    return Whole(
        dossier=row,
        record=Record.from_json(codec.unpack(row.record)),
        history=connection.execute(entries).all(),
        tasks=of(task),
        timers=of(timer),
        jobs=of(job),
        subscriptions=of(subscription),
        outbox=of(outbox),
        documents=of(document),
    )


def all_ids(connection: Connection) -> Iterator[UUID]:
    """The ids of all dossiers, block by block in the order of ids."""
    last = UUID(int=0)
    while True:
        query = select(dossier.c.id).where(dossier.c.id > last).order_by(dossier.c.id).limit(_BLOCK)
        block = list(connection.execute(query).scalars())
        if not block:
            return
        yield from block
        last = block[-1]
