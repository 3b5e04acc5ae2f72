"""What the machine did while we measured: above all, how much of it others used."""

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_TICK = os.sysconf("SC_CLK_TCK")  # jiffies a second


@dataclass(slots=True)
class Share:
    """Share of the machine's CPU, from 0 to 1, that went to processes neither ours nor PostgreSQL's."""

    foreign: float | None = None  # None: this system does not tell


@contextmanager
def foreign_share() -> Iterator[Share]:
    """Measure over the block; what ended inside it is counted as ours if it was our child."""
    share = Share()
    if not (_PROC / "stat").exists():
        yield share
        return
    busy, capacity, ours = _whole(), _capacity(), _ours()
    yield share
    total = _capacity() - capacity
    share.foreign = max(0.0, (_whole() - busy) - (_ours() - ours)) / total if total else 0.0


def described() -> str:
    """The machine in a line, for the head of the figures."""
    system = f"{platform.system()} {platform.machine()}"
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {system}"


def _fields() -> list[int]:
    return [int(one) for one in (_PROC / "stat").read_text().split("\n", 1)[0].split()[1:]]


def _capacity() -> float:
    return sum(_fields()[:8]) / _TICK


def _whole() -> float:
    user, nice, system, _idle, _waiting, hard, soft, _stolen = _fields()[:8]
    return (user + nice + system + hard + soft) / _TICK


def _ours() -> float:
    """CPU seconds of this process, all it started, and every PostgreSQL process."""
    parents: dict[int, int] = {}
    used: dict[int, float] = {}
    servers: list[int] = []
    for folder in _PROC.glob("[0-9]*"):
        try:
            name, _, rest = (folder / "stat").read_text().rpartition(")")
        except OSError:
            continue
        parts = rest.split()
        identity = int(folder.name)
        parents[identity] = int(parts[1])
        used[identity] = sum(int(one) for one in parts[11:15]) / _TICK  # with children that were waited for
        if name.endswith("(postgres"):
            servers.append(identity)
    return sum(
        seconds for one, seconds in used.items() if one in servers or _descends(one, os.getpid(), parents)
    )


def _descends(one: int, from_: int, parents: dict[int, int]) -> bool:
    while one > 1:
        if one == from_:
            return True
        one = parents.get(one, 0)
    return False
