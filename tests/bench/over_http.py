"""Completions over HTTP, beside the limit of the same server and database."""

from collections.abc import Iterator
from pathlib import Path

from tests.bench import web
from tests.bench.client import bare
from tests.bench.figures import Figure
from tests.bench.rounds import interleaved
from tests.bench.workload import Walker, opened

RATIO = 0.45  # of the limit, at least


def speed(url: str, folder: Path, *, quick: bool) -> Iterator[Figure]:
    """Signed in, validated, versioned, done once by key; eight clients on two server processes."""
    with (
        opened(url, folder) as engine,
        web.server("application", url, folder) as ours,
        web.server("limit", url, folder) as limit,
    ):
        walker = Walker(engine)
        anchor = bare(url, walker, engine.database)
        count = 5 if quick else 12
        sides = {
            "ours": web.walking(ours.port, walker.start, web.Programs(ours.port, walker).asks, count),
            "limit": web.walking(limit.port, anchor.start, web.bare_asks, count),
        }
        found = interleaved(sides, rounds=3 if quick else 5)
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
