"""Motcua as it runs: web and heartbeat processes of their own, which are killed and come back."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic, sleep

import httpx

MOTCUA = str(Path(sys.executable).with_name("motcua"))


def descendants(pid: int) -> list[int]:
    """Ids of all processes below that one."""
    parent_of: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            said = (folder / "stat").read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue  # ended meanwhile
        parent_of[int(folder.name)] = int(said[1])
    found, below = list[int](), {pid}
    while below := {one for one, parent in parent_of.items() if parent in below}:
        found.extend(sorted(below))
    return found


class Keeper:
    """One program that is started again whenever it ends, as systemd does."""

    def __init__(self, words: list[str], environment: Mapping[str, str], log: Path) -> None:
        self._words, self._environment, self._log = words, dict(environment), log
        self._lock = Lock()  # whoever kills looks after it too
        self.process = self._started()
        self.starts = 1

    def _started(self) -> "subprocess.Popen[bytes]":
        with self._log.open("ab") as out:
            return subprocess.Popen(self._words, env=self._environment, stdout=out, stderr=out)

    def keep(self) -> None:
        """Start it again if it has ended."""
        with self._lock:
            if self.process.poll() is not None:
                self.process = self._started()
                self.starts += 1

    def kill(self) -> None:
        """As by SIGKILL, with all that it has started."""
        for pid in (*descendants(self.process.pid), self.process.pid):
            _kill(pid)
        self.process.wait()

    def end(self) -> None:
        """In the orderly way; by force after that."""
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.kill()


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


class Town:
    """The processes of one centre: on PostgreSQL two web workers and two heartbeats, on SQLite one of all."""

    def __init__(self, folder: Path, database: str, port: int, more: Mapping[str, str]) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
        environment = {
            **kept,
            "MOTCUA_FOLDER": str(folder),
            "MOTCUA_DATABASE": database,
            "MOTCUA_PORT": str(port),
            **more,
        }
        self.url = f"http://127.0.0.1:{port}"
        self.log = folder / "log"
        run = [MOTCUA, "run"]
        self.one_process = database.startswith("sqlite")
        if not self.one_process:
            run += ["--no-heartbeat", "--workers", "2"]
        beats = 0 if self.one_process else 2
        self.web = Keeper(run, environment, self.log)
        self.beats = [Keeper([MOTCUA, "heartbeat"], environment, self.log) for _ in range(beats)]
        self.kills = 0

    def wait_until_ready(self, seconds: float = 60) -> None:
        until = monotonic() + seconds
        while monotonic() < until:
            try:
                if httpx.get(f"{self.url}/health/ready", timeout=2).status_code == 200:
                    return
            except httpx.TransportError:
                self.keep()
            sleep(0.05)
        raise AssertionError(self.log.read_text("utf-8")[-3000:])

    def keep(self) -> None:
        for one in (self.web, *self.beats):
            one.keep()

    def kill_one(self, lot: random.Random) -> None:
        """Kill a web worker or a heartbeat without warning; what kept them starts another one."""
        workers = [] if self.one_process else web_workers(self.web.process.pid)
        victims: list[Callable[[], None]] = [one.kill for one in self.beats]
        victims += [lambda pid=pid: _kill(pid) for pid in workers] or [self.web.kill]  # type: ignore[misc]
        lot.choice(victims)()
        self.kills += 1
        self.keep()

    def end(self) -> None:
        for one in (self.web, *self.beats):
            one.end()


def web_workers(pid: int) -> list[int]:
    """Web workers below the process that watches over them, without helpers of Python's own."""
    found = []
    for one in descendants(pid):
        try:
            words = Path(f"/proc/{one}/cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if not any(b"resource_tracker" in word for word in words):
            found.append(one)
    return found


@contextmanager
def town(folder: Path, database: str, port: int, **more: str) -> Iterator[Town]:
    """Processes on that database, ready when the block begins, kept as systemd does, ended after it."""
    running = Town(folder, database, port, more)
    try:
        running.wait_until_ready()
        with meanwhile(running.keep, every(random.Random(0), 0.3, 0.6)):
            yield running
    finally:
        running.end()


@contextmanager
def meanwhile(deed: Callable[[], object], pauses: Iterator[float]) -> Iterator[None]:
    """Do something again and again, with these pauses in seconds, until the block ends."""
    over = Event()
    errors: list[BaseException] = []

    def go_on() -> None:
        try:
            while not over.wait(next(pauses)):
                deed()
        except BaseException as error:  # noqa: BLE001  # raised where the block ends
            errors.append(error)

    thread = Thread(target=go_on, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=120)
    if errors:
        raise errors[0]


def every(lot: random.Random, shortest: float, longest: float) -> Iterator[float]:
    """Random pauses in seconds."""
    while True:
        yield lot.uniform(shortest, longest)
