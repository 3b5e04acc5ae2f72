"""DMN files to decisions. What is not executed exactly is refused with its element, never ignored."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml.etree import _Element

from engine.domain.dmn import (
    Decidable,
    DecisionModel,
    DecisionTable,
    TableWrong,
    decision_in,
)
from engine.domain.dmn.decision import node_from_json
from engine.domain.dmn.graph import DecisionNode, GraphNode, InputNode, KnowledgeNode, ServiceNode, required
from engine.domain.dmn.types import ItemTypes
from engine.domain.feel import STANDARD, FeelSyntaxError
from engine.domain.feel.lexer import is_special
from engine.domain.feel.nodes import Type
from engine.domain.finding import Finding
from engine.workflow.reading.boxes import BoxesXml
from engine.workflow.reading.dmn_xml import child, children, local, name_of, type_of
from engine.workflow.reading.graph_xml import GraphXml
from engine.workflow.reading.item_types import item_types
from engine.workflow.reading.table_faults import Faults
from engine.workflow.reading.table_xml import TableXml

NAMED = (
    *("inputData", "decision", "businessKnowledgeModel", "decisionService", "variable", "formalParameter"),
    *("parameter", "itemComponent", "column", "output"),
)
CALLABLE = ("businessKnowledgeModel", "decisionService", "variable", "formalParameter")


@dataclass(frozen=True, slots=True)
class TablesRead:
    """The decisions and services of one file by id; those with an error among the findings are left out."""

    tables: Mapping[str, Decidable]
    findings: tuple[Finding, ...]
    ids: frozenset[str] = frozenset()  # of all decisions and services, also of those left out


def read_tables(root: _Element, file: str) -> TablesRead:
    """Read every decision of a DMN file (1.1 to 1.5).

    ``root`` is the ``definitions`` element from the guarded reader, ``file`` the name to show. Never raises
    for the content: whatever is wrong or not supported becomes a finding.
    """
    reader = _Reader(root, Faults(file))
    reader.read()
    return TablesRead(reader.tables, tuple(reader.faults.findings), frozenset(reader.ids))


def words_of(root: _Element) -> frozenset[str]:
    """The names that FEEL must be told of: with signs or keywords in them, or called like a function."""
    named = {name_of(one) for one in root.iter() if local(one) in NAMED}
    called = {name_of(one) for one in root.iter() if local(one) in CALLABLE}
    turns = {one.get("iteratorVariable", "") for one in root.iter() if local(one) in ("for", "every", "some")}
    special = {name for name in named | turns if name and is_special(name)}
    return frozenset(special | {name for name in called if name and name not in STANDARD})


def input_types(root: _Element) -> dict[str, str | None]:
    """The type that the model gives each input, by name."""
    variables = [child(one, "variable") for one in children(root, "inputData")]
    return {name_of(one): type_of(one) for one in variables if one is not None}


class _Reader:
    """One walk over one file."""

    def __init__(self, root: _Element, faults: Faults) -> None:
        self.root = root
        self.faults = faults
        self.tables: dict[str, Decidable] = {}
        self.elements: dict[str, _Element] = {}
        self.ids: set[str] = set()

    def read(self) -> None:
        if local(self.root) != "definitions":
            self.faults.add("dmn-root", self.root)
            return
        self.faults.language(self.root)
        for element in children(self.root, "import"):
            self.faults.add("dmn-outside", element, what="import")
        self.faults.words = words_of(self.root)
        types = item_types(self.root)
        tables = TableXml(self.faults, types, input_types(self.root))
        graph = GraphXml(self.root, self.faults, BoxesXml(self.faults, tables, self.named_types(types)))
        raw = graph.read()
        self.elements = graph.elements
        self.ids = {key for key, one in raw.items() if one["node"] in ("decision", "service")}
        data = {"words": sorted(self.faults.words), "types": types}
        self.collect(data, self.compiled(raw, graph.broken, data), raw)

    def named_types(self, types: Mapping[str, Any]) -> Mapping[str, Type]:
        """The file's types as FEEL's; what is wrong with one shows where it is used."""
        try:
            return ItemTypes(types, self.faults.words).feel()
        except (TableWrong, FeelSyntaxError):
            return {}

    def compiled(
        self, raw: Mapping[str, Any], broken: set[str], data: Mapping[str, Any]
    ) -> dict[str, GraphNode]:
        """The nodes that are whole, with all they rest on."""
        nodes: dict[str, GraphNode] = {}
        for key, one in raw.items():
            if key in broken:
                continue
            self.faults.subject = one["name"]
            errors = len(self.faults.findings)
            node = self.node(one, data)
            if node is not None:
                self.arrows(node, raw)
                if len(self.faults.findings) == errors:
                    nodes[key] = node
        while lame := [key for key, node in nodes.items() if not nodes.keys() >= set(required(node))]:
            for key in lame:
                del nodes[key]
        return nodes

    def node(self, raw: Mapping[str, Any], data: Mapping[str, Any]) -> GraphNode | None:
        element = self.elements[raw["id"]]
        try:
            return node_from_json(raw, data)
        except TableWrong as problem:
            said = problem.details
            self.faults.add("dmn-shape", element, vi=said["problem_vi"], en=said["problem_en"])
        except FeelSyntaxError as problem:
            vi, en = problem.message("vi"), problem.message("en")
            self.faults.add("dmn-expression", element, where=raw["name"], vi=vi, en=en)
        return None

    def arrows(self, node: GraphNode, raw: Mapping[str, Any]) -> None:
        """Whatever the logic uses of the model must be required, or it would read nothing."""
        if isinstance(node, InputNode | ServiceNode):
            return
        logic = node.function if isinstance(node, KnowledgeNode) else node.logic
        names = [raw[key]["name"] for key in dict.fromkeys(required(node)) if key in raw]
        drawn = {*names, node.name}
        for name in drawn:
            if names.count(name) > 1:
                self.faults.add("dmn-name", self.elements[node.id], what=name)
        for one in raw.values():
            if one["node"] != "input" and one["name"] in (logic.names | logic.calls) - drawn:
                self.faults.add("dmn-arrow", self.elements[node.id], what=one["name"])

    def collect(self, data: Mapping[str, Any], nodes: dict[str, GraphNode], raw: Mapping[str, Any]) -> None:
        try:
            model = DecisionModel(nodes)
        except TableWrong as problem:
            said = problem.details
            self.faults.subject = str(said["table"])
            self.faults.add("dmn-shape", self.root, vi=said["problem_vi"], en=said["problem_en"])
            return
        whole = {**data, "nodes": [raw[key] for key in nodes]}
        for key, node in nodes.items():
            alone = isinstance(node, DecisionNode) and all(
                isinstance(nodes[n], InputNode) for n in required(node)
            )
            if alone and isinstance(node, DecisionNode) and isinstance(node.logic, DecisionTable):
                self.tables[key] = node.logic
            elif isinstance(node, DecisionNode | ServiceNode):
                self.tables[key] = decision_in(model, key, whole)
