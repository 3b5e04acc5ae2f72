"""Procedures as rows of a catalogue: what their diagrams say, in the columns that are read back."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from engine.domain.duration import CalendarDays, Months, WorkingDays, WorkingHours
from engine.domain.feel import compile_expression
from engine.domain.procedure import LimitFailed, NodeFacts, ProcedureFacts
from engine.workflow.drafting.catalogue.papers import papers_text
from engine.workflow.drafting.catalogue.row import CHANNELS, COLUMNS
from engine.workflow.reading.guard import parse_xml
from engine.workflow.reading.names import bpmn, our_word
from engine.workflow.reading.words import read_nodes, read_procedure

_UNITS = {WorkingDays: "working_days", CalendarDays: "days", Months: "months", WorkingHours: "hours"}
_OWN = ("competent", "centre", None)


def described(files: Iterable[tuple[str, bytes]], agency_name: Callable[[str], str]) -> list[list[str]]:
    """A row for each file that describes a procedure, by code. Raises XmlRefused."""
    found = []
    for name, content in files:
        for process in parse_xml(content, name).iterchildren(bpmn("process")):
            if our_word(process, "procedure") is not None:
                found.append(_row(process, agency_name))
    return sorted(found)


def _row(process: etree._Element, agency_name: Callable[[str], str]) -> list[str]:
    facts = read_procedure(process)
    nodes = list(read_nodes(process).values())
    people = [one for one in nodes if one.kind == "userTask"]
    said = {
        "code": facts.code, "name": facts.name, "field": facts.domain, "authority": agency_name(facts.agency),
        "levels": "province", "channels": ";".join(facts.channels), "numbered_steps": str(len(people)),
        "supplement": _flag(any(one.calls == "shared_supplement" for one in nodes)),
        "refusal": _flag(any(one.milestone == "declined" for one in nodes)),
        "consultation": _flag(any(_consults(one, facts) for one in people)),
        "appraisal": _flag(any(one.role == "head" for one in people)),
        "documents": papers_text(facts.documents),
        **{f"limit_{channel}": limit for channel, limit in _limits(facts)},
    }  # fmt: skip
    return [said.get(column, "") for column in COLUMNS]


def _flag(value: bool) -> str:
    return "1" if value else "0"


def _consults(node: NodeFacts, facts: ProcedureFacts) -> bool:
    """Whether another agency has a say."""
    return (node.agency not in (*_OWN, facts.agency)) or "y-kien" in (node.form or "")


def _limits(facts: ProcedureFacts) -> Iterator[tuple[str, str]]:
    """Limits by channel; one that depends on what the applicant declares has no figure."""
    for channel in CHANNELS:
        if channel in facts.channels:
            try:
                limit = facts.limit({"dossier": {"channel": channel}}) if _plain(facts.time_limit) else None
            except LimitFailed:
                limit = None
            unit = _UNITS.get(type(limit)) if limit is not None else None
            yield channel, f"{limit.count} {unit}" if limit is not None and unit else ""


def _plain(limit: str | None) -> bool:
    """Whether a limit reads nothing but the channel."""
    return limit is not None and compile_expression(limit).names <= {"dossier"}


def csv_of(rows: list[list[str]]) -> bytes:
    """UTF-8 with a mark, so that Excel opens it rightly."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerows([list(COLUMNS), *([_harmless(cell) for cell in row] for row in rows)])
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _harmless(cell: str) -> str:
    """A text that begins like a formula must stay a text in a spreadsheet."""
    return f"'{cell}" if cell[:1] in "=+-@\t" and cell else cell


def workbook_of(rows: list[list[str]]) -> bytes:
    """One sheet; every cell is a text, so that codes keep their zeros."""
    from openpyxl import Workbook  # noqa: PLC0415  (few processes ever write one)
    from openpyxl.styles import Font  # noqa: PLC0415

    book = Workbook()
    sheet = book.active or book.create_sheet()
    sheet.title = "Danh mục"
    for number, row in enumerate([list(COLUMNS), *rows], start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(row=number, column=column, value=text)
            cell.number_format, cell.data_type = "@", "s"
            if number == 1:
                cell.font = Font(bold=True)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
