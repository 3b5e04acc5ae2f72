"""Documents that come with a dossier."""

from api.schemas.fields import Answer, File, Identity, Items, Moment, Part, Shape, Text, Whole


class DocumentSchema(Answer):
    """A document as it was stored."""

    id = Identity()
    required_id = Text(allow_none=True, metadata={"description": "Mục trong thành phần hồ sơ của thủ tục."})
    name = Text(metadata={"example": "Đơn đề nghị.pdf"})
    media_type = Text(metadata={"example": "application/pdf"})
    size = Whole(metadata={"description": "Số byte."})
    sha256 = Text()
    added_at = Moment()
    added_by = Text(metadata={"description": "officer:<mã> hoặc citizen:<số hồ sơ>."})


class DocumentsSchema(Answer):
    """All documents of a dossier."""

    items = Items(Part(DocumentSchema))


class UploadSchema(Shape):
    """One file, as multipart/form-data."""

    file = File(required=True, metadata={"description": "pdf, jpg, png, docx hoặc xlsx, tối đa 20 MB."})
    required_id = Text(most=80, metadata={"description": "Mục trong thành phần hồ sơ của thủ tục."})
