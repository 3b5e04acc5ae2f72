"""F2, F17, F21 to F27: timers fire once and in order, whatever clocks, zones, outages and workers do."""

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from apscheduler.schedulers import base
from apscheduler.triggers import interval
from sqlalchemy import text

from api.bootstrap import PROCESSES, build_engine
from api.scheduler import Heartbeat
from engine.clock import VIETNAM, SystemClock
from engine.domain.command import By
from engine.health import Health
from engine.store.database import Database
from engine.store.server_clock import ServerClock, server_time
from tests import centre as centres
from tests.centre import CHEAP, MORNING, Centre
from tests.faults.aftermath import drain, require_whole
from tests.faults.cluster import Cluster
from tests.faults.conftest import Size
from tests.faults.processes import Keeper, every, meanwhile
from tests.integration import stages, story
from tests.integration.observed import rows
from tests.integration.test_heartbeat import MOTCUA, live_on, number, until

PLANNED = "SELECT count(*) FROM timer WHERE state = 'pending' AND run_at IS NOT NULL"
FIRED = "SELECT count(*) FROM history WHERE kind = 'fire'"


def crowd(centre: Centre, timers: int) -> int:
    """Dossiers until so many timers wait; how many do."""
    while (planned := number(centre, PLANNED)) < timers:
        for _ in range(max(1, (timers - planned) // 8)):
            centre.receive("2.000693", channel="online")
    return planned


def require_each_once(centre: Centre) -> int:
    """I5 over all dossiers: as many events as timers that have fired, and no doubles."""
    fired = number(centre, "SELECT count(*) FROM timer WHERE state = 'fired'")
    assert number(centre, FIRED) == fired
    require_whole(centre.engine)
    return fired


# ---- F2, F17, F27: many workers, many timers


@pytest.mark.parametrize("killed", [False, True], ids=["all alive", "killed again and again"])
def test_heartbeat_processes_fire_every_timer_once(
    cluster: Cluster, server_database: str, tmp_path: Path, size: Size, killed: bool
) -> None:
    """F17 and F27; with kills F2: batches are cut off anywhere and taken up by others."""

    url, wanted, lot = cluster.url(server_database), size.of(150, 20_000), size.lot("beats")
    with centres.opened(url, tmp_path) as centre:
        planned = crowd(centre, wanted)
        environment = {**os.environ, "MOTCUA_DATABASE": url, "MOTCUA_FOLDER": str(tmp_path)}
        # By the real clock everything has been due for months.
        by_the_real_clock = build_engine(centre.settings, Database(url), None, CHEAP)
        workers = [Keeper([MOTCUA, "heartbeat"], environment, tmp_path / "log") for _ in range(size.of(3, 6))]
        begun, kills = time.monotonic(), 0

        def kill_one() -> None:
            nonlocal kills
            if killed and kills < size.of(4, 400):
                victim = lot.choice(workers)
                victim.kill()
                victim.keep()
                kills += 1

        try:
            with meanwhile(kill_one, every(lot, 1.5, 4)):
                took = drain(by_the_real_clock, size.of(150, 1800))
        finally:
            for one in workers:
                one.end()
            by_the_real_clock.database.dispose()
        fired = require_each_once(centre)
        seconds = time.monotonic() - begun
    print(  # noqa: T201
        f"\nF17/F27: {fired} timers ({planned} waited at first) by {len(workers)} workers in {took:.1f} s, "
        f"{fired / seconds:.0f} a second, {kills} killed"
    )
    assert fired >= wanted


# ---- F26: the machine was off


def test_after_three_days_off_every_timer_fires_once_in_order_and_its_lateness_is_kept(
    centre: Centre, size: Size
) -> None:
    for minutes in range(size.of(6, 60)):
        centre.clock.move_to(MORNING + timedelta(minutes=37 * minutes))
        stages.received(centre)
    centre.clock.move_to(MORNING + timedelta(days=20))
    centre.engine.timers.fire_due()
    before = number(centre, FIRED)
    centre.clock.advance(hours=72)
    back = centre.clock.now()
    while centre.engine.timers.fire_due().fired:
        pass
    assert require_each_once(centre) > before
    with centre.engine.database.reading() as connection:
        query = text("SELECT dossier_id, due_at, fired_at FROM timer WHERE state = 'fired'")
        told = [tuple(row) for row in connection.execute(query)]
    late = [(dossier, _utc(due), _utc(fired)) for dossier, due, fired in told if _utc(fired) == back]
    assert late, "nothing came due in those three days"
    assert all(timedelta(0) <= fired - due <= timedelta(hours=72) for _, due, fired in late)
    lines = centre.engine.dossiers.search(centre.officer("auditor"))
    for line in lines:
        centre.number = line.number
        due = {(one["task_id"], one["name"]): one["due_at"] for one in rows(centre, "timer", state="fired")}
        entries = [one for one in rows(centre, "history", kind="fire") if one["recorded_at"] == back]
        moments = [due[one["task_id"], one["node"]] for one in sorted(entries, key=lambda e: e["sequence"])]
        assert moments == sorted(moments), "within a dossier in the order in which they were due"


def _utc(value: Any) -> datetime:
    """What either database gives for a moment."""
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


# ---- F21, F22: the clock jumps while everything runs


class Jumping(SystemClock):
    """The machine's clock, which somebody sets."""

    def __init__(self) -> None:
        self.by = timedelta(0)

    def now(self) -> datetime:
        return super().now() + self.by


@pytest.mark.parametrize("hours", [1, -1])
def test_the_heartbeat_goes_on_when_the_clock_is_set_forward_or_back(
    sqlite_centre: Centre, hours: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """APScheduler counts by the machine's clock and would stand still for an hour."""
    wall = Jumping()

    class Told(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return wall.now().astimezone(tz)

    monkeypatch.setattr(base, "datetime", Told)
    monkeypatch.setattr(interval, "datetime", Told)
    heartbeat = Heartbeat(sqlite_centre.engine, interval=0.2, wall=wall, give_up=live_on)
    beats = []
    heartbeat.parts[0].work = lambda: beats.append(time.monotonic())
    heartbeat.start()
    try:
        assert until(lambda: len(beats) > 2)
        wall.by = timedelta(hours=hours)
        jumped = time.monotonic()
        assert until(lambda: bool(beats) and beats[-1] > jumped + 0.5, 10)
        assert min(one for one in beats if one > jumped) - jumped < 3 + 1.5
        assert heartbeat.alive
    finally:
        heartbeat.stop()


def test_a_clock_set_forward_fires_what_is_due_then(centre: Centre) -> None:
    stages.received(centre)
    centre.clock.move_to(stages.at("2026-03-02 16:30"))
    assert centre.engine.timers.fire_due().fired == 0
    centre.clock.advance(hours=1)
    assert centre.engine.timers.fire_due().fired == 1
    require_whole(centre.engine)


def test_a_clock_set_back_records_nothing_earlier_than_what_was_recorded(centre: Centre) -> None:
    stages.appraised(centre)
    last = max(one["recorded_at"] for one in rows(centre, "history"))
    centre.clock.advance(hours=-1)
    stages.claim(centre)
    centre.engine.timers.fire_due()
    entries = sorted(rows(centre, "history"), key=lambda one: one["sequence"])
    assert entries[-1]["kind"] == "claim"
    assert entries[-1]["recorded_at"] == last, "its own clock never goes back"
    require_whole(centre.engine)


# ---- F23: machines that do not agree


@pytest.mark.postgresql
def test_machines_five_minutes_apart_record_by_the_servers_clock_and_say_so(postgresql: Database) -> None:
    wrong = Jumping()
    wrong.by = timedelta(minutes=5)
    ahead, exact = ServerClock(postgresql, wrong), ServerClock(postgresql, SystemClock())
    at, _ = server_time(postgresql)
    assert abs(ahead.now() - exact.now()) < timedelta(seconds=1)
    assert abs(ahead.now() - at) < timedelta(seconds=1)
    (warning,) = Health(postgresql, wrong).warnings()
    assert "lệch 300 giây" in warning
    assert Health(postgresql, SystemClock()).warnings() == []


@pytest.mark.postgresql
def test_a_server_that_is_silent_for_a_while_leaves_the_time_going_on(
    cluster: Cluster, server_database: str
) -> None:
    database = Database(cluster.url(server_database), patience=0.5)
    clock = ServerClock(database, SystemClock())
    first = clock.now()
    with cluster.frozen():
        clock._ask_at = 0.0
        second = clock.now()
    assert timedelta(0) <= second - first < timedelta(seconds=4)
    database.dispose()


# ---- F24: where the server stands is nobody's business


@pytest.mark.parametrize("zone", ["America/New_York", "Australia/Lord_Howe"])
def test_a_server_in_another_zone_reckons_the_same_dates(
    sqlite_centre: Centre, tmp_path: Path, zone: str
) -> None:
    """The story crosses the night of 8 March, when New York loses an hour."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.integration.story", str(elsewhere)],
        env={**os.environ, "TZ": zone}, cwd=Path(__file__).parents[2], capture_output=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout) == json.loads(json.dumps(story.told(sqlite_centre)))


@pytest.mark.parametrize("night", ["2026-03-08", "2026-11-01"])
def test_due_dates_do_not_move_when_elsewhere_clocks_change(
    centre: Centre, night: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In that night the process itself lives in New York, where 02:30 does not exist or exists twice."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        for hour in (0, 1, 2, 3):
            local = datetime.fromisoformat(f"{night}T0{hour}:30").replace(tzinfo=VIETNAM)
            centre.clock.move_to(local)
            stages.received(centre)
            centre.clock.move_to(local + timedelta(hours=11))  # the night of New York
            centre.engine.timers.fire_due()
            due = centre.view().line.due_at
            assert due is not None
            assert due.utcoffset() in (timedelta(0), timedelta(hours=7))
        require_whole(centre.engine)
    finally:
        monkeypatch.undo()
        time.tzset()


# ---- F25: a holiday is decreed while dossiers run


def test_a_new_calendar_moves_a_due_date_only_by_an_event(centre: Centre) -> None:
    stages.received(centre)
    before = centre.view().line.due_at
    content = (PROCESSES / "calendar.toml").read_text(encoding="utf-8")
    decreed = content + '\n[[holiday]]\ndate = 2026-03-16\nname = "Nghỉ bù theo thông báo"\n'
    by = By(key="system:test")
    centre.engine.calendars.decide(decreed, by=by, reason="1/TB-VPCP")
    assert centre.view().line.due_at == before
    require_whole(centre.engine)
    centre.engine.calendars.replan(by=by)
    assert centre.view().line.due_at == before + timedelta(days=1)
    assert [one["kind"] for one in rows(centre, "history")].count("replan") == 1
    require_whole(centre.engine)
