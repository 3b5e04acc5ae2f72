"""Decision models (DMN 1.5): rules of a procedure as tables and boxes that an analyst can read and change."""

from engine.domain.dmn.decision import Decision, decision_in, model_from_json
from engine.domain.dmn.errors import (
    CellFailed,
    DecisionFailed,
    TableConflict,
    TableInputRefused,
    TableOutputRefused,
    TableWrong,
    ValueRefused,
)
from engine.domain.dmn.model import DecisionModel
from engine.domain.dmn.policy import Aggregation, HitPolicy
from engine.domain.dmn.stored import Decidable, table_from_json, table_to_json
from engine.domain.dmn.table import Decided, DecisionTable, Input, Output, Rule

__all__ = [
    "Aggregation",
    "CellFailed",
    "Decidable",
    "Decided",
    "Decision",
    "DecisionFailed",
    "DecisionModel",
    "DecisionTable",
    "HitPolicy",
    "Input",
    "Output",
    "Rule",
    "TableConflict",
    "TableInputRefused",
    "TableOutputRefused",
    "TableWrong",
    "ValueRefused",
    "decision_in",
    "model_from_json",
    "table_from_json",
    "table_to_json",
]
