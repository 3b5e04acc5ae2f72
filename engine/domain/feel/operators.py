"""Compiles what has no names of its own: literals, operators, conditions, paths, lists, contexts, ranges."""

from collections.abc import Mapping
from datetime import datetime, time
from decimal import Decimal

from engine.domain.feel.adoption import READY, adopt
from engine.domain.feel.analysis import static_path
from engine.domain.feel.arithmetic import apply, negate
from engine.domain.feel.comparison import QUICK, SIGNS, compare, less, rank
from engine.domain.feel.compiler import Code, Compiler
from engine.domain.feel.frame import Frame
from engine.domain.feel.limits import SERIES
from engine.domain.feel.members import member_of
from engine.domain.feel.nodes import (
    Arithmetic,
    Between,
    Compare,
    ContextOf,
    HalfRange,
    If,
    InstanceOf,
    Junction,
    ListOf,
    Literal,
    Name,
    Negation,
    Path,
    RangeOf,
)
from engine.domain.feel.types import settled, tester
from engine.domain.feel.values import FeelValue, Range

SINGLE = frozenset({int, float, Decimal, datetime, time})  # what is made FEEL's without a walk


def literal(compiler: Compiler, node: Literal) -> Code:
    return compiler.constant(node.value)


def name(compiler: Compiler, node: Name) -> Code:
    key = node.name
    if compiler.bound is not None:
        return lambda frame: frame.find(key)

    def run(frame: Frame) -> FeelValue:
        value = frame.scope.get(key)
        if type(value) in READY:
            return value
        return adopt(value) if type(value) in SINGLE else frame.kept(key, lambda: adopt(value))

    return run


def path(compiler: Compiler, node: Path) -> Code:
    segments = static_path(node)
    if segments is not None and compiler.bound is None:
        return _scope_path(segments)
    base, key = compiler.code(node.base), node.name

    def run(frame: Frame) -> FeelValue:
        value = base(frame)
        if type(value) is list:
            frame.meter.weigh(value)
        return member_of(value, key)

    return run


def _scope_path(segments: tuple[str, ...]) -> Code:
    """A path from the top: walks the document as it is and adopts only what it finds at the end."""
    first, rest = segments[0], segments[1:]

    def walked(frame: Frame) -> object:
        value = frame.scope.get(first)
        for segment in rest:
            if type(value) is dict or isinstance(value, Mapping):
                value = value.get(segment)
            else:
                found = adopt(value)
                frame.meter.weigh(found)
                value = member_of(found, segment)
        return value

    def run(frame: Frame) -> FeelValue:
        if frame.paths is not None and segments in frame.paths:
            return frame.paths[segments]
        value = walked(frame)
        if type(value) in READY:
            return value
        return adopt(value) if type(value) in SINGLE else frame.kept_path(segments, lambda: adopt(value))

    return run


def arithmetic(compiler: Compiler, node: Arithmetic) -> Code:
    first = compiler.code(node.first)
    rest = tuple(zip(node.operators, map(compiler.code, node.rest), strict=True))

    def run(frame: Frame) -> FeelValue:
        value = first(frame)
        for operator, operand in rest:
            if operator == "**":
                frame.meter.charge(SERIES)
            value = apply(operator, value, operand(frame))
            if type(value) is str:
                frame.meter.weigh(value)
        return value

    return run


def negation(compiler: Compiler, node: Negation) -> Code:
    operand = compiler.code(node.operand)
    return lambda frame: negate(operand(frame))


def comparison(compiler: Compiler, node: Compare) -> Code:
    left, right, sign = compiler.code(node.left), compiler.code(node.right), node.operator
    quick = SIGNS[sign]

    def run(frame: Frame) -> FeelValue:
        one, two = left(frame), right(frame)
        if type(one) is type(two) and type(one) in QUICK:
            return quick(one, two)
        if type(one) is list or type(one) is dict:
            frame.meter.weigh(one)
            frame.meter.weigh(two)
        return compare(sign, one, two)

    return run


def between(compiler: Compiler, node: Between) -> Code:
    value, low, high = compiler.code(node.value), compiler.code(node.low), compiler.code(node.high)

    def run(frame: Frame) -> FeelValue:
        middle = value(frame)
        above, below = compare(">=", middle, low(frame)), compare("<=", middle, high(frame))
        return None if above is None or below is None else above and below

    return run


def junction(compiler: Compiler, node: Junction) -> Code:
    items = tuple(map(compiler.code, node.items))
    # A true settles an "or", a false settles an "and"; what is neither leaves the answer open (null).
    settles = not node.every

    def run(frame: Frame) -> FeelValue:
        answer: bool | None = not settles
        for item in items:
            value = item(frame)
            if value is settles:
                return settles
            if value is not (not settles):
                answer = None
        return answer

    return run


def condition(compiler: Compiler, node: If) -> Code:
    test, then, otherwise = (
        compiler.code(node.condition),
        compiler.code(node.then),
        compiler.code(node.otherwise),
    )
    return lambda frame: then(frame) if test(frame) is True else otherwise(frame)


def list_of(compiler: Compiler, node: ListOf) -> Code:
    items = tuple(map(compiler.code, node.items))
    return lambda frame: [item(frame) for item in items]


def context_of(compiler: Compiler, node: ContextOf) -> Code:
    entries = []
    for place, (key, value) in enumerate(zip(node.keys, node.values, strict=True)):
        entries.append((key, compiler.inside(*node.keys[:place]).code(value)))

    def run(frame: Frame) -> FeelValue:
        made: dict[str, FeelValue] = {}
        inner = frame.inner(made)
        for key, value in entries:
            made[key] = value(inner)
        return made

    return run


def range_of(compiler: Compiler, node: RangeOf) -> Code:
    start, end = compiler.code(node.start), compiler.code(node.end)

    def run(frame: Frame) -> FeelValue:
        low, high = start(frame), end(frame)
        if less(low, high) is None:
            return None
        return Range(low, high, node.start_included, node.end_included)

    return run


def half_range(compiler: Compiler, node: HalfRange) -> Code:
    operand, below, included = compiler.code(node.operand), node.operator[0] == "<", node.operator[-1] == "="

    def run(frame: Frame) -> FeelValue:
        end = operand(frame)
        if rank(end) is None:
            return None
        return Range(None, end, False, included) if below else Range(end, None, included, False)

    return run


def instance(compiler: Compiler, node: InstanceOf) -> Code:
    value, test = compiler.code(node.value), tester(settled(node.type, compiler.types))

    def run(frame: Frame) -> FeelValue:
        found = value(frame)
        if type(found) is list or type(found) is dict:
            frame.meter.weigh(found)
        return test(found)

    return run
