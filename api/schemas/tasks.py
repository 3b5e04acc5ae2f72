"""The inbox."""

from api.schemas.dossiers import LightSchema
from api.schemas.fields import Answer, Choice, Flag, Identity, Items, Moment, Part, Shape, Text, Whole
from engine.tasks import INBOX_FILTERS


class InboxFilterSchema(Shape):
    """Which tasks, and where the page begins."""

    filter = Choice(*INBOX_FILTERS, attribute="only", load_default="all")
    cursor = Text(most=300, metadata={"description": "next_cursor của trang trước."})
    limit = Whole(1, 200, load_default=50)


class TaskLineSchema(Answer):
    """A task in the inbox."""

    id = Identity(attribute="task_id")
    number = Text(metadata={"example": "000.00.00.H41-260302-0001"})
    version = Whole(attribute="sequence", metadata={"description": "Phiên bản hồ sơ, cho If-Match."})
    node = Text()
    name = Text(metadata={"example": "Thẩm định hồ sơ"})
    role = Text()
    agency = Text()
    agency_name = Text()
    procedure_code = Text()
    procedure_name = Text()
    applicant_name = Text()
    channel = Text()
    handling = Text()
    assignee = Identity(allow_none=True)
    assignee_name = Text(allow_none=True)
    opened_at = Moment()
    due_at = Moment(allow_none=True, metadata={"description": "Hạn của bước."})
    late = Flag(metadata={"description": "Bước đã quá hạn của chính nó."})
    dossier_due_at = Moment(allow_none=True)
    light = Part(LightSchema)


class InboxSchema(Answer):
    """Part of the inbox, most urgent first."""

    items = Items(Part(TaskLineSchema), attribute="lines")
    next_cursor = Text(allow_none=True, metadata={"description": "null: hết việc."})


class InboxCountsSchema(Answer):
    """How many tasks each filter holds, counted no further than 100."""

    all = Whole()
    mine = Whole()
    free = Whole()
    overdue = Whole()
    due_soon = Whole()
    paused = Whole()
