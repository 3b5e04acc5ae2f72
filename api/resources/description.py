"""The description of the interface that is the same everywhere: signing in, headers, errors."""

from typing import Any

from api.schemas.problem import EXAMPLE, ProblemSchema

PROBLEM = "application/problem+json"
INFO = {
    "description": (
        "Giao diện lập trình của Motcua: tiếp nhận, giải quyết, theo dõi hồ sơ một cửa.\n\n"
        "Đăng nhập bằng POST /api/v1/sessions, gửi mã phiên trong tiêu đề Authorization: Bearer. "
        "Mỗi POST cần Idempotency-Key; gửi lại cùng khóa cho cùng câu trả lời. "
        "Thay đổi hồ sơ cần If-Match với phiên bản đã đọc. Thời điểm theo ISO 8601, giờ Việt Nam (+07:00). "
        "Lỗi theo RFC 9457, có mã ổn định, câu tiếng Việt và tiếng Anh."
    ),
    "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
}
_KEY = {
    "name": "Idempotency-Key",
    "required": True,
    "description": (
        "Một UUID cho mỗi yêu cầu mới. Cùng khóa và cùng nội dung: nhận lại đúng câu trả lời cũ "
        "(tiêu đề Idempotency-Replayed: true), giữ 30 ngày. Cùng khóa, nội dung khác: 422."
    ),
    "schema": {"type": "string", "minLength": 8, "maxLength": 120},
    "example": "0d9ed0f4-8d7b-4f6c-9a1e-6f1f2f6f9c11",
}
_MATCH = {
    "name": "If-Match",
    "required": True,
    "description": 'Phiên bản hồ sơ đã đọc (ETag), ví dụ "7". Hồ sơ đã thay đổi: 412. Thiếu: 428.',
    "schema": {"type": "string"},
    "example": '"7"',
}
_TAG = {
    "description": "Phiên bản hồ sơ, để gửi lại trong If-Match hoặc If-None-Match.",
    "schema": {"type": "string"},
    "example": '"7"',
}
_BEARER = {
    "type": "http",
    "scheme": "bearer",
    "description": "Mã phiên từ POST /api/v1/sessions; hết hiệu lực sau 30 phút không dùng hoặc 12 giờ.",
}


def describe(spec: Any) -> None:
    """Add to a description what all operations refer to."""
    components = spec.components
    components.security_scheme("bearer", _BEARER)
    components.parameter("IdempotencyKey", "header", _KEY)
    components.parameter("IfMatch", "header", _MATCH)
    components.header("ETag", _TAG)
    content = {PROBLEM: {"schema": ProblemSchema, "example": EXAMPLE}}
    response = {"description": "Không thực hiện được; chưa có gì thay đổi.", "content": content}
    for name in ("Problem", "UNPROCESSABLE_ENTITY"):  # the second is webargs' name for the first
        components.response(name, response, lazy=name != "Problem")
