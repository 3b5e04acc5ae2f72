"""A procedure as a row of a catalogue tells it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from engine.domain.procedure import RequiredDocument
from engine.text import folded
from engine.workflow.drafting.catalogue.cells import Cell, Line
from engine.workflow.drafting.catalogue.limits import Limit, limit_from
from engine.workflow.drafting.catalogue.papers import papers_from
from engine.workflow.drafting.catalogue.problems import BadCatalogue, CellProblem, refuse

CHANNELS = ("counter", "online", "postal")
# Columns by the names that are read for them; the first is the one that is written.
COLUMNS: dict[str, tuple[str, ...]] = {
    "code": ("code", "ma", "ma thu tuc", "ma tthc"),
    "name": ("name", "ten", "ten thu tuc", "ten tthc", "ten thu tuc hanh chinh"),
    "field": ("field", "linh vuc"),
    "authority": ("authority", "co quan", "co quan thuc hien", "co quan giai quyet"),
    "levels": ("levels", "cap", "cap thuc hien"),
    "applicants": ("applicants", "doi tuong", "doi tuong thuc hien"),
    "channels": ("channels", "cach thuc", "hinh thuc nop", "cach thuc thuc hien"),
    "limit_counter": ("limit_counter", "thoi han truc tiep"),
    "limit_online": ("limit_online", "thoi han truc tuyen"),
    "limit_postal": ("limit_postal", "thoi han buu chinh"),
    "numbered_steps": ("numbered_steps", "so buoc"),
    "supplement": ("supplement", "bo sung"),
    "refusal": ("refusal", "tu choi"),
    "consultation": ("consultation", "lay y kien"),
    "appraisal": ("appraisal", "tham dinh"),
    "documents": ("documents", "giay to", "thanh phan ho so"),
}  # fmt: skip
NEEDED = ("code", "name", "authority", "channels")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,29}\Z")
_CHANNEL_NAMES = {
    "counter": "counter", "truc tiep": "counter", "online": "online", "truc tuyen": "online",
    "postal": "postal", "buu chinh": "postal", "buu chinh cong ich": "postal", "dich vu buu chinh": "postal",
}  # fmt: skip
_LONGEST = 2_000  # characters of one cell; the longest name of the national catalogue has 400
_FLAGS = {"": None, "0": False, "1": True, "khong": False, "co": True, "false": False, "true": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a catalogue says of one procedure; None: the column is not there or empty."""

    number: int
    code: str
    name: str
    field: str = ""
    authority: str = ""
    levels: tuple[str, ...] = ()
    applicants: str = ""
    channels: tuple[str, ...] = ()
    limits: Mapping[str, Limit | None]  # by the channels that are offered
    supplement: bool | None = None
    refusal: bool | None = None
    consultation: bool | None = None
    appraisal: bool | None = None
    documents: tuple[RequiredDocument, ...] = ()


def rows_of(lines: list[Line]) -> list[Row]:
    """The rows below the head of a table. Raises BadCatalogue with everything that is wrong."""
    if not lines:
        raise refuse("tệp không có dòng nào", "the file has no rows")
    columns = _columns(lines[0])
    problems: list[CellProblem] = []
    rows = [_row(_Reader(line, columns, problems)) for line in lines[1:]]
    seen: dict[str, int] = {}
    for row in rows:
        if row.code and row.code in seen:
            problems.append(CellProblem(
                row.number, "code", f"mã «{row.code}» đã có ở dòng {seen[row.code]}",
                f"code “{row.code}” is in row {seen[row.code]} already",
            ))  # fmt: skip
        seen.setdefault(row.code, row.number)
    if not rows:
        problems.append(CellProblem(0, "", "tệp chỉ có dòng tiêu đề", "the file has nothing but its head"))
    if problems:
        raise BadCatalogue(sorted(problems, key=lambda one: one.row))
    return rows


def _columns(head: Line) -> dict[str, int]:
    names = {name: key for key, all_names in COLUMNS.items() for name in all_names}
    found: dict[str, int] = {}
    for place, cell in enumerate(head.cells):
        key = names.get(folded(cell.text).replace("-", " ")) or names.get(cell.text.strip().lower())
        if key is not None and key in found:
            raise refuse(f"cột {key} có hai lần", f"column {key} is there twice", head.number, cell.text)
        if key is not None:
            found[key] = place
    missing = [key for key in NEEDED if key not in found]
    if missing:
        there = ", ".join(cell.text for cell in head.cells if cell.text)
        raise refuse(
            f"thiếu cột {', '.join(missing)}; dòng tiêu đề có: {there}",
            f"columns missing: {', '.join(missing)}; the head has: {there}", head.number,
        )  # fmt: skip
    return found


class _Reader:
    """Cells of one row by the name of their column."""

    def __init__(self, line: Line, columns: dict[str, int], problems: list[CellProblem]) -> None:
        self.line, self._columns, self._problems = line, columns, problems

    def cell(self, column: str) -> Cell:
        place = self._columns.get(column)
        return self.line.cells[place] if place is not None and place < len(self.line.cells) else Cell("")

    def text(self, column: str) -> str:
        cell = self.cell(column)
        if cell.kind == "date":
            self.wrong(column, f"ô chứa ngày tháng «{cell.text}». Đổi định dạng ô sang văn bản rồi ghi lại",
                       f"the cell holds a date “{cell.text}”. Make it a text and write it again")  # fmt: skip
            return ""
        if cell.kind == "error":
            self.wrong(column, f"ô có lỗi công thức {cell.text}. Sửa công thức, hoặc ghi giá trị",
                       f"the cell holds {cell.text}. Mend the formula, or write a value")  # fmt: skip
            return ""
        if len(cell.text) > _LONGEST:
            self.wrong(column, f"ô dài {len(cell.text)} ký tự, tối đa {_LONGEST}",
                       f"the cell has {len(cell.text)} characters, at most {_LONGEST}")  # fmt: skip
            return ""
        return cell.text

    def code(self) -> str:
        cell = self.cell("code")
        if cell.kind == "number":
            self.wrong("code",
                       f"mã là số «{cell.text}», có thể mất số 0. Đổi ô sang văn bản rồi ghi lại",
                       f"the code is a number “{cell.text}” and may lack a zero. Make it a text")  # fmt: skip
            return ""
        text = self.text("code")
        if cell.text and not text:  # what is wrong has been told
            return ""
        if not _CODE.match(text):
            self.wrong("code", f"«{text}» không phải mã thủ tục", f"“{text}” is no code of a procedure")
        return text

    def limit(self, channel: str) -> Limit | None:
        column = f"limit_{channel}"
        text = self.text(column)
        try:
            return limit_from(text)
        except ValueError:
            self.wrong(column, f"«{text}» không phải thời hạn. Ví dụ «5 ngày làm việc», «30 ngày», «2 tháng»",
                       f"“{text}” is no limit. Say “5 working_days”, “30 days”, “2 months”")  # fmt: skip
            return None

    def flag(self, column: str) -> bool | None:
        text = folded(self.text(column))
        if text not in _FLAGS:
            self.wrong(column, f"«{text}» phải là 1 hoặc 0", f"“{text}” must be 1 or 0")
        return _FLAGS.get(text)

    def papers(self) -> tuple[RequiredDocument, ...]:
        try:
            return papers_from(self.text("documents"))
        except ValueError as error:
            self.wrong("documents",
                       f"«{error}» không rõ số bản. Ví dụ «Giấy khai sinh (1 bản chính, 2 bản sao)»",
                       f"“{error}”: how many? Say “Giấy khai sinh (1 bản chính, 2 bản sao)”")  # fmt: skip
            return ()

    def channels(self) -> tuple[str, ...]:
        found = set()
        for part in re.split(r"[;,]", self.text("channels")):
            name = _CHANNEL_NAMES.get(folded(part))
            if name is None and part.strip():
                self.wrong("channels", f"«{part.strip()}» không phải trực tiếp, trực tuyến, bưu chính",
                           f"“{part.strip()}” is none of counter, online, postal")  # fmt: skip
            found.update([name] if name else [])
        return tuple(one for one in CHANNELS if one in found)

    def wrong(self, column: str, vi: str, en: str) -> None:
        self._problems.append(CellProblem(self.line.number, column, vi, en))


def _row(read: _Reader) -> Row:
    name = read.text("name")
    if not read.cell("name").text:
        read.wrong("name", "thiếu tên thủ tục", "the name is missing")
    channels = read.channels()
    return Row(
        number=read.line.number, code=read.code(), name=name, field=read.text("field"),
        authority=read.text("authority"), applicants=read.text("applicants"), channels=channels,
        levels=tuple(one for one in read.text("levels").split(";") if one),
        limits=_limits(read, channels),
        supplement=read.flag("supplement"), refusal=read.flag("refusal"),
        consultation=read.flag("consultation"), appraisal=read.flag("appraisal"),
        documents=read.papers(),
    )  # fmt: skip


def _limits(read: _Reader, channels: tuple[str, ...]) -> dict[str, Limit | None]:
    """Limits of the channels that are offered; all cells are read, so that a mistake in any is told."""
    found = {channel: read.limit(channel) for channel in CHANNELS}
    return {channel: limit for channel, limit in found.items() if channel in channels}
