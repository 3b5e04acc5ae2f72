"""Forgetting dossiers that have ended: only in a database in memory, which no centre keeps anything in."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, delete, text

from engine.store.database import Database
from engine.store.tables import dossiers, history, work

_TABLES = (
    history.history_detail, history.history, work.task, work.timer, work.job, work.subscription, work.outbox,
    work.incident, dossiers.paper, dossiers.document, dossiers.dossier_agency,
)  # fmt: skip
_GUARDS = ("history_no_update", "history_no_delete")  # what keeps history whole everywhere else
_MEMORY = "sqlite://"


class NotInMemory(ValueError):
    """Asked of a database that somebody may need."""


def make_forgetful(database: Database) -> None:
    """Let this database lose history. Raises NotInMemory for any but one in memory."""
    if database.url != _MEMORY:
        raise NotInMemory(database.dialect)
    with database.transaction() as tx:
        for name in _GUARDS:
            tx.execute(text(f"DROP TRIGGER IF EXISTS {name}"))


def forget(tx: Connection, identities: Sequence[UUID]) -> None:
    """Take away all rows of these dossiers. The database must have been made forgetful."""
    for table in _TABLES:
        tx.execute(delete(table).where(table.c.dossier_id.in_(identities)))
    tx.execute(delete(dossiers.dossier_key).where(dossiers.dossier_key.c.dossier_id.in_(identities)))
    tx.execute(delete(dossiers.dossier).where(dossiers.dossier.c.id.in_(identities)))
