"""Decision tables (DMN 1.5): rules of a procedure as a table that an analyst can read and change."""

from engine.domain.dmn.codec import table_from_json, table_to_json
from engine.domain.dmn.errors import TableConflict, TableInputRefused, TableOutputRefused, TableWrong
from engine.domain.dmn.policy import Aggregation, HitPolicy
from engine.domain.dmn.table import Decided, DecisionTable, Input, Output, Rule

__all__ = [
    "Aggregation",
    "Decided",
    "DecisionTable",
    "HitPolicy",
    "Input",
    "Output",
    "Rule",
    "TableConflict",
    "TableInputRefused",
    "TableOutputRefused",
    "TableWrong",
    "table_from_json",
    "table_to_json",
]
