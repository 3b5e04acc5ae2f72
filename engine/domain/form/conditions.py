"""Which fields are asked, given what was answered."""

from collections.abc import Iterator, Mapping

from engine.domain.feel import Expression, FeelEvaluationError
from engine.domain.form.model import Field, Form


def visible_fields(form: Form, values: Mapping[str, object], scope: Mapping[str, object]) -> frozenset[Field]:
    """Components that are shown, fields of hidden groups left out.

    The answer of a hidden field does not count for the conditions of others, so this is repeated until it
    stands; conditions that chase each other stop after as many rounds as there are fields.
    """
    everything = frozenset(form.each())
    shown = everything
    for _ in range(len(everything) + 1):
        hidden = {field.key for field in everything - shown if field.key}
        kept = {key: value for key, value in values.items() if key not in hidden}
        again = frozenset(_walk(form.fields, {**_blank(form), **scope, **kept}))
        if again == shown:
            break
        shown = again
    return shown


def _blank(form: Form) -> dict[str, object]:
    return {field.key: None for field in form.each() if field.key}


def _walk(fields: tuple[Field, ...], scope: Mapping[str, object]) -> Iterator[Field]:
    for field in fields:
        if is_hidden(field.hide, scope):
            continue
        yield field
        if field.kind == "group":
            yield from _walk(field.fields, scope)


def is_hidden(condition: Expression | None, scope: Mapping[str, object]) -> bool:
    """A condition that cannot be evaluated hides nothing: better to ask than to lose an answer."""
    if condition is None:
        return False
    try:
        return condition.evaluate(scope) is True
    except FeelEvaluationError:
        return False
