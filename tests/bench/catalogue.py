"""W4, a province's catalogue: 1,326 definitions of W1's shape, from a cold start to all of them in use."""

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from uuid import uuid4

from api.sources import read_source
from tests.bench import databases, web
from tests.bench.figures import Figure, middle
from tests.bench.machine import foreign_share
from tests.bench.rounds import Side, Turn, interleaved
from tests.bench.workload import APPLICANT, W1, opened

DEFINITIONS, QUICK = 1_326, 300
START, MORE, COLD = 1.5, 0.2, 30.0  # seconds to the first answer; of these for the catalogue; milliseconds
MEMORY = 250.0  # MB of a web process
_MB = 1_000_000


def speed(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """One web process on each of two databases: with W1 alone, and with the whole catalogue."""
    count = QUICK if quick else DEFINITIONS
    with ExitStack() as stack:
        one = stack.enter_context(databases.postgresql(folder / "one"))
        all_ = stack.enter_context(databases.postgresql(folder / "all"))
        fill(all_, folder / "all", count)
        sides = {"one": starting(one, folder / "one"), "all": starting(all_, folder / "all")}
        found = interleaved(sides, rounds=3 if quick else 5)
        first, alone = found["all"].rate, found["one"].rate
        yield Figure(
            name=f"cold start with {count:,} definitions to the first answer",
            value=first,
            unit="s",
            most=START,
            foreign=found["all"].others,
            note=f"with one definition {alone:.2f} s",
        )
        yield Figure(name="  of it for the catalogue", value=max(0.0, first - alone), unit="s", most=MORE)
        yield from _in_use(all_, folder / "all", count)


def fill(url: str, folder: Path, count: int) -> None:
    """W1 again and again, each time as another procedure."""
    source = read_source(W1)
    diagram = source.files[source.main]
    with opened(url, folder) as engine:
        for number in range(1, count):
            other = diagram.replace(b'code="W1"', f'code="{_code(number)}"'.encode())
            files = {**source.files, source.main: other}
            engine.procedures.deploy(replace(source, files=files), by="system:bench", reason="phép đo")


def _code(number: int) -> str:
    return f"W1.{number:04}"


def starting(url: str, folder: Path) -> Side:
    """In its turn a fresh server is started and asked; the value is the seconds to its first answer."""

    def turn(_warming: bool) -> Turn:
        with foreign_share() as share:
            began = time.perf_counter()
            with web.server("application", url, folder, processes=1) as server:
                web.get(HTTPConnection("127.0.0.1", server.port), "/health/ready", {})
                seconds = time.perf_counter() - began
        return Turn(seconds, (), share.foreign)

    return turn


def _in_use(url: str, folder: Path, count: int) -> Iterator[Figure]:
    """One dossier of every definition, by a web process that has met none of them."""
    with web.server("application", url, folder, processes=1) as server, foreign_share() as share:
        headers = {"Authorization": f"Bearer {web.signed_in(server.port, 'reception')}"}
        link, spent = HTTPConnection("127.0.0.1", server.port), []
        for number in range(1, count):
            intake = {"procedure_code": _code(number), "applicant": APPLICANT}
            began = time.perf_counter()
            web.post(link, "/api/v1/dossiers", {**headers, "Idempotency-Key": uuid4().hex}, intake)
            spent.append((time.perf_counter() - began) * 1000)
        size = max(resident(child) for child in (server.process.pid, *children(server.process.pid)))
    yield Figure(
        name="first dossier of a cold definition, over HTTP",
        value=middle(spent),
        unit="ms",
        most=COLD,
        foreign=share.foreign,
        note=f"the slowest of a hundred {sorted(spent)[-len(spent) // 100]:.0f} ms",
    )
    yield Figure(
        name=f"memory of a web process, {count:,} definitions in use",
        value=size / _MB,
        unit="MB",
        most=MEMORY,
    )


def children(parent: int) -> list[int]:
    """Processes that one has started."""
    found = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(one) for one in found.read_text().split()] if found.exists() else []


def resident(process: int) -> int:
    """Bytes of its memory that are in RAM; 0 where the system does not tell."""
    told = Path(f"/proc/{process}/statm")
    return int(told.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") if told.exists() else 0
