"""Catalogues as Excel workbooks: the first sheet, read as it is."""

import io
import re
import unicodedata
import zipfile
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from engine.domain.upload.errors import UploadRefused
from engine.domain.upload.office import check_office
from engine.workflow.drafting.catalogue.cells import Cell, Line
from engine.workflow.drafting.catalogue.problems import BadCatalogue, CellProblem, refuse

_MOST_ROWS, _MOST_COLUMNS = 20_000, 60
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)\"")
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def sheet_lines(content: bytes, name: str) -> list[Line]:
    """The rows of the first sheet. Raises BadCatalogue."""
    try:
        check_office(name, content, "xlsx")
    except UploadRefused as error:
        raise refuse(
            f"{error.message('vi')} Mở bằng Excel và lưu lại dạng .xlsx", error.message("en")
        ) from error
    _refuse_declarations(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        _refuse_merged(content, str(getattr(sheet, "_worksheet_path", "")))
        found = list(_lines(sheet))
        book.close()
    except (InvalidFileException, KeyError, ValueError, IndexError, TypeError, zipfile.BadZipFile) as error:
        raise refuse(
            "tệp .xlsx hỏng hoặc không có trang tính. Mở bằng Excel và lưu lại",
            "the .xlsx file is broken or has no sheet. Save it again in Excel",
        ) from error
    return found


def _lines(sheet: Any) -> list[Line]:
    sheet.reset_dimensions()  # what the file says of its size may be wrong
    found = []
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number > _MOST_ROWS:
            raise refuse(f"có hơn {_MOST_ROWS} dòng", f"more than {_MOST_ROWS} rows", number)
        line = Line(number, tuple(_cell(value) for value in row[:_MOST_COLUMNS]))
        if not line.empty:
            found.append(line)
    return found


def _cell(value: object) -> Cell:
    if value is None:
        return Cell("")
    if isinstance(value, datetime | date | time):
        return Cell(str(value), "date")
    if isinstance(value, bool):
        return Cell("1" if value else "0")
    if isinstance(value, int | float):
        return Cell(f"{value:g}" if isinstance(value, float) else str(value), "number")
    return Cell(" ".join(unicodedata.normalize("NFC", str(value)).split()))


def _refuse_declarations(content: bytes) -> None:
    """Entities could make a small file endless; no workbook needs them."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.infolist():
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as stream:
                    if _DOCTYPE.search(stream.read(4096)):
                        raise refuse("tệp .xlsx có khai báo DOCTYPE", "the .xlsx file declares a DOCTYPE")


def _refuse_merged(content: bytes, path: str) -> None:
    """A merged cell has its value in one place only: the rows beside it would be read as empty."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read(path.lstrip("/")) if path.lstrip("/") in archive.namelist() else b""
    problems = []
    for left, top, right, bottom in _MERGED.findall(xml):
        area = f"{left.decode()}{top.decode()}:{right.decode()}{bottom.decode()}"
        problems.append(CellProblem(
            int(top), left.decode(), f"các ô {area} bị gộp. Bỏ gộp ô và ghi giá trị vào từng dòng",
            f"cells {area} are merged. Unmerge them and write the value into each row",
        ))  # fmt: skip
    if problems:
        raise BadCatalogue(problems)


def letter(column: int) -> str:
    """The letter of a column, from 0."""
    return str(get_column_letter(column + 1))
