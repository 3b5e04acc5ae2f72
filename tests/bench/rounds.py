"""Interleaved rounds: what disturbs one side disturbs the other; a disturbed round is taken again."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.figures import middle
from tests.bench.machine import foreign_share

ROOT = Path(__file__).resolve().parents[2]
QUIET = 0.15  # share of the machine's CPU that others may use in a round


@dataclass(frozen=True, slots=True)
class Turn:
    """What one side did in one round."""

    value: float  # what is compared: so many a second, or milliseconds
    spent: Sequence[float] = ()  # milliseconds of each thing that was done
    foreign: float | None = None  # share of CPU that others used meanwhile


Side = Callable[[bool], Turn]  # takes a turn; True: only to warm up


@dataclass(frozen=True, slots=True)
class Result:
    """The turns of one side."""

    turns: Sequence[Turn]

    @property
    def rate(self) -> float:
        return middle([turn.value for turn in self.turns])

    @property
    def half(self) -> float:
        """Half of the things took at most so many milliseconds."""
        return middle([one for turn in self.turns for one in turn.spent])

    @property
    def others(self) -> float | None:
        """Share of CPU that others used, median over the rounds."""
        shares = [turn.foreign for turn in self.turns if turn.foreign is not None]
        return middle(shares) if shares else None


def interleaved(sides: Mapping[str, Side], *, rounds: int) -> Mapping[str, Result]:
    """Every side takes its turn in each round, after one to warm up.

    Rounds in which others used much of the machine are taken again, at most as many as were asked for; the
    quietest count.
    """
    for side in sides.values():
        side(True)
    taken: list[Mapping[str, Turn]] = []
    while len(taken) < rounds or (_quiet(taken) < rounds and len(taken) < 2 * rounds):
        taken.append({name: side(False) for name, side in sides.items()})
    kept = sorted(taken, key=_disturbance)[:rounds]
    return {name: Result([one[name] for one in kept]) for name in sides}


def _quiet(taken: Sequence[Mapping[str, Turn]]) -> int:
    return sum(_disturbance(one) <= QUIET for one in taken)


def _disturbance(one: Mapping[str, Turn]) -> float:
    return max(turn.foreign or 0.0 for turn in one.values())


def repeated(work: Callable[[], object], times: int, *, warm: int = 3) -> Side:
    """A side that does one thing so many times; its value is the median of the milliseconds."""

    def turn(warming: bool) -> Turn:
        spent = []
        with foreign_share() as share:
            for _ in range(warm if warming else times):
                began = time.perf_counter()
                work()
                spent.append((time.perf_counter() - began) * 1000)
        return Turn(middle(spent), spent, share.foreign)

    return turn


def computed(work: Callable[[], int], times: int) -> Side:
    """A side that computes and waits for nothing; ``work`` says how many things it did.

    Its value is how many a second of this process's CPU: others may slow it down and do not falsify it.
    """

    def turn(warming: bool) -> Turn:
        done, began = 0, time.process_time()
        for _ in range(1 if warming else times):
            done += work()
        return Turn(done / (time.process_time() - began))

    return turn
