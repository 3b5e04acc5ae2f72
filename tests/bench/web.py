"""One completion over HTTP: granian with two processes, eight clients that keep their connection."""

import os
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import repeat
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson

from engine.advance import Outcome
from tests.bench.machine import foreign_share
from tests.bench.rounds import ROOT, Side, Turn
from tests.bench.workload import PASSWORD, STEPS, Walker

PROCESSES, CLIENTS = 2, 8

# What a client sends to finish a step of a dossier: path, headers, body.
Asks = Callable[[Any, int], tuple[str, Mapping[str, str], Any]]


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers."""

    port: int
    process: "subprocess.Popen[bytes]"


@contextmanager
def server(factory: str, url: str, folder: Path, *, processes: int = PROCESSES) -> Iterator[Server]:
    """Serve ``tests.bench.served:factory`` by so many processes."""
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "--workers", str(processes),
        "--blocking-threads", "4", "--port", str(port), "--log-level", "warning",
        f"tests.bench.served:{factory}",
    ]  # fmt: skip
    environment = {**os.environ, "MOTCUA_DATABASE": url, "MOTCUA_FOLDER": str(folder)}
    with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
        try:
            _until_it_listens(port)
            yield Server(port, process)
        finally:
            process.terminate()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _until_it_listens(port: int) -> None:
    for _ in range(300):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server does not answer")


def post(link: HTTPConnection, path: str, headers: Mapping[str, str], body: Any) -> Any:
    """The JSON answer; raises RuntimeError for anything but success."""
    link.request("POST", path, orjson.dumps(body), {"Content-Type": "application/json", **headers})
    return orjson.loads(_answer(link, path))


def get(link: HTTPConnection, path: str, headers: Mapping[str, str]) -> bytes:
    """What is answered; raises RuntimeError for anything but success."""
    link.request("GET", path, headers=dict(headers))
    return _answer(link, path)


def _answer(link: HTTPConnection, path: str) -> bytes:
    answer = link.getresponse()
    content = answer.read()
    if answer.status != 200 and answer.status != 201:
        raise RuntimeError(f"{path}: {answer.status} {content.decode()}")
    return content


def signed_in(port: int, role: str) -> str:
    """The token of a session of this role's officer."""
    link = HTTPConnection("127.0.0.1", port)
    credentials = {"username": f"bench.{role}", "password": PASSWORD}
    token: str = post(link, "/api/v1/sessions", {"Idempotency-Key": uuid4().hex}, credentials)["token"]
    link.close()
    return token


class Programs:
    """Officers' programs that use the JSON interface, signed in."""

    def __init__(self, port: int, walker: Walker) -> None:
        self._walker = walker
        self._tokens = {role: signed_in(port, role) for role in {role for role, _ in STEPS}}

    def asks(self, dossier: Outcome, step: int) -> tuple[str, Mapping[str, str], Any]:
        """As a careful program does it: its key, the version it has seen, the answers of the form."""
        role, answers = STEPS[step]
        headers = {
            "Authorization": f"Bearer {self._tokens[role]}",
            "Idempotency-Key": uuid4().hex,
            "If-Match": f'"{step + 1}"',
        }
        task_id = self._walker.task_id(dossier.dossier_id, step)
        return (
            f"/api/v1/dossiers/{dossier.number}/tasks/{task_id}/complete",
            headers,
            {"answers": answers},
        )


def bare_asks(dossier: Any, step: int) -> tuple[str, Mapping[str, str], Any]:
    """What the anchor's one route takes."""
    return "/complete", {}, {"dossier": str(dossier), "step": step}


def walking(port: int, start: Callable[[], Any], asks: Asks, dossiers: int) -> Side:
    """In its turn every client finishes so many prepared dossiers; its value is completions a second.

    They take them from one heap: the kernel deals out connections unevenly to the server's processes, and
    nobody shall wait for the clients of the busier one.
    """

    def turn(warming: bool) -> Turn:
        count = 2 if warming else dossiers
        heap = deque(start() for _ in range(count * CLIENTS))
        with foreign_share() as share, ThreadPoolExecutor(CLIENTS) as pool:
            began = time.perf_counter()
            spent = list(pool.map(_finish, repeat(port, CLIENTS), repeat(asks), repeat(heap)))
            seconds = time.perf_counter() - began
        each = [one for client in spent for one in client]
        return Turn(CLIENTS * count * len(STEPS) / seconds, each, share.foreign)

    return turn


def _finish(port: int, asks: Asks, heap: deque[Any]) -> list[float]:
    """Milliseconds of each completion, asked one after the other on one connection till the heap is empty."""
    spent = []
    link = HTTPConnection("127.0.0.1", port)
    while True:
        try:
            dossier = heap.popleft()
        except IndexError:
            break
        for step in range(len(STEPS)):
            began = time.perf_counter()
            post(link, *asks(dossier, step))
            spent.append((time.perf_counter() - began) * 1000)
    link.close()
    return spent
