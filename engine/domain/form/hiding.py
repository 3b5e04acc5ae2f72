"""When a field is not asked: the condition of form-js, «Hide if», in our FEEL."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.domain.feel import Expression, FeelEvaluationError, FeelSyntaxError, compile_expression
from engine.domain.feel.expression import parse_expression
from engine.domain.feel.nodes import Call, Name


@dataclass(frozen=True, slots=True)
class Hiding:
    """form-js reads a condition as a unary test of nothing (DMN 1.5, 7.3.11), and so does the server.

    Hence a test that comes out as null fits and hides, but ``not(...)`` of null does not: as long as n has no
    answer, ``=n > 5`` hides and ``=not(n > 5)`` shows.
    """

    test: Expression
    negated: bool  # all of it is not(...)

    def holds(self, scope: Mapping[str, object]) -> bool:
        """Whether the field is hidden. What cannot be evaluated hides nothing: better to ask than to lose."""
        try:
            value = self.test.evaluate(scope)
        except FeelEvaluationError:
            return False
        return value is True or (value is None and not self.negated)


def hiding_of(component: Mapping[str, Any]) -> Hiding | None:
    """When a component of form-js is hidden, or None. Raises FeelSyntaxError."""
    source = str((component.get("conditional") or {}).get("hide") or "")
    if not source:
        return None
    if not source.startswith("="):
        # form-js takes it for a plain text, and never hides the field.
        raise FeelSyntaxError("viết dấu = ở đầu điều kiện", "write = in front of the condition")
    text = source.removeprefix("=")
    return Hiding(compile_expression(text), _is_negation(text))


def _is_negation(text: str) -> bool:
    if not text.strip().startswith("not"):
        return False
    root = parse_expression(text)
    return isinstance(root, Call) and isinstance(root.function, Name) and root.function.name == "not"
