"""What a bundle keeps of its decisions: a table alone, or a decision with its part of the model."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from engine.domain.dmn.codec import plain_from_json, plain_to_json
from engine.domain.dmn.decision import Decision, decision_from_json
from engine.domain.dmn.table import DecisionTable

Decidable: TypeAlias = DecisionTable | Decision  # both have id, name, names, paths, evaluate and decide


def table_to_json(one: Decidable) -> dict[str, Any]:
    """Everything ``table_from_json`` needs, as JSON."""
    return plain_to_json(one) if isinstance(one, DecisionTable) else dict(one.source)


def table_from_json(data: Mapping[str, Any]) -> Decidable:
    """The table or decision behind the JSON. Raises FeelSyntaxError or TableWrong where it does not fit."""
    return decision_from_json(data) if data.get("kind") == "decision" else plain_from_json(data)
