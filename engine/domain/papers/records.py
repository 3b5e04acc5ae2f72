"""Papers printed from the records: the control slip of one dossier, the register of many.

Both are printed from history and never typed (Circular 01/2018/TT-VPCP, Articles 10 and 17).
"""

from engine.domain.papers import parts
from engine.domain.papers.content import Column, Field, Paper, Signature, Table
from engine.domain.papers.facts import HandOver, PaperFacts, RegisterRow
from engine.domain.papers.forms import Form
from engine.domain.papers.words import short, short_day

_CONTROL = (
    Column(title="Cơ quan, bộ phận", width=30),
    Column(title="Thời gian giao, nhận hồ sơ", width=34),
    Column(title="Kết quả giải quyết (trước hạn, đúng hạn, quá hạn)", width=22, align="centre"),
    Column(title="Ghi chú", width=14),
)

_REGISTER = (
    Column(title="TT", width=3, align="centre"),
    Column(title="Mã hồ sơ", width=15.5),
    Column(title="Nội dung hồ sơ", width=17),
    Column(title="Số bộ", width=4, align="centre"),
    Column(title="Chủ hồ sơ", width=11),
    Column(title="Địa chỉ, điện thoại", width=13),
    Column(title="Nhận", width=7, align="centre", group="Ngày, tháng, năm"),
    Column(title="Hẹn trả", width=7, align="centre", group="Ngày, tháng, năm"),
    Column(title="Trả", width=7, align="centre", group="Ngày, tháng, năm"),
    Column(title="Người trả", width=8, group="Trả kết quả"),
    Column(title="Người nhận", width=8, group="Trả kết quả"),
    Column(title="Nơi giải quyết, ghi chú", width=10),
)


def control_slip(form: Form, facts: PaperFacts) -> Paper:
    """Every hand-over of the dossier from its history; two lines to sign under each."""
    person = parts.require_dossier(form, facts)
    about = parts.lines(
        (Field(label="Chủ hồ sơ", value=(facts.owner or person).name, strong=True),),
        *parts.procedure(facts),
        (
            Field(label="Nhận hồ sơ", value=short(facts.received_at)),
            Field(label="Hẹn trả kết quả", value=short(facts.due_at), strong=True),
        ),
        (Field(label="Cơ quan giải quyết", value=facts.agency.name if facts.agency else ""),),
        (Field(label="Cơ quan phối hợp", value="; ".join(facts.coordinating)),),
    )
    rows = tuple(_handover(number, one) for number, one in enumerate(facts.handovers, 1))
    return parts.finish(
        Paper(
            name=form.name,
            version=form.version,
            page="A5",
            head=parts.head(facts.centre, facts),
            title=form.title,
            subtitle="",
            code=facts.dossier_number,
            blocks=(about, Table(columns=_CONTROL, rows=rows)),
            signatures=(),
            recipients=(),
            lookup=parts.lookup(facts),
            foot=parts.foot(form, facts),
            issued_at=facts.issued_at,
        )
    )


def _handover(number: int, one: HandOver) -> tuple[str, ...]:
    offices = f"{number}. Giao: {one.giver}\nNhận: {one.receiver}"
    times = [f"Giao: {short(one.given_at)}"]
    if one.giver_officer:
        times.append(f"Người giao: {one.giver_officer}")
    times.append(f"Nhận: {short(one.received_at)}" if one.received_at else "Nhận: chưa nhận")
    if one.receiver_officer:
        times.append(f"Người nhận: {one.receiver_officer}")
    return offices, "\n".join(times), one.outcome, one.note


def register(form: Form, facts: PaperFacts) -> Paper:
    """The register of a period, A4 landscape, numbered without gaps from 1."""
    parts.require(form, (facts.period, "kỳ của sổ", "the period"))
    rows = tuple(_register_row(number, row) for number, row in enumerate(facts.rows, 1))
    return parts.finish(
        Paper(
            name=form.name,
            version=form.version,
            page="A4-landscape",
            head=parts.head(facts.centre, facts),
            title=form.title,
            subtitle=f"({facts.period}; {len(rows)} hồ sơ)",
            code="",
            blocks=(Table(columns=_REGISTER, rows=rows),),
            signatures=(
                Signature(title="NGƯỜI LẬP SỔ", note=parts.SIGN_NOTE, name=facts.officer.name),
                parts.head_signature(facts.head),
            ),
            recipients=(),
            lookup=None,
            foot=parts.foot(form, facts),
            issued_at=facts.issued_at,
        )
    )


def _register_row(number: int, row: RegisterRow) -> tuple[str, ...]:
    contact = "\n".join(part for part in (row.address, row.phone) if part)
    where = "\n".join(part for part in (row.agency, row.channel, row.note) if part)
    return (
        str(number),
        row.dossier_number,
        row.procedure,
        f"{row.sets:02d}",
        row.owner,
        contact,
        short_day(row.received_at),
        short_day(row.due_at),
        short_day(row.handed_over_at),
        row.handed_over_by,
        row.received_by,
        where,
    )
