"""The tree of a parsed expression: plain, immutable, without behaviour."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

# Gives a value as it is to be used there, or raises FeelEvaluationError.
Take: TypeAlias = Callable[[object], object]


@dataclass(frozen=True, slots=True)
class Node:
    """Base of all nodes."""

    @property
    def cost(self) -> int:
        """The steps of running it once, without its children."""
        return 1

    def children(self) -> tuple["Node", ...]:
        """The nodes directly below."""
        return ()


@dataclass(frozen=True, slots=True)
class Literal(Node):
    value: object


@dataclass(frozen=True, slots=True)
class Name(Node):
    name: str
    at: int = 0  # character offset, for messages


@dataclass(frozen=True, slots=True)
class Path(Node):
    base: Node
    name: str

    def children(self) -> tuple[Node, ...]:
        return (self.base,)


@dataclass(frozen=True, slots=True)
class Filter(Node):
    base: Node
    condition: Node

    def children(self) -> tuple[Node, ...]:
        return (self.base, self.condition)


@dataclass(frozen=True, slots=True)
class Call(Node):
    function: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...] | None = None  # given when the arguments are named

    @property
    def cost(self) -> int:
        return 12  # binding arguments is more work than an operator; what walks or reckons long asks for more

    @property
    def at(self) -> int:
        """The character offset, as far as it is known."""
        return self.function.at if isinstance(self.function, Name) else 0

    def children(self) -> tuple[Node, ...]:
        return (self.function, *self.arguments)


@dataclass(frozen=True, slots=True)
class ListOf(Node):
    items: tuple[Node, ...]

    def children(self) -> tuple[Node, ...]:
        return self.items


@dataclass(frozen=True, slots=True)
class ContextOf(Node):
    keys: tuple[str, ...]
    values: tuple[Node, ...]

    def children(self) -> tuple[Node, ...]:
        return self.values


@dataclass(frozen=True, slots=True)
class If(Node):
    condition: Node
    then: Node
    otherwise: Node

    def children(self) -> tuple[Node, ...]:
        return (self.condition, self.then, self.otherwise)


@dataclass(frozen=True, slots=True)
class Iteration(Node):
    """``name in source`` or ``name in source..end``."""

    name: str
    source: Node
    end: Node | None

    def children(self) -> tuple[Node, ...]:
        return (self.source,) if self.end is None else (self.source, self.end)


@dataclass(frozen=True, slots=True)
class For(Node):
    iterations: tuple[Iteration, ...]
    body: Node

    def children(self) -> tuple[Node, ...]:
        return (*self.iterations, self.body)


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    every: bool
    iterations: tuple[Iteration, ...]
    condition: Node

    def children(self) -> tuple[Node, ...]:
        return (*self.iterations, self.condition)


@dataclass(frozen=True, slots=True)
class FunctionOf(Node):
    parameters: tuple[str, ...]
    body: Node
    takes: tuple["Type | Take | None", ...] = ()  # what each parameter takes; none given: anything

    @property
    def cost(self) -> int:
        return 8

    def children(self) -> tuple[Node, ...]:
        return (self.body,)


@dataclass(frozen=True, slots=True)
class Junction(Node):
    """``and`` (every) or ``or`` of several conditions."""

    every: bool
    items: tuple[Node, ...]

    def children(self) -> tuple[Node, ...]:
        return self.items


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """A chain of one level of precedence, worked from the left: ``first op rest[0] op rest[1]``."""

    first: Node
    operators: tuple[str, ...]
    rest: tuple[Node, ...]

    @property
    def cost(self) -> int:
        return 4 * len(self.rest)  # decimals and dates; what takes longer asks for more

    def children(self) -> tuple[Node, ...]:
        return (self.first, *self.rest)


@dataclass(frozen=True, slots=True)
class Negation(Node):
    operand: Node

    def children(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class Compare(Node):
    operator: str
    left: Node
    right: Node

    def children(self) -> tuple[Node, ...]:
        return (self.left, self.right)


@dataclass(frozen=True, slots=True)
class Between(Node):
    value: Node
    low: Node
    high: Node

    def children(self) -> tuple[Node, ...]:
        return (self.value, self.low, self.high)


@dataclass(frozen=True, slots=True)
class Test(Node):
    """``op operand``: one unary test."""

    operator: str
    operand: Node

    def children(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class In(Node):
    """``value in (tests)``; the tests of a decision table's cell have ``?`` as value."""

    value: Node
    tests: tuple[Node, ...]
    negated: bool = False

    def children(self) -> tuple[Node, ...]:
        return (self.value, *self.tests)


@dataclass(frozen=True, slots=True)
class RangeOf(Node):
    start: Node
    end: Node
    start_included: bool
    end_included: bool

    @property
    def cost(self) -> int:
        return 4

    def children(self) -> tuple[Node, ...]:
        return (self.start, self.end)


@dataclass(frozen=True, slots=True)
class HalfRange(Node):
    """``(< operand)`` as a value: the range with only this end."""

    operator: str
    operand: Node

    def children(self) -> tuple[Node, ...]:
        return (self.operand,)


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    value: Node
    type: "Type"

    def children(self) -> tuple[Node, ...]:
        return (self.value,)


@dataclass(frozen=True, slots=True, eq=False)
class Embedded(Node):
    """Something compiled for itself, such as a decision table, where a value is wanted."""

    run: Callable[[Mapping[str, object], Any], object]  # of what is seen there, and the meter it charges
    names: frozenset[str]
    paths: frozenset[str]

    @property
    def cost(self) -> int:
        return 12


@dataclass(frozen=True, slots=True, eq=False)
class Checked(Node):
    """A value that must be one its author foresaw."""

    value: Node
    take: Take

    def children(self) -> tuple[Node, ...]:
        return (self.value,)


@dataclass(frozen=True, slots=True)
class Type:
    """A FEEL type: ``number``, ``list<string>``, ``context<a: number>``."""

    name: str
    arguments: tuple["Type", ...] = ()
    fields: tuple[tuple[str, "Type"], ...] = ()
