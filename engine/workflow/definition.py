"""Definitions: what a process runs on, restored from what a bundle stores."""

from collections.abc import Mapping
from sys import intern
from typing import Any

from engine.domain.dmn import Decision, DecisionTable, table_from_json, table_to_json
from engine.domain.duration import LegalDuration
from engine.domain.finding import Finding, Severity
from engine.domain.form import Form, read_form
from engine.domain.procedure import NodeFacts, ProcedureFacts, evaluated_limit
from engine.workflow.elements.scopes import starts
from engine.workflow.planning import plan_processes
from engine.workflow.reading.closure import Closure
from engine.workflow.running.packing import Packing
from engine.workflow.running.specs import specs_of


class Definition:
    """What a process runs on: shared by all dossiers of the version, never changed."""

    def __init__(self, sha256: str, stored: Mapping[str, Any]) -> None:
        self.sha256 = sha256
        self.main_process: str = stored["main"]
        self.findings = tuple(
            Finding(**{**one, "severity": Severity(one["severity"])}) for one in stored["findings"]
        )  # warnings of the check that let it in
        self.procedure = ProcedureFacts.from_json(stored["procedure"])
        self.nodes: Mapping[str, NodeFacts] = {  # as drawn, the procedure's own diagram first
            name: NodeFacts.from_json(stored["nodes"][name]) for name in stored["order"]
        }
        self.forms: Mapping[str, dict[str, Any]] = stored["forms"]
        self._read_forms: dict[str, Form] = {}
        # Called diagrams are called by many: interned, each is in memory once.
        self.diagrams: Mapping[str, str] = {name: intern(xml) for name, xml in stored["diagrams"].items()}
        self.diagram_names: Mapping[str, str] = stored["names"]
        self.tables: Mapping[str, DecisionTable | Decision] = {
            name: table_from_json(table) for name, table in stored["tables"].items()
        }
        plans: Mapping[str, Mapping[str, Any]] = stored["plans"]
        self.plans = plans
        self.scopes = specs_of(plans)
        self.spec = self.scopes[self.main_process]
        self.aliases = _aliases(plans)
        names = sorted({one["id"] for plan in plans.values() for one in plan["elements"]})
        self.packing = Packing(names)

    def process_of(self, node: str) -> str:
        """The process whose diagram shows an element."""
        return self.nodes[node].process

    def form(self, form_id: str) -> dict[str, Any]:
        """A form of the bundle, as form-js JSON."""
        return self.forms[form_id]

    def questions(self, form_id: str) -> Form:
        """The same form, read: once, for all dossiers of the version."""
        found = self._read_forms.get(form_id)
        if found is None:
            found = self._read_forms[form_id] = read_form(self.forms[form_id])
        return found

    def opening_task(self) -> NodeFacts | None:
        """The step of a person that every dossier begins with; None when none or several may be the first."""
        plan, here = self.plans[self.main_process], starts(self.plans[self.main_process])
        while len(here) == 1:
            facts = self.nodes.get(here[0])
            element = next(one for one in plan["elements"] if one["id"] == here[0])
            if facts is not None and facts.kind == "userTask":
                return facts
            if "scope" in element:
                plan = self.plans[element["scope"]]
                here = starts(plan)
            else:
                here = [flow["to"] for flow in element.get("flows", ())]
        return None

    def way(self) -> list[NodeFacts]:
        """What people do in the main diagram, in the order in which it can first be reached."""
        elements = {one["id"]: one for one in self.plans[self.main_process]["elements"]}
        reached = dict.fromkeys(starts(self.plans[self.main_process]))
        ahead = list(reached)
        for name in ahead:
            after = [
                *elements[name].get("attached", ()),
                *(flow["to"] for flow in elements[name].get("flows", ())),
            ]
            ahead += [one for one in dict.fromkeys(after) if one not in reached]
            reached.update(dict.fromkeys(after))
        return [self.nodes[name] for name in reached if self.nodes[name].kind == "userTask"]

    @property
    def starts(self) -> list[str]:
        """Where the process begins when nothing in particular starts it; empty: only an event does."""
        return starts(self.plans[self.main_process])

    @property
    def triggers(self) -> list[tuple[str, str, str | None]]:
        """What else can start the process: element, kind of event, and the name of its message or signal."""
        return [
            (one["id"], event["kind"], event.get("name"))
            for one in self.plans[self.main_process]["elements"]
            if one["kind"] == "startEvent" or one.get("instantiate")
            for event in one.get("events", ())
        ]

    def step_limit(self, node: str, scope: Mapping[str, object]) -> LegalDuration | None:
        """The budget of a step for a dossier with this document; None when it has none."""
        return evaluated_limit(self.nodes[node].time_limit, scope)


def made_of(closure: Closure) -> dict[str, Any]:
    """What a definition is made of, as JSON values; the findings of its check are added by who has them."""
    return {
        "main": closure.main_process,
        "procedure": closure.procedure.to_json(),
        "nodes": {name: node.to_json() for name, node in closure.nodes.items()},
        "order": list(closure.nodes),
        "names": closure.names(),
        "forms": dict(closure.forms),
        "diagrams": dict(closure.diagrams),
        "tables": {name: table_to_json(table) for name, table in closure.tables.items()},
        "plans": plan_processes(closure),
    }


def _aliases(plans: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Ids of data objects that are not the names of their variables."""
    said = [plan.get("data", {}) for plan in plans.values()]
    said += [one.get("local", {}) for plan in plans.values() for one in plan["elements"]]
    return {identity: name for names in said for identity, name in names.items() if identity != name}
