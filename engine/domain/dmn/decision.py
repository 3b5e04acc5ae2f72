"""One decision of a model, as the workflow holds it: asked like a table, stored with all it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.domain.dmn.boxes import Boxes
from engine.domain.dmn.codec import plain_from_json
from engine.domain.dmn.graph import (
    DecisionNode,
    GraphNode,
    InputNode,
    KnowledgeNode,
    ServiceNode,
)
from engine.domain.dmn.model import DecisionModel
from engine.domain.dmn.table import Decided
from engine.domain.dmn.types import ItemTypes
from engine.domain.feel import FeelValue

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """A decision or service, by id. ``source`` is the JSON of its part of the model."""

    id: str
    name: str
    model: DecisionModel
    source: Json

    @property
    def names(self) -> frozenset[str]:
        """The names of the scope that it reads, by itself and through what it rests on."""
        return frozenset(path.split(".")[0] for path in self.paths)

    @property
    def paths(self) -> frozenset[str]:
        """The dotted paths that it reads from the scope."""
        nodes = [self.model.nodes[key] for key in self.model.required_by(self.id)]
        own = {node.name for node in nodes if not isinstance(node, InputNode)}
        read: set[str] = set()
        for node in nodes:
            if isinstance(node, DecisionNode):
                read |= node.logic.paths
            elif isinstance(node, KnowledgeNode):
                read |= node.function.paths
        return frozenset(path for path in read if path.split(".")[0] not in own)

    def evaluate(self, scope: Mapping[str, object]) -> FeelValue:
        """The value for a scope, after all it rests on. Raises FeelEvaluationError."""
        return self.decide(scope).value

    def decide(self, scope: Mapping[str, object]) -> Decided:
        """As ``evaluate``, with the rules of its own table that spoke."""
        return self.model.decide(self.id, scope)


def model_from_json(data: Json) -> DecisionModel:
    """The model behind ``words``, ``types`` and ``nodes``. Raises FeelSyntaxError or TableWrong."""
    return DecisionModel({raw["id"]: node_from_json(raw, data) for raw in data["nodes"]})


def decision_in(model: DecisionModel, key: str, data: Json) -> Decision:
    """A decision or service of a model, with the part of the model's JSON that it needs."""
    kept = frozenset(model.required_by(key))
    source = {**data, "kind": "decision", "id": key, "nodes": [n for n in data["nodes"] if n["id"] in kept]}
    return Decision(
        key, model.nodes[key].name, DecisionModel({one: model.nodes[one] for one in kept}), source
    )


def decision_from_json(data: Json) -> Decision:
    """The decision that ``decision_in`` stored."""
    return decision_in(model_from_json(data), data["id"], data)


def node_from_json(raw: Json, data: Json) -> GraphNode:
    """One node, compiled. Raises FeelSyntaxError or TableWrong."""
    words = frozenset(data["words"])
    types = ItemTypes(data["types"], words)
    key, name, wanted = raw["id"], raw["name"], types.of(raw.get("type"))
    boxes = Boxes(name, types, words, plain_from_json)
    if raw["node"] == "input":
        return InputNode(id=key, name=name, type=wanted)
    if raw["node"] == "service":
        result = wanted.result if wanted is not None else None
        return ServiceNode(
            id=key, name=name, outputs=tuple(raw["outputs"]), inputs=tuple(raw["inputs"]), type=result
        )
    if raw["node"] == "knowledge":
        result = wanted.result if wanted is not None else None
        function = boxes.function(raw["parameters"], raw["logic"], result)
        return KnowledgeNode(id=key, name=name, function=function, knows=tuple(raw["knows"]))
    logic = raw["logic"]
    return DecisionNode(
        id=key,
        name=name,
        logic=plain_from_json(logic) if logic["box"] == "table" else boxes.expression(logic),
        type=wanted,
        needs=tuple(raw["needs"]),
        knows=tuple(raw["knows"]),
    )
