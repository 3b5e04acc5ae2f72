"""What a decision requirement graph is made of, compiled. Requirements are ids of other nodes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from engine.domain.dmn.table import DecisionTable
from engine.domain.dmn.types import ItemType
from engine.domain.feel import Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class InputNode:
    """A name of the document that decisions rest on."""

    id: str
    name: str
    type: ItemType | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionNode:
    """A decision: its logic reads the names of what it needs, and calls what it knows."""

    id: str
    name: str
    logic: DecisionTable | Expression
    type: ItemType | None = None
    needs: tuple[str, ...] = ()  # inputs and decisions
    knows: tuple[str, ...] = ()  # business knowledge and services


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeNode:
    """A business knowledge model: an expression whose value is a function."""

    id: str
    name: str
    function: Expression
    knows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceNode:
    """A decision service: decisions as a function of inputs, and of decisions made elsewhere."""

    id: str
    name: str
    outputs: tuple[str, ...]
    inputs: tuple[str, ...]
    type: ItemType | None = None


GraphNode: TypeAlias = InputNode | DecisionNode | KnowledgeNode | ServiceNode


def required(node: GraphNode) -> tuple[str, ...]:
    """The ids a node leads to directly."""
    if isinstance(node, DecisionNode):
        return (*node.needs, *node.knows)
    if isinstance(node, KnowledgeNode):
        return node.knows
    return (*node.outputs, *node.inputs) if isinstance(node, ServiceNode) else ()


def in_order(start: tuple[str, ...], following: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    """Everything reached from ``start``, what is required before what requires it. Without recursion."""
    found: dict[str, None] = {}
    waiting = [(one, False) for one in reversed(start)]
    opened: set[str] = set()
    while waiting:
        one, ready = waiting.pop()
        if ready:
            found[one] = None
        elif one not in opened:
            opened.add(one)
            waiting.append((one, True))
            waiting.extend((further, False) for further in reversed(following(one)))
    return tuple(found)
