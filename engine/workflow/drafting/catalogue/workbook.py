"""Catalogues as Excel workbooks: the first sheet, read as it is."""

import io
import re
import unicodedata
import zipfile
import zlib
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from engine.domain.upload.errors import ActiveContent, TooBig, UploadRefused
from engine.domain.upload.office import check_office
from engine.workflow.drafting.catalogue.cells import Cell, Line
from engine.workflow.drafting.catalogue.problems import BadCatalogue, refuse
from engine.workflow.drafting.catalogue.traps import traps

_MOST_ROWS, _MOST_COLUMNS = 20_000, 60
_ERRORS = ("#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NULL!", "#NUM!")
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_NO_WORKBOOK = (
    "tệp .xlsx hỏng hoặc không phải sổ tính Excel. Mở bằng Excel và lưu lại dạng .xlsx",
    "the .xlsx file is broken or no workbook of Excel. Save it again in Excel as .xlsx",
)
# What the reader raises for parts that are missing, cut off or no XML (a SyntaxError to its parsers).
_BROKEN = (
    InvalidFileException, KeyError, ValueError, IndexError, TypeError, AttributeError, SyntaxError, EOFError,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip


def sheet_lines(content: bytes, name: str) -> list[Line]:
    """The rows of the first sheet. Raises BadCatalogue."""
    try:
        check_office(name, content, "xlsx")
    except TooBig as error:
        raise refuse(
            "sổ tính giải nén ra quá lớn. Chép riêng bảng danh mục sang một tệp mới",
            "the workbook is too big when unpacked. Copy the table alone into a new file",
        ) from error
    except ActiveContent as error:
        raise refuse(
            "sổ tính có macro hoặc đối tượng nhúng. Lưu lại dạng .xlsx không có macro",
            "the workbook holds macros or embedded objects. Save it as .xlsx without macros",
        ) from error
    except UploadRefused as error:
        raise refuse(*_NO_WORKBOOK) from error
    _refuse_declarations(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = _shown(book)
        _refuse_traps(content, str(getattr(sheet, "_worksheet_path", "")))
        found = list(_lines(sheet))
        book.close()
    except _BROKEN as error:
        raise refuse(*_NO_WORKBOOK) from error
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
        return Cell("1" if value else "0", "number")
    if value in _ERRORS:
        return Cell(str(value), "error")
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


def _refuse_traps(content: bytes, path: str) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read(path.lstrip("/")) if path.lstrip("/") in archive.namelist() else b""
    if problems := list(traps(xml)):
        raise BadCatalogue(problems)


def _shown(book: Any) -> Any:
    """The first sheet that a person sees and that has anything in it, else the first that is seen."""
    seen = [one for one in book.worksheets if one.sheet_state == "visible"] or book.worksheets
    return next((one for one in seen if _filled(one)), seen[0])


def _filled(sheet: Any) -> bool:
    sheet.reset_dimensions()
    return any(value is not None for row in sheet.iter_rows(max_row=50, values_only=True) for value in row)


def letter(column: int) -> str:
    """The letter of a column, from 0."""
    return str(get_column_letter(column + 1))
