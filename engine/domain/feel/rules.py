"""Which closure maker belongs to which node."""

from collections.abc import Mapping

from engine.domain.feel import boxed, calls, loops, membership, nodes, operators
from engine.domain.feel.compiler import Compiler, Rule
from engine.domain.feel.functions.registry import Registry
from engine.domain.feel.nodes import Node, Type

RULES: Mapping[type[Node], Rule] = {
    nodes.Literal: operators.literal,
    nodes.Name: operators.name,
    nodes.Path: operators.path,
    nodes.Arithmetic: operators.arithmetic,
    nodes.Negation: operators.negation,
    nodes.Compare: operators.comparison,
    nodes.Between: operators.between,
    nodes.Junction: operators.junction,
    nodes.If: operators.condition,
    nodes.ListOf: operators.list_of,
    nodes.ContextOf: operators.context_of,
    nodes.RangeOf: operators.range_of,
    nodes.HalfRange: operators.half_range,
    nodes.InstanceOf: operators.instance,
    nodes.In: membership.membership,
    nodes.Test: membership.test_alone,
    nodes.For: loops.for_,
    nodes.Quantified: loops.quantified,
    nodes.Filter: loops.filter_,
    nodes.Call: calls.call,
    nodes.FunctionOf: calls.function,
    nodes.Embedded: boxed.embedded,
    nodes.Checked: boxed.checked,
}


def compiler(functions: Registry, known: frozenset[str], types: Mapping[str, Type]) -> Compiler:
    """A fresh compiler for one expression."""
    return Compiler(RULES, functions, known, {}, types)
