"""Many rows at once, written by SQL after the pattern of what the engine made. PostgreSQL only."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg

from engine.store.tables.base import metadata
from tests.bench.template import owner

_MADE = """
CREATE TEMPORARY TABLE made ON COMMIT DROP AS
SELECT gen_random_uuid() AS id, n FROM generate_series(1, {count}) AS n ORDER BY 1
"""
_OPEN = {"task": "task.state = 'open'", "timer": "timer.state = 'pending'"}  # what a copy takes over
Columns = Mapping[tuple[str, str], str]  # table and column to the SQL of what differs in a copy


@contextmanager
def _link(url: str) -> Iterator[Any]:
    """Without the engine's time-outs: this takes longer than any command."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as link:
        yield link


def multiply(url: str, pattern: UUID, count: int, *, tasks: int = 1, columns: Columns | None = None) -> None:
    """``count`` dossiers like the pattern, whole but for their history; each open task so many times.

    In the SQL of ``columns`` ``n`` numbers the dossiers.
    """
    different = {("dossier", "number"): "'H' || n", **(columns or {})}
    if tasks > 1:
        different["task", "task_id"] = "gen_random_uuid()"
    _copied(url, pattern, count, ("dossier", "task", "timer"), different, {"task": tasks})


def lengthen_history(url: str, pattern: UUID, dossiers: int) -> None:
    """The history of so many more dossiers like the pattern's."""
    _copied(url, pattern, dossiers, ("history", "history_detail"), {}, {})


def _copied(
    url: str,
    pattern: UUID,
    count: int,
    tables: tuple[str, ...],
    different: Columns,
    times: Mapping[str, int],
) -> None:
    with _link(url) as link, link.transaction():
        link.execute(_MADE.format(count=count))
        for table in tables:
            said = {**different, (table, owner(table)): "made.id"}
            names = [column.name for column in metadata.tables[table].c]
            picked = ", ".join(said.get((table, name), f"{table}.{name}") for name in names)
            link.execute(
                f"INSERT INTO {table} ({', '.join(names)}) SELECT {picked} "
                f"FROM made, generate_series(1, {times.get(table, 1)}) AS k, {table} "
                f"WHERE {table}.{owner(table)} = '{pattern}' AND {_OPEN.get(table, 'true')} ORDER BY made.id"
            )


def settle(url: str) -> None:
    """Let the planner know what has come."""
    with _link(url) as link:
        link.execute("VACUUM ANALYZE")
        link.execute("CHECKPOINT")
