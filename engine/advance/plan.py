"""After a command: the due date, the timers and the budgets of steps, all by the legal clock."""

from datetime import UTC, datetime
from uuid import UUID

from engine.advance.work import Work
from engine.clock import vietnam
from engine.domain.deadline import Reckoning, ResumePolicy, reckon
from engine.domain.duration import parse_duration, parse_timer, timer_code
from engine.domain.record import OpenWork, Pending
from engine.domain.statutory_timers import handover_due, timers_ended, timers_started
from engine.domain.timer_plan import plan_timer
from engine.workflow.errors import WorkflowFailed
from engine.workflow.step import OpenTask, Step

# Where a task without any due date stands in the inbox: last.
NEVER = datetime(9999, 12, 31, tzinfo=UTC)
NIL = UUID(int=0)  # task id of timers that no element of a diagram started


def reckoning(work: Work) -> Reckoning:
    """The dossier's clock as the ledger has it now."""
    if work.reckoning is None:
        procedure = work.definition.procedure
        work.reckoning = reckon(
            work.record.ledger,
            policy=ResumePolicy.parse(procedure.resume),
            limit=parse_duration(work.record.limit) if work.record.limit else None,
            clock_starts=procedure.clock_starts,
            same_day=procedure.same_day,
            calendar=work.calendar,
            agency=work.columns["agency"],
            rules=work.rules,
        )
    return work.reckoning


def settle_clock(work: Work) -> None:
    """Bring the due date of the dossier up to its ledger."""
    result = reckoning(work)
    work.columns["due_at"] = result.due_at
    work.columns["clock_running"] = result.running


def open_tasks(work: Work, step: Step) -> None:
    """Take over what people have to do now; tasks that are gone leave the record."""
    now_open = {str(task.task_id): task for task in step.tasks}
    for gone in set(work.record.tasks) - set(now_open):
        del work.record.tasks[gone]
    for key, task in now_open.items():
        if key not in work.record.tasks:
            work.record.tasks[key] = _opened(work, task)


def _opened(work: Work, task: OpenTask) -> OpenWork:
    agency = {"competent": work.columns["agency"], "centre": work.columns["received_agency"]}.get(
        task.agency, task.agency
    )
    if not work.services.sandbox and agency not in work.services.offices:
        # Nobody would ever see the task: whoever is to mend it has to be told now.
        why = f"bước giao cho cơ quan «{agency}» mà danh mục cơ quan không có"
        raise WorkflowFailed(task.node, (why, f"it is for agency “{agency}”, which is not known"), task.name)
    due = _step_due(work, task.node, agency, work.at)
    return OpenWork(task.node, task.name, task.role, agency, work.at, due, NEVER)


def _step_due(work: Work, node: str, agency: str, opened_at: datetime) -> datetime | None:
    limit = work.definition.step_limit(node, work.scope())
    return work.calendar.add(vietnam(opened_at), limit, agency) if limit is not None else None


def recount(work: Work) -> None:
    """The calendar is another: budgets of open steps and hand-over moments are counted anew.

    Everything else follows by itself when the clock is settled and the timers are planned.
    """
    for task in work.record.tasks.values():
        task.due_at = _step_due(work, task.node, task.agency, task.opened_at)
    handed = work.record.timers.get(f"{NIL}|law:handover")
    if handed is not None:
        cutoff = work.rules.handover_cutoff
        moment = handover_due(handed.started_at, work.calendar, work.columns["agency"], cutoff)
        handed.value = timer_code(moment)


def order_tasks(work: Work) -> None:
    """The inbox is ordered by what is due first: the step or the whole dossier."""
    dossier_due = work.columns["due_at"]
    for task in work.record.tasks.values():
        moments = [moment for moment in (task.due_at, dossier_due) if moment is not None]
        task.urgent_at = min(moments, default=NEVER)


def open_timers(work: Work, step: Step) -> None:
    """Take over the timers of the diagram that wait now."""
    now_open = {f"{timer.task_id}|{timer.name}": timer for timer in step.timers}
    ours = [key for key in work.record.timers if not key.startswith(str(NIL))]
    for gone in set(ours) - set(now_open):
        del work.record.timers[gone]
    for key, timer in now_open.items():
        if key not in work.record.timers:
            work.record.timers[key] = Pending(timer.name, timer.value, timer.clock, work.at, None)


def statutory_timers(work: Work) -> None:
    """Start and end the timers that the law itself sets, whatever the diagram says."""
    timers = work.record.timers
    for occurrence in work.occurrences:
        milestone = occurrence.milestone.name
        for ended in timers_ended(work.rules, milestone):
            timers.pop(f"{NIL}|law:{ended}", None)
        for begun in timers_started(
            work.rules,
            milestone,
            channel=work.columns["channel"],
            at=work.at,
            calendar=work.calendar,
            agency=work.columns["agency"],
            due_at=work.columns["due_at"],
        ):
            name = f"law:{begun.id}"
            timers[f"{NIL}|{name}"] = Pending(name, begun.value, begun.clock, work.at, None)
    if work.ended:
        # What follows the dossier's own clock is over with it; the archive's year goes on.
        for key in [key for key, timer in timers.items() if timer.clock == "legal"]:
            del timers[key]


def plan_timers(work: Work) -> None:
    """Give every waiting timer its moment; one that stands still gets none."""
    for timer in work.record.timers.values():
        timer.due_at = plan_timer(
            parse_timer(timer.value),
            clock=timer.clock,
            started_at=vietnam(timer.started_at),
            reckoning=reckoning(work),
            ledger=work.record.ledger,
            calendar=work.calendar,
            agency=work.columns["agency"],
        )
