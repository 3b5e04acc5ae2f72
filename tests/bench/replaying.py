"""Replay: finished dossiers of W1 run once more from their history, every command compared with it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench import databases
from tests.bench.figures import Figure
from tests.bench.in_process import COMMANDS
from tests.bench.raw import RawSpiff
from tests.bench.rounds import computed, interleaved
from tests.bench.workload import STEPS, Walker, opened

LEAST, OF_RAW = 1_000, 0.6  # commands a second of a core; of what the library alone does
_DOSSIERS = 30


def speed(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """Commands a second of one core, and beside them the same diagram by the library alone."""
    with databases.sqlite(folder) as url, opened(url, folder) as engine:
        numbers = finished(engine)
        raw = RawSpiff()
        sides = {
            "replay": computed(lambda: replayed(engine, numbers), 3),
            "raw": computed(lambda: walked(raw), 100),
        }
        found = interleaved(sides, rounds=3 if quick else 7)
    ours = found["replay"].rate
    yield Figure(name="replay of finished dossiers of W1", value=ours, unit="/s", least=LEAST)
    yield Figure(
        name="replay, commands",
        value=ours,
        unit="/s",
        anchor=found["raw"].rate,
        anchor_name="steps of raw SpiffWorkflow, nothing checked",
        least=OF_RAW,
    )


def finished(engine: Any) -> list[str]:
    """Numbers of dossiers that were walked to their end."""
    walker = Walker(engine)
    dossiers = [walker.start() for _ in range(_DOSSIERS)]
    for dossier in dossiers:
        for step in range(len(STEPS)):
            walker.complete(dossier, step)
    return [dossier.number for dossier in dossiers]


def replayed(engine: Any, numbers: list[str]) -> int:
    done = 0
    for number in numbers:
        again = engine.replays.run_again(number)
        assert again.holds, again.deviation.en
        done += again.done
    return done


def walked(raw: RawSpiff) -> int:
    dossier = raw.start()
    for step in range(len(STEPS)):
        raw.complete(dossier, step)
    return COMMANDS
