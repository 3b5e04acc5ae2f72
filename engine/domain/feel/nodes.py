"""The tree of a parsed expression: plain, immutable, without behaviour."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.domain.feel.errors import FeelSyntaxError
from engine.domain.feel.limits import MAX_DEPTH, MAX_NODES


@dataclass(frozen=True, slots=True)
class Node:
    """Base of all nodes."""

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

    def children(self) -> tuple[Node, ...]:
        return (self.start, self.end)


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    value: Node
    type: "Type"

    def children(self) -> tuple[Node, ...]:
        return (self.value,)


@dataclass(frozen=True, slots=True)
class Type:
    """A FEEL type: ``number``, ``list<string>``, ``context<a: number>``."""

    name: str
    arguments: tuple["Type", ...] = ()
    fields: tuple[tuple[str, "Type"], ...] = ()


def walk(root: Node) -> Iterator[Node]:
    """Every node, without recursion: the tree may be deeper than Python's stack."""
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(node.children())


def require_small(root: Node) -> int:
    """The number of nodes; raise FeelSyntaxError when there are too many or they nest too deep."""
    count = 0
    level: list[Node] = [root]
    depth = 0
    while level:
        depth += 1
        count += len(level)
        if depth > MAX_DEPTH or count > MAX_NODES:
            raise FeelSyntaxError(
                f"biểu thức quá phức tạp (tối đa {MAX_DEPTH} tầng, {MAX_NODES} phần tử); hãy chia nhỏ",
                f"the expression is too complex (at most {MAX_DEPTH} levels, {MAX_NODES} parts); split it",
            )
        level = [child for node in level for child in node.children()]
    return count
