"""Variables: the dossier's document, and what lives only in a scope, an activity or one of its instances.

Names are looked up from the inside out. A name that is local somewhere is written there, any other to the
document.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.domain.feel import FeelEvaluationError, FeelSyntaxError, compile_script, to_json
from engine.domain.procedure import compiled
from engine.workflow.elements.host import host_of


def layers(task: Any) -> Iterator[dict[str, Any]]:
    """The local variables that a token sees, innermost first, with the counters of repeated activities."""
    here = task
    while here is not None:
        local = here.internal_data.get("local")
        if local:
            yield local
        counts = here.internal_data.get("repeat")
        if counts and here is not task:
            yield counters(here)
        parent = here.parent
        if parent is None:
            workflow = here.workflow
            here = workflow.top_workflow.find(workflow.parent_task_id) if workflow.parent_task_id else None
        else:
            here = parent


def counters(outer: Any) -> dict[str, Any]:
    """Runtime attributes of a repeated activity (BPMN 2.0.2, table 10.31)."""
    counts = outer.internal_data["repeat"]
    return {
        "numberOfInstances": len(counts.get("items", ())) or counts["made"],
        "numberOfActiveInstances": counts["made"] - counts["done"],
        "numberOfCompletedInstances": counts["done"],
        "numberOfTerminatedInstances": 0,
    }


def scope_of(task: Any, known: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
    """Everything that an expression of a token may read."""
    host = host_of(task)
    scope = host.world.scope()
    local = list(layers(task))
    if not (local or known or host.aliases):
        return scope
    seen = dict(scope)
    for layer in reversed(local):
        seen.update(layer)
    seen.update(known or {})
    for identity, name in host.aliases.items():
        if name in seen:
            seen.setdefault(identity, seen[name])
    return seen


def assign(task: Any, name: str, value: object) -> None:
    """Write a JSON value to a variable where it lives."""
    host = host_of(task)
    name = host.aliases.get(name, name)
    for layer in layers(task):
        if name in layer:
            layer[name] = value
            return
    host.assign(name, value)


def lookup(task: Any, name: str) -> Any:
    """The value of a variable, or of an expression where no variable has that name; None when unknown."""
    scope = scope_of(task)
    return scope[name] if name in scope else evaluate(task, name)


def evaluate(task: Any, expression: str, known: Mapping[str, Any] | None = None) -> Any:
    """The FEEL value of an expression at a token; ``known`` are names beside its variables.

    Raises WorkflowFailed.
    """
    try:
        return compiled(expression).evaluate(scope_of(task, known))
    except (FeelEvaluationError, FeelSyntaxError) as error:
        said = (f"biểu thức «{expression}»: {error.message('vi')}", f"“{expression}”: {error.message('en')}")
        raise host_of(task).failure(task.task_spec, said) from error


def run_script(task: Any, script: str) -> None:
    """Lines ``name = expression``, each seeing what those before it have written. Raises WorkflowFailed."""
    try:
        for name, value in compile_script(script).run(scope_of(task)):
            assign(task, name, to_json(value))
    except (FeelEvaluationError, FeelSyntaxError) as error:
        raise host_of(task).failure(task.task_spec, (error.message("vi"), error.message("en"))) from error
