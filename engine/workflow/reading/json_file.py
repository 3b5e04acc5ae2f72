"""JSON as modelers write it: read strictly, what is wrong told with its line."""

from typing import Any

import orjson

from engine.domain.written import NotText, written

# What the reader says, and what it means; the first that fits counts.
_FAULTS = (
    ("zero-length", "tệp rỗng", "the file is empty"),
    ("unexpected end", "tệp bị cắt cụt, thiếu dấu đóng", "the file is cut off"),
    ("depth limit", "lồng quá sâu", "nested too deeply"),
    ("trailing comma", "thừa dấu phẩy trước dấu đóng", "a comma stands before a closing bracket"),
    ("trailing", "còn chữ sau dấu đóng cuối cùng", "something stands behind the last bracket"),
)
_MARK, _UTF16 = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")  # what editors put in front
_OTHER = (
    "thiếu hoặc thừa dấu phẩy, dấu nháy, dấu ngoặc",
    "a comma, quotation mark or bracket too many or too few",
)


class NotJson(ValueError):
    """What is wrong with a file that should be JSON, in two languages, and the line where."""

    def __init__(self, vi: str, en: str, line: int) -> None:
        self.vi, self.en, self.line = vi, en, line
        super().__init__(en)


def read_json(content: bytes) -> Any:
    """What a file in UTF-8 says. Raises NotJson."""
    try:
        return orjson.loads(content.removeprefix(_MARK))
    except orjson.JSONDecodeError as error:
        raise _fault(content, error) from error


def _fault(content: bytes, error: orjson.JSONDecodeError) -> NotJson:
    if content.startswith(_UTF16):
        return NotJson("tệp mã hóa UTF-16. Lưu lại dạng UTF-8", "it is UTF-16. Save it as UTF-8", 1)
    try:
        written(content)
    except NotText as wrong:
        return NotJson(f"JSON không đọc được: {wrong.why[0]}", f"no JSON: {wrong.why[1]}", wrong.line)
    said = str(error)
    vi, en = next(((vi, en) for sign, vi, en in _FAULTS if sign in said), _OTHER)
    column = error.colno
    return NotJson(
        f"JSON sai ở cột {column}: {vi}. Lưu lại từ trình thiết kế biểu mẫu",
        f"not JSON at column {column}: {en}. Save it again in the form designer", error.lineno,
    )  # fmt: skip
