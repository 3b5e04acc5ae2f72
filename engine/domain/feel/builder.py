"""Builds nodes while the parser reduces: one small method for each rule of the grammar."""

from lark import Token, Transformer, v_args

from engine.domain.feel.arithmetic import negate
from engine.domain.feel.errors import FeelSyntaxError
from engine.domain.feel.literals import parse_at, parse_number
from engine.domain.feel.nodes import (
    Arithmetic,
    Between,
    Call,
    Compare,
    ContextOf,
    Filter,
    For,
    FunctionOf,
    HalfRange,
    If,
    In,
    InstanceOf,
    Iteration,
    Junction,
    ListOf,
    Literal,
    Name,
    Negation,
    Node,
    Path,
    Quantified,
    RangeOf,
    Test,
    Type,
)
from engine.domain.feel.values import kind

INPUT = Name("?")  # the value that a unary test is about


@v_args(inline=True)
class Builder(Transformer[Token, Node]):
    """Callbacks of the grammar; lark calls them without recursion."""

    def number(self, token: Token) -> Node:
        value = parse_number(token)
        if value is None:
            raise FeelSyntaxError(
                f"số {token[:20]} quá lớn", f"the number {token[:20]} is too large", offset=token.start_pos
            )
        return Literal(value)

    def string(self, token: Token) -> Node:
        return Literal(str(token))

    def true(self, _token: Token) -> Node:
        return Literal(True)

    def false(self, _token: Token) -> Node:
        return Literal(False)

    def null(self, _token: Token) -> Node:
        return Literal(None)

    def at_literal(self, token: Token) -> Node:
        value = parse_at(str(token))
        if value is None:
            raise FeelSyntaxError(
                f'@"{token}" không phải ngày, giờ hay khoảng thời gian',
                f'@"{token}" is not a date, a time or a duration',
                offset=token.start_pos,
            )
        return Literal(value)

    def name(self, token: Token) -> Node:
        return Name(str(token), token.start_pos or 0)

    def path(self, base: Node, name: Token) -> Node:
        return Path(base, str(name))

    def filter(self, base: Node, condition: Node) -> Node:
        return Filter(base, condition)

    def call(self, function: Node, *arguments: Node) -> Node:
        return Call(function, arguments)

    def argument(self, name: Token, value: Node) -> tuple[str, Node]:
        return str(name), value

    def call_named(self, function: Node, *arguments: tuple[str, Node]) -> Node:
        return Call(function, tuple(v for _, v in arguments), _unique(tuple(n for n, _ in arguments)))

    def list(self, *items: Node) -> Node:
        return ListOf(items)

    def entry(self, key: Token, value: Node) -> tuple[str, Node]:
        return str(key), value

    def context(self, *entries: tuple[str, Node]) -> Node:
        return ContextOf(_unique(tuple(k for k, _ in entries)), tuple(v for _, v in entries))

    def if_(self, condition: Node, then: Node, otherwise: Node) -> Node:
        return If(condition, then, otherwise)

    def iteration(self, name: Token, source: Node, end: Node | None) -> Node:
        return Iteration(str(name), source, end)

    def for_(self, *parts: Node) -> Node:
        return For(tuple(p for p in parts[:-1] if isinstance(p, Iteration)), parts[-1])

    def quantified(self, word: Token, *parts: Node) -> Node:
        iterations = tuple(p for p in parts[:-1] if isinstance(p, Iteration))
        return Quantified(word.type == "EVERY", iterations, parts[-1])

    def parameter(self, name: Token, type_: Type | None) -> tuple[str, Type | None]:
        return str(name), type_

    def function(self, *parts: tuple[str, Type | None] | Node | None) -> Node:
        body = parts[-1]
        if not isinstance(body, Node):
            raise TypeError("the grammar puts the body last")
        parameters = [part for part in parts if isinstance(part, tuple)]
        return FunctionOf(_unique(tuple(n for n, _ in parameters)), body, tuple(t for _, t in parameters))

    def disjunction(self, *items: Node) -> Node:
        return Junction(False, items)

    def conjunction(self, *items: Node) -> Node:
        return Junction(True, items)

    def equality(self, token: Token) -> str:
        return str(token)

    order = equality

    def compare(self, left: Node, operator: str, right: Node) -> Node:
        return Compare(operator, left, right)

    def compare_bound(self, left: Node, operator: str, right: Test) -> Node:
        return Compare(operator, left, self.half_range(right))

    def half_range(self, bound: Test) -> Node:
        return HalfRange(bound.operator, bound.operand)

    def between(self, value: Node, low: Node, high: Node) -> Node:
        return Between(value, low, high)

    def test(self, operator: str, operand: Node) -> Node:
        return Test(operator, operand)

    def in_value(self, value: Node, test: Node) -> Node:
        return In(value, (test,))

    def tests_in_brackets(self, *tests: Node) -> tuple[Node, ...]:
        return tests

    def in_tests(self, value: Node, tests: tuple[Node, ...] | Node) -> Node:
        return In(value, (tests,) if isinstance(tests, Node) else tests)

    def unary_tests(self, *tests: Node) -> Node:
        return In(INPUT, tests)

    def negated_tests(self, *tests: Node) -> Node:
        return In(INPUT, tests, negated=True)

    def sum(self, *parts: Node | Token) -> Node:
        return _chain(parts)

    def product(self, *parts: Node | Token) -> Node:
        return _chain(parts)

    def power(self, first: Node, *rest: Node) -> Node:
        return Arithmetic(first, ("**",) * len(rest), rest)

    def negation(self, _minus: Token, operand: Node) -> Node:
        if isinstance(operand, Literal) and kind(operand.value) == "number":
            return Literal(negate(operand.value))
        return Negation(operand)

    def instance_of(self, value: Node, type_: Type) -> Node:
        return InstanceOf(value, type_)

    def range_open(self, start: Node, end: Node) -> Node:
        return RangeOf(start, end, False, False)

    def range_open_start(self, start: Node, end: Node) -> Node:
        return RangeOf(start, end, False, True)

    def range_open_end(self, start: Node, end: Node) -> Node:
        return RangeOf(start, end, True, False)

    def range_closed(self, start: Node, end: Node) -> Node:
        return RangeOf(start, end, True, True)

    def field(self, name: Token, type_: Type) -> tuple[str, Type]:
        return str(name), type_

    def type(self, name: Token, *rest: Token | Type | tuple[str, Type]) -> Type:
        arguments = tuple(r for r in rest if isinstance(r, Type))
        fields = tuple(r for r in rest if isinstance(r, tuple))
        return Type(str(name), arguments, fields)

    def function_type(self, *rest: Token | Type | None) -> Type:
        return Type("function", tuple(r for r in rest if isinstance(r, Type)))


def _chain(parts: tuple[Node | Token, ...]) -> Node:
    nodes = tuple(p for p in parts if isinstance(p, Node))
    return Arithmetic(nodes[0], tuple(str(p) for p in parts if isinstance(p, Token)), nodes[1:])


def _unique(names: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(names)) != len(names):
        twice = next(n for n in names if names.count(n) > 1)
        raise FeelSyntaxError(f"tên «{twice}» viết hai lần", f"the name «{twice}» is given twice")
    return names
