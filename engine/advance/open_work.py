"""Rows of what is open: compared with what was open when the command began, only changes are written."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import orjson

from engine.advance.work import Work
from engine.domain.record import OpenWork, Pending
from engine.store import dossiers
from engine.store import work as rows


class Before:
    """The row, and what was open, when the command began: to compare with."""

    def __init__(self, work: Work) -> None:
        record = work.record
        self.columns = dict(work.columns)
        self.tasks: dict[str, OpenWork] = {key: replace(task) for key, task in record.tasks.items()}
        self.timers: dict[str, Pending] = {key: replace(timer) for key, timer in record.timers.items()}
        self.jobs = dict(record.jobs)
        self.subscriptions = dict(record.subscriptions)


def save_open_work(work: Work, before: Before) -> None:
    """Write tasks, timers, jobs and subscriptions that were opened, changed or closed."""
    _save_tasks(work, before)
    _save_timers(work, before)
    _save_jobs(work, before)
    _save_subscriptions(work, before)


def _save_tasks(work: Work, before: Before) -> None:
    changed: list[dict[str, Any]] = []
    for key, task in work.record.tasks.items():
        if before.tasks.get(key) != task:
            changed.append(_task_row(work, key, task, "open"))
    for key, task in before.tasks.items():
        if key not in work.record.tasks:
            finished = work.command.task_id is not None and key == str(work.command.task_id)
            changed.append(_task_row(work, key, task, "done" if finished else "cancelled"))
    rows.save_tasks(work.tx, changed)
    involved = {task.agency for task in work.record.tasks.values()}
    known = {task.agency for task in before.tasks.values()} | {
        work.columns["agency"],
        work.columns["received_agency"],
    }
    dossiers.involve(work.tx, work.dossier_id, sorted(involved - known))


def _task_row(work: Work, key: str, task: OpenWork, state: str) -> dict[str, Any]:
    closed = state != "open"
    return {
        "dossier_id": work.dossier_id,
        "task_id": UUID(key),
        "node": task.node,
        "name": task.name,
        "role": task.role,
        "agency": task.agency,
        "opened_at": task.opened_at,
        "due_at": task.due_at,
        "urgent_at": task.urgent_at,
        "state": state,
        "closed_at": work.at if closed else None,
        "closed_by": work.command.by.key if closed else None,
    }


def _save_timers(work: Work, before: Before) -> None:
    changed = [
        _timer_row(work, key, timer, "pending")
        for key, timer in work.record.timers.items()
        if before.timers.get(key) != timer
    ]
    for key, timer in before.timers.items():
        if key not in work.record.timers:
            fired = work.command.kind == "fire" and key == f"{work.command.task_id}|{work.command.name}"
            changed.append(_timer_row(work, key, timer, "fired" if fired else "cancelled"))
    rows.save_timers(work.tx, changed)


def _timer_row(work: Work, key: str, timer: Pending, state: str) -> dict[str, Any]:
    return {
        "dossier_id": work.dossier_id,
        "task_id": UUID(key.split("|", 1)[0]),
        "name": timer.name,
        "value": timer.value,
        "clock": timer.clock,
        "started_at": timer.started_at,
        "due_at": timer.due_at,
        "run_at": timer.due_at if state == "pending" else None,
        "state": state,
        "fired_at": work.at if state == "fired" else None,
        "attempt": 0,
    }


def _save_jobs(work: Work, before: Before) -> None:
    if work.record.jobs == before.jobs:
        return
    changed = [
        _job_row(work, job.task_id, job.node, job.handler, job.inputs)
        for job in work.new_jobs
        if str(job.task_id) in work.record.jobs
    ]
    for key, node in before.jobs.items():
        if key not in work.record.jobs:
            done = work.command.task_id is not None and key == str(work.command.task_id)
            changed.append(_job_row(work, UUID(key), node, "", {}, "done" if done else "cancelled"))
    rows.save_jobs(work.tx, changed)


def _job_row(
    work: Work, task_id: UUID, node: str, handler: str, inputs: Any, state: str = "ready"
) -> dict[str, Any]:
    return {
        "dossier_id": work.dossier_id,
        "task_id": task_id,
        "node": node,
        "handler": handler,
        "inputs": orjson.dumps(inputs),
        "state": state,
        "attempt": 0,
        "run_at": work.at,
        "created_at": work.at,
        "last_error": None,
    }


def _save_subscriptions(work: Work, before: Before) -> None:
    added = [key for key in work.record.subscriptions if key not in before.subscriptions]
    removed = [key for key in before.subscriptions if key not in work.record.subscriptions]
    if not added and not removed:
        return
    rows.save_subscriptions(
        work.tx,
        [
            {
                "dossier_id": work.dossier_id,
                "task_id": _split(key)[0],
                "message": _split(key)[1],
                "node": work.record.subscriptions[key],
            }
            for key in added
        ],
        [(work.dossier_id, *_split(key)) for key in removed],
    )


def _split(key: str) -> tuple[UUID, str]:
    task_id, message = key.split("|", 1)
    return UUID(task_id), message
