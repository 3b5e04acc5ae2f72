"""Documents that people bring and papers that the centre issues."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, insert, select

from engine.store.tables.dossiers import document, paper


def add_document(tx: Connection, row: Mapping[str, Any]) -> None:
    tx.execute(insert(document), dict(row))


def documents(connection: Connection, dossier_id: UUID) -> Sequence[Row[Any]]:
    query = select(document).where(document.c.dossier_id == dossier_id, document.c.withdrawn_at.is_(None))
    return connection.execute(query.order_by(document.c.sequence, document.c.id)).all()


def document_row(connection: Connection, dossier_id: UUID, document_id: UUID) -> Row[Any] | None:
    query = select(document).where(document.c.dossier_id == dossier_id, document.c.id == document_id)
    return connection.execute(query).one_or_none()


def add_papers(tx: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        tx.execute(insert(paper), [dict(row) for row in rows])


def papers(connection: Connection, dossier_id: UUID) -> Sequence[Row[Any]]:
    query = select(paper).where(paper.c.dossier_id == dossier_id)
    return connection.execute(query.order_by(paper.c.sequence, paper.c.name)).all()


def paper_row(connection: Connection, dossier_id: UUID, paper_id: UUID) -> Row[Any] | None:
    query = select(paper).where(paper.c.dossier_id == dossier_id, paper.c.id == paper_id)
    return connection.execute(query).one_or_none()
