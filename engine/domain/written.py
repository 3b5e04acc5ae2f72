"""Files that people write in an editor: the text behind the bytes, what a YAML reader means by its words."""

import re

from engine.errors import MotcuaError

_SAVE = (
    "Mở tệp bằng Notepad, chọn «Lưu thành», mã hóa UTF-8",
    "Save it again in Notepad with the encoding UTF-8",
)
# What YAML readers say, as people can use it; the first that fits counts.
_YAML = (
    ("mapping values are not allowed", (
        "giá trị có dấu hai chấm thì đặt trong ngoặc kép; mục con thụt vào hai dấu cách",
        "quote a value that holds a colon; indent what belongs below")),
    ("could not find expected ':'", (
        "thiếu dấu hai chấm sau tên mục", "a colon is missing behind a name")),
    ("tab", ("thụt dòng bằng dấu cách, không dùng phím Tab", "indent by spaces, not by tabs")),
    ("'\\t'", ("thụt dòng bằng dấu cách, không dùng phím Tab", "indent by spaces, not by tabs")),
    ("expected <block end>", (
        "dòng thụt vào không đều với các dòng cùng mục", "the indentation differs")),
    ("undefined alias", (
        "giá trị bắt đầu bằng dấu * thì đặt trong ngoặc kép", "quote a value that begins with *")),
    ("end of stream", ("ngoặc kép mở mà chưa đóng", "a quotation mark is not closed")),
    ("another document", (
        "dòng «---» bắt đầu tài liệu thứ hai. Xóa dòng ấy", "“---” begins a second document")),
    ("nesting depth", ("lồng quá sâu", "nested too deeply")),
    ("expected ',' or", ("thiếu dấu phẩy hoặc dấu ngoặc đóng", "a comma or closing bracket is missing")),
    ("cannot start any token", (
        "giá trị bắt đầu bằng một dấu đặc biệt thì đặt trong ngoặc kép",
        "quote a value that begins with a special sign")),
    ("special characters", (
        "có ký tự điều khiển. Gõ lại dòng này", "a control character. Type the line anew")),
)  # fmt: skip
_OTHER = ("xem lại dấu câu và cách thụt dòng", "look at punctuation and indentation")


class NotText(MotcuaError):
    """Bytes that are no text in UTF-8; ``line`` is where that shows first."""

    code = "not-text"
    vi = "Dòng {line}: {why}."
    en = "Line {line}: {why_en}."

    def __init__(self, line: int, vi: str, en: str) -> None:
        self.line = line
        self.why = (vi, en)
        super().__init__(line=line, why=vi, why_en=en)


def written(content: bytes) -> str:
    """The text of a file in UTF-8, or in UTF-16 when its mark says so. Raises NotText."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise NotText(1, *_said("tệp UTF-16 bị cắt cụt", "the UTF-16 file is cut off")) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise NotText(
            line, *_said("có ký tự không phải UTF-8", "there are characters that are not UTF-8")
        ) from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise NotText(line, *_said("tệp không phải văn bản", "the file is no text"))
    return text


def _said(vi: str, en: str) -> tuple[str, str]:
    return f"{vi}. {_SAVE[0]}", f"{en}. {_SAVE[1]}"


def toml_fault(error: ValueError) -> tuple[str, str]:
    """That a file is no TOML, with the line that its reader names."""
    place = re.search(r"line ([0-9]+),? column ([0-9]+)", str(error))
    vi, en = "sai cú pháp TOML", "not well-formed TOML"
    if place is None:
        return f"{vi}: tệp bị cắt cụt", f"{en}: the file is cut off"
    return f"{vi} ở dòng {place[1]}, cột {place[2]}", f"{en} at line {place[1]}, column {place[2]}"


def yaml_fault(problem: str | None) -> tuple[str, str]:
    """What a YAML reader says about a line, as an analyst can use it."""
    said = problem or ""
    return next((words for sign, words in _YAML if sign in said), _OTHER)
