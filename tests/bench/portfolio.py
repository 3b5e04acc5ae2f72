"""The whole catalogue: 1,326 procedures brought in, found again at the next start, searched, checked."""

import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any

import orjson

from api.bootstrap import PROCESSES, open_engine, read_agencies
from api.furnishing import furnish, install
from api.settings import Settings
from api.sources import files_in, read_sources
from engine.catalogue import CHECKED_BY_MAKER, Catalogue
from engine.portfolio.grammar import understood
from engine.portfolio.index import Index
from engine.portfolio.search import search
from engine.portfolio.shelf import FolderShelf
from tests.bench.figures import Figure, middle
from tests.bench.machine import foreign_share
from tests.bench.rounds import ROOT

PROCEDURES, QUICK = 1_326, 300
FIRST, LATER, LINT = 20.0, 1.0, 180.0  # seconds
SEARCH, MEMORY = 100.0, 300.0  # milliseconds; MB of a process
ASKED = (
    "every step over 5 working days in Justice",
    "mọi bước của Sở Xây dựng",
    'step.kind = "userTask" and step.role = "leader"',
    "phí",
    'procedure.agency = "STP"',
)


def speed(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """Each in a process of its own; of a quick run the targets are for its share of the catalogue."""
    count = QUICK if quick else PROCEDURES
    share = count / PROCEDURES
    drawn = folder / "processes"
    draw(drawn, count)
    with foreign_share() as others:
        found = _told(drawn, folder / "var")
    kept = {"foreign": others.foreign}
    yield Figure(name=f"first load of {count:,} procedures", value=found["first"], unit="s",
                 most=FIRST * share, **kept)  # fmt: skip
    yield Figure(name="  later, nothing to bring in", value=found["later"], unit="s", most=LATER, **kept)
    yield Figure(name="index for searches, the first time", value=found["index"], unit="s", **kept)
    yield Figure(name="  search with what is on disk read again", value=found["search"], unit="ms",
                 most=SEARCH, note=f"the slowest of {len(ASKED)} questions {found['slowest']:.0f} ms",
                 **kept)  # fmt: skip
    yield Figure(name="memory of the process, every procedure met", value=found["memory"], unit="MB",
                 most=MEMORY)  # fmt: skip
    with foreign_share() as others:
        seconds = _lint(drawn)
    yield Figure(name=f"lint of {count:,} procedures, {os.cpu_count()} cores", value=seconds, unit="s",
                 most=LINT * share, foreign=others.foreign)  # fmt: skip


def draw(folder: Path, count: int) -> None:
    """The library, the drafts of the catalogue, and these again under other codes up to the number."""
    shutil.copytree(PROCESSES, folder, ignore=shutil.ignore_patterns("tests"))
    taken = {one.stem for one in folder.glob("*/*.bpmn") if one.parent.name != "shared"}
    catalogue = open_engine(replace(Settings.from_environment(), database="sqlite://")).catalogue
    plans = (one for one in _plans(catalogue) if one.code not in taken)
    workshop = catalogue.workshop(files_in(PROCESSES / "shared"))
    for plan in plans:
        if len(taken) == count:
            return
        taken.add(plan.code)
        for name, content in workshop.make(plan).files.items():
            place = folder / plan.folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)


def _plans(catalogue: Catalogue) -> Iterator[Any]:
    rows = catalogue.read((PROCESSES / "catalogue.csv").read_bytes(), "catalogue.csv")
    rules = catalogue.rules((PROCESSES / "catalogue.toml").read_text(encoding="utf-8"))
    yield from catalogue.plans(rows, rules, {})
    again = (replace(row, code=f"9.{number:06}") for number, row in enumerate(cycle(rows)))
    yield from catalogue.plans(again, rules, {})


def _told(drawn: Path, folder: Path) -> dict[str, float]:
    """What a process of its own has to tell."""
    command = [sys.executable, "-m", __name__, str(drawn), str(folder)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    found: dict[str, float] = orjson.loads(told.stdout)
    return found


def _lint(drawn: Path) -> float:
    command = [str(Path(sys.executable).with_name("motcua")), "procedures", "lint", str(drawn), "--json"]
    began = time.perf_counter()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
    return time.perf_counter() - began


def measure(drawn: Path, folder: Path) -> dict[str, float]:
    """Seconds, milliseconds of a search, and MB at the end."""
    folder.mkdir()
    settings = replace(
        Settings.from_environment(), folder=folder, database=f"sqlite:///{folder / 'motcua.sqlite3'}"
    )
    first = seconds(lambda: _bring_in(settings, drawn))
    later = seconds(lambda: _bring_in(settings, drawn))
    engine = open_engine(settings)
    for version in engine.procedures.find():  # each is met once: as many are kept as a process keeps
        engine.procedures.definition(version.sha256)
    agencies = [(row["code"], [row["name"]]) for row in read_agencies()]
    index = seconds(lambda: Index(folder, FolderShelf(drawn), centre="TTHCC").table())
    spent = [
        seconds(
            lambda asked=asked: search(  # type: ignore[misc]
                Index(folder, FolderShelf(drawn), centre="TTHCC").table(), understood(asked, agencies)
            )
        )
        * 1000
        for asked in ASKED
        for _ in range(5)
    ]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1_000_000
    return {"first": first, "later": later, "index": index, "search": middle(spent),
            "slowest": max(spent), "memory": memory}  # fmt: skip


def _bring_in(settings: Settings, drawn: Path) -> None:
    """As at a start: what the centre has, then the files that it lacks; drawn ones are checked already."""
    engine = open_engine(settings)
    furnish(engine)
    live = engine.procedures.codes()
    files = [one for one in sorted(drawn.glob("*/*.bpmn")) if one.parent.name != "shared"]
    missing = [one for one in files if one.stem not in live]
    install(engine, read_sources(missing), len(missing), CHECKED_BY_MAKER)
    engine.database.dispose()


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.stdout.buffer.write(orjson.dumps(measure(Path(sys.argv[1]), Path(sys.argv[2]))))
