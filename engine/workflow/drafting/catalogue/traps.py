"""What a sheet hides from whoever reads its cells: merged cells, hidden rows, formulas without results."""

import re
from collections.abc import Iterator

from engine.workflow.drafting.catalogue.problems import CellProblem

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)\"")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*[^>/])>")  # with cells in it
_NUMBER, _HIDDEN = re.compile(rb"\br=\"([0-9]+)\""), re.compile(rb"\bhidden=\"(?:1|true)\"")
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b[^>]*?\br=\"([A-Z]+)([0-9]+)\"[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


def traps(sheet: bytes) -> Iterator[CellProblem]:
    """Places in the XML of a sheet where its cells do not tell what a person sees."""
    for left, top, right, bottom in _MERGED.findall(sheet):
        area = f"{left.decode()}{top.decode()}:{right.decode()}{bottom.decode()}"
        yield CellProblem(
            int(top), left.decode(), f"các ô {area} bị gộp. Bỏ gộp ô và ghi giá trị vào từng dòng",
            f"cells {area} are merged. Unmerge them and write the value into each row",
        )  # fmt: skip
    for attributes in _ROW.findall(sheet):
        number = _NUMBER.search(attributes)
        if number and _HIDDEN.search(attributes):
            yield CellProblem(
                int(number[1]), "", "dòng bị ẩn hoặc bị lọc. Bỏ ẩn, bỏ lọc; dòng không nhập thì xóa",
                "the row is hidden or filtered out. Show it, or delete it when it is not meant",
            )  # fmt: skip
    for column, row in _FORMULA.findall(sheet):
        yield CellProblem(
            int(row), column.decode(), "ô là công thức chưa có kết quả. Chép ô rồi dán giá trị",
            "the cell is a formula without a result. Copy it and paste its value",
        )  # fmt: skip
