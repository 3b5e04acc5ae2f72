"""Runs a pattern over a text, all alternatives at once: the work is the text's length times the program's."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from engine.domain.feel.patterns.program import Fork, Mark, Match, Program, Take
from engine.domain.feel.patterns.tree import Edge

Charge: TypeAlias = Callable[[int], None]  # takes steps off the evaluation's budget, or raises
Slots: TypeAlias = tuple[int, ...]
Threads: TypeAlias = list[tuple[int, Slots]]


@dataclass(frozen=True, slots=True)
class Found:
    """Where a pattern matched: the ends of the whole and of its groups, -1 where a group took no part."""

    slots: Slots

    @property
    def start(self) -> int:
        return self.slots[0]

    @property
    def end(self) -> int:
        return self.slots[1]

    def group(self, number: int, text: str) -> str:
        """What a group took; empty when it took no part or does not exist."""
        if 2 * number + 1 >= len(self.slots) or self.slots[2 * number] < 0:
            return ""
        return text[self.slots[2 * number] : self.slots[2 * number + 1]]


def search(program: Program, text: str, start: int, charge: Charge) -> Found | None:
    """The leftmost match from ``start`` on, by preference as a backtracking matcher would find it."""
    return _Run(program, text, charge).search(start)


def find_all(program: Program, text: str, charge: Charge) -> Iterator[Found]:
    """All matches one after the other; the pattern must not match nothing."""
    at = 0
    while at <= len(text):
        found = search(program, text, at, charge)
        if found is None:
            return
        yield found
        at = max(found.end, at + 1)


class _Run:
    """One search. A thread is a step and the slots it has marked; earlier threads are preferred."""

    def __init__(self, program: Program, text: str, charge: Charge) -> None:
        self.steps = program.steps
        self.text = text
        self.charge = charge
        self.empty: Slots = (-1,) * (2 * program.groups + 2)

    def search(self, start: int) -> Found | None:
        threads: Threads = []
        found: Found | None = None
        for at in range(start, len(self.text) + 1):
            seen = {step for step, _ in threads}
            if found is None:
                self.follow(0, (at, *self.empty[1:]), at, threads, seen)
            self.charge(2 + 3 * len(threads))
            if not threads and found is not None:
                break
            threads, matched = self.advance(threads, at)
            found = matched or found
        return found

    def advance(
        self, threads: list[tuple[int, Slots]], at: int
    ) -> tuple[list[tuple[int, Slots]], Found | None]:
        """Take the character at ``at``; a match cuts off the threads behind it."""
        sign = self.text[at] if at < len(self.text) else ""
        following: Threads = []
        seen: set[int] = set()
        for place, slots in threads:
            step = self.steps[place]
            if isinstance(step, Match):
                return following, Found((slots[0], at, *slots[2:]))
            if sign and isinstance(step, Take) and step.accepts(sign):
                self.follow(place + 1, slots, at + 1, following, seen)
        return following, None

    def follow(self, place: int, slots: Slots, at: int, threads: Threads, seen: set[int]) -> None:
        """Add the threads that a place leads to without taking a character."""
        stack = [(place, slots)]
        work = 0
        while stack:
            place, slots = stack.pop()
            work += 1
            if place in seen:
                continue
            seen.add(place)
            step = self.steps[place]
            if isinstance(step, Fork):
                stack.extend((to, slots) for to in reversed(step.places))
            elif isinstance(step, Mark):
                stack.append((place + 1, (*slots[: step.slot], at, *slots[step.slot + 1 :])))
            elif isinstance(step, Edge):
                if self.holds(step, at):
                    stack.append((place + 1, slots))
            else:
                threads.append((place, slots))
        self.charge(2 * work)

    def holds(self, edge: Edge, at: int) -> bool:
        if edge.start:
            return at == 0 or (edge.of_line and self.text[at - 1] == "\n")
        return at == len(self.text) or (edge.of_line and self.text[at] == "\n")
