"""Boxed expressions: FEEL written in boxes. A box becomes the same tree as a text, tables and all.

A box is JSON: ``{"box": "text", "text": "a + b"}``, with ``type`` where its author gave one. What each kind
holds stands at the method that reads it.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from engine.domain.dmn.errors import TableWrong, ValueRefused
from engine.domain.dmn.table import DecisionTable
from engine.domain.dmn.types import ItemType, ItemTypes
from engine.domain.feel import Expression, FeelValue
from engine.domain.feel.expression import compile_tree, parse_expression
from engine.domain.feel.formatting import text_of
from engine.domain.feel.limits import MAX_DEPTH
from engine.domain.feel.nodes import (
    Call,
    Checked,
    ContextOf,
    Embedded,
    Filter,
    For,
    FunctionOf,
    If,
    Iteration,
    ListOf,
    Node,
    Path,
    Quantified,
    Take,
)

Json: TypeAlias = Mapping[str, Any]
Parameters: TypeAlias = list[list[str]]  # [name, type], the type may be None
RESULT = ""  # the name of a context's result: no expression can say it


class Boxes:
    """Reads the boxes of one decision or one business knowledge model, called ``name``."""

    def __init__(
        self, name: str, types: ItemTypes, words: frozenset[str], table: Callable[[Json], DecisionTable]
    ) -> None:
        self.name = name
        self.types = types
        self.words = words
        self.table_from = table
        self.depth = 0

    def expression(self, box: Json) -> Expression:
        """The whole as one expression. Raises FeelSyntaxError or TableWrong."""
        return compile_tree(self.node(box), self.name, names=self.words, types=self.types.feel())

    def function(self, parameters: Parameters, box: Json, result: ItemType | None) -> Expression:
        """An expression whose value is the function of these ``[name, type]`` and this body."""
        body = self.node(box)
        if result is not None:
            body = Checked(body, self.take(result, ("kết quả", "the result")))
        return compile_tree(
            self._function(parameters, body), self.name, names=self.words, types=self.types.feel()
        )

    def node(self, box: Json) -> Node:
        """The tree of a box."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise TableWrong(self.name, "các ô lồng nhau quá sâu", "its boxes nest too deep")
        made: Node = KINDS[box["box"]](self, box)
        self.depth -= 1
        wanted = self.types.of(box.get("type"))
        return made if wanted is None else Checked(made, self.take(wanted, ("biểu thức", "an expression")))

    def take(self, wanted: ItemType, what: tuple[str, str]) -> Take:
        """Gives a value as the type takes it, or raises ValueRefused."""

        def take(value: FeelValue) -> FeelValue:
            fits, taken = wanted.take(value)
            if not fits:
                raise ValueRefused(self.name, what, text_of(value)[:80])
            return taken

        return take

    def text(self, box: Json) -> Node:
        """``text``"""
        return parse_expression(box["text"], names=self.words)

    def table(self, box: Json) -> Node:
        """A decision table, as the codec has it."""
        table = self.table_from(box)
        return Embedded(table.value_within, table.names, table.paths)

    def context(self, box: Json) -> Node:
        """``entries``: [name, box] pairs; ``result``: a box, or none to give the context itself."""
        keys = tuple(name for name, _ in box["entries"])
        if len(set(keys)) < len(keys):
            raise TableWrong(
                self.name, "hai dòng của ngữ cảnh trùng tên", "two entries of a context share a name"
            )
        values = tuple(self.node(one) for _, one in box["entries"])
        if box["result"] is None:
            return ContextOf(keys, values)
        return Path(ContextOf((*keys, RESULT), (*values, self.node(box["result"]))), RESULT)

    def list_of(self, box: Json) -> Node:
        """``items``"""
        return ListOf(tuple(self.node(one) for one in box["items"]))

    def relation(self, box: Json) -> Node:
        """``columns``: names; ``rows``: a box for each of them."""
        columns = tuple(box["columns"])
        if len(set(columns)) < len(columns) or any(len(row) != len(columns) for row in box["rows"]):
            raise TableWrong(
                self.name,
                "cột của quan hệ trùng tên hoặc thiếu ô",
                "columns of a relation share a name or lack cells",
            )
        return ListOf(tuple(ContextOf(columns, tuple(self.node(one) for one in row)) for row in box["rows"]))

    def invocation(self, box: Json) -> Node:
        """``function``: a box; ``arguments``: [name, box] pairs."""
        names = tuple(name for name, _ in box["arguments"])
        arguments = tuple(self.node(one) for _, one in box["arguments"])
        return Call(self.node(box["function"]), arguments, names or None)

    def function_definition(self, box: Json) -> Node:
        """``parameters``: [name, type] pairs; ``body``: a box."""
        return self._function(box["parameters"], self.node(box["body"]))

    def conditional(self, box: Json) -> Node:
        """``if``, ``then``, ``else``"""
        return If(self.node(box["if"]), self.node(box["then"]), self.node(box["else"]))

    def filter(self, box: Json) -> Node:
        """``in``: the list; ``match``: the condition on each item."""
        return Filter(self.node(box["in"]), self.node(box["match"]))

    def loop(self, box: Json) -> Node:
        """``variable``, ``in``, ``do``: what is made of each item, or asked of it."""
        turns = (Iteration(box["variable"], self.node(box["in"]), None),)
        body = self.node(box["do"])
        return For(turns, body) if box["box"] == "for" else Quantified(box["box"] == "every", turns, body)

    def _function(self, parameters: Parameters, body: Node) -> Node:
        names = tuple(name for name, _ in parameters)
        if len(set(names)) < len(names):
            raise TableWrong(self.name, "hai tham số trùng tên", "two parameters share a name")
        types = [(name, self.types.of(ref)) for name, ref in parameters]
        takes = tuple(
            None if one is None else self.take(one, (f"tham số «{name}»", f"the parameter «{name}»"))
            for name, one in types
        )
        return FunctionOf(names, body, takes)


KINDS: Mapping[str, Callable[[Boxes, Json], Node]] = {
    "text": Boxes.text,
    "table": Boxes.table,
    "context": Boxes.context,
    "list": Boxes.list_of,
    "relation": Boxes.relation,
    "invocation": Boxes.invocation,
    "function": Boxes.function_definition,
    "conditional": Boxes.conditional,
    "filter": Boxes.filter,
    "for": Boxes.loop,
    "every": Boxes.loop,
    "some": Boxes.loop,
}
