"""Nodes to closures: each takes a frame and gives a value. Names and functions are settled here, once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from engine.domain.feel.frame import Frame
from engine.domain.feel.functions.registry import Registry
from engine.domain.feel.nodes import Node, Type
from engine.domain.feel.size import walk
from engine.domain.feel.values import FeelValue

Code: TypeAlias = Callable[[Frame], FeelValue]
Rule: TypeAlias = Callable[["Compiler", Any], Code]


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles one expression; ``bound`` are the names that constructs around the present node bind."""

    rules: Mapping[type[Node], Rule]
    functions: Registry
    known: frozenset[str]  # names the caller says the scope has; they may be functions
    constants: dict[Code, FeelValue]
    types: Mapping[str, Type]  # of the model around the expression, by name
    bound: frozenset[str] | None = None  # None: at the top, names come straight from the scope

    def code(self, node: Node) -> Code:
        """The closure of a node. Raises FeelSyntaxError for unknown functions, types and arguments."""
        return self.rules[type(node)](self, node)

    def constant(self, value: FeelValue) -> Code:
        """A closure that always gives ``value``; remembered so that calls on constants run at once."""

        def constant(_frame: Frame) -> FeelValue:
            return value

        self.constants[constant] = value
        return constant

    def inside(self, *names: str) -> "Compiler":
        """The compiler for a part where more names are bound (none given: they show at run time)."""
        return replace(self, bound=(self.bound or frozenset()) | set(names))

    def cost(self, node: Node) -> int:
        """The steps of running a node once; names are looked up through all that is bound around it."""
        return (1 + sum(part.cost for part in walk(node))) * (1 + len(self.bound or ()) // 8)
