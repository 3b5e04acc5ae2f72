"""What a dossier costs, for the papers that say so: what was reckoned, else what its rules give now."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from engine.advance.work import Work
from engine.domain.dossier import Money
from engine.domain.feel import FeelEvaluationError
from engine.domain.papers.facts import FeeLine
from engine.domain.papers.words import money
from engine.domain.procedure import FeeRule, compiled


def fee_lines(work: Work) -> Iterable[FeeLine]:
    """Fees and charges. On receipt they are not yet reckoned by the process, and a slip that said there
    were none would mislead; a rule that cannot be reckoned yet gives a line without an amount.
    """
    known = _whole(work.record.data.get("fee_amount"))
    if known is not None:
        name = work.definition.procedure.fee_name or "Phí, lệ phí"
        if known > 0:
            yield FeeLine(name=name, amount=known, paid=work.columns["money"] == Money.PAID)
        return
    scope = work.scope()
    for rule in work.definition.procedure.fees:
        amount = _reckoned(work, rule, scope)
        if amount != 0:
            yield FeeLine(name=rule.name, amount=amount)


def fate_of_fees(work: Work) -> str:
    """What a stop notice says about money: never that nothing was paid when something was."""
    paid = [line for line in fee_lines(work) if line.paid and line.amount]
    if not paid:
        return ""
    lines = "; ".join(f"{line.name}: {money(line.amount or 0)} (đã nộp)" for line in paid)
    return f"{lines}. Việc hoàn trả theo quy định về phí, lệ phí; quầy thu phí của Trung tâm trả lời."


def _reckoned(work: Work, rule: FeeRule, scope: Mapping[str, object]) -> int | None:
    table = work.definition.tables.get(rule.table or "")
    try:
        if table is not None:
            return _whole(table.evaluate(scope))
        return _whole(compiled(rule.expression).evaluate(scope)) if rule.expression else None
    except FeelEvaluationError:
        return None


def _whole(value: Any) -> int | None:
    return int(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None
