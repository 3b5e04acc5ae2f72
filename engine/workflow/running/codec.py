"""The state of a process as bytes: tokens only, in one canonical order; the specs live elsewhere."""

from typing import Any
from uuid import UUID

import orjson
from SpiffWorkflow.util.task import TaskState

from engine.workflow.elements.host import Host
from engine.workflow.running.process import ROOT, Process, Token

FORMAT = 2


def dump_state(process: Any) -> bytes:
    """Canonical bytes: equal states give equal bytes."""
    return orjson.dumps(
        {"format": FORMAT, "parts": [_dump_part(part) for part in process.parts]}, option=orjson.OPT_SORT_KEYS
    )


def _dump_part(part: Any) -> dict[str, Any]:
    place = {identity: number for number, identity in enumerate(part.tasks)}
    owner = part.parent_task_id
    stored: dict[str, Any] = {
        "tasks": [
            [
                task.id.hex,
                place[task._parent] if task._parent is not None else -1,
                task.task_spec.name,
                task.state,
                *([task.internal_data] if task.internal_data else []),
            ]
            for task in part.tasks.values()
        ],
    }
    if owner is not None:
        stored |= {"owner": owner.hex, "scope": part.spec.name}
    return stored


def load_state(raw: bytes, spec: Any, scopes: dict[str, Any], host: Host) -> Any:
    """The process behind the bytes, on these specs. Raises KeyError for a state that does not fit them."""
    top, *inner = orjson.loads(raw)["parts"]
    process = Process(spec, scopes, host)
    _load_part(process, top)
    for part in inner:
        inside = process.open_scope(process.find(UUID(hex=part["owner"])), part["scope"])
        inside.tasks.clear()
        _load_part(inside, part)
    return process


def _load_part(part: Any, stored: dict[str, Any]) -> None:
    specs = part.spec.task_specs
    tokens: list[Any] = []
    for identity, parent, name, state, *rest in stored["tasks"]:
        token = Token(part, specs[name], tokens[parent] if parent >= 0 else None, state, UUID(hex=identity))
        if rest:
            token.internal_data = rest[0]
        tokens.append(token)
    part.task_tree = tokens[0]


def empty_words() -> bytes:
    """What every state begins with, for the compression dictionary."""
    state = [["", -1, ROOT, int(TaskState.COMPLETED)]]
    return orjson.dumps({"format": FORMAT, "parts": [{"tasks": state}]})
