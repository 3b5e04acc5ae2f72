"""Sub-processes, called processes and event sub-processes: activities with a scope inside, and how a scope
begins and ends (BPMN 2.0.2, 13.3.4 and 13.5.4)."""

from collections.abc import Mapping
from typing import Any

from engine.workflow.elements import ad_hoc, catching, compensation
from engine.workflow.elements.activities import Activity
from engine.workflow.elements.element import WAITING, clear, enter, free, is_over, withdraw
from engine.workflow.elements.events import Listener
from engine.workflow.elements.gateways import ComplexGateway, InclusiveGateway
from engine.workflow.elements.host import host_of


class SubProcess(Activity):
    """An embedded sub-process, a transaction, an ad-hoc sub-process, or a called process."""

    opens = True

    def _run_hook(self, my_task: Any) -> None:
        begin(my_task.workflow.top_workflow.open_scope(my_task, self.plan["scope"]))


class EventSubProcess(Listener):
    """Waits beside its scope for the event that starts it, and takes the scope over or runs beside it."""

    def _update_hook(self, my_task: Any) -> bool:
        return super()._update_hook(my_task) if my_task.internal_data.get("listens") else True

    def triggered(self, my_task: Any, definition: dict[str, Any]) -> None:
        token = my_task
        if not self.plan.get("beside") or definition["kind"] == "error":
            clear(my_task.workflow, but=my_task)
            my_task.internal_data.clear()
        else:
            token = catching.beside(my_task, definition)
        token._ready()

    def _run_hook(self, my_task: Any) -> None:
        begin(my_task.workflow.top_workflow.open_scope(my_task, self.plan["scope"]), self.plan["start"])

    def leave(self, my_task: Any) -> None:
        """Nothing goes on: the scope around it sees that it is over."""


def begin(inside: Any, start: str | None = None) -> None:
    """Let a new scope begin: what it listens to, then tokens at its start.

    Without ``start`` at its plain start events, else at every element that nothing leads to (13.2).
    """
    plan = inside.spec.plan
    if "local" in plan:
        inside.task_tree.internal_data["local"] = dict.fromkeys(plan["local"])
    for one in plan["elements"]:
        if one["kind"] == "eventSubProcess" and one.get("events") and not one.get("undoes_scope"):
            enter(inside, one["id"], listens=True)
    if "ad_hoc" in plan:
        ad_hoc.begin(inside)
        return
    names = [start] if start is not None else starts(plan)
    if not names:
        raise host_of(inside.task_tree).failure(
            inside.spec.start, ("không có chỗ bắt đầu", "it has no start")
        )
    for name in names:
        _begin_at(inside, name, asked=start is not None)


def _begin_at(inside: Any, name: str, *, asked: bool) -> None:
    spec = inside.spec.task_specs[name]
    token = enter(inside, name)
    waits = asked and spec.plan["kind"] in ("receiveTask", "intermediateCatchEvent")
    if waits and token.state == WAITING:  # what it waits for is what started the process
        catching.trigger(token, 0)


def starts(plan: Mapping[str, Any]) -> list[str]:
    """Where a scope begins when nothing in particular starts it.

    Several plain start events are alternatives, of which the first drawn is taken (10.5.2).
    """
    plain = [one["id"] for one in plan["elements"] if one["kind"] == "startEvent" and not one.get("events")]
    if plain or any(one["kind"] == "startEvent" for one in plan["elements"]):
        return plain[:1]
    return [one["id"] for one in plan["elements"] if free(one)]


def settle(process: Any) -> bool:
    """What follows when no automatic element is ready: undoing, joins, scopes that are over. True if any."""
    if compensation.proceed(process) or _join(process):
        return True
    for inside in reversed(list(process.subprocesses.values())):
        owner = inside.owner
        if owner is None or process.subprocesses.get(owner.id) is not inside:
            continue
        if "ad_hoc" in inside.spec.plan and ad_hoc.go_on(inside):
            return True
        if is_over(inside):
            _end(process, inside, owner)
            return True
    return False


def _end(process: Any, inside: Any, owner: Any) -> None:
    if compensation.proceed_scope(inside):
        return
    clear(inside)
    del process.subprocesses[owner.id]
    if inside.task_tree.internal_data.get("cancelled"):
        compensation.after_cancel(owner)
    elif owner.internal_data.get("revived"):
        withdraw(owner)
    else:
        undoable = inside.spec.plan["kind"] in ("subProcess", "transaction")
        if undoable and (left := compensation.of_scope(inside)):
            owner.internal_data["inside"] = left
        owner.complete()


def _join(process: Any) -> bool:
    for part in process.parts:
        names = {
            task.task_spec.name: task.task_spec
            for task in part.tasks.values()
            if task.state == WAITING and isinstance(task.task_spec, InclusiveGateway | ComplexGateway)
        }
        for name in part.task_tree.internal_data.get("activated", ()):
            names[name] = part.spec.task_specs[name]
        if any(spec.settle(part) for spec in names.values()):
            return True
    return False
