"""What two people may do to a running dossier: move its token, redo a step, correct data, cancel it."""

from uuid import UUID

from engine.advance.commands import TaskClosed, move
from engine.advance.work import Work
from engine.advance.world import reach
from engine.domain.dossier import Handling, may_move
from engine.domain.intervention import DossierMovedOn, ResultOut
from engine.domain.milestone import MILESTONES
from engine.domain.record import Record
from engine.text import folded
from engine.workflow.step import Move


def open_elements(record: Record) -> dict[str, str]:
    """Task ids of what waits in a dossier, with their BPMN ids."""
    found = {key: task.node for key, task in record.tasks.items()} | dict(record.jobs)
    found |= {key.split("|", 1)[0]: node for key, node in record.subscriptions.items()}
    return found


def move_token(work: Work) -> None:
    """Take an open element away and enter the one that the request names."""
    _move(work, str(work.command.details["to"]))


def redo(work: Work) -> None:
    """Leave an open element and enter it again."""
    _move(work, None)


def _move(work: Work, to: str | None) -> None:
    task_id = str(work.command.details["task"])
    work.node = open_elements(work.record).get(task_id)
    if work.node is None:
        raise TaskClosed()
    move(work, Move(UUID(task_id), to or work.node))


def correct(work: Work) -> None:
    """Put values right; whoever asked saw the old ones, and they must still be there."""
    details = work.command.details
    for name, value in details["values"].items():
        if work.record.data.get(name) != details["before"].get(name):
            raise DossierMovedOn(what=name)
        work.put(name, value)
    applicant = details["values"].get("applicant")
    if applicant:
        columns = work.columns
        columns["applicant_name"] = str(applicant.get("name", ""))
        words = (columns["number"], columns["applicant_name"], columns["procedure_code"])
        columns["search"] = folded(f"{' '.join(words)} {columns['procedure_name']}")


def cancel(work: Work) -> None:
    """End the dossier: nothing waits any more, and the citizen is told why."""
    if work.columns["handling"] != work.command.details["handling"]:
        raise DossierMovedOn(what=work.columns["handling"])
    if work.columns["signed_at"] or not may_move(work.handling, Handling.STOPPED):
        raise ResultOut()
    record = work.record
    for task_id, node in sorted(open_elements(record).items()):
        work.events.append(("cancelled", node, task_id))
    for waiting in (record.tasks, record.timers, record.jobs, record.subscriptions):
        waiting.clear()
    work.ended = True
    reach(work, MILESTONES["cancelled"], "", {"ground": work.command.reason or ""})
