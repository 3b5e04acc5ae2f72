"""Scripts of a diagram's script task: one ``name = expression`` a line, later lines see earlier ones."""

import re
from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from engine.domain.feel.errors import FeelSyntaxError
from engine.domain.feel.expression import Expression, compile_expression
from engine.domain.feel.frame import Frame, Meter
from engine.domain.feel.functions.registry import Registry
from engine.domain.feel.functions.standard import STANDARD
from engine.domain.feel.lexer import KEYWORDS
from engine.domain.feel.limits import MAX_SCRIPT
from engine.domain.feel.values import FeelValue

ASSIGNMENT = re.compile(r"\s*([^\W\d]\w*)\s*=")
# Texts and comments, which may hold brackets that mean nothing.
OPAQUE = re.compile(r'"(?:[^"\\]|\\.)*"|//.*')


@dataclass(slots=True)
class _Statement:
    """One assignment while it is being collected."""

    name: str
    line: int  # of its first line, from 1
    column: int  # where the expression begins in that line, from 0
    text: str
    depth: int = 0  # brackets still open

    def take(self, line: str) -> None:
        shape = OPAQUE.sub("", line)
        self.depth += sum(shape.count(sign) for sign in "([{") - sum(shape.count(sign) for sign in ")]}")


@dataclass(frozen=True, slots=True, eq=False)
class Script:
    """A compiled script."""

    source: str
    lines: tuple[tuple[str, Expression], ...]

    @property
    def assigned(self) -> frozenset[str]:
        """The names it gives values to."""
        return frozenset(name for name, _ in self.lines)

    @property
    def names(self) -> frozenset[str]:
        """The names it reads from the scope, before it has assigned them itself."""
        read: set[str] = set()
        made: set[str] = set()
        for name, expression in self.lines:
            read |= expression.names - made
            made.add(name)
        return frozenset(read)

    @property
    def calls(self) -> frozenset[str]:
        """The functions it calls."""
        return frozenset().union(*(expression.calls for _, expression in self.lines))

    def run(self, scope: Mapping[str, object]) -> list[tuple[str, FeelValue]]:
        """The assignments in order; ``scope`` itself is not changed. Raises FeelEvaluationError.

        All lines draw on one meter: many small loops are one large one.
        """
        meter = Meter()
        made: dict[str, FeelValue] = {}
        adopted: dict[str, FeelValue] = {}
        seen = ChainMap[str, object](made, dict(scope))
        results: list[tuple[str, FeelValue]] = []
        for name, expression in self.lines:
            frame = Frame(seen, meter)
            frame.adopted = adopted
            value = expression.within(frame)
            meter.weigh(value)
            made[name] = adopted[name] = value
            results.append((name, value))
        return results


@lru_cache(maxsize=1024)
def compile_script(text: str, *, functions: Registry = STANDARD) -> Script:
    """Compile a script. A line that does not begin with ``name =`` goes on with the line before.

    ``//`` begins a comment. Raises FeelSyntaxError with the line and column in ``text``.
    """
    if len(text) > MAX_SCRIPT:
        raise FeelSyntaxError(
            f"đoạn lệnh dài hơn {MAX_SCRIPT} ký tự", f"the script is longer than {MAX_SCRIPT} characters"
        )
    return Script(text, tuple((part.name, _compiled(part, functions)) for part in _split(text)))


def _split(text: str) -> list[_Statement]:
    parts: list[_Statement] = []
    for number, line in enumerate(text.splitlines(), 1):
        match = ASSIGNMENT.match(line)
        if match and match[1] not in KEYWORDS and (not parts or parts[-1].depth <= 0):
            parts.append(_Statement(match[1], number, match.end(), line[match.end() :]))
            parts[-1].take(line[match.end() :])
        elif parts:
            parts[-1].text += "\n" + line
            parts[-1].take(line)
        elif OPAQUE.sub("", line).strip():
            raise FeelSyntaxError(
                "mỗi dòng lệnh có dạng «tên = biểu thức»", "each line reads «name = expression»", line=number
            )
    return parts


def _compiled(part: _Statement, functions: Registry) -> Expression:
    try:
        return compile_expression(part.text, functions=functions)
    except FeelSyntaxError as problem:
        column = problem.column + (part.column if problem.line == 1 else 0)
        raise problem.moved(line=part.line + problem.line - 1, column=column) from None
