"""Repairs by two people: what could be asked for, what was, and what came of it."""

from api.schemas.fields import (
    Answer,
    Anything,
    Choice,
    Flag,
    Identity,
    Items,
    Mapping,
    Moment,
    Part,
    Shape,
    Text,
    Whole,
)
from engine.domain.intervention import Intervention


class TargetSchema(Answer):
    """An element that a token could be moved to."""

    node = Text()
    name = Text()


class OpenElementSchema(Answer):
    """Something that waits in the dossier."""

    task = Identity(attribute="task_id")
    node = Text()
    name = Text(metadata={"example": "Thẩm định hồ sơ"})
    targets = Items(Part(TargetSchema))


class CorrectableSchema(Answer):
    """A value that may be put right."""

    key = Text(metadata={"example": "applicant.name"})
    label = Text()
    label_en = Text()
    value = Anything(allow_none=True)


class PossibleSchema(Answer):
    """What could be asked for now."""

    number = Text()
    procedure_name = Text()
    handling = Text()
    ended = Flag()
    elements = Items(Part(OpenElementSchema))
    fields_ = Items(
        Part(CorrectableSchema),
        attribute="fields",
        data_key="fields",
        metadata={"description": "Rỗng với người không được xem hồ sơ."},
    )


class RequestSchema(Shape):
    """A repair that is asked for."""

    kind = Choice(*(one.value for one in Intervention), required=True)
    task = Identity(metadata={"description": "move, redo: việc đang mở."})
    to = Text(most=120, metadata={"description": "move: mã phần tử cùng khối.", "example": "thamdinh"})
    values = Mapping(metadata={"description": "correct: mục và giá trị đúng, ví dụ applicant.name."})
    reason = Text(required=True, least=1, most=2000, metadata={"example": "Chuyên viên chuyển nhầm bước"})


class RequestedSchema(Answer):
    """The request, waiting for a second person."""

    dossier_id = Identity()
    id = Identity()


class InterventionSchema(Answer):
    """A request, and what came of it."""

    dossier_id = Identity()
    id = Identity()
    dossier_number = Text()
    procedure_name = Text()
    kind = Text()
    element = Text(allow_none=True)
    to = Text(allow_none=True)
    values = Mapping()
    before = Mapping()
    reason = Text()
    requested_at = Moment()
    requested_by = Text()
    requested_by_name = Text(allow_none=True)
    state = Text(metadata={"description": "requested, done, refused."})
    decided_at = Moment(allow_none=True)
    decided_by_name = Text(allow_none=True)
    note = Text(allow_none=True)
    sequence = Whole(allow_none=True, metadata={"description": "Lệnh đã thực hiện trong nhật ký hồ sơ."})


class InterventionsSchema(Answer):
    """Requests that wait, oldest first, then what was decided last."""

    items = Items(Part(InterventionSchema))


class ApproveSchema(Shape):
    """What the second person remarks."""

    note = Text(most=2000, load_default="")
