"""Catalogues as CSV, in the encodings that offices really send."""

import csv
import io
import unicodedata

from engine.workflow.drafting.catalogue.cells import Cell, Line
from engine.workflow.drafting.catalogue.problems import BadCatalogue, CellProblem, refuse

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = ",;\t|"
_LONGEST = 100_000  # characters of one cell


def lines_of(content: bytes) -> list[Line]:
    """The rows of a file. Raises BadCatalogue."""
    text = unicodedata.normalize("NFC", decoded(content))
    if "\0" in text:
        raise refuse("tệp không phải văn bản CSV", "the file is no CSV text")
    csv.field_size_limit(_LONGEST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    found = []
    try:
        for row in reader:
            found.append(Line(reader.line_num, tuple(Cell(" ".join(cell.split())) for cell in row)))
    except csv.Error as error:
        raise refuse(
            "dấu ngoặc kép chưa đóng hoặc ô quá dài", f"not well-formed CSV ({error})", reader.line_num
        ) from error
    lines = [one for one in _numbered(found) if not one.empty]
    _require_columns(lines)
    return lines


def _require_columns(lines: list[Line]) -> None:
    """A comma inside a cell without quotes moves all that follows into the wrong column."""
    head = len(lines[0].cells) if lines else 0
    problems = [
        CellProblem(
            line.number, "",
            f"có {len(line.cells)} ô mà tiêu đề có {head} cột. Ô có dấu phẩy phải đặt trong ngoặc kép",
            f"{len(line.cells)} cells under {head} columns. Quote cells that hold a comma",
        )
        for line in lines
        if any(cell.text for cell in line.cells[head:])
    ]  # fmt: skip
    if problems:
        raise BadCatalogue(problems)


def _numbered(lines: list[Line]) -> list[Line]:
    """A cell may hold several lines of text: rows are counted where they begin."""
    begins, found = 1, []
    for line in lines:
        found.append(Line(begins, line.cells))
        begins = line.number + 1
    return found


def decoded(content: bytes) -> str:
    """The text: by its byte order mark, else UTF-8, UTF-16 without a mark, or Windows-1258."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(content, encoding)
    if content[:200].count(0) > 20:
        return _strict(content, "utf-16-le" if content[1:2] == b"\0" else "utf-16-be")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if _mostly_utf8(content):
            raise _broken(content, error.start, "UTF-8") from error
        return _strict(content, "cp1258")


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _broken(content, error.start, encoding) from error


def _mostly_utf8(content: bytes) -> bool:
    """Whether the bytes beyond ASCII are UTF-8 with a few mistakes, rather than another encoding."""
    text = content.decode("utf-8", "replace")
    wrong, beyond = text.count("\ufffd"), sum(char > "\x7f" for char in text)
    return wrong < beyond - wrong  # bytes of another encoding hardly ever make characters of UTF-8


def _broken(content: bytes, at: int, encoding: str) -> BadCatalogue:
    row = content[:at].count(b"\n") + 1
    begin = content.rfind(b"\n", 0, at) + 1
    column = str(content[begin:at].count(b",") + 1)
    return refuse(
        f"có ký tự hỏng, không đọc được theo {encoding}. Mở tệp bằng Excel, lưu lại dạng CSV UTF-8",
        f"broken characters, not readable as {encoding}. Save the file again as CSV UTF-8",
        row, column,
    )  # fmt: skip


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(_DELIMITERS, key=first.count)
