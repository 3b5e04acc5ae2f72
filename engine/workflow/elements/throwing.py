"""Throwing: where events go, and what they end (BPMN 2.0.2, 10.5.6 and 13.5)."""

from typing import Any

from engine.domain.feel import to_json
from engine.workflow.elements import catching, compensation
from engine.workflow.elements.element import READY, clear, is_alive
from engine.workflow.elements.host import host_of
from engine.workflow.elements.variables import scope_of
from engine.workflow.step import Thrown


def throw(task: Any, one: dict[str, Any]) -> None:
    """Throw what one definition of a completed element says."""
    kind = one["kind"]
    if kind == "error":
        throw_error(task, one.get("code"), or_end=True)
    elif kind == "escalation":
        throw_escalation(task, one.get("code"))
    elif kind == "signal":
        throw_signal(task, one.get("name"))
    elif kind == "message":
        host_of(task).thrown.append(
            Thrown("message", one.get("name") or "", task.task_spec.name, _payload(task))
        )
    elif kind == "terminate":
        clear(task.workflow, but=task)
        # Nobody reads it: recorded states of format 2 have it, and what is run again must come to the same.
        task.workflow.task_tree.internal_data["terminated"] = True
    elif kind == "cancel":
        compensation.cancel(task)


def _payload(task: Any) -> dict[str, Any]:
    """What a message carries: what the element's input associations say, nothing else of the dossier."""
    names = [one["to"] for one in task.task_spec.plan.get("take", ())]
    scope = scope_of(task)
    return {name: to_json(scope.get(name)) for name in names}


def throw_error(task: Any, code: str | None, *, or_end: bool = False) -> bool:
    """Give an error to the nearest that catches it; what it leaves behind is ended.

    False when nobody does; with ``or_end`` the process then ends with the error.
    """
    found = catching.find_catcher(task, "error", code)
    if found is not None:
        catching.trigger(*found)
        return True
    if or_end:
        process = task.workflow.top_workflow
        process.error = code or ""
        clear(process)
    return False


def throw_escalation(task: Any, code: str | None) -> None:
    """Give an escalation to the nearest that catches it; one that nobody catches is no fault (10.5.6)."""
    found = catching.find_catcher(task, "escalation", code)
    if found is not None:
        catching.trigger(*found)


def throw_signal(task: Any, name: str | None) -> None:
    """Everybody who waits now hears it, inside the process and outside."""
    host_of(task).thrown.append(Thrown("signal", name or "", task.task_spec.name))
    hear(task.workflow.top_workflow, "signal", name)


def hear(process: Any, kind: str, name: str | None) -> bool:
    """Let all that wait for a message or signal have it; False when nobody did."""
    _open(process)
    found = catching.listeners(process, kind, name)
    for task, number in found:
        if is_alive(task):
            catching.trigger(task, number)
    return bool(found)


def _open(process: Any) -> None:
    """Open the activities whose turn it is: one listens at its border and inside from one moment (13.3.2)."""
    while found := [one for one in process.ready if one.task_spec.opens and one.state == READY]:
        for task in found:
            if is_alive(task):
                task.run()
            else:
                process.ready.remove(task)


def throw_at(activity: Any, one: dict[str, Any]) -> bool:
    """What an instance of a repeated activity throws is for its boundary events; True when one ended it."""
    if one["kind"] in ("error", "escalation"):
        found = catching.find_catcher(activity, one["kind"], one.get("code"))
        if found is not None:
            catching.trigger(*found)
        return not is_alive(activity)
    for listener in list(activity.children):
        number = catching.waits_for(listener, one["kind"], one.get("name"))
        if number is not None and is_alive(listener):
            catching.trigger(listener, number)
    return not is_alive(activity)
