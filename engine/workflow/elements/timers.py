"""Timers in legal time. The engine holds no clock.

On arrival the expression is evaluated once and published as a code such as 3WD; whoever runs the process
reckons the moment, may move it on legal grounds, and says ``fire`` when it has come. A cycle (ISO 8601
R3/P1D) is published again, as one span, as often as it says.
"""

from datetime import timedelta
from typing import Any

from engine.domain.cycle import parse_cycle
from engine.domain.duration import BadDuration, Elapsed, parse_timer, timer_code
from engine.domain.feel.values import YearsMonths
from engine.workflow.elements.host import host_of
from engine.workflow.elements.variables import evaluate


def arm(task: Any) -> None:
    """Publish the timers of a listener; the successor in a cycle waits for the span that was found before."""
    found = task.internal_data.get("then")
    for number, one in enumerate(task.task_spec.plan.get("events", ())):
        if one["kind"] == "timer":
            timers = task.internal_data.setdefault("timers", {})
            timers[timer_name(task, number)] = found or _code(task, one)


def timer_name(task: Any, number: int) -> str:
    """The BPMN id of the event, so that equal labels are different timers."""
    plan = task.task_spec.plan
    name: str = plan.get("start", plan["id"])
    return name if number == 0 else f"{name}#{number + 1}"


def waiting_timers(task: Any) -> dict[str, str]:
    """Name to code of the timers that a waiting token waits for."""
    timers: dict[str, str] = task.internal_data.get("timers", {})
    return timers


def timer_number(task: Any, name: str) -> int | None:
    """The number of the definition behind a timer that a token waits for; None when it does not."""
    if name not in waiting_timers(task):
        return None
    return next(
        (number for number in range(len(task.task_spec.plan["events"])) if timer_name(task, number) == name),
        None,
    )


def _code(task: Any, one: dict[str, Any]) -> str:
    value = evaluate(task, one["value"])
    host = host_of(task)
    try:
        if one.get("cycle"):
            return _begin_cycle(task, value)
        return span_code(value)
    except (BadDuration, AttributeError, OverflowError) as error:
        said = (f"«{one['value']}» không cho thời hạn", f"“{one['value']}” gives no time")
        raise host.failure(task.task_spec, said) from error


def span_code(value: Any) -> str:
    """The code of what an expression gave: legal time, a moment, a FEEL duration or ISO text. BadDuration."""
    if isinstance(value, timedelta):
        value = Elapsed(int(value.total_seconds()))
    elif isinstance(value, YearsMonths):
        value = f"{value.months}M"
    code = value if isinstance(value, str) else timer_code(value)
    return timer_code(parse_timer(code))


def _begin_cycle(task: Any, value: Any) -> str:
    """The first span of a cycle; how many are left and the span between them are kept with the token."""
    cycle = parse_cycle(value if isinstance(value, str) else span_code(value))
    if cycle.count is not None:
        task.internal_data["left"] = cycle.count
    task.internal_data["then"] = cycle.span
    return cycle.first
