"""Errors as RFC 9457 problem documents, for the description; ``api.errors`` writes them."""

from api.schemas.fields import Anything, Items, Part, Shape, Text, Whole

EXAMPLE = {
    "type": "urn:motcua:problem:invalid",
    "title": "invalid",
    "status": 422,
    "code": "invalid",
    "detail": "Thông tin chưa hợp lệ: Số điện thoại gồm 10 chữ số và bắt đầu bằng 0.",
    "detail_en": "Some input is not valid.",
    "instance": "/api/v1/dossiers",
    "request_id": "5f1d3c9a7b2e4f60",
    "errors": [
        {
            "field": "applicant.phone",
            "detail": "Số điện thoại gồm 10 chữ số và bắt đầu bằng 0.",
            "detail_en": "A phone number has 10 digits and begins with 0.",
        }
    ],
}


class FieldProblemSchema(Shape):
    """One field that does not fit."""

    field = Text(required=True)
    detail = Text(required=True)
    detail_en = Text(required=True)


class ProblemSchema(Shape):
    """What went wrong and what to do."""

    type = Text(required=True)
    title = Text(required=True)
    status = Whole(required=True)
    code = Text(required=True, metadata={"description": "Mã lỗi ổn định, dành cho chương trình."})
    detail = Text(required=True, metadata={"description": "Câu tiếng Việt cho người đọc."})
    detail_en = Text(required=True)
    instance = Text(required=True)
    request_id = Text(required=True)
    errors = Items(Part(FieldProblemSchema))
    findings = Items(
        Anything(), metadata={"description": "Kết quả kiểm tra quy trình, khi quy trình có lỗi."}
    )
