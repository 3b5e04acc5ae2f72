"""A compiled expression, and how to get one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from lark import Token

from engine.domain.feel.adoption import adopt
from engine.domain.feel.analysis import Usage, usage
from engine.domain.feel.calls import unknown_function
from engine.domain.feel.compiler import Code
from engine.domain.feel.errors import FeelEvaluationError, FeelSyntaxError
from engine.domain.feel.frame import Frame, Meter
from engine.domain.feel.functions.registry import Registry
from engine.domain.feel.functions.standard import STANDARD
from engine.domain.feel.grammar import parse
from engine.domain.feel.lexer import is_special, tokenise
from engine.domain.feel.nodes import Node, Type
from engine.domain.feel.rules import compiler
from engine.domain.feel.size import require_small
from engine.domain.feel.values import FeelValue, kind

SPECIAL_NAMES = frozenset({"date and time", "days and time duration", "years and months duration"})


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """An expression that can be run any number of times; it keeps no state between runs."""

    source: str
    names: frozenset[str]  # free names it reads: the first segments of its paths
    paths: frozenset[str]  # full dotted paths where they are static
    calls: frozenset[str]  # functions of the registry it calls
    perhaps: frozenset[str]  # read inside filters: properties of the items, or free names
    code: Code

    def evaluate(self, scope: Mapping[str, object]) -> FeelValue:
        """The value for a scope. A name the scope lacks is null, as DMN has it.

        Raises FeelEvaluationError when a cap is hit, the scope holds a type FEEL does not know, or a legal
        function gets an argument it must not swallow.
        """
        return run(self.code, Frame(scope, Meter()))

    def within(self, frame: Frame) -> FeelValue:
        """As ``evaluate``, as a part of something larger that shares its scope, meter and what was read."""
        return run(self.code, frame)

    def holds(self, scope: Mapping[str, object]) -> bool:
        """The value as a condition. Null is no answer: raises FeelEvaluationError, as ``evaluate`` does."""
        value = self.evaluate(scope)
        if isinstance(value, bool):
            return value
        raise FeelEvaluationError(
            f"điều kiện «{self.source.strip()}» không cho kết quả đúng hay sai (nhận được {kind(value)})",
            f"the condition «{self.source.strip()}» is neither true nor false (it gave {kind(value)})",
        )


@dataclass(frozen=True, slots=True, eq=False)
class UnaryTests:
    """The tests of one input cell of a decision table: ``< 18``, ``"A", "B"``, ``not(null)``, ``-``."""

    source: str
    names: frozenset[str]
    paths: frozenset[str]
    calls: frozenset[str]
    perhaps: frozenset[str]
    code: Code

    def matches(self, value: object, scope: Mapping[str, object]) -> bool:
        """Whether ``value`` passes; a test that comes out as null does not. Raises FeelEvaluationError."""
        return self.within(Frame(scope, Meter()), adopt(value))

    def within(self, frame: Frame, value: FeelValue) -> bool:
        """As ``matches``, as a part of something larger that shares its scope, meter and what was read."""
        return run(self.code, frame.inner({"?": value})) is True


def run(code: Code, frame: Frame) -> FeelValue:
    """Run a closure; the only exception that leaves is FeelEvaluationError."""
    try:
        return code(frame)
    except RecursionError:
        raise FeelEvaluationError("biểu thức lồng quá sâu", "the expression nests too deep") from None


def compile_expression(
    source: str,
    *,
    functions: Registry = STANDARD,
    names: Iterable[str] = (),
    types: Mapping[str, Type] | None = None,
) -> Expression:
    """Compile FEEL text, checked and cached.

    ``names`` are names of the scope; only those with keywords or signs in them (``in progress``, ``a-b``)
    need to be told. ``types`` are a model's own types by name, for ``instance of``. Raises FeelSyntaxError
    with line and column in ``source``.
    """
    return _expression(source, functions, frozenset(names), frozenset((types or {}).items()))


def compile_unary_tests(
    source: str, *, functions: Registry = STANDARD, names: Iterable[str] = ()
) -> UnaryTests:
    """Compile an input cell, as ``compile_expression`` does. An empty cell and ``-`` pass everything."""
    return _unary_tests(source, functions, frozenset(names))


def parse_expression(source: str, *, names: Iterable[str] = ()) -> Node:
    """The tree of FEEL text, to be put into a larger one. Raises FeelSyntaxError."""
    return _parsed(normalize("NFC", source), STANDARD, frozenset(names), unary=False)


def compile_tree(
    root: Node, source: str, *, names: Iterable[str] = (), types: Mapping[str, Type] | None = None
) -> Expression:
    """Compile a tree made of several texts: what ``source`` says is shown in messages.

    ``types`` are the model's own types by name, for ``instance of``. Raises FeelSyntaxError.
    """
    code, found = _compiled(root, STANDARD, frozenset(names), types or {}, unary=False)
    return Expression(source, *_usage(found), code)


@lru_cache(maxsize=4096)
def _expression(
    source: str, functions: Registry, names: frozenset[str], types: frozenset[tuple[str, Type]]
) -> Expression:
    code, found = _compile(normalize("NFC", source), functions, names, dict(types), unary=False)
    return Expression(source, *_usage(found), code)


@lru_cache(maxsize=4096)
def _unary_tests(source: str, functions: Registry, names: frozenset[str]) -> UnaryTests:
    text = normalize("NFC", source)
    if text.strip() in ("", "-"):
        return UnaryTests(source, *_usage(Usage()), lambda _frame: True)
    code, found = _compile(text, functions, names, {}, unary=True)
    return UnaryTests(source, *_usage(found), code)


def _compile(
    text: str, functions: Registry, names: frozenset[str], types: Mapping[str, Type], *, unary: bool
) -> tuple[Code, Usage]:
    root = _parsed(text, functions, names, unary=unary)
    try:
        return _compiled(root, functions, names, types, unary=unary)
    except FeelSyntaxError as problem:
        raise problem.located(text) from None


def _parsed(text: str, functions: Registry, names: frozenset[str], *, unary: bool) -> Node:
    tokens = tokenise(text, _special(functions).union(names))
    if unary and _negated(tokens):
        tokens[0] = Token("_NOT_TESTS", "not", tokens[0].start_pos)
    try:
        return parse(tokens, text, start="unary_tests" if unary else "expression")
    except FeelSyntaxError as problem:
        raise problem.located(text) from None


def _compiled(
    root: Node, functions: Registry, names: frozenset[str], types: Mapping[str, Type], *, unary: bool
) -> tuple[Code, Usage]:
    require_small(root)
    found = usage(root)
    for name, offset in found.calls.items():
        if name not in functions and name not in names:
            raise FeelSyntaxError(*unknown_function(name, functions), offset=offset)
    for name in found.names | found.perhaps:
        if name.startswith("not "):
            raise FeelSyntaxError(f"hãy viết not({name[4:]}...)", f"write not({name[4:]}...)")
    start = compiler(functions, names, types)
    return (start.inside("?") if unary else start).code(root), found


@lru_cache(maxsize=16)
def _special(functions: Registry) -> frozenset[str]:
    """The names the lexer must know: types and functions with a keyword in them."""
    return SPECIAL_NAMES.union(filter(is_special, functions))


def _negated(tokens: list[Token]) -> bool:
    """Whether the whole cell is ``not( ... )``, so that the brackets hold tests and not an argument."""
    if len(tokens) < 3 or tokens[0] != "not" or tokens[1].type != "_LPAR" or tokens[-1].type != "_RPAR":
        return False
    depth = 0
    for token in tokens[1:-1]:
        depth += token.type in ("_LPAR", "_LSQB", "_LBRACE", "_OPEN_START")
        depth -= token.type in ("_RPAR", "_RSQB", "_RBRACE", "_OPEN_END")
        if depth == 0:
            return False
    return True


def _usage(found: Usage) -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    return frozenset(found.names), frozenset(found.paths), frozenset(found.calls), frozenset(found.perhaps)
