"""Completions through engine and database without HTTP, and the bytes they leave."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from engine.store.database import Database
from tests.bench.databases import log_position, stored
from tests.bench.figures import Figure
from tests.bench.rounds import interleaved
from tests.bench.teams import team, walking
from tests.bench.workload import STEPS, Walker, opened

RATIO = {"PostgreSQL": 0.45, "SQLite": 0.20}  # of the bare transaction, at least
OPEN, FINISHED, LOG = 2_500, 1_500, 5_000  # bytes a command, at most: stored while open, afterwards; logged
COMMANDS = len(STEPS) + 1


def speed(kind: str, url: str, folder: Path, *, most: int, quick: bool) -> Iterator[Figure]:
    """One completion on this database, by one client and by ``most``, beside the bare transaction."""
    with ExitStack() as stack:
        teams = {who: stack.enter_context(team(who, url, folder, most)) for who in ("engine", "bare")}
        for clients in sorted({1, most}):
            count = max(10, (20 if quick else 60) // clients)
            sides = {who: walking(one, clients=clients, dossiers=count) for who, one in teams.items()}
            found = interleaved(sides, rounds=3 if quick else 5)
            ours, anchor = found["engine"], found["bare"]
            yield Figure(
                name=f"completion, {kind}, {clients} client{'s' if clients > 1 else ''}",
                value=ours.rate,
                unit="/s",
                anchor=anchor.rate,
                anchor_name="bare transaction",
                least=RATIO[kind],
                foreign=ours.others,
                note=f"half within {ours.half:.2f} ms, bare {anchor.half:.2f} ms",
            )


def in_memory(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """The floor: the same diagram by the library alone, nothing stored."""
    with team("raw", "", folder, 1) as one:
        side = walking(one, clients=1, dossiers=100)
        found = interleaved({"raw": side}, rounds=3 if quick else 5)["raw"]
        yield Figure(
            name="completion, raw SpiffWorkflow in memory, nothing stored",
            value=found.rate,
            unit="/s",
            foreign=found.others,
            note=f"half within {found.half:.2f} ms",
        )


def bytes_left(kind: str, url: str, folder: Path, *, quick: bool) -> Iterator[Figure]:
    """What dossiers leave behind, everything counted: rows, indexes, chain, snapshots."""
    count = 60 if quick else 300
    with opened(url, folder) as engine:
        walker = Walker(engine)
        before, position = stored(engine.database), _position(engine.database)
        _walked(walker, count, len(STEPS))
        logged = _position(engine.database) - position
        after = stored(engine.database)
        yield _bytes(kind, "a finished", after - before, count * COMMANDS, FINISHED)
        _walked(walker, count, len(STEPS) - 1)
        yield _bytes(kind, "an open", stored(engine.database) - after, count * (COMMANDS - 1), OPEN)
    if logged:
        name, each = f"write-ahead log a command, {kind}", logged / count / COMMANDS
        yield Figure(name=name, value=each, unit="B", most=LOG)


def _walked(walker: Walker, count: int, steps: int) -> None:
    """So many dossiers, one after the other, each so many steps."""
    for _ in range(count):
        dossier = walker.start()
        for step in range(steps):
            walker.complete(dossier, step)


def _bytes(kind: str, which: str, left: int, commands: int, most: int) -> Figure:
    return Figure(
        name=f"stored a command of {which} dossier, {kind}", value=left / commands, unit="B", most=most
    )


def _position(database: Database) -> int:
    return log_position(database) if database.dialect == "postgresql" else 0
