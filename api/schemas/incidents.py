"""Incidents: what went wrong without anybody at the keyboard."""

from api.schemas.fields import Answer, Choice, Identity, Items, Moment, Part, Shape, Text
from engine.domain.incident import Remedy


class IncidentSchema(Answer):
    """An open incident."""

    id = Identity()
    dossier_id = Identity()
    dossier_number = Text(allow_none=True)
    procedure_name = Text(allow_none=True)
    kind = Text(metadata={"example": "job"})
    node = Text(allow_none=True, metadata={"description": "Phần tử của sơ đồ."})
    node_name = Text(allow_none=True)
    message = Text()
    opened_at = Moment()
    remedies = Items(Text(), metadata={"description": "Cách xử lý được: retry, skip, cancel, close."})


class IncidentsSchema(Answer):
    """Open incidents, oldest first."""

    items = Items(Part(IncidentSchema))


class RepairSchema(Shape):
    """What was done about it."""

    reason = Text(required=True, least=1, most=4000, metadata={"example": "Đã nối lại đường truyền"})
    remedy = Choice(*Remedy, metadata={"description": "Bỏ trống: cách thường dùng, đứng đầu trong remedies."})
