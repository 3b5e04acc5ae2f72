"""Ad-hoc sub-processes (BPMN 2.0.2, 13.3.5): activities in any order, until a condition holds.

Every element that nothing leads to is offered. What people do is offered again after it is done, what is
automatic once a round, as long as the completion condition does not hold. Without a condition each is done
once. In sequential order one thing is at work at a time.
"""

from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.workflow.elements.element import clear, enter, free, is_over, withdraw
from engine.workflow.elements.variables import evaluate


def _offered(plan: dict[str, Any]) -> list[str]:
    return [one["id"] for one in plan["elements"] if free(one)]


def begin(inside: Any) -> None:
    """Offer the activities of a scope that has just been opened."""
    inside.task_tree.internal_data["left"] = _offered(inside.spec.plan)
    _offer(inside)


def go_on(inside: Any) -> bool:
    """After something was done: end, offer more, or wait. True when something has changed."""
    root, plan = inside.task_tree.internal_data, inside.spec.plan["ad_hoc"]
    performed = root.pop("performed", [])
    if "closed" in root:
        return False
    until = plan.get("until")
    if performed and until is not None and evaluate(inside.task_tree, until) is True:
        _close(inside, cancel=plan["cancel"])
        return False
    if until is not None:
        specs = inside.spec.task_specs
        again = [name for name in performed if specs[name].manual and not specs[name].plan.get("in")]
        root["left"] = root["left"] + again
        if not root["left"] and is_over(inside):
            root["left"] = _offered(inside.spec.plan)
    return _offer(inside)


def _close(inside: Any, *, cancel: bool) -> None:
    """Nothing more is offered; what is at work is ended, or may come to its end."""
    inside.task_tree.internal_data["closed"] = True
    if cancel:
        clear(inside)
        return
    for token in inside.tokens:
        if token.state == TaskState.READY and token.task_spec.manual:
            withdraw(token)


def _offer(inside: Any) -> bool:
    root, specs = inside.task_tree.internal_data, inside.spec.task_specs
    left: list[str] = root["left"]
    if inside.spec.plan["ad_hoc"]["sequential"]:
        if _at_work(inside):
            return False
        people = [name for name in left if specs[name].manual]
        now = people or left[:1]
    else:
        now = left
    root["left"] = [name for name in left if name not in now]
    for name in now:
        enter(inside, name)
    return bool(now)


def _at_work(inside: Any) -> bool:
    """Whether something is being done; what is merely offered to people is not."""
    return any(
        not token.internal_data.get("listens")
        and not (token.state == TaskState.READY and token.task_spec.manual)
        for token in inside.task_tree.children
    )
