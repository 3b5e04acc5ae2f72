"""What elements lean on while they run: FEEL instead of scripts, the world, and a note of what happens.

It stands where SpiffWorkflow expects its script engine, so every element of every sub-process finds it.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from engine.domain.dmn import DecisionTable
from engine.domain.feel import FeelEvaluationError, FeelSyntaxError, compile_script, to_json
from engine.domain.procedure import NodeFacts, compiled
from engine.workflow.errors import WorkflowFailed
from engine.workflow.world import World


class Host:
    """Lives for one command."""

    def __init__(
        self, world: World, nodes: Mapping[str, NodeFacts], tables: Mapping[str, DecisionTable]
    ) -> None:
        self.world = world
        self.nodes = nodes
        self.tables = tables
        self.happened: list[tuple[str, str, UUID]] = []  # (what, BPMN id, task id), in order
        self.job_inputs: dict[UUID, Mapping[str, Any]] = {}

    def evaluate(self, task: Any, expression: str, external_context: object = None) -> Any:
        """A condition of a gateway, or any expression of an element. Raises WorkflowFailed."""
        return self.value(task.task_spec, expression)

    def value(self, spec: Any, expression: str) -> Any:
        """The FEEL value of an expression of this element."""
        try:
            return compiled(expression).evaluate(self.world.scope())
        except (FeelEvaluationError, FeelSyntaxError) as error:
            raise self.failure(spec, f"biểu thức «{expression}»: {error}") from error

    def execute(self, task: Any, script: str, external_context: object = None) -> bool:
        """A script task: lines ``name = expression``, written to the document."""
        try:
            for name, value in compile_script(script).run(self.world.scope()):
                self.world.assign(name, to_json(value))
        except (FeelEvaluationError, FeelSyntaxError) as error:
            raise self.failure(task.task_spec, str(error)) from error
        return True

    def facts(self, spec: Any) -> NodeFacts | None:
        """What the diagram says about an element; None for nodes that the library puts in between."""
        return self.nodes.get(getattr(spec, "bpmn_id", None) or "")

    def failure(self, spec: Any, why: str) -> WorkflowFailed:
        facts = self.facts(spec)
        return WorkflowFailed(spec.name, why, facts.name if facts else None)

    def completed(self, task: Any) -> None:
        """An element has completed: note it, and tell the world of its milestone and papers."""
        facts = self.facts(task.task_spec)
        if facts is None:
            return
        self.happened.append(("completed", facts.id, task.id))
        if facts.milestone:
            self.world.milestone(facts.milestone, facts.id, facts.milestone_attributes)
        for paper in facts.papers:
            self.world.paper(paper, facts.id)


def host_of(task: Any) -> Host:
    """The host of a running task."""
    host: Host = task.workflow.script_engine
    return host
