"""The commands as they are typed: in a fresh folder, as processes of their own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from api.demo.people import PASSWORD
from api.furnishing import diagrams
from tests.centre import Centre
from tests.faults.processes import web_workers

MOTCUA = str(Path(sys.executable).with_name("motcua"))

pytestmark = pytest.mark.timeout(300)


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
    return {**kept, "MOTCUA_FOLDER": str(folder), **more}


def motcua(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [MOTCUA, *words], env=environment(folder, **more), capture_output=True, text=True, check=False
    )


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def _heeds_ctrl_c() -> None:
    """Programs that a shell starts in the background ignore Ctrl+C, and so would those that they start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def running(folder: Path, *words: str, **more: str) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """``motcua run`` until the block ends, when its first page has come."""
    port = free_port()
    process = subprocess.Popen(
        [MOTCUA, "run", *words],
        env=environment(folder, MOTCUA_PORT=str(port), **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_heeds_ctrl_c,
    )
    with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        try:
            _wait_for_the_first_page(process, client)
            yield process, client
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=40)


def _wait_for_the_first_page(process: subprocess.Popen[str], client: httpx.Client) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None:
        try:
            if client.get("/").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError(process.communicate()[1])


def test_a_demo_centre_is_made_served_and_stopped(tmp_path: Path) -> None:
    made = motcua(tmp_path, "seed", "--count", "24")
    assert made.returncode == 0, made.stderr
    assert "Đã tạo 24 hồ sơ mẫu" in made.stdout
    assert PASSWORD in made.stdout
    again = motcua(tmp_path, "seed")
    assert (again.returncode, again.stderr.startswith("Lỗi: Cơ sở dữ liệu đã có dữ liệu")) == (1, True)
    with running(tmp_path, "--demo") as (process, client):
        assert client.get("/health/live").json() == {"problems": [], "status": "ok"}
        assert client.get("/health/ready").status_code == 200
        process.send_signal(signal.SIGINT)
        said, complained = process.communicate(timeout=40)
    assert process.returncode == 0, complained
    assert "Mã tra cứu để thử:" in said
    assert said.endswith("Đã dừng.\n")
    assert "Traceback" not in complained


def test_an_empty_installation_says_how_to_begin(tmp_path: Path) -> None:
    with running(tmp_path) as (process, client):
        assert client.get("/").status_code == 200
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=40)
    assert f"Đã triển khai {len(list(diagrams()))} thủ tục." in said
    assert "motcua officers add" in said


@pytest.mark.postgresql
def test_several_machines_may_set_up_one_empty_database_at_once(
    empty_postgresql: str, tmp_path: Path
) -> None:
    with ThreadPoolExecutor() as pool:
        done = [
            pool.submit(motcua, tmp_path / str(number), "db", "upgrade", MOTCUA_DATABASE=empty_postgresql)
            for number in range(3)
        ]
        answers = [one.result() for one in done]
    assert [answer.returncode for answer in answers] == [0, 0, 0], answers
    deployed = sorted(int(re.findall(r"thêm (\d+) thủ tục", answer.stdout)[0]) for answer in answers)
    assert deployed == [0, 0, len(list(diagrams()))]


@pytest.mark.postgresql
def test_several_web_processes_serve_one_postgresql_database(
    postgresql_centre: Centre, tmp_path: Path
) -> None:
    database = postgresql_centre.settings.database
    with running(tmp_path, "--no-heartbeat", "--workers", "2", MOTCUA_DATABASE=database) as (process, client):
        assert all(client.get("/health/ready").status_code == 200 for _ in range(4))
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=40)
    assert process.returncode == 0


@pytest.mark.postgresql
def test_web_processes_that_die_again_and_again_end_the_program_with_a_failure(
    postgresql_centre: Centre, tmp_path: Path
) -> None:
    database = postgresql_centre.settings.database
    with running(tmp_path, "--no-heartbeat", "--workers", "2", MOTCUA_DATABASE=database) as (process, _):
        until = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < until:
            for pid in web_workers(process.pid):
                os.kill(pid, signal.SIGKILL)
            time.sleep(0.7)
        process.communicate(timeout=40)
    assert process.returncode == 1, "systemd starts anew what ended with a failure"


@pytest.mark.parametrize(
    ("words", "settings", "told"),
    [
        (("run",), {"MOTCUA_PORT": "99999"}, "MOTCUA_PORT"),
        (("run",), {"MOTCUA_PROXIES": "many"}, "MOTCUA_PROXIES"),
        (("run",), {"MOTCUA_DATABASE": "mysql://root@db/motcua"}, "MOTCUA_DATABASE"),
        (("run",), {"MOTCUA_DATABASE": "postgresql+psycopg://a:b@127.0.0.1:9/x"}, "Không kết nối được"),
        (("run", "--workers", "2"), {}, "SQLite chỉ dùng cho một tiến trình"),
        (("heartbeat",), {}, "chạy «motcua db upgrade»"),
    ],
)
def test_what_cannot_start_says_so_in_one_sentence(
    tmp_path: Path, words: tuple[str, ...], settings: dict[str, str], told: str
) -> None:
    ended = motcua(tmp_path, *words, **{"MOTCUA_PORT": str(free_port()), **settings})
    assert ended.returncode == 1
    assert told in ended.stderr
    assert ended.stderr.startswith("Lỗi: ")
    assert ended.stderr.count("\n") == 1
    assert "a:b@" not in ended.stderr, "the password of the database is told to nobody"


def test_a_taken_port_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        ended = motcua(tmp_path, "run", "--demo", MOTCUA_PORT=str(door.getsockname()[1]))
    assert ended.returncode == 1
    assert "Đặt MOTCUA_PORT sang cổng khác" in ended.stderr
    assert not list(tmp_path.glob("*.sqlite3*"))
