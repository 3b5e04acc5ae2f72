"""Tasks: the inbox, taking a task, giving it back, finishing it."""

from typing import Any
from uuid import UUID

from api.context import engine
from api.resources.dossiers import answers_of
from api.resources.once import once
from api.resources.resource import ETAG, Resource
from api.resources.versions import on_version, seen_version, tagged
from api.schemas.dossiers import DecisionSchema, OutcomeSchema
from api.schemas.tasks import InboxCountsSchema, InboxFilterSchema, InboxSchema
from api.security import officer, requires
from engine.domain.permission import Action

resource = Resource("tasks", "Việc cần làm: hộp việc, nhận, trả lại, hoàn thành.")


@resource.get("/tasks", summary="Hộp việc của tôi, gấp nhất trước")
@requires(Action.VIEW_INBOX)
@resource.arguments(InboxFilterSchema, location="query")
@resource.response(200, InboxSchema)
def inbox(wanted: dict[str, Any]) -> Any:
    """Open tasks of the officer's roles and agencies, page by page."""
    return engine().tasks.inbox(officer(), **wanted)


@resource.get("/tasks/counts", summary="Số việc theo từng bộ lọc")
@requires(Action.VIEW_INBOX)
@resource.response(200, InboxCountsSchema)
def counts() -> Any:
    """How many tasks each filter of the inbox holds."""
    return engine().tasks.counts(officer())


@resource.post("/dossiers/<number>/tasks/<uuid:task_id>/claim", summary="Nhận việc")
@requires(Action.COMPLETE_TASK)
@once
@on_version
@resource.response(200, OutcomeSchema, headers=ETAG)
def claim(number: str, task_id: UUID) -> Any:
    """Take the task, so that nobody else does it."""
    outcome = engine().tasks.claim(officer(), number, task_id, seen=seen_version())
    return tagged(outcome, outcome.sequence)


@resource.post("/dossiers/<number>/tasks/<uuid:task_id>/release", summary="Trả lại việc")
@requires(Action.COMPLETE_TASK)
@once
@on_version
@resource.response(200, OutcomeSchema, headers=ETAG)
def release(number: str, task_id: UUID) -> Any:
    """Give the task back to all of the role."""
    outcome = engine().tasks.release(officer(), number, task_id, seen=seen_version())
    return tagged(outcome, outcome.sequence)


@resource.post("/dossiers/<number>/tasks/<uuid:task_id>/complete", summary="Hoàn thành việc")
@requires(Action.COMPLETE_TASK)
@once
@on_version
@resource.arguments(DecisionSchema)
@resource.response(200, OutcomeSchema, headers=ETAG)
def complete(decision: dict[str, Any], number: str, task_id: UUID) -> Any:
    """Finish the task with the answers of its form and the decision of one of its buttons."""
    outcome = engine().tasks.complete(
        officer(), number, task_id, answers=answers_of(decision), seen=seen_version()
    )
    return tagged(outcome, outcome.sequence)
