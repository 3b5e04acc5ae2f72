"""F8 and F11: a database that stands still or a crowd that takes all its links; whoever asks is told soon."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from threading import Event
from time import monotonic, sleep
from typing import Any

import httpx
import pytest

from api.bootstrap import build_engine
from engine.clock import FixedClock
from engine.store.database import Database
from tests.api.program import program
from tests.centre import CHEAP, MORNING, Centre
from tests.faults.aftermath import require_kept, require_whole
from tests.faults.cluster import Cluster
from tests.faults.conftest import Size
from tests.faults.processes import town
from tests.faults.proxy import proxy_before
from tests.faults.test_processes_killed import at_work, engine_on, wait_for

SOON = 5.0  # seconds within which everybody is answered
MACHINE = 1.5  # seconds that a machine with other work may add


class Asker:
    """Asks from outside, all the time, and notes what it got and how long it took."""

    def __init__(self, url: str) -> None:
        self.answers: list[tuple[int, float, bool]] = []
        self._url = url

    def ask_for(self, seconds: float, over: Event) -> None:
        with httpx.Client(base_url=self._url, timeout=30) as client:
            until = monotonic() + seconds
            while monotonic() < until and not over.is_set():
                asked = monotonic()
                # A code that nobody has: one question to the database, from the public page.
                answer = client.get("/api/v1/tracking/ABCDEFGHJKMN")
                told = (answer.status_code, monotonic() - asked, "Retry-After" in answer.headers)
                self.answers.append(told)
                sleep(0.05)


def stall(town_url: str, begin: Callable[[], Any], seconds: float) -> list[tuple[int, float, bool]]:
    """Twelve people ask while the database stalls; what each got. Readiness is red by the end."""
    asker, over = Asker(town_url), Event()
    with ThreadPoolExecutor(12) as crowd, ExitStack() as stalled:
        stalled.enter_context(begin())
        for _ in range(12):
            crowd.submit(asker.ask_for, seconds, over)
        sleep(seconds * 0.8)
        ready = httpx.get(f"{town_url}/health/ready", timeout=30)
        over.set()
    assert ready.status_code == 503
    return asker.answers


def require_soon(answers: list[tuple[int, float, bool]]) -> None:
    """Nobody waited long, and who was refused was told when to come back. No queue has piled up."""
    assert len(answers) > 12
    refused = [one for one in answers if one[0] == 503]
    assert refused, "nobody was refused: nothing has stalled"
    assert {one[0] for one in answers} <= {503, 404, 429}
    assert all(retry for _, _, retry in refused)
    slowest = max(took for _, took, _ in answers)
    assert slowest < SOON + MACHINE, f"somebody waited {slowest:.1f} s"


def require_recovered(town_url: str) -> None:
    """Ready again soon, and quick."""
    until = monotonic() + 20
    while httpx.get(f"{town_url}/health/ready", timeout=30).status_code != 200:
        assert monotonic() < until, "not ready 20 s after the fault has ended"
        sleep(0.1)


def test_a_database_that_stands_still_is_told_within_five_seconds(
    cluster: Cluster, server_database: str, tmp_path: Path, port: int, partners: dict[str, str], size: Size
) -> None:
    """F8: all processes of the server are stopped, its sockets stay open."""
    url, least = cluster.url(server_database), size.of(40, 400)
    with town(tmp_path, url, port, **partners) as running:
        with at_work(url, tmp_path, running, 1_000_000) as book:
            wait_for(book, least, 60)
            answers = stall(running.url, cluster.frozen, size.of(8, 30))
            require_recovered(running.url)
            wait_for(book, len(book.done) + least, 90)
        require_soon(answers)
        assert max((took for took, _ in book.busy), default=0) < SOON + MACHINE
        engine = engine_on(url, tmp_path)
        require_kept(engine, book)
        require_whole(engine)
        engine.database.dispose()


def test_a_net_that_swallows_everything_is_told_within_five_seconds_and_recovers(
    cluster: Cluster, server_database: str, tmp_path: Path, port: int, partners: dict[str, str], size: Size
) -> None:
    """F8: links stay open and nothing comes back."""
    url, least = cluster.url(server_database), size.of(40, 400)
    with (
        proxy_before(cluster.port) as proxy,
        town(tmp_path, cluster.url(server_database, proxy.port), port, **partners) as running,
    ):
        with at_work(url, tmp_path, running, 1_000_000) as book:
            wait_for(book, least, 60)
            answers = stall(running.url, proxy.half_open, size.of(8, 30))
            require_recovered(running.url)
            wait_for(book, len(book.done) + least, 90)
        require_soon(answers)
        engine = engine_on(url, tmp_path)
        require_kept(engine, book)
        require_whole(engine)
        engine.database.dispose()


def test_half_a_second_more_on_every_question_slows_and_breaks_nothing(
    cluster: Cluster, server_database: str, tmp_path: Path, port: int, partners: dict[str, str], size: Size
) -> None:
    url = cluster.url(server_database)
    with (
        proxy_before(cluster.port) as proxy,
        town(tmp_path, cluster.url(server_database, proxy.port), port, **partners) as running,
    ):
        with at_work(url, tmp_path, running, 1_000_000) as book:
            wait_for(book, 20, 60)
            proxy.delay = 0.5
            wait_for(book, len(book.done) + size.of(6, 60), size.of(90, 600))
            proxy.delay = 0.0
        engine = engine_on(url, tmp_path)
        require_kept(engine, book)
        require_whole(engine)
        engine.database.dispose()


@pytest.mark.postgresql
def test_a_crowd_that_takes_all_links_is_sent_away_and_the_heartbeat_goes_on(
    postgresql_centre: Centre, tmp_path: Path
) -> None:
    """F11: four times as many requests as links; the heartbeat has links of its own."""
    centre = postgresql_centre
    centre.receive("1.009794")
    few = Database(centre.settings.database, pool_size=2, patience=4)  # 2, and 2 more at a pinch
    crowded = Centre(
        build_engine(centre.settings, few, centre.clock, CHEAP), centre.clock, centre.settings, centre.people
    )
    asker = program(crowded, "reception")
    late = FixedClock(MORNING + timedelta(days=40))
    beat = build_engine(centre.settings, Database(centre.settings.database), late, CHEAP)
    with ExitStack() as holds, ThreadPoolExecutor(16) as crowd:
        for _ in range(4):
            holds.enter_context(few.transaction())
        asked = monotonic()
        answers = [
            crowd.submit(lambda: asker.client.get("/api/v1/tasks", headers=asker._headers({})))
            for _ in range(16)
        ]
        told = [one.result() for one in answers]
        took = monotonic() - asked
        fired = beat.timers.fire_due().fired
    assert {one.status_code for one in told} == {503}
    assert all(one.headers["Retry-After"] == "2" for one in told)
    assert took < SOON + MACHINE
    assert fired > 0
    assert asker.get("/tasks").status_code == 200, "links that were given back serve the next"
    for database in (few, beat.database):
        database.dispose()
