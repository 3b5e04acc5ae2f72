"""F45: the heartbeat itself dies; liveness says so, and the process makes room for another one."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from api import scheduler
from api.scheduler import Heartbeat
from engine import failpoints
from tests.centre import Centre
from tests.faults.conftest import Size
from tests.integration.test_heartbeat import MOTCUA, live_on, until


def test_a_thread_that_dies_turns_liveness_red_within_its_time(
    sqlite_centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is raised is nothing that ordinary code catches."""
    heartbeat = Heartbeat(sqlite_centre.engine, interval=0.05, patience=0.05, give_up=live_on)
    app = sqlite_centre.app()
    app.extensions["motcua-heartbeat"] = heartbeat
    browser = app.test_client()
    heartbeat.start()
    try:
        assert browser.get("/health/live").status_code == 200
        monkeypatch.setattr(failpoints, "_ARMED", failpoints.armed("in_beat=raise:1"))
        died = time.monotonic()
        assert until(lambda: browser.get("/health/live").status_code == 503)
        assert time.monotonic() - died < scheduler.STALLED
        monkeypatch.setattr(failpoints, "_ARMED", {})
        assert until(lambda: browser.get("/health/live").status_code == 200), "a fresh start revives it"
    finally:
        heartbeat.stop()


def test_the_time_until_liveness_turns_red_is_fifteen_seconds() -> None:
    assert scheduler.STALLED == 15.0


def test_a_process_whose_heartbeat_cannot_be_revived_ends(centre: Centre, tmp_path: Path, size: Size) -> None:
    """In the long run, for it takes the real time: four times fifteen seconds."""
    if not size.long:
        heartbeat = Heartbeat(centre.engine, interval=0.05, patience=0.01, give_up=lambda: given_up.append(1))
        given_up: list[int] = []
        heartbeat.parts[0].work = lambda: time.sleep(30)
        heartbeat.start()
        assert until(lambda: given_up == [1], 20)
        heartbeat.stop()
        return
    environment = {
        **os.environ,
        "MOTCUA_DATABASE": centre.settings.database,
        "MOTCUA_FOLDER": str(tmp_path),
        "MOTCUA_FAILPOINTS": "in_beat=raise:1",
    }
    begun = time.monotonic()
    process = subprocess.Popen([MOTCUA, "heartbeat"], env=environment, stderr=subprocess.DEVNULL)
    try:
        assert process.wait(timeout=120) == scheduler._GIVEN_UP
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
    assert 45 < time.monotonic() - begun < 120


@pytest.mark.parametrize("text", ["nowhere=kill:1", "after_commit=explode", "after_commit"])
def test_a_fail_point_that_does_not_exist_ends_the_program_at_once(text: str) -> None:
    with pytest.raises(ValueError, match="MOTCUA_FAILPOINTS"):
        failpoints.armed(text)


def test_no_fail_point_is_armed_unless_somebody_says_so() -> None:
    assert failpoints._ARMED == {}
    for name in sorted(failpoints._NAMES):
        failpoints.reached(name)
