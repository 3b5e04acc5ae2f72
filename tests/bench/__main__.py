"""`make bench ARGS="--quick --json FILE"`: see docs/performance.md."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import orjson

from tests.bench import (
    ageing,
    catalogue,
    cold,
    databases,
    feel,
    growth,
    in_process,
    inbox,
    lint,
    over_http,
    portfolio,
    replaying,
    seeding,
    timers,
)
from tests.bench.figures import Figure
from tests.bench.machine import described

Section = Callable[[], Iterator[Figure]]


def sections(folder: Path, *, quick: bool) -> Iterator[tuple[str, Section]]:
    """What is measured, in order; databases are made when their turn comes."""
    yield "W1 in memory", lambda: in_process.in_memory(folder, quick=quick)
    yield "W1 on SQLite", lambda: on_sqlite(folder / "sqlite", quick=quick)
    if databases.SERVER:
        yield "W1 on PostgreSQL", lambda: on_postgresql(folder / "postgresql", quick=quick)
        yield "W2 inbox", lambda: inbox.speed(made(folder / "inbox"), quick=quick)
        yield "W3 timers", lambda: timers.speed(folder / "timers", quick=quick)
        yield "W4 cold start", lambda: catalogue.speed(made(folder / "catalogue"), quick=quick)
        yield "History growth", lambda: growth.speed(made(folder / "growth"), quick=quick)
    yield "Catalogue", lambda: portfolio.speed(made(folder / "portfolio"), quick=quick)
    yield "Replay", lambda: replaying.speed(folder / "replay", quick=quick)
    yield "Age", lambda: ageing.speed(folder / "age", quick=quick)
    yield "Diagrams", lambda: cold.definitions(quick=quick)
    yield "Lint", lambda: lint.speed(quick=quick)
    yield "Expressions", lambda: feel.speed(quick=quick)
    yield "Seeding", lambda: seeding.speed(folder / "seeding", quick=quick)
    yield "Start", lambda: cold.first_page(folder / "run")


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def on_sqlite(folder: Path, *, quick: bool) -> Iterator[Figure]:
    with databases.sqlite(folder) as url:
        yield from in_process.speed("SQLite", url, folder, most=1, quick=quick)
        yield from in_process.bytes_left("SQLite", url, folder, quick=quick)


def on_postgresql(folder: Path, *, quick: bool) -> Iterator[Figure]:
    with databases.postgresql(folder) as url:
        yield from in_process.speed("PostgreSQL", url, folder, most=8, quick=quick)
        yield from over_http.speed(url, folder, quick=quick)
        yield from in_process.bytes_left("PostgreSQL", url, folder, quick=quick)


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds: an impression")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    parser.add_argument("--only", default="", help="sections whose title holds this text")
    chosen = parser.parse_args()
    print(f"{described()}; medians of interleaved rounds; only ratios of one run mean something.")
    if not databases.SERVER:
        print("PostgreSQL is left out: name a server in MOTCUA_TEST_POSTGRESQL.")
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder:
        for title, section in sections(Path(folder), quick=chosen.quick):
            if chosen.only.lower() not in title.lower():
                continue
            print(f"\n{title}", flush=True)
            for figure in section():
                print(f"  {figure.line()}", flush=True)
                figures.append(figure)
    missed = [figure.name for figure in figures if figure.reached is False]
    print(f"\n{sum(figure.reached is True for figure in figures)} targets reached, {len(missed)} missed")
    for name in missed:
        print(f"  {name.strip()}")
    if chosen.json:
        chosen.json.write_bytes(orjson.dumps([one.to_json() for one in figures], option=orjson.OPT_INDENT_2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
