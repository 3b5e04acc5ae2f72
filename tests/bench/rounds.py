"""Clients as processes, measured in interleaved rounds: what disturbs one side disturbs the other."""

import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import orjson

from tests.bench.figures import middle
from tests.bench.machine import foreign_share
from tests.bench.workload import STEPS

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Team:
    """Clients of one contestant."""

    name: str
    clients: Sequence["subprocess.Popen[str]"]


@dataclass(slots=True)
class Result:
    """Rounds of one contestant with one number of clients."""

    rates: list[float] = field(default_factory=list)  # completions a second
    spent: list[float] = field(default_factory=list)  # milliseconds of completions
    foreign: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return middle(self.rates)

    @property
    def half(self) -> float:
        """Half of the completions took at most so many milliseconds."""
        return middle(self.spent)

    @property
    def others(self) -> float | None:
        """Share of CPU that others used, median over the rounds."""
        return middle(self.foreign) if self.foreign else None


@contextmanager
def team(who: str, url: str, folder: Path, size: int) -> Iterator[Team]:
    """Clients that have everything ready and wait."""
    command = [sys.executable, "-m", "tests.bench.client", who, url, str(folder)]
    clients = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(size)
    ]
    try:
        yield Team(who, clients)
    finally:
        for client in clients:
            _pipe(client.stdin).close()
        for client in clients:
            client.wait(timeout=30)


def raced(teams: Sequence[Team], *, clients: int, dossiers: int, rounds: int) -> Mapping[str, Result]:
    """Each round every team in turn finishes ``dossiers`` dossiers with each of its first clients."""
    results = {one.name: Result() for one in teams}
    for number in range(rounds + 1):
        for one in teams:
            chosen = one.clients[:clients]
            _ask(chosen, f"start {dossiers if number else 3}")
            with foreign_share() as share:
                answers = [orjson.loads(answer) for answer in _ask(chosen, "go")]
            if number:  # the round before the first only warms up
                _note(results[one.name], answers, share.foreign, clients * dossiers * len(STEPS))
    return results


def _note(result: Result, answers: Sequence[Any], foreign: float | None, completions: int) -> None:
    result.rates.append(completions / max(answer["seconds"] for answer in answers))
    result.spent += [one for answer in answers for one in answer["milliseconds"]]
    if foreign is not None:
        result.foreign.append(foreign)


def _ask(clients: Sequence["subprocess.Popen[str]"], line: str) -> list[str]:
    for client in clients:
        stream = _pipe(client.stdin)
        stream.write(line + "\n")
        stream.flush()
    answers = [_pipe(client.stdout).readline() for client in clients]
    if not all(answers):
        raise RuntimeError("a client has died; its message stands above")
    return answers


def _pipe(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream
