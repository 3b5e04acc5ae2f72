"""Activities done several times: loops and multiple instances (BPMN 2.0.2, 10.3.8 and 13.3.6, 13.3.7).

The activity's token stays started; each instance is a token of the same element under it. ``repeat`` holds
how many were made, how many are done, and what they gave.
"""

from typing import Any

from SpiffWorkflow.util.task import TaskState

from engine.domain.feel import to_json
from engine.workflow.elements import throwing
from engine.workflow.elements.host import host_of
from engine.workflow.elements.variables import assign, counters, evaluate, lookup, scope_of
from engine.workflow.running.process import Token

MAX_INSTANCES = 1_000  # of one activity at once: more is a mistake in the data, not work for people


def begin(outer: Any) -> None:
    """Make the first instances, or complete at once when there is nothing to do."""
    plan = outer.task_spec.plan["repeat"]
    counts: dict[str, Any] = {"made": 0, "done": 0}
    outer.internal_data["repeat"] = counts
    if plan["kind"] == "loop":
        if plan["before"] and not _again(outer):
            outer.complete()
        else:
            _make(outer, 1, {})
        return
    items = _items(outer, plan)
    if "results" in plan:
        counts["results"] = [None] * len(items)
    if plan["sequential"]:
        counts["items"] = items
        _next_or_complete(outer)
        return
    for number, item in enumerate(items, 1):
        _make(outer, number, {plan["item"]: item} if "item" in plan else {})
    if not items:
        outer.complete()


def _items(outer: Any, plan: dict[str, Any]) -> list[Any]:
    """What the instances are about, one each; by number only, when there is no collection."""
    spec, host = outer.task_spec, host_of(outer)
    if "items" in plan:
        found = lookup(outer, plan["items"])
        if not isinstance(found, list):
            name = plan["items"]
            raise host.failure(spec, (f"«{name}» không phải là danh sách", f"“{name}” is not a list"))
        items = [to_json(one) for one in found]
    else:
        number = evaluate(outer, plan.get("cardinality", "null"))
        whole = int(number) if isinstance(number, int | float) or hasattr(number, "to_integral_value") else -1
        if isinstance(number, bool) or whole < 0 or whole != number:
            said = plan.get("cardinality")
            vi, en = (
                f"số lần «{said}» không phải là số nguyên từ 0 trở lên",
                f"“{said}” is no whole number from 0",
            )
            raise host.failure(spec, (vi, en))
        _limit(outer, whole)
        items = [None] * whole
    _limit(outer, len(items))
    return items


def _limit(outer: Any, number: int) -> None:
    if number > MAX_INSTANCES:
        said = (
            f"{number} bản một lúc, quá {MAX_INSTANCES}",
            f"{number} instances, more than {MAX_INSTANCES}",
        )
        raise host_of(outer).failure(outer.task_spec, said)


def _make(outer: Any, number: int, local: dict[str, Any]) -> None:
    plan = outer.task_spec.plan["repeat"]
    outer.internal_data["repeat"]["made"] += 1
    token = Token(outer.workflow, outer.task_spec, outer, TaskState.FUTURE)
    if "result" in plan:
        local = {plan["result"]: None, **local}
    token.internal_data["local"] = {"loopCounter": number, **local}
    token._ready()


def instance_done(inner: Any) -> None:
    """An instance has completed: count, throw, and go on, or complete the whole."""
    outer = inner.parent
    plan, counts = outer.task_spec.plan["repeat"], outer.internal_data["repeat"]
    host_of(inner).noted(inner)
    _count(inner, outer)
    if plan["kind"] == "loop":
        if _again(outer):
            _make(outer, inner.internal_data["local"]["loopCounter"] + 1, {})
        else:
            _complete(outer)
        return
    for event in _events(inner, plan, counts):
        if throwing.throw_at(outer, event):
            return  # an interrupting boundary event has ended the activity
    if "until" in plan and evaluate(inner, plan["until"], counters(outer)) is True:
        _complete(outer)  # the instances that are left end with it
    elif plan["sequential"]:
        _next_or_complete(outer)
    elif counts["done"] == counts["made"]:
        _complete(outer)


def _count(inner: Any, outer: Any) -> None:
    counts = outer.internal_data["repeat"]
    counts["done"] += 1
    if "inside" in inner.internal_data:
        outer.internal_data.setdefault("inside", []).extend(inner.internal_data["inside"])
    if "results" in counts:
        place = inner.internal_data["local"]["loopCounter"] - 1
        counts["results"][place] = _result(inner, outer.task_spec.plan["repeat"])


def _again(outer: Any) -> bool:
    """Whether a loop goes round once more: below its maximum, and its condition holds."""
    plan, counts = outer.task_spec.plan["repeat"], outer.internal_data["repeat"]
    if "maximum" in plan and counts["made"] >= plan["maximum"]:
        return False
    return "while" not in plan or evaluate(outer, plan["while"], {"loopCounter": counts["made"]}) is True


def _next_or_complete(outer: Any) -> None:
    plan, counts = outer.task_spec.plan["repeat"], outer.internal_data["repeat"]
    if counts["made"] == len(counts["items"]):
        _complete(outer)
        return
    item = counts["items"][counts["made"]]
    _make(outer, counts["made"] + 1, {plan["item"]: item} if "item" in plan else {})


def _complete(outer: Any) -> None:
    plan, counts = outer.task_spec.plan["repeat"], outer.internal_data["repeat"]
    if "results" in counts:
        assign(outer, plan["results"], counts["results"])
    outer.complete()


def _result(inner: Any, plan: dict[str, Any]) -> Any:
    """What an instance gave: its own variable, else what a person's answer wrote to the document."""
    name = plan.get("result") or plan.get("item") or plan["results"]
    value = scope_of(inner).get(name)
    return to_json(host_of(inner).world.scope().get(name) if value is None else value)


def _events(inner: Any, plan: dict[str, Any], counts: dict[str, Any]) -> list[dict[str, Any]]:
    """What the completion of an instance throws: behavior None each, One the first, Complex by condition."""
    behavior = plan.get("behavior", "All")
    if behavior == "None" or (behavior == "One" and counts["done"] == 1):
        return [plan["event"]]
    if behavior != "Complex":
        return []
    known = counters(inner.parent)
    return [
        event
        for one in plan.get("complex", ())
        if evaluate(inner, one["if"], known) is True
        for event in one["events"]
    ]
