"""In which order a process does what the standard lets happen in any order."""

from collections.abc import Sequence
from random import Random


class Order:
    """First come, first served; joins look when nothing else moves."""

    def pick(self, settling: Sequence[bool]) -> int:
        """Which of the possible moves is next; of each: whether something only begins to wait by it."""
        return 0

    def eager(self) -> bool:
        """Whether joins look before the next token moves."""
        return False

    def shuffled(self, things: list) -> list:  # type: ignore[type-arg]
        return things


class Attentive(Order):
    """First come, first served, but what only begins to wait does so at once; joins look after every move."""

    def pick(self, settling: Sequence[bool]) -> int:
        return settling.index(True) if True in settling else 0

    def eager(self) -> bool:
        return True


class LastFirst(Order):
    """The newest token runs until it waits."""

    def pick(self, settling: Sequence[bool]) -> int:
        return len(settling) - 1


class AnyOrder(Order):
    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def pick(self, settling: Sequence[bool]) -> int:
        return self._random.randrange(len(settling))

    def eager(self) -> bool:
        return self._random.random() < 0.5

    def shuffled(self, things: list) -> list:  # type: ignore[type-arg]
        return self._random.sample(things, len(things))
