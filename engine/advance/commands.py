"""What each kind of command does, before the clock is settled and everything is saved."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from engine.advance import plan
from engine.advance.effects import tell_applicant, tell_officers, throw
from engine.advance.work import Work
from engine.advance.world import DossierWorld, enter
from engine.clock import vietnam
from engine.domain.command import Kind
from engine.domain.extension import require_extension
from engine.domain.message import SIGNAL, checked_message
from engine.errors import Invalid, MotcuaError
from engine.store import work as rows
from engine.workflow.errors import WorkflowFailed
from engine.workflow.instance import run
from engine.workflow.step import Action, Complete, Deliver, Fire, JobDone, JobFailed, Signal, Start, Step


class TaskClosed(MotcuaError):
    """The task is not open any more: somebody, or another window, was faster."""

    code = "task-closed"
    vi = "Việc này đã hoàn thành hoặc không còn mở. Xem nhật ký hồ sơ; có thể việc đã xong ở cửa sổ khác."
    en = (
        "This task is done or no longer open. See the dossier's history; another window may have finished it."
    )


class TaskClaimed(MotcuaError):
    """Somebody else has claimed the task."""

    code = "task-claimed"
    vi = "Việc này đang do cán bộ khác giữ. Đề nghị người đó trả lại trước khi ông/bà xử lý."
    en = "Another officer has claimed this task. Ask them to release it first."


class NotWaiting(MotcuaError):
    """The dossier does not wait for this message now."""

    code = "not-waiting"
    vi = "Hồ sơ hiện không ở bước cho phép «{message}». Xem trạng thái hồ sơ trước khi thực hiện."
    en = "The dossier does not wait for “{message}” now. Look at its status first."


class ResultDecided(NotWaiting):
    """A dossier cannot be withdrawn once its result or its refusal is signed: nothing is left to stop."""

    code = "result-decided"
    vi = "Kết quả của hồ sơ đã được ký nên không rút hồ sơ được nữa. Xin nhận kết quả tại Trung tâm."
    en = "The result is signed, so the dossier can no longer be withdrawn. Please collect the result."


def move(work: Work, action: Action) -> Step:
    """Run the process by one action and take over what is open afterwards."""
    step = run(work.definition, work.state, action, DossierWorld(work))
    take_over(work, step)
    return step


def take_over(work: Work, step: Step) -> None:
    """The process is where this step has led: what is open now is what the dossier waits for."""
    work.state, work.ended = step.state, step.ended
    work.record.state_hash = step.state_hash.hex()
    work.events.extend((event.kind, event.node, str(event.task_id)) for event in step.events)
    _require_sound(work, step)
    throw(work, step)
    plan.settle_clock(work)
    plan.open_tasks(work, step)
    plan.open_timers(work, step)
    work.new_jobs.extend(job for job in step.jobs if str(job.task_id) not in work.record.jobs)
    work.record.jobs = {str(job.task_id): job.node for job in step.jobs}
    work.record.subscriptions = {f"{one.task_id}|{one.message}": one.node for one in step.subscriptions}
    work.record.subscriptions |= {f"{one.task_id}|{SIGNAL}{one.message}": one.node for one in step.signals}


STUCK = ("quy trình chờ mãi ở đây, không còn gì có thể xảy ra", "the process waits here for what never comes")


def _require_sound(work: Work, step: Step) -> None:
    """A dossier neither ends by an error that nobody catches nor waits for what never comes."""
    if step.error is not None:
        work.events.append(("error", step.error, str(plan.NIL)))
    work.events.extend(("stuck", node, str(plan.NIL)) for node in step.stuck)
    if work.services.sandbox:
        return
    if step.error is not None:
        raise WorkflowFailed(
            work.node or "?",
            (f"không có nơi nào bắt lỗi «{step.error}»", f"nothing catches error “{step.error}”"),
        )
    if step.stuck:
        raise WorkflowFailed(step.stuck[0], STUCK)


def _start(work: Work) -> None:
    _answer(work)
    move(work, Start(work.command.details.get("at")))


def _complete(work: Work) -> None:
    task_id, holder = _open_task(work)
    if holder is not None and holder != work.command.by.officer:
        raise TaskClaimed()
    _answer(work)
    decision = work.command.answers.get("decision")
    if decision is not None:
        work.put(f"{work.node}_decision", decision)
    move(work, Complete(task_id))


def _answer(work: Work) -> None:
    for name, value in work.command.answers.items():
        work.put(name, value)


def _open_task(work: Work) -> tuple[UUID, UUID | None]:
    """The command's task and the officer who has claimed it; raises TaskClosed unless it is open."""
    task_id = work.command.task_id
    open_work = work.record.tasks.get(str(task_id))
    if task_id is None or open_work is None:
        raise TaskClosed()
    work.node = open_work.node
    return task_id, open_work.assignee


def _claim(work: Work) -> None:
    task_id, holder = _open_task(work)
    if holder not in (None, work.command.by.officer):
        raise TaskClaimed()
    _assign(work, task_id, work.command.by.officer)


def _release(work: Work) -> None:
    task_id, holder = _open_task(work)
    if holder != work.command.by.officer:
        raise TaskClaimed()
    _assign(work, task_id, None)


def _assign(work: Work, task_id: UUID, officer: UUID | None) -> None:
    work.record.tasks[str(task_id)].assignee = officer
    at = work.at if officer else None
    work.writes.append(lambda tx: rows.assign(tx, work.dossier_id, task_id, officer, at))


def _fire(work: Work) -> None:
    key = f"{work.command.task_id}|{work.command.name}"
    timer, task_id = work.record.timers.get(key), work.command.task_id
    # Who looked for due timers held no lock: the appointment may have moved since, or the clock stopped.
    if timer is None or task_id is None or timer.due_at is None or timer.due_at > work.at:
        raise NotWaiting(message=work.command.name)
    work.node = timer.name
    del work.record.timers[key]
    if task_id == plan.NIL:
        _statutory(work, timer.name.removeprefix("law:"))
    else:
        move(work, Fire(task_id, timer.name))


def _statutory(work: Work, timer_id: str) -> None:
    """A moment that the law sets has passed: it is noted and those concerned are told."""
    work.events.append(("fired", f"law:{timer_id}", str(plan.NIL)))
    rule = next((one for one in work.rules.statutory_timers if one.id == timer_id), None)
    if rule is not None:
        tell_officers(work, f"law:{timer_id}", {"roles": list(rule.audience)})


def _deliver(message: str | None = None) -> Callable[[Work], None]:
    def deliver(work: Work) -> None:
        name = message or work.command.name or ""
        waiting = [key for key in work.record.subscriptions if key.split("|", 1)[1] == name]
        if not waiting:
            raise NotWaiting(message=name)
        if name == "withdraw" and (work.columns["signed_at"] or work.columns["finished_at"]):
            raise ResultDecided()
        work.node = work.record.subscriptions[waiting[0]]
        if "from" not in work.command.details:  # what another dossier sends was checked when it was routed
            work.command = replace(work.command, answers=checked_message(name, work.command.answers))
        if name.startswith(SIGNAL):
            move(work, Signal(name.removeprefix(SIGNAL)))
        else:
            task_id = UUID(waiting[0].split("|", 1)[0])
            _answer(work)
            move(work, Deliver(name, task_id, work.command.answers))

    return deliver


def _job_done(work: Work) -> None:
    move(work, JobDone(_open_job(work), work.command.answers))


def _job_error(work: Work) -> None:
    move(work, JobFailed(_open_job(work), work.command.name or ""))


def _open_job(work: Work) -> UUID:
    task_id = work.command.task_id
    if task_id is None or str(task_id) not in work.record.jobs:
        raise TaskClosed()
    work.node = work.record.jobs[str(task_id)]
    return task_id


def _extend(work: Work) -> None:
    command = work.command
    new_due = _moment(command.details.get("due_at"))
    ground = (command.reason or "").strip()
    if not ground:
        raise Invalid(
            {"reason": ("Cần nêu lý do gia hạn, nội dung này được gửi cho người nộp.", "Give the reason.")}
        )
    require_extension(
        plan.reckoning(work),
        new_due_at=new_due,
        at=work.at,
        calendar=work.calendar,
        agency=work.columns["agency"],
        rules=work.rules,
    )
    enter(work, "extended", ground=ground, due_at=new_due.isoformat())
    work.papers.append(("apology_extension", ""))
    tell_applicant(work, "extended")


def _moment(text: object) -> datetime:
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise Invalid({"due_at": ("Ngày hẹn mới chưa đúng dạng ngày giờ.", "The new date is not a moment.")})
    return vietnam(at)


def _replan(work: Work) -> None:
    """The calendar has changed: everything is reckoned anew with the version the command names.

    A dossier never goes back to an older calendar, and one that has ended stays as it was.
    """
    version = int(work.command.details["calendar_version"])
    if work.columns["closed_at"] is not None or version <= work.columns["calendar_version"]:
        raise NotWaiting(message=Kind.REPLAN)
    # With the older one beside it, history alone tells by which calendar each moment was reckoned.
    details = {**work.command.details, "calendar_before": work.columns["calendar_version"]}
    work.command = replace(work.command, details=details)
    work.columns["calendar_version"] = version
    work.calendar = work.services.calendars.get(work.tx, version)
    old = work.columns["due_at"]
    work.reckoning = None
    plan.recount(work)
    plan.settle_clock(work)
    if old != work.columns["due_at"]:
        tell_applicant(work, "replanned")


def _attach(work: Work) -> None:
    """The document's row is written by the use case; here it enters history."""


ACTIONS: dict[Kind, Callable[[Work], None]] = {
    Kind.START: _start,
    Kind.COMPLETE: _complete,
    Kind.CLAIM: _claim,
    Kind.RELEASE: _release,
    Kind.FIRE: _fire,
    Kind.SUPPLEMENT: _deliver("supplement"),
    Kind.WITHDRAW: _deliver("withdraw"),
    Kind.MESSAGE: _deliver(),
    Kind.JOB_DONE: _job_done,
    Kind.JOB_ERROR: _job_error,
    Kind.EXTEND: _extend,
    Kind.REPLAN: _replan,
    Kind.ATTACH: _attach,
}
