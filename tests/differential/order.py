"""In which order a process does what the standard lets happen in any order."""

from random import Random


class Order:
    """First come, first served; joins look when nothing else moves."""

    def pick(self, count: int) -> int:
        """Which of so many waiting tokens moves next."""
        return 0

    def eager(self) -> bool:
        """Whether joins look before the next token moves."""
        return False

    def shuffled(self, things: list) -> list:  # type: ignore[type-arg]
        return things


class LastFirst(Order):
    """The newest token runs until it waits."""

    def pick(self, count: int) -> int:
        return count - 1


class AnyOrder(Order):
    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def pick(self, count: int) -> int:
        return self._random.randrange(count)

    def eager(self) -> bool:
        return self._random.random() < 0.5

    def shuffled(self, things: list) -> list:  # type: ignore[type-arg]
        return self._random.sample(things, len(things))
