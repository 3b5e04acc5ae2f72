"""A pattern's tree as a program for ``machine``: every step is a character, a fork, a mark or an edge."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from engine.domain.feel.patterns.classes import Accepts
from engine.domain.feel.patterns.errors import BadPattern
from engine.domain.feel.patterns.syntax import parse
from engine.domain.feel.patterns.tree import Choice, Edge, Group, One, Pattern, Repeat, Sequence

MAX_PROGRAM = 1_500  # steps


@dataclass(slots=True)
class Take:
    """Take one character that is accepted."""

    accepts: Accepts


@dataclass(slots=True)
class Fork:
    """Go on at the first place, and with less preference at the others."""

    places: list[int]


@dataclass(slots=True)
class Mark:
    """Remember the position: ``2n`` for the start of group n, ``2n + 1`` for its end."""

    slot: int


@dataclass(slots=True)
class Match:
    """The whole pattern has matched."""


Step: TypeAlias = Take | Fork | Mark | Edge | Match


@dataclass(frozen=True, slots=True)
class Program:
    steps: tuple[Step, ...]
    groups: int


@lru_cache(maxsize=512)
def compile_pattern(pattern: str, flags: str) -> Program:
    """The program of a pattern. Raises BadPattern."""
    tree, groups = parse(pattern, flags)
    writer = _Writer(pattern)
    writer.write(tree)
    writer.add(Match())
    return Program(tuple(writer.steps), groups)


class _Writer:
    """Writes steps one after the other."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.steps: list[Step] = []

    def add(self, step: Step) -> None:
        self.steps.append(step)
        if len(self.steps) > MAX_PROGRAM:
            raise BadPattern(self.pattern, "quá lớn sau khi khai triển", "too large once written out")

    def write(self, node: Pattern) -> None:
        if isinstance(node, One):
            self.add(Take(node.accepts))
        elif isinstance(node, Edge):
            self.add(node)
        elif isinstance(node, Sequence):
            for part in node.parts:
                self.write(part)
        elif isinstance(node, Choice):
            self.choice(node)
        elif isinstance(node, Group):
            self.add(Mark(2 * node.number))
            self.write(node.part)
            self.add(Mark(2 * node.number + 1))
        else:
            self.repeat(node)

    def choice(self, node: Choice) -> None:
        fork = Fork([])
        self.add(fork)
        exits = []
        for option in node.options:
            fork.places.append(len(self.steps))
            self.write(option)
            exits.append(Fork([]))
            self.add(exits[-1])
        for leave in exits:
            leave.places.append(len(self.steps))

    def repeat(self, node: Repeat) -> None:
        for _ in range(node.least):
            self.write(node.part)
        if node.most is None:
            start = len(self.steps)
            self.optional(node, back_to=start)
            return
        for _ in range(node.most - node.least):
            self.optional(node, back_to=None)

    def optional(self, node: Repeat, *, back_to: int | None) -> None:
        """The part once or not at all; with ``back_to`` any number of times."""
        fork = Fork([])
        self.add(fork)
        inside = len(self.steps)
        self.write(node.part)
        if back_to is not None:
            self.add(Fork([back_to]))
        outside = len(self.steps)
        fork.places.extend([inside, outside] if node.greedy else [outside, inside])
