"""What elements lean on while they run: FEEL instead of scripts, the world, and a note of what happens.

It stands where SpiffWorkflow expects its script engine, so every element of every scope finds it.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from engine.domain.dmn import Decision, DecisionTable
from engine.domain.procedure import NodeFacts
from engine.workflow.errors import Said, WorkflowFailed
from engine.workflow.step import Thrown
from engine.workflow.world import World


class Host:
    """Lives for one command."""

    def __init__(
        self,
        world: World,
        nodes: Mapping[str, NodeFacts],
        tables: Mapping[str, DecisionTable | Decision],
        aliases: Mapping[str, str],
    ) -> None:
        self.world = world
        self.nodes = nodes
        self.tables = tables
        self.aliases = aliases  # ids of data objects to the names of their variables
        self.happened: list[tuple[str, str, UUID]] = []  # (what, BPMN id, task id), in order
        self.thrown: list[Thrown] = []
        self.job_inputs: dict[UUID, Mapping[str, Any]] = {}
        self.changed = True  # the document may have changed since conditions were last looked at

    def assign(self, name: str, value: object) -> None:
        """Write a JSON value to the document."""
        self.changed = True
        self.world.assign(name, value)

    def facts(self, spec: Any) -> NodeFacts | None:
        """What the diagram says about an element; None for the root of a scope."""
        return self.nodes.get(spec.name)

    def failure(self, spec: Any, why: Said) -> WorkflowFailed:
        facts = self.facts(spec)
        return WorkflowFailed(spec.name, why, facts.name if facts else None)

    def noted(self, task: Any) -> None:
        """An element, or an instance of a repeated one, has completed."""
        self.happened.append(("completed", task.task_spec.name, task.id))

    def completed(self, task: Any) -> None:
        """An element has completed: note it, and tell the world of its milestone and papers."""
        facts = self.facts(task.task_spec)
        if facts is None:
            return
        if "repeat" not in task.internal_data:  # of a repeated activity the instances are noted
            self.noted(task)
        if facts.milestone:
            self.world.milestone(facts.milestone, facts.id, facts.milestone_attributes)
        for paper in facts.papers:
            self.world.paper(paper, facts.id)


def host_of(task: Any) -> Host:
    """The host of a running token."""
    host: Host = task.workflow.top_workflow.script_engine
    return host
