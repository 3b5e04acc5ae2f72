"""The order of allowed output values: PRIORITY and OUTPUT ORDER rank results by it."""

from engine.domain.feel import FeelEvaluationError, FeelSyntaxError, compile_expression
from engine.domain.feel.values import FeelValue, Range


def ranked_values(allowed: str | None) -> tuple[FeelValue, ...]:
    """The values of a plain list such as ``"A", "B"``, best first; none where it holds tests or names."""
    if not allowed:
        return ()
    try:
        expression = compile_expression(f"[{allowed}]")
        values = expression.evaluate({})
    except (FeelEvaluationError, FeelSyntaxError):
        return ()
    if expression.names or not isinstance(values, list) or any(isinstance(v, Range) for v in values):
        return ()
    return tuple(values)
