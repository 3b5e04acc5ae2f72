"""A decision model: decisions that rest on inputs, on each other and on business knowledge. Pure."""

from collections import ChainMap
from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from engine.domain.dmn.errors import DecisionFailed, TableWrong, ValueRefused
from engine.domain.dmn.graph import (
    DecisionNode,
    GraphNode,
    InputNode,
    KnowledgeNode,
    ServiceNode,
    in_order,
    required,
)
from engine.domain.dmn.table import Decided, DecisionTable
from engine.domain.dmn.types import ItemType
from engine.domain.feel import FeelEvaluationError, FeelValue
from engine.domain.feel.adoption import adopt
from engine.domain.feel.formatting import text_of
from engine.domain.feel.frame import Frame, Meter
from engine.domain.feel.values import Function

INVOCATION = 16  # steps, and levels, of invoking a service


class DecisionModel:
    """The nodes of one model by id. Raises TableWrong when one is missing or decisions need each other."""

    def __init__(self, nodes: Mapping[str, GraphNode]) -> None:
        self.nodes = nodes
        for node in nodes.values():
            for one in required(node):
                if one not in nodes:
                    raise TableWrong(node.name, f"thiếu phần tử «{one}»", f"the element «{one}» is missing")
        self._require_progress()

    def required_by(self, key: str) -> tuple[str, ...]:
        """The ids of all that a node rests on, itself last."""
        return in_order((key,), lambda one: required(self.nodes[one]))

    def decide(self, key: str, scope: Mapping[str, object]) -> Decided:
        """The value of a decision or service for a scope, with the rules of its own table that spoke.

        Raises FeelEvaluationError; its message names the decision, the table, the row.
        """
        node = self.nodes[key]
        if isinstance(node, ServiceNode):
            return Decided(_Run(self, scope, Meter(), self._given(node, scope)).service(node), ())
        run = _Run(self, scope, Meter(), {})
        run.make((key,))
        return Decided(run.values[key], run.rules.get(key, ()))

    def _given(self, node: ServiceNode, scope: Mapping[str, object]) -> dict[str, FeelValue]:
        """The decisions made elsewhere that a scope brings along for a service."""
        given = {}
        for one in (self.nodes[key] for key in node.inputs):
            if isinstance(one, DecisionNode) and one.name in scope:
                given[one.id] = _taken(adopt(scope[one.name]), one.type, node.name, _parameter(one.name))
        return given

    def _require_progress(self) -> None:
        """A decision must not lead back to itself; business knowledge may call itself, which is bounded."""
        edges = {
            key: [one for one in required(node) if not self._calls_itself(node, one)]
            for key, node in self.nodes.items()
        }
        try:
            TopologicalSorter(edges).prepare()
        except CycleError as cycle:
            name = self.nodes[cycle.args[1][0]].name
            raise TableWrong(name, "quyết định dựa trên chính nó", "the decision rests on itself") from None

    def _calls_itself(self, node: GraphNode, key: str) -> bool:
        return isinstance(node, KnowledgeNode) and isinstance(self.nodes[key], KnowledgeNode)


class _Run:
    """One evaluation. ``given`` are the values that a service was invoked with."""

    def __init__(
        self, model: DecisionModel, scope: Mapping[str, object], meter: Meter, given: Mapping[str, FeelValue]
    ) -> None:
        self.model = model
        self.scope = scope
        self.meter = meter
        self.values: dict[str, FeelValue] = dict(given)
        self.rules: dict[str, tuple[int, ...]] = {}
        self.functions: dict[str, FeelValue] = {}

    def make(self, keys: tuple[str, ...]) -> None:
        """Decide these and all they rest on, each once."""
        for key in in_order(keys, self._open):
            node = self.model.nodes[key]
            if isinstance(node, KnowledgeNode):
                self.functions[node.name] = node.function.within(self._frame({}))
            elif isinstance(node, ServiceNode):
                self.functions[node.name] = self._invocable(node)
            elif key not in self.values:
                self.values[key] = self._input(node) if isinstance(node, InputNode) else self._decision(node)

    def service(self, node: ServiceNode) -> FeelValue:
        """The results of a service: one value, or a context of several."""
        self.make(node.outputs)
        results = {self.model.nodes[key].name: self.values[key] for key in node.outputs}
        value = next(iter(results.values())) if len(results) == 1 else results
        return _taken(value, node.type, node.name, ("kết quả", "the result"))

    def _open(self, key: str) -> tuple[str, ...]:
        """What must be there first. A service brings its own; what is given needs nothing."""
        node = self.model.nodes[key]
        return () if key in self.values or isinstance(node, ServiceNode) else required(node)

    def _frame(self, names: dict[str, object]) -> Frame:
        return Frame(ChainMap(names, self.functions, self.scope), self.meter)  # type: ignore[arg-type]

    def _input(self, node: InputNode) -> FeelValue:
        what = (f"đầu vào «{node.name}»", f"the input «{node.name}»")
        return _taken(adopt(self.scope.get(node.name)), node.type, node.name, what)

    def _decision(self, node: DecisionNode) -> FeelValue:
        frame = self._frame({self.model.nodes[one].name: self.values[one] for one in node.needs})
        if isinstance(node.logic, DecisionTable):
            decided = node.logic.decide(frame.scope, self.meter)
            self.rules[node.id] = decided.rules
            value = decided.value
        else:
            try:
                value = node.logic.within(frame)
            except ValueRefused:
                raise
            except FeelEvaluationError as problem:
                raise DecisionFailed(node.name, problem) from None
        self.meter.weigh(value)
        return _taken(value, node.type, node.name, ("kết quả", "the result"))

    def _invocable(self, node: ServiceNode) -> Function:
        """The service as a function of its inputs, in the order of the model."""
        nodes = [self.model.nodes[key] for key in node.inputs]
        cost = INVOCATION * (1 + len(self.model.required_by(node.id)))

        def invoke(arguments: tuple[FeelValue, ...]) -> FeelValue:
            if len(arguments) != len(nodes):
                return None
            given = {}
            for one, argument in zip(nodes, arguments, strict=True):
                wanted = one.type if isinstance(one, InputNode | DecisionNode) else None
                self.meter.weigh(argument)
                given[one.id] = _taken(argument, wanted, node.name, _parameter(one.name))
            self.meter.charge(cost)
            self.meter.enter(INVOCATION)
            value = _Run(self.model, self.scope, self.meter, given).service(node)
            self.meter.leave(INVOCATION)
            return value

        return Function(tuple(one.name for one in nodes), invoke)


def _parameter(name: str) -> tuple[str, str]:
    return f"tham số «{name}»", f"the parameter «{name}»"


def _taken(value: FeelValue, wanted: ItemType | None, decision: str, what: tuple[str, str]) -> FeelValue:
    """The value as its type takes it. Raises ValueRefused."""
    if wanted is None:
        return value
    fits, taken = wanted.take(value)
    if not fits:
        raise ValueRefused(decision, what, text_of(value)[:80])
    return taken
