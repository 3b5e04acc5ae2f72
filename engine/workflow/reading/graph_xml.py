"""The elements of a decision requirement graph as the JSON that ``engine.domain.dmn.decision`` reads."""

from collections.abc import Callable, Iterable
from typing import Any

from lxml.etree import _Element

from engine.workflow.reading.boxes import READERS, BoxesXml, parameters_of
from engine.workflow.reading.dmn_xml import child, children, local, name_of, type_of
from engine.workflow.reading.table_faults import Faults


class GraphXml:
    """One walk over the elements of one file. ``broken`` are the ids of those with a finding."""

    def __init__(self, root: _Element, faults: Faults, boxes: BoxesXml) -> None:
        self.root = root
        self.faults = faults
        self.boxes = boxes
        self.elements: dict[str, _Element] = {}
        self.broken: set[str] = set()

    def read(self) -> dict[str, dict[str, Any]]:
        """All nodes by id."""
        found = [one for one in children(self.root, *NODES) if local(one) != "inputData" or one.get("id")]
        if not any(local(one) == "decision" for one in found):
            self.faults.add("dmn-empty", self.root)
        for element in found:
            self.faults.subject = element.get("name") or element.get("id") or ""
            key = element.get("id")
            if not key or key in self.elements:
                self.faults.add("dmn-id", element)
            else:
                self.elements[key] = element
        return {key: self.node(key, element) for key, element in self.elements.items()}

    def node(self, key: str, element: _Element) -> dict[str, Any]:
        variable = child(element, "variable")
        name = name_of(variable) or name_of(element) or key
        self.faults.subject = name
        errors = len(self.faults.findings)
        made = {"id": key, "name": name, "type": None if variable is None else type_of(variable)}
        made |= NODES[local(element)](self, element, made)
        if len(self.faults.findings) > errors:
            self.broken.add(key)
        return made

    def input_data(self, _element: _Element, _made: dict[str, Any]) -> dict[str, Any]:
        return {"node": "input"}

    def decision(self, element: _Element, made: dict[str, Any]) -> dict[str, Any]:
        if child(element, *READERS) is None:
            self.faults.add("dmn-logic", element, what="")
        needs = self.required(element, "informationRequirement", "requiredDecision", "requiredInput")
        knows = self.required(element, "knowledgeRequirement", "requiredKnowledge")
        logic = self.boxes.inside(element, key=made["id"], type_ref=made["type"])
        return {"node": "decision", "needs": needs, "knows": knows, "logic": logic}

    def knowledge(self, element: _Element, _made: dict[str, Any]) -> dict[str, Any]:
        knows = self.required(element, "knowledgeRequirement", "requiredKnowledge")
        function = child(element, "encapsulatedLogic")
        if function is None or child(function, *READERS) is None:
            self.faults.add("dmn-logic", element, what="")
            return {"node": "knowledge", "knows": knows, "parameters": [], "logic": {}}
        logic = self.boxes.function(function)
        return {
            "node": "knowledge",
            "knows": knows,
            "parameters": parameters_of(function),
            "logic": logic["body"],
        }

    def service(self, element: _Element, _made: dict[str, Any]) -> dict[str, Any]:
        outputs = self.targets(children(element, "outputDecision"))
        if not outputs:
            self.faults.add("dmn-logic", element, what="outputDecision")
        inputs = self.targets([*children(element, "inputData"), *children(element, "inputDecision")])
        return {"node": "service", "outputs": outputs, "inputs": inputs}

    def required(self, element: _Element, requirement: str, *names: str) -> list[str]:
        found = [child(one, *names) for one in children(element, requirement)]
        return self.targets([one for one in found if one is not None])

    def targets(self, found: Iterable[_Element]) -> list[str]:
        """The ids that references lead to; one outside of the file is a fault."""
        keys = []
        for one in found:
            key = one.get("href", "").removeprefix("#")
            if key not in self.elements:
                self.faults.add("dmn-requirement", one, what=key)
            keys.append(key)
        return keys


NODES: dict[str, Callable[[GraphXml, _Element, dict[str, Any]], dict[str, Any]]] = {
    "inputData": GraphXml.input_data,
    "decision": GraphXml.decision,
    "businessKnowledgeModel": GraphXml.knowledge,
    "decisionService": GraphXml.service,
}
