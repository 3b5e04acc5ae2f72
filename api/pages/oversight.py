"""For those who direct and watch: the register of a period, and figures."""

import csv
from datetime import datetime, timedelta
from io import StringIO

from flask import Blueprint, make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from api.context import engine
from api.pages import wording
from api.papers import page_context, render_pdf
from api.security import officer, requires
from engine.clock import VIETNAM, vietnam
from engine.domain.permission import Action
from engine.errors import Invalid

pages = Blueprint("oversight", __name__)

_DAY = "%d/%m/%Y"
_HEADINGS = (
    "Mã hồ sơ", "Thủ tục", "Người nộp", "Cơ quan", "Kênh nộp", "Tiếp nhận", "Hẹn trả",
    "Có kết quả", "Tình trạng",
)  # fmt: skip


@pages.get("/so-theo-doi")
@requires(Action.VIEW_REGISTER)
def register() -> str:
    """Dossiers received in a period, ``?tu=&den=`` as dd/mm/yyyy; this month by default."""
    since, until = _period()
    return render_template(
        "oversight/register.html",
        lines=engine().reports.register(officer(), since, until),
        period={"tu": since.strftime(_DAY), "den": (until - timedelta(days=1)).strftime(_DAY)},
    )


@pages.get("/so-theo-doi/in")
@requires(Action.VIEW_REGISTER)
def register_page() -> str:
    """The register as the paper, for the browser's printer."""
    paper = engine().papers.register(officer(), *_period())
    asked = {name: request.args.get(name) for name in ("tu", "den")}
    links = {
        name: url_for(f"oversight.{name}", tu=asked["tu"], den=asked["den"])
        for name in ("register_pdf", "register")
    }
    context = page_context(paper, pdf_url=links["register_pdf"], back_url=links["register"])
    return render_template("papers/paper.html", **context)


@pages.get("/so-theo-doi.pdf")
@requires(Action.VIEW_REGISTER)
def register_pdf() -> Response:
    """The same as PDF."""
    return _file(render_pdf(engine().papers.register(officer(), *_period())), "application/pdf", "pdf")


@pages.get("/so-theo-doi.csv")
@requires(Action.VIEW_REGISTER)
def register_csv() -> Response:
    """The same for a spreadsheet: UTF-8 with its mark, nothing that it would take for a formula."""
    text = StringIO()
    rows = csv.writer(text)
    rows.writerow(_HEADINGS)
    for line in engine().reports.register(officer(), *_period()):
        rows.writerow(
            map(
                _harmless,
                (
                    line.number, line.procedure_name, line.applicant_name, line.agency_name,
                    wording.CHANNEL.get(line.channel, line.channel), wording.moment(line.received_at),
                    wording.moment(line.due_at), wording.moment(line.finished_at),
                    wording.HANDLING.get(line.handling, line.handling),
                ),
            )
        )  # fmt: skip
    return _file(text.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", "csv")


@pages.get("/so-lieu")
@requires(Action.VIEW_REPORTS)
def figures() -> str:
    """How many dossiers there are, are open, are late, and what they took by both clocks."""
    reports = engine().reports
    tables = {by: reports.tallies(officer(), by) for by in ("handling", "agency", "procedure")}
    return render_template(
        "oversight/figures.html",
        counts=reports.counts(officer()),
        tables=tables,
        most={by: max((one.total for one in found), default=1) for by, found in tables.items()},
        paces=reports.paces(officer()),
        at=engine().clock.now(),
    )


def _period() -> tuple[datetime, datetime]:
    """First moment, and the first moment after the last day. Raises Invalid."""
    today = vietnam(engine().clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    since = _day("tu", today.replace(day=1))
    until = _day("den", today) + timedelta(days=1)
    if since >= until:
        raise Invalid({"den": ("Ngày cuối phải sau ngày đầu.", "The last day must follow the first.")})
    return since, until


def _day(name: str, otherwise: datetime) -> datetime:
    text = request.args.get(name, "").strip()
    if not text:
        return otherwise
    try:
        day = datetime.strptime(text, _DAY).replace(tzinfo=VIETNAM)
        day + timedelta(days=1)
    except (ValueError, OverflowError) as error:
        vi, en = f"Ngày «{text}» chưa đúng. Ghi dd/mm/yyyy.", f"“{text}” is no day. Write dd/mm/yyyy."
        raise Invalid({name: (vi, en)}) from error
    return day


def _harmless(text: str) -> str:
    """Text that a spreadsheet does not run: what begins like a formula gets an apostrophe before it."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _file(content: bytes, media_type: str, ending: str) -> Response:
    since, until = _period()
    response = make_response(content)
    response.headers["Content-Type"] = media_type
    name = f"so-theo-doi-{since:%Y%m%d}-{until - timedelta(days=1):%Y%m%d}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
