"""A worker as a process of its own: `python -m tests.bench.firing WHO URL FOLDER`, told what to do by lines.

At every line it fires whatever is due, one dossier a transaction, until nothing is due any more, and answers
with the number of timers and the seconds.
"""

import sys
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol

import orjson
import psycopg

from engine.store.work import due_dossiers
from tests.bench.bare import filled, statement
from tests.bench.template import Change, changes, rows
from tests.bench.workload import opened

# The one that waits longest and that nobody else has in hand.
_CLAIM = """
SELECT dossier_id FROM timer WHERE state = 'pending' AND run_at <= now()
ORDER BY run_at LIMIT 1 FOR UPDATE SKIP LOCKED
"""


class Worker(Protocol):
    """Fires what is due."""

    def fire(self) -> int:
        """Fires some; how many, 0 when there is nothing left."""
        ...


class Ours:
    """The heartbeat's own way."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine

    def fire(self) -> int:
        beat = self._engine.timers.fire_due()
        assert not beat.failed, "a timer could not be fired: see the table of incidents"
        return int(beat.fired)


class Raw:
    """By hand: one is claimed, the rows are written that the engine leaves, and committed. No engine."""

    def __init__(self, url: str, written: list[Change]) -> None:
        self._statements = [statement(change, "%s") for change in written]
        self._link = psycopg.connect(url.replace("+psycopg", ""), prepare_threshold=0)

    def fire(self) -> int:
        claimed = self._link.execute(_CLAIM).fetchone()
        if claimed is None:
            self._link.rollback()
            return 0
        with self._link.pipeline():
            for sql, parameters in self._statements:
                self._link.execute(sql, filled(parameters, claimed[0]))
            self._link.commit()
        return 1


def written(engine: Any) -> list[Change]:
    """The rows that a fired timer leaves: the engine fires one that is due, and we look."""
    with engine.database.reading() as connection:
        (due,) = due_dossiers(connection, engine.clock.now(), 1)
    before = rows(engine.database, due)
    engine.timers.fire_due(1)
    return list(changes(before, rows(engine.database, due)))


def serve(worker: Worker) -> None:
    for _ in sys.stdin:
        began, fired = perf_counter(), 0
        while some := worker.fire():
            fired += some
        print(orjson.dumps({"fired": fired, "seconds": perf_counter() - began}).decode(), flush=True)


if __name__ == "__main__":
    with ExitStack() as stack:
        who, url, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
        engine = stack.enter_context(opened(url, folder))
        serve(Ours(engine) if who == "ours" else Raw(url, written(engine)))
