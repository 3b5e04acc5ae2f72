"""Statutory papers as they were issued."""

from api.schemas.fields import Answer, Identity, Items, Mapping, Moment, Part, Text


class PaperSchema(Answer):
    """A paper in a list."""

    id = Identity()
    name = Text(metadata={"example": "appointment_slip"})
    version = Text(metadata={"example": "2025-09"})
    title = Text(metadata={"example": "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"})
    issued_at = Moment()
    issued_by = Text()


class PapersSchema(Answer):
    """All papers of a dossier, newest last."""

    items = Items(Part(PaperSchema))


class PaperContentSchema(Answer):
    """The frozen content of a paper, without any layout."""

    content = Mapping(
        metadata={"description": "Nội dung như đã ban hành; bản in và PDF chỉ đọc nội dung này."}
    )
