"""The tree of a pattern."""

from dataclasses import dataclass
from typing import TypeAlias

from engine.domain.feel.patterns.classes import Accepts


@dataclass(frozen=True, slots=True)
class One:
    """One character."""

    accepts: Accepts


@dataclass(frozen=True, slots=True)
class Sequence:
    parts: tuple["Pattern", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    options: tuple["Pattern", ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    part: "Pattern"
    least: int
    most: int | None  # None: any number
    greedy: bool


@dataclass(frozen=True, slots=True)
class Group:
    part: "Pattern"
    number: int  # from 1


@dataclass(frozen=True, slots=True)
class Edge:
    """``^`` or ``$``: of the text, or of a line with flag ``m``."""

    start: bool
    of_line: bool


Pattern: TypeAlias = One | Sequence | Choice | Repeat | Group | Edge
