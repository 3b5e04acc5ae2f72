"""Who waits for what, and what happens when it comes (BPMN 2.0.2, 10.5.6 and 13.5).

Listeners are waiting tokens: catch events and receive tasks under their scope or event gateway, boundary
events under their activity, and event sub-processes under the scope that they belong to.
"""

from collections.abc import Iterator
from typing import Any

from engine.workflow.elements.element import READY, WAITING, enter, is_alive, is_instance, rehang, withdraw
from engine.workflow.elements.host import host_of
from engine.workflow.elements.variables import evaluate
from engine.workflow.running.process import Token


def definitions(task: Any) -> list[dict[str, Any]]:
    """What a waiting token waits for."""
    found: list[dict[str, Any]] = task.task_spec.plan.get("events", [])
    return found


def waits_for(task: Any, kind: str, name: str | None) -> int | None:
    """The number of the definition by which a token takes a message or signal; None when it does not."""
    if task.state != WAITING:
        return None
    for number, one in enumerate(definitions(task)):
        if (
            one["kind"] == kind
            and one.get("name") == name
            and number not in task.internal_data.get("seen", ())
        ):
            return number
    return None


def listeners(process: Any, kind: str, name: str | None) -> list[tuple[Any, int]]:
    """All tokens that wait for a message or signal, with the number of the definition that does."""
    found = ((task, waits_for(task, kind, name)) for task in process.waiting())
    return [(task, number) for task, number in found if number is not None]


def trigger(task: Any, number: int) -> None:
    """What a listener waits for has come by its definition of that number."""
    plan = task.task_spec.plan
    if plan.get("all") and len(definitions(task)) > 1:
        seen = sorted({*task.internal_data.get("seen", ()), number})
        task.internal_data["seen"] = seen
        if len(seen) < len(definitions(task)):
            return
        task.internal_data.pop("seen")
    host_of(task).changed = True
    task.task_spec.triggered(task, definitions(task)[number])


def beside(task: Any, definition: dict[str, Any]) -> Any:
    """The token that goes on beside what a non-interrupting listener does not end.

    Who waits for a message, signal, escalation or condition goes on listening and a twin goes on. A timer is
    used up; that of a cycle has a successor with a timer of its own, so that each fires once.
    """
    several = len(definitions(task)) > 1
    if definition["kind"] != "timer" or several:
        if several and definition["kind"] == "timer":
            task.internal_data.pop("timers")  # the others are still waited for
        token = Token(task.workflow, task.task_spec, task.workflow.task_tree, READY)
        if "local" in task.internal_data:
            token.internal_data["local"] = dict(task.internal_data["local"])
        return token
    left = task.internal_data.get("left")
    marks = {} if left is None else {"left": left - 1}
    if definition.get("cycle") and left != 1:  # R/... without a number: for ever
        marks["then"] = task.internal_data["then"]
        enter(task.workflow, task.task_spec.name, parent=task.parent, listens=True, **marks)
    task.internal_data.clear()
    rehang(task)
    return task


def choose(task: Any) -> None:
    """The event of a gateway has come: the gateway is done and the other events are not waited for."""
    gateway = task.parent
    if gateway is None or not task.internal_data.pop("choice", False):
        return
    if gateway.task_spec.plan.get("parallel") and len(gateway.children) > 1:
        rehang(task)
        return  # all of them have to come (10.6.6)
    host_of(gateway).noted(gateway)
    rehang(task)
    withdraw(gateway)


def check_conditions(process: Any) -> None:
    """Trigger conditional events whose condition has become true."""
    for task, number, one in list(_conditional(process)):
        if not is_alive(task) or task.state != WAITING:
            continue
        holds = evaluate(task, one["if"]) is True
        before = task.internal_data.pop("held", False)
        if holds:
            task.internal_data["held"] = True
        if holds and not before:
            trigger(task, number)


def _conditional(process: Any) -> Iterator[tuple[Any, int, dict[str, Any]]]:
    for task in process.waiting():
        for number, one in enumerate(definitions(task)):
            if one["kind"] == "conditional" and task.state == WAITING:
                yield task, number, one


def find_catcher(thrower: Any, kind: str, code: str | None) -> Any:
    """The nearest listener for an error or escalation: of the scope, then at its activity, and so outward.

    A code is taken by the listener that names it before one that takes all. What a handler of errors throws
    itself goes outward by itself: when it took its scope over, nothing else in it went on listening.
    """
    here = thrower
    while True:
        activity = here.parent if is_instance(here) else here
        found = _best(activity.children, kind, code) or _best(here.workflow.tokens, kind, code)
        if found is not None:
            return found
        owner_id = here.workflow.parent_task_id
        if owner_id is None:
            return None
        here = here.workflow.top_workflow.find(owner_id)


def _best(tokens: Any, kind: str, code: str | None) -> tuple[Any, int] | None:
    found = [
        (one.get("code") is None, place, task, number)
        for place, task in enumerate(tokens)
        if task.state == WAITING and task.internal_data.get("listens")
        for number, one in enumerate(definitions(task))
        if one["kind"] == kind and one.get("code") in (None, code)
    ]
    if not found:
        return None
    _, _, task, number = min(found, key=lambda one: one[:2])
    return task, number
