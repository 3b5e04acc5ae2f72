"""Undoing what is done (BPMN 2.0.2, 10.7 and 13.5.5).

The root of a scope remembers, in the order of completion, what could be undone: activities with a
compensation handler, and sub-processes in which something could. Who throws compensation takes these entries,
newest first, and waits for one handler after the other.
"""

from typing import Any
from uuid import UUID

from SpiffWorkflow.util.task import TaskState

from engine.workflow.elements.element import STARTED, clear, enter, withdraw
from engine.workflow.elements.host import host_of
from engine.workflow.running.process import Token

Entry = dict[str, Any]


def remember(task: Any) -> None:
    """An activity has completed: keep what is needed to undo it."""
    spec = task.task_spec
    if "undo" in spec.plan:
        entries: list[Entry] = [{"activity": spec.name, "undo": spec.plan["undo"]}]
    else:
        entries = [{"activity": spec.name, **one} for one in task.internal_data.get("inside", ())]
    if entries:
        task.workflow.task_tree.internal_data.setdefault("done", []).extend(entries)


def of_scope(inside: Any) -> list[Entry]:
    """What a scope that is over leaves to be undone: nothing, or one entry for the whole of it."""
    root = inside.task_tree.internal_data
    by = next((one["id"] for one in inside.spec.plan["elements"] if one.get("undoes_scope")), None)
    if not root.get("done") and by is None:
        return []
    entry: Entry = {"inside": root.get("done", [])}
    if by is not None:
        entry["by"] = by
    if root.get("local"):
        entry["local"] = root["local"]
    return [entry]


def _subject(workflow: Any) -> Any:
    """The scope that compensation thrown in this one is about: for an event sub-process the one around it."""
    while workflow.spec.plan["kind"] == "eventSubProcess":
        workflow = workflow.owner.workflow
    return workflow


def begin(thrower: Any, definition: dict[str, Any]) -> bool:
    """Take what is to be undone; True when there is nothing to wait for."""
    subject = _subject(thrower.workflow)
    root = subject.task_tree.internal_data
    wanted = definition.get("activity")
    done: list[Entry] = root.pop("done", [])
    entries = [one for one in done if wanted in (None, one["activity"])]
    if rest := [one for one in done if one not in entries]:
        root["done"] = rest
    if not definition.get("wait", True):
        for entry in reversed(entries):
            _undo(subject, entry)
        return True
    if entries:
        thrower.internal_data["undo"] = entries
    return not entries


def proceed(process: Any) -> bool:
    """Let every thrower whose handler is done start the next, or go on; True when one did."""
    moved = False
    for task in list(process.waiting()):
        if (
            "undo" in task.internal_data
            and task.state == STARTED
            and not _at_work(process, task.internal_data)
        ):
            subject = _subject(task.workflow)
            if not _next(subject, task.internal_data):
                task.complete()
            moved = True
    return moved


def proceed_scope(inside: Any) -> bool:
    """The same for a scope that undoes what is in it; False when it has nothing left to undo."""
    return "undo" in inside.task_tree.internal_data and _next(inside, inside.task_tree.internal_data)


def _at_work(process: Any, state: dict[str, Any]) -> bool:
    return "undoing" in state and process.find(UUID(state["undoing"])) is not None


def _next(subject: Any, state: dict[str, Any]) -> bool:
    state.pop("undoing", None)
    if not state["undo"]:
        del state["undo"]
        return False
    state["undoing"] = str(_undo(subject, state["undo"].pop()).id)
    return True


def _undo(subject: Any, entry: Entry) -> Any:
    """Start what undoes one activity: its handler, or its scope once more, in which all is undone."""
    if "undo" in entry:
        return enter(subject, entry["undo"], undoes=True)
    spec = subject.spec.task_specs[entry["activity"]]
    owner = Token(subject, spec, subject.task_tree, TaskState.STARTED)
    owner.internal_data.update(undoes=True, revived=True)
    inside = subject.top_workflow.open_scope(owner, spec.plan["scope"])
    root = inside.task_tree.internal_data
    if "local" in entry:
        root["local"] = entry["local"]
    if "by" in entry:
        root["done"] = entry["inside"]
        enter(inside, entry["by"])
    else:
        root["undo"] = entry["inside"]
    return owner


def cancel(task: Any) -> None:
    """End the transaction around a cancel end event and undo what was done in it (10.3.5.1)."""
    workflow = task.workflow
    while workflow.spec.plan["kind"] != "transaction":
        if workflow.parent_task_id is None:
            said = (
                "không ở trong giao dịch (transaction) nào để hủy",
                "no transaction is around it to cancel",
            )
            raise host_of(task).failure(task.task_spec, said)
        workflow = workflow.owner.workflow
    clear(workflow)
    root = workflow.task_tree.internal_data
    root["undo"] = root.pop("done", [])
    root["cancelled"] = True


def after_cancel(owner: Any) -> None:
    """Everything of a cancelled transaction is undone: its cancel event goes on."""
    for listener in owner.children:
        if any(one["kind"] == "cancel" for one in listener.task_spec.plan.get("events", ())):
            listener.task_spec.triggered(listener, {"kind": "cancel"})
            return
    withdraw(owner)
