"""Clients as processes: told what to do by lines on their input, they answer by lines of JSON."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import orjson

from tests.bench.machine import foreign_share
from tests.bench.rounds import ROOT, Side, Turn
from tests.bench.workload import STEPS


@dataclass(frozen=True, slots=True)
class Team:
    """Clients of one contestant."""

    clients: Sequence["subprocess.Popen[str]"]

    def asked(self, line: str, *, clients: int | None = None) -> list[Any]:
        """Tell so many of the clients (all of them) a line at the same time; their answers."""
        chosen = self.clients[:clients]
        for client in chosen:
            stream = _pipe(client.stdin)
            stream.write(line + "\n")
            stream.flush()
        answers = [_pipe(client.stdout).readline() for client in chosen]
        if not all(answers):
            raise RuntimeError("a client has died; its message stands above")
        return [orjson.loads(answer) for answer in answers]


@contextmanager
def team(who: str, url: str, folder: Path, size: int, *, module: str = "client") -> Iterator[Team]:
    """Clients that have everything ready and wait."""
    command = [sys.executable, "-m", f"tests.bench.{module}", who, url, str(folder)]
    clients = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(size)
    ]
    try:
        yield Team(clients)
    finally:
        for client in clients:
            _pipe(client.stdin).close()
        for client in clients:
            client.wait(timeout=30)


def walking(one: Team, *, clients: int, dossiers: int) -> Side:
    """In its turn each of the first clients finishes so many dossiers; its value is completions a second."""

    def turn(warming: bool) -> Turn:
        count = 3 if warming else dossiers
        one.asked(f"start {count}", clients=clients)
        with foreign_share() as share:
            answers = one.asked("go", clients=clients)
        seconds = max(answer["seconds"] for answer in answers)
        spent = [each for answer in answers for each in answer["milliseconds"]]
        return Turn(clients * count * len(STEPS) / seconds, spent, share.foreign)

    return turn


def _pipe(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream
