"""Forgetting what is over, so that a step costs the same at any age of a dossier.

The lowest finished task that all unfinished ones descend from is hung under the root; what is above and
beside it, and scopes that have ended, are dropped. History keeps what happened.
"""

from typing import Any

from SpiffWorkflow.util.task import TaskState


def prune(workflow: Any) -> None:
    """Drop the past of a process and of all its open scopes."""
    _drop_ended_scopes(workflow)
    for part in (*workflow.subprocesses.values(), workflow):
        _rehang(part)


def _drop_ended_scopes(workflow: Any) -> None:
    again = True
    while again:
        again = False
        living = dict(workflow.tasks)
        for part in workflow.subprocesses.values():
            living.update(part.tasks)
        for owner_id in list(workflow.subprocesses):
            owner = living.get(owner_id)
            if owner is None or owner.has_state(TaskState.FINISHED_MASK):
                del workflow.subprocesses[owner_id]
                again = True


def _rehang(part: Any) -> None:
    root = part.task_tree
    top = _common_ancestor(part)
    if top is None or top is root or top.parent is root or not top.has_state(TaskState.FINISHED_MASK):
        return
    kept = {root.id}
    stack = [top.id]
    while stack:
        identity = stack.pop()
        kept.add(identity)
        stack.extend(part.tasks[identity]._children)
    for identity in [identity for identity in part.tasks if identity not in kept]:
        del part.tasks[identity]
    top._parent = root.id
    root._children = [top.id]
    if part.last_task is not None and part.last_task.id not in part.tasks:
        part.last_task = top


def _common_ancestor(part: Any) -> Any:
    """The lowest task above all unfinished ones; None when there are none or the root is one of them."""
    shared: list[Any] | None = None
    for task in part.tasks.values():
        if task.has_state(TaskState.FINISHED_MASK):
            continue
        path = []
        above = task.parent
        while above is not None:
            path.append(above)
            above = above.parent
        path.reverse()
        if shared is None:
            shared = path
        else:
            same = 0
            while same < min(len(shared), len(path)) and shared[same] is path[same]:
                same += 1
            shared = shared[:same]
    return shared[-1] if shared else None
