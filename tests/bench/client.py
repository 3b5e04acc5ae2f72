"""A client as a process of its own: `python -m tests.bench.client WHO URL FOLDER`, told what to do by lines.

"start N" makes N dossiers ready and is answered by "true"; "go" finishes all their steps and is answered by
the seconds it took and, one by one, the milliseconds of the completions, as JSON.
"""

import sys
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol

import orjson

from tests.bench.bare import BarePostgresql, BareSqlite
from tests.bench.raw import RawSpiff
from tests.bench.template import taken
from tests.bench.workload import STEPS, Walker, opened


class Contestant(Protocol):
    """Starts dossiers and finishes their steps, however it does it."""

    def start(self) -> Any: ...

    def complete(self, dossier: Any, step: int) -> None: ...


def contestant(who: str, url: str, folder: Path, stack: ExitStack) -> Contestant:
    """``engine``, ``bare`` (the anchor on the same database) or ``raw`` (in memory, stores nothing)."""
    if who == "raw":
        return RawSpiff()
    engine = stack.enter_context(opened(url, folder))
    walker = Walker(engine)
    if who == "engine":
        return walker
    return bare(url, walker, engine.database)


def bare(url: str, walker: Walker, database: Any) -> Contestant:
    """The bare transaction for the rows that this walker leaves."""
    template = taken(walker, database)
    if url.startswith("sqlite"):
        return BareSqlite(url.removeprefix("sqlite:///"), template)
    return BarePostgresql(url.replace("+psycopg", ""), template)


def finish(one: Contestant, dossiers: list[Any]) -> dict[str, Any]:
    """Finish all steps of all dossiers, one after the other."""
    spent: list[float] = []
    began = perf_counter()
    for dossier in dossiers:
        for step in range(len(STEPS)):
            before = perf_counter()
            one.complete(dossier, step)
            spent.append((perf_counter() - before) * 1000)
    return {"seconds": perf_counter() - began, "milliseconds": spent}


def serve(one: Contestant) -> None:
    ready: list[Any] = []
    for line in sys.stdin:
        word, _, number = line.strip().partition(" ")
        if word == "start":
            ready = [one.start() for _ in range(int(number))]
            print("true", flush=True)
        else:
            print(orjson.dumps(finish(one, ready)).decode(), flush=True)


if __name__ == "__main__":
    with ExitStack() as stack:
        serve(contestant(sys.argv[1], sys.argv[2], Path(sys.argv[3]), stack))
