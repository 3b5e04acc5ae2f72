"""COLLECT with an operator: one number out of the results of all matching rules."""

from engine.domain.dmn.errors import TableOutputRefused
from engine.domain.dmn.policy import Aggregation
from engine.domain.feel.formatting import text_of
from engine.domain.feel.functions.statistics import smallest, sum_
from engine.domain.feel.values import FeelValue


def aggregated(how: Aggregation, results: list[FeelValue], table: str) -> FeelValue:
    """Sum, least, greatest or number of the results. Raises TableOutputRefused for what cannot be added."""
    if how == Aggregation.COUNT:
        return len(results)
    value = sum_(results) if how == Aggregation.SUM else smallest(results, largest=how == Aggregation.MAX)
    if value is None:
        raise TableOutputRefused(table, how, text_of(results))
    return value
