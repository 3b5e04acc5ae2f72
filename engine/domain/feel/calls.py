"""Compiles function invocations: functions of the registry, and functions made by the expression itself."""

from collections.abc import Iterable
from difflib import get_close_matches

from engine.domain.feel.analysis import static_path
from engine.domain.feel.compiler import Code, Compiler
from engine.domain.feel.errors import FeelEvaluationError, FeelSyntaxError
from engine.domain.feel.frame import Frame, Meter
from engine.domain.feel.functions.registry import Builtin
from engine.domain.feel.nodes import Call, FunctionOf, ListOf, Literal, Name, Path, Take, Type
from engine.domain.feel.size import depth
from engine.domain.feel.types import fitting, settled
from engine.domain.feel.values import FeelValue, Function

INVOCATION = 4  # steps for making the frame of an invoked function
SIZED = frozenset({str, list, dict})


def call(compiler: Compiler, node: Call) -> Code:
    """The closure of a call. An unknown function or a wrong number of arguments is a FeelSyntaxError."""
    segments = static_path(node.function)
    if (
        segments is not None
        and segments[0] not in (compiler.bound or ())
        and segments[0] not in compiler.known
    ):
        if not isinstance(node.function, Name) or segments[0] not in compiler.functions:
            raise FeelSyntaxError(*unknown_function(".".join(segments), compiler.functions), offset=node.at)
        return _builtin(compiler, node, compiler.functions[segments[0]])
    root = node.function
    while isinstance(root, Path):
        root = root.base
    if isinstance(root, Literal | ListOf):
        raise FeelSyntaxError("chỉ gọi được hàm", "only functions can be called")
    return _dynamic(compiler, node)


def function(compiler: Compiler, node: FunctionOf) -> Code:
    """``function(a, b) body`` as a value."""
    inner = compiler.inside(*node.parameters)
    body = inner.code(node.body)
    parameters, cost = node.parameters, inner.cost(node.body)
    levels = 1 + depth(node.body)
    takes = tuple(_take(compiler, one) for one in node.takes)
    typed = any(one is not None for one in takes)

    def run(frame: Frame) -> FeelValue:
        meter = frame.meter

        def invoke(arguments: tuple[FeelValue, ...]) -> FeelValue:
            if len(arguments) != len(parameters):
                return None
            meter.charge(cost + INVOCATION)
            if typed:
                arguments = _taken(arguments, takes, meter)
            meter.enter(levels)
            value = body(frame.inner(dict(zip(parameters, arguments, strict=True))))
            meter.leave(levels)
            return value

        return Function(parameters, invoke)

    return run


def _take(compiler: Compiler, wanted: Type | Take | None) -> Take | None:
    return fitting(settled(wanted, compiler.types)) if isinstance(wanted, Type) else wanted


def _taken(
    arguments: tuple[FeelValue, ...], takes: tuple[Take | None, ...], meter: Meter
) -> tuple[FeelValue, ...]:
    """The arguments as the typed parameters take them; looking at them costs their size."""
    for argument in arguments:
        meter.weigh(argument)
    return tuple(one if take is None else take(one) for one, take in zip(arguments, takes, strict=True))


def unknown_function(name: str, functions: Iterable[str]) -> tuple[str, str]:
    """What to say about a function that does not exist, with the names that look like it."""
    near = get_close_matches(name, list(functions), n=3)
    perhaps_vi = f"; có phải {', '.join(near)}?" if near else ""
    perhaps_en = f"; did you mean {', '.join(near)}?" if near else ""
    return f"không có hàm «{name}»{perhaps_vi}", f"there is no function «{name}»{perhaps_en}"


def _builtin(compiler: Compiler, node: Call, builtin: Builtin) -> Code:
    arguments = _in_order(compiler, node, builtin)
    asks = builtin.asks

    def run(frame: Frame) -> FeelValue:
        values = [argument(frame) for argument in arguments]
        for value in values:
            if type(value) in SIZED:
                frame.meter.weigh(value)
        result = builtin.call(values, frame.scope if asks == "scope" else frame.meter)
        if type(result) in SIZED:
            frame.meter.charge(len(result) >> 4)  # type: ignore[arg-type]
        return result

    constants = compiler.constants
    if asks is None and arguments and all(argument in constants for argument in arguments):
        return _ahead(compiler, node, builtin, [constants[argument] for argument in arguments], run)
    return run


def _ahead(compiler: Compiler, node: Call, builtin: Builtin, values: list[FeelValue], run: Code) -> Code:
    """A call on constants is done once, at deployment; one that fails would always fail and is refused."""
    try:
        value = builtin.call(values)
    except FeelEvaluationError as problem:
        said = problem.details
        raise FeelSyntaxError(str(said["problem_vi"]), str(said["problem_en"]), offset=node.at) from None
    # A list or context could be changed by nobody, but it could be large: keep only small values.
    return run if type(value) in SIZED else compiler.constant(value)


def _in_order(compiler: Compiler, node: Call, builtin: Builtin) -> tuple[Code, ...]:
    codes = tuple(map(compiler.code, node.arguments))
    if node.names is None:
        count = len(codes)
        if not any(overload.takes(count) for overload in builtin.overloads):
            raise FeelSyntaxError(
                f"hàm «{builtin.name}» không nhận {count} tham số",
                f"the function «{builtin.name}» does not take {count} arguments",
                offset=node.at,
            )
        return codes
    for overload in builtin.overloads:
        order = overload.order(node.names)
        if order is not None:
            absent = compiler.constant(None)
            return tuple(absent if place < 0 else codes[place] for place in order)
    raise FeelSyntaxError(
        f"hàm «{builtin.name}» không có tham số tên {', '.join(node.names)}",
        f"the function «{builtin.name}» has no parameters named {', '.join(node.names)}",
        offset=node.at,
    )


def _dynamic(compiler: Compiler, node: Call) -> Code:
    target = compiler.code(node.function)
    arguments, names = tuple(map(compiler.code, node.arguments)), node.names

    def run(frame: Frame) -> FeelValue:
        called = target(frame)
        values = tuple(argument(frame) for argument in arguments)
        if not isinstance(called, Function):
            return None
        if names is not None:
            if set(names) != set(called.parameters):
                return None
            values = tuple(values[names.index(parameter)] for parameter in called.parameters)
        return called.invoke(values)

    return run
