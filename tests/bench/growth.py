"""History that grows for years: a completion among 10,000 rows of it, and among millions."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.bench import databases
from tests.bench.bulk import lengthen_history, settle
from tests.bench.figures import Figure
from tests.bench.in_process import COMMANDS
from tests.bench.rounds import interleaved
from tests.bench.teams import team, walking
from tests.bench.workload import STEPS, Walker, opened

FEW, MANY, QUICK = 10_000, 2_000_000, 500_000  # rows
MOST = 1.2  # times the cost


def speed(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """Milliseconds of a completion by one client, in two databases that differ in their history alone."""
    many = QUICK if quick else MANY
    with ExitStack() as stack:
        sides = {}
        for name, rows in (("few", FEW), ("many", many)):
            url = stack.enter_context(databases.postgresql(folder / name))
            fill(url, folder / name, rows)
            clients = stack.enter_context(team("engine", url, folder / name, 1))
            sides[name] = walking(clients, clients=1, dossiers=20 if quick else 60)
        found = interleaved(sides, rounds=3 if quick else 5)
    yield Figure(
        name=f"completion among {many:,} rows of history",
        value=found["many"].half,
        unit="ms",
        anchor=found["few"].half,
        anchor_name=f"among {FEW:,}",
        most=MOST,
        foreign=found["many"].others,
    )


def fill(url: str, folder: Path, rows: int) -> None:
    """History of finished dossiers of W1, seven rows each."""
    with opened(url, folder) as engine:
        walker = Walker(engine)
        dossier = walker.start()
        for step in range(len(STEPS)):
            walker.complete(dossier, step)
    lengthen_history(url, dossier.dossier_id, rows // COMMANDS)
    settle(url)
