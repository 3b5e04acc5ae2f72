"""INSERT ... ON CONFLICT on both databases, built once per table."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


@cache
def upserting(dialect: str, table: Table, update: tuple[str, ...] = ()) -> Any:
    """The statement: insert; where the primary key exists, set the columns of ``update`` or leave the row."""
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement: Any = make(table)
    keys = [column.name for column in table.primary_key.columns]
    if not update:
        return statement.on_conflict_do_nothing(index_elements=keys)
    return statement.on_conflict_do_update(
        index_elements=keys, set_={name: statement.excluded[name] for name in update}
    )


def upsert(tx: Connection, table: Table, rows: Sequence[dict[str, Any]], update: tuple[str, ...] = ()) -> int:
    """Insert the rows; where the primary key exists, set the columns of ``update`` (or leave the row).

    One round trip for all rows. Returns the number of rows inserted or updated.
    """
    if not rows:
        return 0
    counted = {"preserve_rowcount": True}  # of inserts SQLAlchemy keeps no count unless asked
    result = tx.execute(upserting(tx.dialect.name, table, update), list(rows), execution_options=counted)
    return result.rowcount
