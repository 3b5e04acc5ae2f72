"""Boxed expressions of a DMN file as the JSON that ``engine.domain.dmn.boxes`` reads."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from lxml.etree import _Element

from engine.domain.feel import compile_expression
from engine.domain.feel.nodes import Type
from engine.workflow.reading.dmn_xml import child, children, name_of, text_of, type_of
from engine.workflow.reading.table_faults import Faults
from engine.workflow.reading.table_xml import TableXml

MAX_NESTING = 40  # boxes within boxes
NOTHING = {"box": "text", "text": "null"}  # an empty cell


class BoxesXml:
    """Reads the boxes of one file; what is wrong with them goes to ``faults``."""

    def __init__(self, faults: Faults, tables: TableXml, types: Mapping[str, Type]) -> None:
        self.faults = faults
        self.compile = partial(compile_expression, types=types)
        self.tables = tables
        self.depth = 0

    def inside(
        self, element: _Element | None, *, key: str = "", type_ref: str | None = None
    ) -> dict[str, Any]:
        """The box that an element holds, null without one; ``key`` and type are those of the decision."""
        expression = None if element is None else child(element, *READERS)
        return NOTHING if expression is None else self.read(expression, key=key, type_ref=type_ref)

    def read(self, element: _Element, *, key: str = "", type_ref: str | None = None) -> dict[str, Any]:
        """A box as JSON."""
        self.faults.language(element)
        self.depth += 1
        if self.depth > MAX_NESTING:
            self.faults.add("dmn-logic", element, what=f"> {MAX_NESTING}")
            return NOTHING
        kind = element.tag.rpartition("}")[2]
        if kind == "decisionTable":
            table = self.tables.read(element, key or element.get("id", ""), self.faults.subject, type_ref)
            made: dict[str, Any] = {"box": "table", **table}
        else:
            made = READERS[kind](self, element)
            made["type"] = element.get("typeRef", "").strip().rpartition(":")[2] or None
        self.depth -= 1
        return made

    def text(self, element: _Element) -> dict[str, Any]:
        if child(element, "importedValues") is not None:
            self.faults.add("dmn-logic", element, what="importedValues")
        source = text_of(element)
        self.faults.compiled(element, source, "biểu thức", self.compile)
        return {"box": "text", "text": source}

    def context(self, element: _Element) -> dict[str, Any]:
        entries, result = [], None
        for entry in children(element, "contextEntry"):
            variable = child(entry, "variable")
            box = self.inside(entry)
            if result is not None:
                self.faults.add("dmn-logic", entry, what="contextEntry")
            if variable is None:
                result = box
                continue
            wanted = type_of(variable)
            entries.append(
                [name_of(variable), {**box, "type": wanted} if wanted and box is not NOTHING else box]
            )
        return {"box": "context", "entries": entries, "result": result}

    def list_of(self, element: _Element) -> dict[str, Any]:
        return {"box": "list", "items": [self.read(one) for one in children(element, *READERS)]}

    def relation(self, element: _Element) -> dict[str, Any]:
        rows = []
        for row in children(element, "row"):
            cells = children(row, *READERS)
            rows.append([NOTHING if _empty(cell) else self.read(cell) for cell in cells])
        return {
            "box": "relation",
            "columns": [name_of(one) for one in children(element, "column")],
            "rows": rows,
        }

    def invocation(self, element: _Element) -> dict[str, Any]:
        arguments = []
        for binding in children(element, "binding"):
            arguments.append([name_of(child(binding, "parameter")), self.inside(binding)])
        return {"box": "invocation", "function": self.inside(element), "arguments": arguments}

    def function(self, element: _Element) -> dict[str, Any]:
        """A function; those of Java or PMML are outside of what is executed here."""
        if element.get("kind", "FEEL") != "FEEL":
            self.faults.add("dmn-logic", element, what=element.get("kind"))
        return {"box": "function", "parameters": parameters_of(element), "body": self.inside(element)}

    def conditional(self, element: _Element) -> dict[str, Any]:
        parts = {name: self.inside(child(element, name)) for name in ("if", "then", "else")}
        return {"box": "conditional", **parts}

    def filter(self, element: _Element) -> dict[str, Any]:
        return {
            "box": "filter",
            "in": self.inside(child(element, "in")),
            "match": self.inside(child(element, "match")),
        }

    def loop(self, element: _Element) -> dict[str, Any]:
        kind = element.tag.rpartition("}")[2]
        body = child(element, "return" if kind == "for" else "satisfies")
        return {
            "box": kind,
            "variable": element.get("iteratorVariable", "item"),
            "in": self.inside(child(element, "in")),
            "do": self.inside(body),
        }


def parameters_of(function: _Element) -> list[list[str | None]]:
    """The formal parameters of a function: [name, type] pairs."""
    return [[name_of(one), type_of(one)] for one in children(function, "formalParameter")]


def _empty(cell: _Element) -> bool:
    return cell.tag.rpartition("}")[2] == "literalExpression" and not text_of(cell).strip()


READERS: dict[str, Callable[[BoxesXml, _Element], dict[str, Any]]] = {
    "literalExpression": BoxesXml.text,
    "decisionTable": BoxesXml.read,
    "context": BoxesXml.context,
    "list": BoxesXml.list_of,
    "relation": BoxesXml.relation,
    "invocation": BoxesXml.invocation,
    "functionDefinition": BoxesXml.function,
    "conditional": BoxesXml.conditional,
    "filter": BoxesXml.filter,
    "for": BoxesXml.loop,
    "every": BoxesXml.loop,
    "some": BoxesXml.loop,
}
