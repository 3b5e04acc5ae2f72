"""One dossier of a sandbox, as the player sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from engine.advance.plan import NIL
from engine.clock import vietnam
from engine.domain.message import SIGNAL
from engine.domain.record import Record
from engine.history import read_body
from engine.store import codec
from engine.store import history as entries
from engine.store import work as rows
from engine.store.database import Connection, Row
from engine.workflow.bundle import Definition

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything about a dossier at this moment, as JSON values."""

    id: UUID
    number: int  # in the order of their starts
    process: str
    ended: bool
    error: str | None  # code of the error that ended it
    stuck: tuple[str, ...]  # elements that wait for what never comes
    path: tuple[str, ...]  # elements that have completed, in order
    cancelled: tuple[str, ...]
    tasks: tuple[Json, ...]
    timers: tuple[Json, ...]
    messages: tuple[Json, ...]
    signals: tuple[Json, ...]
    jobs: tuple[Json, ...]
    data: Mapping[str, Any]

    def to_json(self) -> Json:
        """What ``--json`` prints."""
        return {
            "case": self.number, "process": self.process, "ended": self.ended, "error": self.error,
            "stuck": list(self.stuck), "path": list(self.path), "cancelled": list(self.cancelled),
            "tasks": list(self.tasks), "timers": list(self.timers), "messages": list(self.messages),
            "signals": list(self.signals), "jobs": list(self.jobs), "data": dict(self.data),
        }  # fmt: skip


def case_of(connection: Connection, number: int, row: Row[Any], definition: Definition) -> Case:
    """The case behind a row of the dossiers."""
    record = Record.from_json(codec.unpack(row.record))
    steps = [read_body(entry.body)["events"] for entry in entries.of_dossier(connection, row.id)]
    events = [event for step in steps for event in step]
    errors = [node for kind, node, _ in events if kind == "error"]
    return Case(
        id=row.id,
        number=number,
        process=definition.main_process,
        ended=row.closed_at is not None,
        error=errors[-1] if errors else None,
        stuck=tuple(node for kind, node, _ in steps[-1] if kind == "stuck"),
        path=tuple(node for kind, node, _ in events if kind == "completed"),
        cancelled=tuple(node for kind, node, _ in events if kind == "cancelled"),
        tasks=tuple(_tasks(record, definition)),
        timers=tuple(_timers(record)),
        messages=tuple(_awaited(record, signals=False)),
        signals=tuple(_awaited(record, signals=True)),
        jobs=tuple(_jobs(connection, row)),
        data=record.data,
    )


def _tasks(record: Record, definition: Definition) -> list[Json]:
    return [
        {
            "node": task.node, "name": task.name, "id": key, "role": task.role,
            "form": definition.nodes[task.node].form,
            "decisions": [one.value for one in definition.nodes[task.node].decisions],
            "due": _moment(task.due_at),
        }
        for key, task in record.tasks.items()
    ]  # fmt: skip


def _timers(record: Record) -> list[Json]:
    """Timers of the diagram; those that the law sets are no element of it."""
    return [
        {"node": timer.name, "value": timer.value, "due": _moment(timer.due_at), "id": key.split("|", 1)[0]}
        for key, timer in record.timers.items()
        if not key.startswith(str(NIL))
    ]


def _awaited(record: Record, *, signals: bool) -> list[Json]:
    return [
        {"node": node, "name": key.split("|", 1)[1].removeprefix(SIGNAL), "id": key.split("|", 1)[0]}
        for key, node in record.subscriptions.items()
        if key.split("|", 1)[1].startswith(SIGNAL) == signals
    ]


def _jobs(connection: Connection, row: Row[Any]) -> list[Json]:
    return [
        {"node": job.node, "handler": job.handler, "inputs": orjson.loads(job.inputs), "id": str(job.task_id)}
        for job in rows.open_jobs(connection, row.id)
    ]


def _moment(at: datetime | None) -> str | None:
    return vietnam(at).isoformat() if at is not None else None
