"""JSON as modelers write it: read strictly, what is wrong told with its line."""

import json
import re
from functools import lru_cache
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
        found = orjson.loads(content.removeprefix(_MARK))
    except orjson.JSONDecodeError as error:
        raise _fault(content, error) from error
    if (twice := _twice(content)) is not None:
        name, line = twice
        raise NotJson(
            f"mục «{name}» ghi hai lần trong cùng một dấu ngoặc. Xóa bớt một",
            f"“{name}” is said twice in one pair of brackets. Remove one of them", line,
        )  # fmt: skip
    return found


@lru_cache(maxsize=2_000)  # forms of shared processes are read for every procedure
def _twice(content: bytes) -> tuple[str, int] | None:
    """A name that one object says twice, of which a reader would silently keep the last; and its line."""
    found: list[tuple[str, object]] = []

    def pairs(members: list[tuple[str, object]]) -> dict[str, object]:
        names = [name for name, _ in members]
        found.extend(one for place, one in enumerate(members) if one[0] in names[:place])
        return dict(members)

    text = content.removeprefix(_MARK).decode()
    json.loads(text, object_pairs_hook=pairs, parse_int=float)  # an integer of thousands of digits is refused
    if not found:
        return None
    name, value = found[0]
    said = re.compile(rf"{re.escape(json.dumps(name, ensure_ascii=False))}\s*:\s*(?:{_written(value)})?")
    last = [one.start() for one in said.finditer(text)][-1:]
    return name, text.count("\n", 0, last[0]) + 1 if last else 1


def _written(value: object) -> str:
    """A text as it may stand in the file; nothing for other values."""
    return re.escape(json.dumps(value, ensure_ascii=False)) if isinstance(value, str) else ""


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
