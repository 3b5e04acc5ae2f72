"""What activities and events copy in and out (BPMN 2.0.2, 10.4.2)."""

from collections.abc import Mapping
from typing import Any

from engine.domain.feel import to_json
from engine.workflow.elements.host import host_of
from engine.workflow.elements.variables import assign, evaluate, scope_of


def take(task: Any, plan: Mapping[str, Any]) -> None:
    """Give an activity its own variables and copy into them what its input associations say."""
    names = plan.get("local")
    if names:
        task.internal_data["local"] = dict.fromkeys(names.values()) | task.internal_data.get("local", {})
    copy(task, task, plan.get("take", ()))


def give(task: Any, plan: Mapping[str, Any]) -> None:
    """Copy out what the output associations say; the activity's own variables end with it."""
    copies = [(one["to"], _value(task, one)) for one in plan.get("give", ())]
    task.internal_data.pop("local", None)
    for name, value in copies:
        assign(task, name, value)


def copy(source: Any, target: Any, copies: Any) -> None:
    """Do what data associations say, reading at one token and writing at another."""
    for one in copies:
        assign(target, one["to"], _value(source, one))


def _value(task: Any, one: Mapping[str, str]) -> Any:
    if "from" not in one:
        return to_json(evaluate(task, one["value"]))
    name = one["from"]
    scope = scope_of(task)
    if scope.get(name) is None:  # an answer that a person gave went to the document
        return to_json(host_of(task).world.scope().get(name))
    return to_json(scope[name])
