"""Completions over HTTP, beside the limit of the same server and database."""

from collections.abc import Iterator
from pathlib import Path

from tests.bench import web
from tests.bench.client import bare
from tests.bench.figures import Figure
from tests.bench.in_process import RATIO
from tests.bench.workload import Walker, opened


def speed(url: str, folder: Path, *, quick: bool) -> Iterator[Figure]:
    """Signed in, validated, versioned, done once by key; eight clients on two server processes."""
    with (
        opened(url, folder) as engine,
        web.server("application", url, folder) as ours,
        web.server("limit", url, folder) as limit,
    ):
        walker = Walker(engine)
        anchor = bare(url, walker, engine.database)
        sides = {
            "ours": web.Side(ours, walker.start, web.Programs(ours, walker).asks),
            "limit": web.Side(limit, anchor.start, web.bare_asks),
        }
        found = web.raced(sides, dossiers=5 if quick else 12, rounds=3 if quick else 5)
    yield Figure(
        name=f"completion over HTTP, {web.PROCESSES} processes, {web.CLIENTS} clients",
        value=found["ours"].rate,
        unit="/s",
        anchor=found["limit"].rate,
        anchor_name="Flask + bare transaction",
        least=RATIO,
        foreign=found["ours"].others,
        note=f"half within {found['ours'].half:.1f} ms, limit {found['limit'].half:.1f} ms",
    )
