"""In which order a process does what the standard lets happen in any order."""

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import NamedTuple


class Move(NamedTuple):
    """Something that may happen next."""

    node: str  # where a token comes to; nothing when a scope ends
    settles: bool = False  # something only begins to wait by it, or opens what is inside


class Order:
    """First come, first served; joins look when nothing else moves."""

    def pick(self, moves: Sequence[Move], done: Sequence[str]) -> int:
        """Which of the possible moves is next; ``done``: what this action has completed already."""
        return 0

    def eager(self) -> bool:
        """Whether joins look before the next token moves."""
        return False

    def shuffled(self, things: list) -> list:  # type: ignore[type-arg]
        return things


class Attentive(Order):
    """First come, first served, but what only begins to wait does so at once; joins look after every move."""

    def pick(self, moves: Sequence[Move], done: Sequence[str]) -> int:
        return next((place for place, one in enumerate(moves) if one.settles), 0)

    def eager(self) -> bool:
        return True


class LastFirst(Order):
    """The newest token runs until it waits."""

    def pick(self, moves: Sequence[Move], done: Sequence[str]) -> int:
        return len(moves) - 1


class AnyOrder(Order):
    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def pick(self, moves: Sequence[Move], done: Sequence[str]) -> int:
        return self._random.randrange(len(moves))

    def eager(self) -> bool:
        return self._random.random() < 0.5

    def shuffled(self, things: list) -> list:  # type: ignore[type-arg]
        return self._random.sample(things, len(things))


class Towards(Attentive):
    """What was seen to complete goes first, what was not seen comes last: an end may come before it."""

    def __init__(self, seen: Counter[str]) -> None:
        self._seen = seen

    def pick(self, moves: Sequence[Move], done: Sequence[str]) -> int:
        return _leading(moves, self._seen - Counter(done), settled_first=True)[0]


class AnyTowards(AnyOrder):
    """The same in any order."""

    def __init__(self, seen: Counter[str], seed: int) -> None:
        super().__init__(seed)
        self._seen = seen

    def pick(self, moves: Sequence[Move], done: Sequence[str]) -> int:
        return self._random.choice(_leading(moves, self._seen - Counter(done), settled_first=False))


def _leading(moves: Sequence[Move], left: Counter[str], *, settled_first: bool) -> list[int]:
    """The moves that lead to what is left to be seen."""
    ranks = [-settled_first if one.settles else 0 if not one.node or left[one.node] else 1 for one in moves]
    return [place for place, rank in enumerate(ranks) if rank == min(ranks)]
