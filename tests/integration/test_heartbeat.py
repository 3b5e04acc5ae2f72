"""The heartbeat goes on whatever happens to its parts, and several of them do everything exactly once."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from api.bootstrap import build_engine
from api.demo.partners import partners
from api.scheduler import Heartbeat
from engine.clock import FixedClock
from engine.engine import Engine
from engine.store.database import Database
from handlers.stand_in import DEMO_SECRET
from tests.centre import CHEAP, MORNING, PASSWORD, Centre, settings_for

PLANNED = "SELECT count(*) FROM timer WHERE state = 'pending' AND run_at IS NOT NULL"
REGISTER = "SELECT state, attempt FROM job WHERE handler = 'check_vehicle_register'"
MOTCUA = str(Path(sys.executable).with_name("motcua"))


def live_on() -> None:
    """In place of the end of the process, which is the tests' own."""


QUICK: dict[str, Any] = {
    "interval": 0.05,
    "patience": 0.03,
    "give_up": live_on,
}  # stalled after half a second


def until(happened: Callable[[], bool], seconds: float = 10.0) -> bool:
    """Whether it happens within that time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if happened():
            return True
        time.sleep(0.02)
    return False


def rows(centre: Centre, query: str) -> list[tuple[object, ...]]:
    with centre.engine.database.reading() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def test_a_part_that_raises_stops_neither_the_others_nor_its_next_beat(sqlite_centre: Centre) -> None:
    heartbeat = Heartbeat(sqlite_centre.engine, **QUICK)
    calls = {"timers": 0, "outbox": 0}

    def broken() -> None:
        calls["timers"] += 1
        raise OSError("the disk is gone")

    def fine() -> None:
        calls["outbox"] += 1

    heartbeat.parts[0].work, heartbeat.parts[2].work = broken, fine
    heartbeat.start()
    try:
        assert until(lambda: calls["timers"] > 3 and calls["outbox"] > 3)
        assert heartbeat.alive
    finally:
        heartbeat.stop()


def test_a_part_that_hangs_turns_liveness_red_and_is_begun_anew(sqlite_centre: Centre) -> None:
    heartbeat = Heartbeat(sqlite_centre.engine, **QUICK)
    hanging, calls = threading.Event(), []

    def hang_at_first() -> None:
        calls.append(time.monotonic())
        if len(calls) == 1:
            hanging.wait(20)

    heartbeat.parts[0].work = hang_at_first
    heartbeat.start()
    app = sqlite_centre.app()
    app.extensions["motcua-heartbeat"] = heartbeat
    browser = app.test_client()
    try:
        assert until(lambda: browser.get("/health/live").status_code == 503)
        assert "Đồng hồ hệ thống đã ngừng." in browser.get("/health/live").json["problems"]
        assert until(lambda: len(calls) > 2)
        assert until(lambda: browser.get("/health/live").status_code == 200)
    finally:
        hanging.set()
        heartbeat.stop()


def test_a_part_that_never_comes_back_is_begun_a_few_times_and_then_the_process_ends(
    sqlite_centre: Centre,
) -> None:
    given_up = threading.Event()
    heartbeat = Heartbeat(sqlite_centre.engine, interval=0.05, patience=0.01, give_up=given_up.set)
    hanging, calls = threading.Event(), []

    def hang() -> None:
        calls.append(1)
        hanging.wait(20)

    heartbeat.parts[0].work = hang
    heartbeat.start()
    try:
        assert given_up.wait(10)
        assert len(calls) == 4, "threads that hang would pile up"
        assert not heartbeat.alive
    finally:
        hanging.set()
        heartbeat.stop()


def test_a_scheduler_that_died_is_replaced(sqlite_centre: Centre) -> None:
    heartbeat = Heartbeat(sqlite_centre.engine, **QUICK)
    heartbeat.start()
    try:
        dead = heartbeat._scheduler
        assert dead is not None
        dead.shutdown(wait=False)
        assert until(lambda: heartbeat._scheduler is not dead)
        assert until(lambda: heartbeat.alive)
    finally:
        heartbeat.stop()


def test_housekeeping_forgets_old_sign_ins_and_keeps_new_ones(sqlite_centre: Centre) -> None:
    officers = sqlite_centre.engine.officers
    username = sqlite_centre.officer("reception").username
    session = officers.sign_in(username, PASSWORD, ip="10.0.0.7")
    Heartbeat(sqlite_centre.engine).beat()
    assert officers.session(session.token) is not None
    sqlite_centre.clock.advance(days=31)
    Heartbeat(sqlite_centre.engine).beat()
    assert rows(sqlite_centre, "SELECT count(*) FROM session") == [(0,)]
    assert rows(sqlite_centre, "SELECT count(*) FROM sign_in_attempt") == [(0,)]


def number(centre: Centre, query: str) -> int:
    return int(str(rows(centre, query)[0][0]))


def crowd(centre: Centre, timers: int, jobs: int) -> None:
    """Dossiers whose timers will be due, and dossiers that wait for the vehicle register."""
    for _ in range(jobs):
        centre.receive("2.002288", channel="online")
    while (
        number(centre, "SELECT count(*) FROM timer WHERE state = 'pending' AND run_at IS NOT NULL") < timers
    ):
        centre.receive("2.000693", channel="online")


def engine_at(centre: Centre, folder: Path, at: datetime) -> Engine:
    """Another worker on the same database, with its own links and the clock at that moment."""
    settings = settings_for(folder, centre.settings.database)
    return build_engine(settings, Database(settings.database), FixedClock(at), CHEAP)


@pytest.mark.postgresql
def test_two_heartbeats_fire_200_timers_and_do_50_jobs_exactly_once(
    postgresql_centre: Centre, tmp_path: Path
) -> None:
    centre = postgresql_centre
    crowd(centre, timers=200, jobs=50)
    planned = number(centre, PLANNED)
    engines = [engine_at(centre, tmp_path, MORNING + timedelta(days=40)) for _ in range(2)]
    beats = [Heartbeat(engine, interval=0.02) for engine in engines]

    def everything_is_done() -> bool:
        waiting = "SELECT count(*) FROM {} WHERE state = '{}' AND {}"
        return (
            number(centre, waiting.format("job", "ready", "attempt = 0")) == 0
            and number(centre, waiting.format("timer", "pending", "run_at IS NOT NULL")) == 0
        )

    with partners(messages=True):
        for beat in beats:
            beat.start()
        try:
            assert until(everything_is_done, 90)
        finally:
            for beat in beats:
                beat.stop()
            for engine in engines:
                engine.database.dispose()
    assert planned >= 200
    assert number(centre, "SELECT count(*) FROM job WHERE state = 'done'") >= 50
    for kind in ("fire", "job_done"):
        assert not rows(
            centre,
            f"SELECT dossier_id, task_id, node, count(*) FROM history WHERE kind = '{kind}' "
            "GROUP BY dossier_id, task_id, node HAVING count(*) > 1",
        ), f"{kind} was done twice"
    fired = number(centre, "SELECT count(*) FROM history WHERE kind = 'fire'")
    assert fired == number(centre, "SELECT count(*) FROM timer WHERE state = 'fired'") >= 200
    done = number(centre, "SELECT count(*) FROM history WHERE kind = 'job_done'")
    assert done == number(centre, "SELECT count(*) FROM job WHERE state = 'done'")


@contextmanager
def a_partner_that_never_answers() -> Iterator[tuple[str, socket.socket]]:
    with socket.create_server(("127.0.0.1", 0)) as door:
        yield f"http://127.0.0.1:{door.getsockname()[1]}", door


@pytest.mark.fault
def test_a_worker_that_is_killed_leaves_nothing_half_done_and_its_lease_comes_back(
    centre: Centre, tmp_path: Path
) -> None:
    number_ = centre.receive("2.002288", channel="online").line.number
    with a_partner_that_never_answers() as (url, door):
        environment = {
            **os.environ,
            "MOTCUA_DATABASE": centre.settings.database,
            "MOTCUA_FOLDER": str(tmp_path),
            "MOTCUA_VEHICLE_REGISTER_URL": url,
            "MOTCUA_VEHICLE_REGISTER_SECRET": DEMO_SECRET,
        }
        worker = subprocess.Popen([MOTCUA, "heartbeat"], env=environment, stderr=subprocess.DEVNULL)
        try:
            door.settimeout(30)
            link, _ = door.accept()  # the worker is in the middle of its job now
        finally:
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        link.close()
    assert rows(centre, REGISTER) == [("ready", 1)]
    assert centre.engine.replays.verify(number_) == []
    with partners(messages=False):
        now = datetime.now(UTC)
        too_early = engine_at(centre, tmp_path, now + timedelta(seconds=20))
        too_early.deliveries.run_jobs()
        assert rows(centre, REGISTER) == [("ready", 1)], "the lease of the dead worker still runs"
        later = engine_at(centre, tmp_path, now + timedelta(seconds=90))
        later.deliveries.run_jobs()
    for engine in (too_early, later):
        engine.database.dispose()
    assert rows(centre, REGISTER) == [("done", 2)]
    assert number(centre, "SELECT count(*) FROM history WHERE actor = 'system:check_vehicle_register'") == 1
    assert centre.engine.replays.verify(number_) == []
