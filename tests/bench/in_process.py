"""Completions through engine and database without HTTP, and the bytes they leave."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from engine.store.database import Database
from tests.bench.databases import log_position, stored
from tests.bench.figures import Figure
from tests.bench.rounds import raced, team
from tests.bench.workload import STEPS, Walker, opened

RATIO = 0.35  # of the bare transaction, at least
BYTES = 4096  # a command, at most
COMMANDS = len(STEPS) + 1


def speed(kind: str, url: str, folder: Path, *, most: int, quick: bool) -> Iterator[Figure]:
    """One completion on this database, by one client and by ``most``, beside the bare transaction."""
    with ExitStack() as stack:
        teams = [stack.enter_context(team(who, url, folder, most)) for who in ("engine", "bare")]
        for clients in sorted({1, most}):
            dossiers = max(10, (20 if quick else 60) // clients)
            found = raced(teams, clients=clients, dossiers=dossiers, rounds=3 if quick else 5)
            ours, anchor = found["engine"], found["bare"]
            yield Figure(
                name=f"completion, {kind}, {clients} client{'s' if clients > 1 else ''}",
                value=ours.rate,
                unit="/s",
                anchor=anchor.rate,
                anchor_name="bare transaction",
                least=RATIO if kind == "PostgreSQL" else None,
                foreign=ours.others,
                note=f"half within {ours.half:.2f} ms, bare {anchor.half:.2f} ms",
            )


def in_memory(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """The floor: the same diagram by the library alone, nothing stored."""
    with team("raw", "", folder, 1) as one:
        found = raced([one], clients=1, dossiers=100, rounds=3 if quick else 5)["raw"]
        yield Figure(
            name="completion, raw SpiffWorkflow in memory, nothing stored",
            value=found.rate,
            unit="/s",
            foreign=found.others,
            note=f"half within {found.half:.2f} ms",
        )


def bytes_left(kind: str, url: str, folder: Path, *, quick: bool) -> Iterator[Figure]:
    """What finished dossiers leave behind, everything counted: rows, indexes, chain, snapshots."""
    count = 60 if quick else 300
    with opened(url, folder) as engine:
        walker = Walker(engine)
        before, position = stored(engine.database), _position(engine.database)
        for _ in range(count):
            dossier = walker.start()
            for step in range(len(STEPS)):
                walker.complete(dossier, step)
        written = _position(engine.database) - position
        each = (stored(engine.database) - before) / count
    yield Figure(name=f"stored by a finished dossier, {kind}", value=each, unit="B")
    yield Figure(
        name=f"stored a command ({COMMANDS} of them), {kind}", value=each / COMMANDS, unit="B", most=BYTES
    )
    if written:
        yield Figure(name=f"write-ahead log a command, {kind}", value=written / count / COMMANDS, unit="B")


def _position(database: Database) -> int:
    return log_position(database) if database.dialect == "postgresql" else 0
