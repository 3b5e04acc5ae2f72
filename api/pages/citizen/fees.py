"""What a procedure costs, in words: worked out from the fee rules of its diagram, never typed twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from api.i18n import _, pick
from api.pages.citizen.conditions import Questions, label_of, test_words
from api.pages.wording import money
from engine.domain.dmn import Decidable, DecisionTable
from engine.domain.feel import Expression, FeelEvaluationError
from engine.domain.procedure import FeeRule, compiled

_WHEN = {
    "submission": "Nộp khi nộp hồ sơ",
    "midway": "Nộp trong quá trình giải quyết",
    "return": "Nộp khi nhận kết quả",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """One fee or charge as the page shows it."""

    name: str
    when: str
    amount: str  # when it is the same for everybody, else how it comes about
    rows: tuple[tuple[str, str], ...] = ()  # case and amount, when it depends on one answer


def fee_of(rule: FeeRule, tables: Mapping[str, Decidable], questions: Questions) -> Fee:
    """A fee rule in words; what depends on too much is said to be told before it is paid."""
    amount = ""
    rows: tuple[tuple[str, str], ...] = ()
    table = tables.get(rule.table or "")
    if table is not None:
        # A decision that rests on others has no rows that a citizen could read off.
        rows = _table_rows(table, questions) if isinstance(table, DecisionTable) else ()
    elif rule.expression:
        expression = compiled(rule.expression)
        amount = _amount(expression, questions) or ""
        rows = () if amount else _case_rows(expression, questions)
    if not amount and not rows:
        amount = _("Tính theo nội dung hồ sơ; số tiền được báo trước khi nộp")
    return Fee(name=rule.name, when=_(_WHEN[rule.when]), amount=amount, rows=rows)


def _amount(expression: Expression, questions: Questions) -> str | None:
    """A fixed amount, or so much for each of what one question counts; None for anything else."""
    if not expression.names:
        return _money_at(expression, {})
    if len(expression.names) > 1:
        return None
    (name,) = expression.names
    field = questions.get(name)
    if field is None or field.kind != "number":
        return None
    nothing, one, two = (_number_at(expression, {name: count}) for count in (0, 1, 2))
    if one is None or two is None or nothing != 0 or two != 2 * one:
        return None
    return f"{money(one)} × {label_of(field)[:1].lower()}{label_of(field)[1:]}"


def _case_rows(expression: Expression, questions: Questions) -> tuple[tuple[str, str], ...]:
    """The amount for each answer of the one question that the expression reads."""
    if len(expression.names) != 1:
        return ()
    (name,) = expression.names
    field = questions.get(name)
    if field is None:
        return ()
    cases: list[tuple[str, object]]
    if field.kind == "checkbox":
        cases = [(label_of(field), True), (_("Trường hợp khác"), False)]
    else:
        cases = [(pick(one.label, one.label_en), one.value) for one in field.options]
    rows = [(label, _money_at(expression, {name: value})) for label, value in cases]
    return tuple((label, amount) for label, amount in rows if amount is not None)


def _table_rows(table: DecisionTable, questions: Questions) -> tuple[tuple[str, str], ...]:
    """One row a rule of a table with one condition and one result; other tables are not for citizens."""
    if len(table.inputs) != 1 or len(table.outputs) != 1:
        return ()
    column = table.inputs[0]
    field = questions.get(column.expression.source.strip())
    label = label_of(field) if field is not None else column.label
    rows = []
    for rule in table.rules:
        test = rule.tests[0]
        case = test_words(test.source, field) if test is not None else _("Trường hợp khác")
        amount = _amount(rule.results[0], questions)
        rows.append((f"{label}: {case}", amount or _("theo nội dung hồ sơ")))
    return tuple(rows)


def _money_at(expression: Expression, scope: dict[str, object]) -> str | None:
    number = _number_at(expression, scope)
    return None if number is None else money(number)


def _number_at(expression: Expression, scope: dict[str, object]) -> Decimal | None:
    try:
        value = expression.evaluate(scope)
    except FeelEvaluationError:
        return None
    counts = isinstance(value, int | Decimal) and not isinstance(value, bool)
    return Decimal(str(value)) if counts else None
