"""Random processes made of blocks. A block knows nothing of tokens and gateways: ``drawing`` adds those."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Task:
    name: str


@dataclass(frozen=True, slots=True)
class Sequence:
    parts: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One branch: that of the first true name; the last branch when none is."""

    names: tuple[str, ...]  # one for each branch but the last
    branches: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Parallel:
    branches: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Inclusive:
    """Every branch whose name is true; the last branch when none is."""

    names: tuple[str, ...]
    branches: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Loop:
    """The body, and again while the name is true."""

    name: str
    body: "Block"


Block = Task | Sequence | Choice | Parallel | Inclusive | Loop

CLASSES: dict[str, tuple[str, ...]] = {
    "choices": ("choice",),
    "loops": ("choice", "loop"),
    "parallel": ("choice", "parallel"),
    "parallel and loops": ("choice", "parallel", "loop"),
    "inclusive": ("choice", "inclusive"),
    "inclusive and loops": ("choice", "inclusive", "loop"),
    "everything": ("choice", "parallel", "inclusive", "loop"),
}


class Maker:
    """Makes one process; every task and every condition gets a name of its own."""

    def __init__(self, random: Random, kinds: tuple[str, ...]) -> None:
        self._random, self._kinds = random, kinds
        self._count = 0
        self.names: list[str] = []  # of conditions

    def process(self) -> Block:
        return Sequence(tuple(self._block(3) for _ in range(self._random.randint(1, 3))))

    def _block(self, depth: int) -> Block:
        if depth == 0 or self._random.random() < 0.25:
            return self._task()
        kind = self._random.choice(("sequence", *self._kinds))
        if kind == "sequence":
            return Sequence(tuple(self._block(depth - 1) for _ in range(self._random.randint(1, 3))))
        if kind == "loop":
            # A body that could be over at once would turn for ever.
            return Loop(self._name(), Sequence((self._task(), self._block(depth - 1))))
        branches = tuple(self._branch(kind, depth) for _ in range(self._random.randint(2, 3)))
        if kind == "parallel":
            return Parallel(branches)
        names = tuple(self._name() for _ in branches[1:])
        return Choice(names, branches) if kind == "choice" else Inclusive(names, branches)

    def _branch(self, kind: str, depth: int) -> Block:
        empty = kind != "parallel" and self._random.random() < 0.2
        return Sequence(()) if empty else self._block(depth - 1)

    def _task(self) -> Task:
        self._count += 1
        return Task(f"t{self._count}")

    def _name(self) -> str:
        self.names.append(f"q{len(self.names) + 1}")
        return self.names[-1]


def made(random: Random, kinds: tuple[str, ...]) -> tuple[Block, list[str]]:
    """A process and the names of its conditions."""
    maker = Maker(random, kinds)
    return maker.process(), maker.names
