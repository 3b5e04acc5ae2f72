"""Catalogues of procedures: rows of a CSV file or an Excel workbook, read without guessing."""

from engine.workflow.drafting.catalogue.problems import BadCatalogue, CellProblem, refuse
from engine.workflow.drafting.catalogue.row import Row, rows_of
from engine.workflow.drafting.catalogue.text_file import lines_of

__all__ = ["MOST_BYTES", "BadCatalogue", "CellProblem", "Row", "read_catalogue"]

MOST_BYTES = 20_000_000  # bytes; the national catalogue has less than two


def read_catalogue(content: bytes, name: str) -> list[Row]:
    """The procedures in a file. Raises BadCatalogue with everything that is wrong, row by row."""
    if len(content) > MOST_BYTES:
        raise refuse(f"tệp «{name}» lớn hơn 20 MB", f"file “{name}” has more than 20 MB")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise refuse(
            "tệp Excel đời cũ (.xls) hoặc có mật khẩu. Mở bằng Excel và lưu lại dạng .xlsx",
            "an old Excel file (.xls) or one with a password. Save it as .xlsx",
        )
    if name.lower().endswith(".xlsx") or content.startswith(b"PK\x03\x04"):
        # Every process of a centre loads this module, few ever read a workbook.
        from engine.workflow.drafting.catalogue.workbook import sheet_lines  # noqa: PLC0415

        return rows_of(sheet_lines(content, name))
    return rows_of(lines_of(content))
