"""What must hold of every dossier at every moment, whatever has crashed: checked on its rows alone.

Faults are named as ``docs/reliability.md`` names the invariants: I2 no command twice, I4 the state is the sum
of history, I5 timers, I6 effects and jobs, I8 what waits is what the process waits for.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from engine.history import Fault, read_body, read_payload
from engine.ids import derived_id
from engine.store.whole import Whole

_ONCE = frozenset({"complete", "job_done", "job_error"})  # kinds that end the task they name


def faults_of(whole: Whole) -> list[Fault]:
    """Everything that does not fit together; [] when all is well."""
    return [
        Fault(whole.dossier.sequence, name, f"{name}: {vi}") for name, check in _CHECKS for vi in check(whole)
    ]


def _nothing_twice(whole: Whole) -> Iterator[str]:
    begun = [row.sequence for row in whole.history if row.kind == "start"]
    if begun != [1]:
        yield f"hồ sơ phải bắt đầu đúng một lần, ở bản ghi 1, nhưng có {begun}."
    ended = Counter(str(row.task_id) for row in whole.history if row.kind in _ONCE)
    for task, times in ended.items():
        if times > 1:
            yield f"việc {task} được ghi hoàn thành {times} lần."


def _state_is_the_sum(whole: Whole) -> Iterator[str]:
    """Document and ledger follow from history, unless details of it were erased."""
    last = read_body(whole.history[-1].body) if whole.history else {}
    if last.get("state") != whole.record.state_hash:
        yield "mã băm trạng thái khác với bản ghi cuối."
    if any(row.payload is None for row in whole.history):
        return
    data: dict[str, Any] = {}
    ledger: list[Any] = []
    for row in whole.history:
        payload = read_payload(row.payload)
        yield from _changed(data, payload.get("changes", {}), row.sequence)
        ledger.extend(payload.get("ledger", []))
    if data != _json(whole.record.data):
        yield "dữ liệu hồ sơ khác với tổng các thay đổi trong lịch sử."
    if ledger != _json([entry.to_json() for entry in whole.record.ledger]):
        yield "sổ thời hạn khác với các mục trong lịch sử."


def _changed(data: dict[str, Any], changes: Mapping[str, Any], sequence: int) -> Iterator[str]:
    """Follow the changes of one command; what they say was there before must have been."""
    for name, (old, new) in changes.items():
        if data.get(name) != old:
            yield f"bản ghi {sequence} đổi «{name}» từ một giá trị khác với giá trị trước đó."
        data[name] = new


def _json(value: Any) -> Any:
    """The value as it comes back from a column."""
    return json.loads(json.dumps(value))


def _timers_once(whole: Whole) -> Iterator[str]:
    fired = Counter((row.task_id, row.node) for row in whole.history if row.kind == "fire")
    for row in whole.timers:
        times = fired.pop((row.task_id, row.name), 0)
        # What the law or a cycle starts again keeps its row.
        again = row.name.startswith("law:") or row.value.startswith("R")
        if times < (row.state == "fired") or (not again and times > (row.state == "fired")):
            yield f"bộ hẹn giờ «{row.name}» ở trạng thái {row.state} nhưng lịch sử ghi {times} lần."
    for _task, name in fired:
        yield f"lịch sử ghi bộ hẹn giờ «{name}» nhưng không có dòng nào của nó."


def _effects_and_jobs(whole: Whole) -> Iterator[str]:
    """Each effect that a command demanded is there, and no other; a job is done when history says so."""
    effects = {row.id: (row.sequence, row.handler) for row in whole.outbox}
    if any(row.state not in ("ready", "done", "incident") for row in whole.outbox):
        yield "có việc gửi ở trạng thái lạ."
    for row in whole.history:
        demanded = read_payload(row.payload).get("effects", [])
        for index, handler in enumerate(demanded):
            identity = derived_id(whole.dossier.id, row.sequence, f"outbox:{index}")
            if effects.pop(identity, None) != (row.sequence, handler):
                yield f"thiếu việc gửi «{handler}» của bản ghi {row.sequence}."
    if effects and all("effects" in read_payload(row.payload) for row in whole.history[:1]):
        yield f"có {len(effects)} việc gửi mà không bản ghi nào đòi hỏi."
    told = {row.task_id for row in whole.history if row.kind in ("job_done", "job_error")}
    for row in whole.jobs:
        if (row.state == "done") != (row.task_id in told):
            yield f"công việc {row.task_id} ở trạng thái {row.state}, lịch sử thì không nói vậy."


def _waits_as_kept(whole: Whole) -> Iterator[str]:
    """Rows that people and the heartbeat look for are those that the dossier itself keeps."""
    record = whole.record
    tasks = {
        str(row.task_id): (row.node, row.role, row.agency, row.assignee, row.due_at, row.urgent_at)
        for row in whole.tasks
        if row.state == "open"
    }
    kept = {
        key: (one.node, one.role, one.agency, one.assignee, one.due_at, one.urgent_at)
        for key, one in record.tasks.items()
    }
    if tasks != kept:
        yield f"việc đang mở trong danh sách ({len(tasks)}) khác với hồ sơ ({len(kept)})."
    timers = {f"{row.task_id}|{row.name}": row.due_at for row in whole.timers if row.state == "pending"}
    if timers != {key: one.due_at for key, one in record.timers.items()}:
        yield "bộ hẹn giờ đang chờ khác với hồ sơ."
    if any((row.run_at is None) != (row.due_at is None) for row in whole.timers if row.state == "pending"):
        yield "có bộ hẹn giờ đang chờ mà không ai sẽ tìm thấy."
    if {str(row.task_id) for row in whole.jobs if row.state in ("ready", "incident")} != set(record.jobs):
        yield "công việc tự động đang chờ khác với hồ sơ."
    if {f"{row.task_id}|{row.message}" for row in whole.subscriptions} != set(record.subscriptions):
        yield "thông điệp đang chờ khác với hồ sơ."


_CHECKS: tuple[tuple[str, Callable[[Whole], Iterator[str]]], ...] = (
    ("I2", _nothing_twice),
    ("I4", _state_is_the_sum),
    ("I5", _timers_once),
    ("I6", _effects_and_jobs),
    ("I8", _waits_as_kept),
)
