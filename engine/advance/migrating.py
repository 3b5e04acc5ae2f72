"""A dossier goes over to another version of its procedure: what waits goes on waiting, no date moves."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from engine.advance import plan
from engine.advance.commands import take_over
from engine.advance.work import Work
from engine.advance.world import DossierWorld
from engine.domain.record import Pending
from engine.errors import MotcuaError
from engine.store import migrated
from engine.store import work as rows
from engine.workflow.migration import Obstacle, rebind, timer_name, why_not


class MigrationRefused(MotcuaError):
    """The dossier would lose something on the other version, or wait there for ever."""

    code = "migration-refused"
    vi = "Hồ sơ chưa chuyển sang bản {number} được: {why}"
    en = "The dossier cannot go over to version {number}: {why_en}"

    def __init__(self, number: int, obstacles: list[Obstacle]) -> None:
        self.obstacles = tuple(obstacles)
        super().__init__(
            number=number,
            why=" ".join(one.vi for one in obstacles),
            why_en=" ".join(one.en for one in obstacles),
        )


_ENDED = Obstacle("", "Hồ sơ đã kết thúc.", "The dossier has ended.")
_ELSEWHERE = Obstacle("", "Hồ sơ không theo bản cũ này.", "The dossier does not follow the old version.")


def migrate(work: Work) -> None:
    """Follow the version that the command names, with the mapping it brings; raises MigrationRefused."""
    details, number = work.command.details, int(work.command.details["to"])
    mapping: Mapping[str, str] = details["mapping"]
    old, state = work.definition, work.state
    if state is None or work.columns["closed_at"] is not None:
        raise MigrationRefused(number, [_ENDED])
    if work.columns["bundle"] != details["bundle_before"]:
        raise MigrationRefused(number, [_ELSEWHERE])
    new = work.services.definition(work.tx, details["bundle"])
    obstacles = why_not(old, new, state, mapping)
    if obstacles:
        raise MigrationRefused(number, obstacles)
    due, timers = work.columns["due_at"], _rename_timers(work, mapping)
    work.definition, work.reckoning = new, None
    work.columns |= {
        "bundle": details["bundle"],
        "procedure_version": number,
        "procedure_name": new.procedure.name,
    }
    for was, now in mapping.items():
        if was != now and f"{was}_decision" in work.record.data:
            work.put(f"{now}_decision", work.record.data[f"{was}_decision"])  # gateways ask by the new id
    step = rebind(old, new, state, mapping, DossierWorld(work))
    _rename_tasks(work, {str(task.task_id): task.node for task in step.tasks})
    take_over(work, step)
    _follow(work)
    _require_dates(work, number, due, timers)


def _rename_timers(work: Work, mapping: Mapping[str, str]) -> dict[str, datetime | None]:
    """Waiting timers under their new names, with the dates they have."""
    renamed: dict[str, Pending] = {}
    for key, timer in work.record.timers.items():
        task, _separator, name = key.partition("|")
        if not name.startswith("law:"):
            name = timer_name(mapping, name)
        renamed[f"{task}|{name}"] = replace(timer, name=name)
    work.record.timers = renamed
    return {key: timer.due_at for key, timer in renamed.items()}


def _rename_tasks(work: Work, nodes: Mapping[str, str]) -> None:
    """Open tasks as the new version calls them. Who held one keeps it, unless it is now another role's."""
    agencies = {"competent": work.columns["agency"], "centre": work.columns["received_agency"]}
    for key, task in work.record.tasks.items():
        if key not in nodes:
            continue
        facts = work.definition.nodes[nodes[key]]
        agency = facts.agency or "competent"
        agency = task.agency if agency.startswith("=") else agency  # asked as the old version reckoned it
        before = task.role, task.agency
        task.node, task.name = facts.id, facts.name
        task.role, task.agency = facts.role or "processing", agencies.get(agency, agency)
        if before != (task.role, task.agency) and task.assignee is not None:
            task.assignee = None
            gone: dict[str, Any] = {
                "dossier_id": work.dossier_id,
                "task_id": UUID(key),
                "officer": None,
                "at": None,
            }
            work.writes.append(partial(rows.assign, **gone))


def _follow(work: Work) -> None:
    """Rows beside the dossier that name elements name those of the new version."""
    record, dossier_id = work.record, work.dossier_id
    tasks = [
        {"t": UUID(key), "node": one.node, "name": one.name, "role": one.role, "agency": one.agency}
        for key, one in record.tasks.items()
    ]
    jobs = [{"t": UUID(key), "node": node} for key, node in record.jobs.items()]
    waiting = [
        {"t": UUID(task), "m": message, "node": node}
        for key, node in record.subscriptions.items()
        for task, _separator, message in (key.partition("|"),)
    ]
    work.writes.append(lambda tx: migrated.rename(tx, dossier_id, tasks, jobs, waiting))


def _require_dates(
    work: Work, number: int, due: datetime | None, timers: Mapping[str, datetime | None]
) -> None:
    """What the citizen was promised and what the law has set in motion stays; raises MigrationRefused."""
    plan.settle_clock(work)
    if work.columns["due_at"] != due:
        raise MigrationRefused(
            number,
            [
                Obstacle(
                    "", "Ngày hẹn trả sẽ đổi theo bản mới.", "The due date would change on the new version."
                )
            ],
        )
    plan.plan_timers(work)
    moved = [
        key.partition("|")[2]
        for key, at in timers.items()
        if key in work.record.timers and work.record.timers[key].due_at != at
    ]
    if moved:
        names = ", ".join(sorted(moved))
        raise MigrationRefused(
            number,
            [Obstacle(moved[0], f"Mốc thời gian {names} sẽ đổi ngày.", f"The date of {names} would change.")],
        )
