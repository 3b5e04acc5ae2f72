"""Signing in, and who is signed in."""

from api.schemas.fields import Answer, Identity, Items, Moment, Part, Shape, Text


class CredentialsSchema(Shape):
    """User name and password."""

    username = Text(required=True, least=1, most=80, metadata={"example": "tiepnhan.tthcc"})
    password = Text(required=True, least=1, most=1024, metadata={"example": "mật khẩu của cán bộ"})


class PostingSchema(Answer):
    """A role at an agency."""

    role = Text(metadata={"example": "reception"})
    agency = Text(metadata={"example": "TTHCC"})
    agency_name = Text(metadata={"example": "Trung tâm Phục vụ hành chính công tỉnh Nghệ An"})
    place = Text(metadata={"description": "Nơi trực, khi khác cơ quan."})


class OfficerSchema(Answer):
    """An officer with the postings of today."""

    id = Identity(attribute="officer_id")
    username = Text()
    name = Text(metadata={"example": "Nguyễn Thị Lan"})
    postings = Items(Part(PostingSchema))
    rights = Items(Text(), metadata={"description": "Quyền hiện có ở ít nhất một hồ sơ hoặc một việc."})


class SessionSchema(Answer):
    """A session that has begun."""

    token = Text(metadata={"description": "Gửi trong Authorization: Bearer; không lưu ở đâu khác."})
    token_type = Text(metadata={"example": "Bearer"})
    ends_at = Moment(metadata={"description": "Muộn nhất; sớm hơn khi 30 phút không dùng."})
    officer = Part(OfficerSchema)
