"""W2, the inbox: the first 50 of 100,000 open tasks of one role, as JSON and as the page an officer sees."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path

import orjson

from tests.bench import databases, web
from tests.bench.bulk import multiply, settle
from tests.bench.figures import Figure
from tests.bench.rounds import Side, interleaved, repeated
from tests.bench.workload import Walker, opened

TASKS, MANY = 100_000, 1_000_000
TIMES_RAW, TIMES_MANY, PAGE = 4.0, 1.5, 15.0  # the last in milliseconds
LINES = 50
_EACH = MANY // TASKS  # tasks of a dossier where there are many


def speed(folder: Path, *, quick: bool) -> Iterator[Figure]:
    """One client that keeps its connection; milliseconds from the question to the whole answer."""
    with ExitStack() as stack:
        few = stack.enter_context(databases.postgresql(folder / "few"))
        many = stack.enter_context(databases.postgresql(folder / "many"))
        fill(few, folder / "few", each=1)
        fill(many, folder / "many", each=_EACH)
        ours = stack.enter_context(web.server("application", few, folder / "few", processes=1))
        crowded = stack.enter_context(web.server("application", many, folder / "many", processes=1))
        limit = stack.enter_context(web.server("limit", few, folder / "few", processes=1))
        times = 60 if quick else 150
        sides = {
            "json": asking(ours.port, "/api/v1/tasks?limit=50", times, bearer, checked),
            "many": asking(crowded.port, "/api/v1/tasks?limit=50", times, bearer, checked),
            "page": asking(ours.port, "/hop-viec", times, cookie, seen),
            "raw": asking(limit.port, "/inbox", times, lambda _port: {}, listed),
        }
        found = interleaved(sides, rounds=3 if quick else 5)
    yield Figure(
        name=f"inbox, {LINES} of {TASKS:,} tasks, JSON over HTTP",
        value=found["json"].rate,
        unit="ms",
        anchor=found["raw"].rate,
        anchor_name="raw Flask + SQL page",
        most=TIMES_RAW,
        foreign=found["json"].others,
    )
    yield Figure(
        name=f"inbox, {LINES} of {MANY:,} tasks, JSON over HTTP",
        value=found["many"].rate,
        unit="ms",
        anchor=found["json"].rate,
        anchor_name=f"the same of {TASKS:,}",
        most=TIMES_MANY,
        foreign=found["many"].others,
    )
    yield Figure(
        name=f"inbox, {LINES} of {TASKS:,} tasks, full HTML page",
        value=found["page"].rate,
        unit="ms",
        most=PAGE,
        foreign=found["page"].others,
    )


def fill(url: str, folder: Path, *, each: int) -> None:
    """100,000 dossiers of W1, each with so many open tasks of one role; one task in three has somebody."""
    with opened(url, folder) as engine:
        walker = Walker(engine)
        pattern = walker.start().dossier_id
        holder = engine.officers.by_username("bench.processing").officer_id
        spread = "urgent_at + make_interval(secs => n)"
        claimed = f"CASE WHEN n % 3 = 0 THEN '{holder}'::uuid END"
        columns = {("task", "urgent_at"): spread, ("task", "due_at"): spread, ("task", "assignee"): claimed}
        multiply(url, pattern, TASKS, tasks=each, columns=columns)
    settle(url)


def asking(
    port: int, path: str, times: int, rights: Callable[[int], dict[str, str]], right: Callable[[bytes], bool]
) -> Side:
    """A client that asks for one address again and again and looks at the answers."""
    link, headers = HTTPConnection("127.0.0.1", port), rights(port)

    def ask() -> None:
        assert right(web.get(link, path, headers)), path

    return repeated(ask, times, warm=20)


def bearer(port: int) -> dict[str, str]:
    """As a program of the officer's."""
    return {"Authorization": f"Bearer {web.signed_in(port, 'processing')}"}


def cookie(port: int) -> dict[str, str]:
    """As the officer's browser."""
    return {"Cookie": f"motcua={web.signed_in(port, 'processing')}"}


def checked(content: bytes) -> bool:
    return len(orjson.loads(content)["items"]) == LINES


def listed(content: bytes) -> bool:
    return len(orjson.loads(content)) == LINES


def seen(content: bytes) -> bool:
    return content.count(b"<tr") >= LINES
