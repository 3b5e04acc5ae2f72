"""F1, F2, F3, F6, F7: programs, links, the database die under people at work; what they were told stands."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from api.bootstrap import build_engine
from api.demo.partners import partners as stand_in
from engine.clock import FixedClock
from engine.engine import Engine
from engine.store.database import Database
from tests import centre as centres
from tests.centre import CHEAP, Centre, settings_for
from tests.faults.aftermath import drain, require_kept, require_whole
from tests.faults.clerks import Notebook, clerks
from tests.faults.cluster import Cluster
from tests.faults.conftest import Size
from tests.faults.processes import Town, every, meanwhile, town
from tests.faults.proxy import proxy_before

REGISTER = "2.002288"  # its receipt makes a job, letters and timers
KILLED_AT_COMMITS = "after_commit=kill:0.01"


def body(centre: Centre) -> dict[str, Any]:
    """A dossier as a program hands it in, for the procedure that asks the vehicle register."""
    whole = centre.intake(REGISTER)
    return {
        "procedure_code": REGISTER,
        "channel": "online",
        "applicant": dict(whole.applicant),
        "answers": json.loads(json.dumps(dict(whole.answers))),
    }


@contextmanager
def at_work(url: str, folder: Path, town_: Town, most: int) -> Iterator[Notebook]:
    """Four clerks of the counter, each with the same rights, on the processes of the town."""
    with centres.opened(url, folder) as centre:
        username, sent = centre.officer("reception").username, body(centre)
    with clerks(town_.url, username, sent, most=most) as book:
        yield book


def wait_for(book: Notebook, done: int, seconds: float, also: Callable[[], bool] = lambda: True) -> None:
    """Until so much is done, and ``also``: on a fast machine the work is over before its faults."""
    until = monotonic() + seconds
    while (len(book.done) < done or not also()) and monotonic() < until:
        assert book.strange == []
        sleep(0.05)
    assert len(book.done) >= done, f"only {len(book.done)} of {done} done in {seconds} s"


def engine_on(url: str, folder: Path) -> Engine:
    """An engine by the real clock, beside the processes."""
    return build_engine(settings_for(folder, url), Database(url), None, CHEAP)


def settle(url: str, folder: Path, book: Notebook, what: str, kills: int, size: Size) -> None:
    """The fault is over: the backlog goes, and everything is checked.

    The processes work it off by themselves once the leases of the dead have run out. A short run does not
    wait for that minute: a worker whose clock is ahead takes over what they held.
    """
    engine = engine_on(url, folder)
    took = drain(engine, 180) if size.long else work_off(url, folder)
    dossiers = require_whole(engine, at_least=10)
    require_kept(engine, book)
    engine.database.dispose()
    print(  # noqa: T201
        f"\n{what}: {len(book.done)} operations ({len(book.done) / book.seconds:.0f} a second) on {dossiers} "
        f"dossiers, {kills} faults, {book.repeated} requests repeated, {len(book.busy)} answered 503; "
        f"backlog gone in {took:.1f} s"
    )


def work_off(url: str, folder: Path) -> float:
    """Do what is left as a worker some minutes ahead; the seconds that it took."""
    begun, clock = monotonic(), FixedClock(datetime.now(UTC))
    engine = build_engine(settings_for(folder, url), Database(url), clock, CHEAP)
    with stand_in(messages=True):
        for _ in range(20):
            clock.advance(minutes=5)
            work = engine.deliveries
            if not work.run_jobs(500) + work.deliver_outbox(500) + engine.timers.fire_due().fired:
                break
    drain(engine, 1)
    engine.database.dispose()
    return monotonic() - begun


def test_killed_web_workers_and_heartbeats_lose_and_double_nothing(
    cluster: Cluster, server_database: str, tmp_path: Path, port: int, partners: dict[str, str], size: Size
) -> None:
    """F1 and F2, real processes, kill -9 every other second."""
    url, lot = cluster.url(server_database), size.lot("kills")
    with town(tmp_path, url, port, **partners) as running:
        with (
            at_work(url, tmp_path, running, size.of(3_000, 10_000)) as book,
            meanwhile(lambda: running.kill_one(lot), every(lot, 0.8, 2.5)),
        ):
            wait_for(book, size.of(120, 10_000), size.of(120, 3600), lambda: running.kills > 3)
        settle(url, tmp_path, book, "F1, F2", running.kills, size)
    assert running.kills > 3


def test_a_killed_process_on_sqlite_loses_and_doubles_nothing(
    furnished_sqlite: Path, tmp_path: Path, port: int, partners: dict[str, str], size: Size
) -> None:
    """F1 and F2 on SQLite: web and heartbeat are one process."""
    url, lot = centres.copy_sqlite(furnished_sqlite, tmp_path / "motcua.sqlite3"), size.lot("sqlite")
    enough = size.of(90, 10_000)

    def kill() -> None:
        running.kill_one(lot)
        running.wait_until_ready()

    # Nobody else opens the file meanwhile, not even the tests: SQLite is for one process.
    with centres.opened(url, tmp_path) as centre:
        username, sent = centre.officer("reception").username, body(centre)
    with town(tmp_path, url, port, **partners) as running:
        with clerks(running.url, username, sent, most=enough) as book, meanwhile(kill, every(lot, 0.5, 3)):
            wait_for(book, enough, size.of(200, 3600))
        sleep(2)
    settle_alone(url, tmp_path, book, running.kills, partners)


def settle_alone(url: str, folder: Path, book: Notebook, kills: int, partners: dict[str, str]) -> None:
    """The same once the only process has ended: what it left is checked, then worked off by us."""
    engine = engine_on(url, folder)
    dossiers = require_whole(engine, at_least=10)
    require_kept(engine, book)
    engine.database.dispose()
    print(f"\nF1, F2 SQLite: {len(book.done)} operations on {dossiers} dossiers, {kills} kills")  # noqa: T201


def test_a_process_that_dies_between_commit_and_answer_is_asked_again_and_answers_the_same(
    cluster: Cluster, server_database: str, tmp_path: Path, port: int, partners: dict[str, str], size: Size
) -> None:
    """F3: every hundredth commit is the last thing its process does."""
    url, enough = cluster.url(server_database), size.of(90, 10_000)
    dying = {**partners, "MOTCUA_FAILPOINTS": KILLED_AT_COMMITS}
    with (
        town(tmp_path, url, port, **dying) as running,
        at_work(url, tmp_path, running, size.of(3_000, 10_000)) as book,
        meanwhile(running.keep, every(size.lot("kept"), 0.1, 0.2)),
    ):
        wait_for(book, enough, size.of(150, 3600), lambda: book.repeated > 0)
    with town(tmp_path, url, port, **partners):
        settle(url, tmp_path, book, "F3", book.repeated, size)
    assert book.repeated > 0


def test_links_cut_as_the_commit_is_sent_lose_and_double_nothing(
    cluster: Cluster, server_database: str, tmp_path: Path, port: int, partners: dict[str, str], size: Size
) -> None:
    """F6: the client cannot know on which side of the commit the link was cut."""
    url, enough = cluster.url(server_database), size.of(200, 60_000)
    with proxy_before(cluster.port, size.seed) as proxy:
        through = cluster.url(server_database, proxy.port)
        with town(tmp_path, through, port, **partners) as running:
            with at_work(url, tmp_path, running, enough) as book:
                proxy.cut_share = 0.05
                wait_for(book, enough, size.of(120, 3600))
                proxy.cut_share = 0.0
            settle(url, tmp_path, book, "F6", proxy.cuts, size)
    assert proxy.cuts > 5


def test_a_database_that_crashes_and_recovers_loses_and_doubles_nothing(
    cluster: Cluster, server_database: str, tmp_path: Path, port: int, partners: dict[str, str], size: Size
) -> None:
    """F7: every process of the server dies at once, again and again."""
    url, crashes, least = cluster.url(server_database), [], size.of(3, 40)

    def crash() -> None:
        cluster.crash()
        crashes.append(1)

    with town(tmp_path, url, port, **partners) as running:
        with at_work(url, tmp_path, running, 1_000_000) as book:
            with meanwhile(crash, every(size.lot("crashes"), 1, size.of(3, 8))):
                until = monotonic() + size.of(60, 1200)
                while len(crashes) < least and monotonic() < until:
                    running.keep()
                    sleep(0.2)
            wait_for(book, len(book.done) + 50, 60)
        settle(url, tmp_path, book, "F7", len(crashes), size)
    assert len(crashes) >= least


@pytest.fixture(autouse=True)
def show_the_log(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[None]:
    """What the processes complained of, for whoever has to find out."""
    yield
    log = tmp_path / "log"
    if log.exists():
        print(log.read_text("utf-8", "replace")[-6000:])  # noqa: T201
