"""Looking at what stands in the database, from outside of the engine."""

from typing import Any

from sqlalchemy import select

from engine.domain.record import Record
from engine.store import codec
from engine.store.database import Database
from engine.store.tables import metadata
from tests.centre import Centre

Tables = dict[str, list[tuple[Any, ...]]]


def everything(database: Database, *but: str) -> Tables:
    """All rows of all tables, in a fixed order."""
    with database.reading() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
            if table.name not in but
        }


def changed(before: Tables, after: Tables) -> set[str]:
    """Names of the tables in which something is different."""
    return {name for name in before if before[name] != after[name]}


def rows(centre: Centre, kept_in: str, /, **where: Any) -> list[dict[str, Any]]:
    """Rows of one table that hold these values; of the present dossier where the table knows dossiers."""
    table = metadata.tables[kept_in]
    key = {"dossier": "id"}.get(kept_in, "dossier_id")
    query = select(table)
    if key in table.c:
        query = query.where(table.c[key] == centre.view().line.id)
    for column, value in where.items():
        query = query.where(table.c[column] == value)
    with centre.engine.database.reading() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def row(centre: Centre, kept_in: str, /, **where: Any) -> dict[str, Any]:
    """The one row that fits."""
    (found,) = rows(centre, kept_in, **where)
    return found


def record(centre: Centre) -> Record:
    """What the present dossier keeps about itself."""
    return Record.from_json(codec.unpack(row(centre, "dossier")["record"]))


def last(centre: Centre) -> dict[str, Any]:
    """The newest row of the present dossier's history, with what it brought."""
    newest = max(rows(centre, "history"), key=lambda one: one["sequence"])
    detail = row(centre, "history_detail", sequence=newest["sequence"])
    return {**newest, "payload": codec.unpack(detail["payload"]), "snapshot": detail["snapshot"]}
