"""Giấy tiếp nhận hồ sơ và hẹn trả kết quả: the receipt that starts the clock (Decree 61/2018, Article 17)."""

from engine.domain.papers import parts
from engine.domain.papers.content import Block, Column, Field, Fields, Paper, Paragraph, Signature, Table
from engine.domain.papers.facts import FeeLine, PaperFacts
from engine.domain.papers.forms import Form
from engine.domain.papers.words import channel, count, moment, money

_COLUMNS = (
    Column(title="TT", width=6, align="centre"),
    Column(title="Tên giấy tờ", width=58),
    Column(title="Bản chính", width=9, align="centre", group="Số lượng"),
    Column(title="Chứng thực", width=10, align="centre", group="Số lượng"),
    Column(title="Bản sao", width=8, align="centre", group="Số lượng"),
    Column(title="Bản điện tử", width=9, align="centre"),
)


def appointment_slip(form: Form, facts: PaperFacts) -> Paper:
    """The slip as of ``facts.received_at``; raises PaperIncomplete."""
    parts.require_dossier(form, facts)
    parts.require(form, (facts.received_at, "thời gian nhận hồ sơ", "the time of receipt"))
    copy = "Liên: Giao người nộp hồ sơ" if form.version == "2018-06" else ""
    subtitle = "Lập lại sau khi nhận đủ hồ sơ bổ sung" if facts.renewed else copy
    return parts.finish(
        Paper(
            name=form.name,
            version=form.version,
            page="A5",
            head=parts.head(facts.centre, facts),
            title=form.title,
            subtitle=f"({subtitle})" if subtitle else "",
            code=facts.dossier_number,
            blocks=_blocks(form, facts),
            signatures=(
                Signature(title="NGƯỜI NỘP HỒ SƠ", note=parts.SIGN_NOTE),
                parts.officer_signature("NGƯỜI TIẾP NHẬN HỒ SƠ", facts.officer),
            ),
            recipients=(),
            lookup=parts.lookup(facts),
            foot=parts.foot(form, facts),
            issued_at=facts.issued_at,
        )
    )


def _blocks(form: Form, facts: PaperFacts) -> tuple[Block, ...]:
    person = parts.require_dossier(form, facts)
    about = parts.lines(
        (Field(label="Bộ phận tiếp nhận và trả kết quả", value=facts.centre.name),),
        *parts.person("Tiếp nhận hồ sơ của", person),
        *parts.others(facts),
        (Field(label="Hình thức nộp", value=channel(facts.channel)),),
        *parts.procedure(facts),
        (Field(label="Cơ quan giải quyết", value=facts.agency.name if facts.agency else ""),),
    )
    blocks: list[Block] = [about]
    if facts.documents:
        blocks.append(_documents(facts))
    blocks.append(_times(facts))
    blocks.append(Paragraph(text=_bring(facts), style="note"))
    return tuple(blocks)


def _documents(facts: PaperFacts) -> Table:
    rows = tuple(
        (
            str(number),
            one.name,
            count(one.originals),
            count(one.certified),
            count(one.copies),
            "x" if one.digital else "",
        )
        for number, one in enumerate(facts.documents, 1)
    )
    return Table(columns=_COLUMNS, rows=rows, caption="Thành phần hồ sơ nộp gồm:")


def _times(facts: PaperFacts) -> Fields:
    limit = facts.time_limit or "Pháp luật không quy định thời hạn"
    due = moment(facts.due_at) if facts.due_at else _without_date(facts)
    book = f"{facts.register_book}" + (
        f"; số thứ tự: {facts.register_serial}" if facts.register_serial else ""
    )
    return parts.lines(
        (Field(label="Giấy tờ khác", value=facts.other_papers),),
        (
            Field(label="Số lượng hồ sơ", value=f"{facts.sets:02d} (bộ)"),
            Field(label="Thời hạn giải quyết theo quy định", value=limit),
        ),
        (Field(label="Thời gian nhận hồ sơ", value=moment(facts.received_at)),),
        (Field(label="Thời gian trả kết quả", value=due, strong=True),),
        *_phases(facts),
        (Field(label="Cách tính", value=" ".join(facts.reckoning) if facts.renewed else ""),),
        (Field(label="Đăng ký nhận kết quả", value=_result(facts)),),
        (Field(label="Phí, lệ phí", value=_fees(facts)),),
        (Field(label="Vào Sổ theo dõi hồ sơ, quyển số", value=book if facts.register_book else ""),),
    )


def _without_date(facts: PaperFacts) -> str:
    if facts.from_fee and facts.time_limit:
        return f"{facts.time_limit}, tính từ khi nộp đủ phí; Trung tâm báo ngày hẹn sau khi thu phí"
    return "Trung tâm thông báo khi có kết quả"


def _phases(facts: PaperFacts) -> list[tuple[Field, ...]]:
    """Two-phase procedures: the slip shows both dates."""
    return [
        (
            Field(label=f"{phase.name}, nhận", value=moment(phase.receive_at) if phase.receive_at else ""),
            Field(label=f"{phase.name}, trả kết quả", value=moment(phase.due_at)),
        )
        for phase in facts.phases
    ]


def _result(facts: PaperFacts) -> str:
    if facts.result_channel == "counter":
        place = facts.result_place or facts.centre.address
        return f"Tại {facts.centre.name}" + (f", {place}" if place else "")
    if facts.result_channel == "postal":
        address = facts.result_place or (facts.applicant.address if facts.applicant else "")
        return "Qua dịch vụ bưu chính công ích" + (f", đến: {address}" if address else "")
    return "Bản điện tử, tại trang tra cứu"


def _fees(facts: PaperFacts) -> str:
    if not facts.fees:
        return "Không thu"
    return "; ".join(_fee(fee) for fee in facts.fees)


def _fee(fee: FeeLine) -> str:
    if fee.amount is None:
        return f"{fee.name}: Trung tâm báo số tiền trước khi thu"
    return f"{fee.name}: {money(fee.amount)} ({'đã nộp' if fee.paid else 'chưa nộp'})"


def _bring(facts: PaperFacts) -> str:
    if facts.result_channel == "online":
        return f"Kết quả điện tử có giá trị như bản giấy. {parts.you(facts, first=True)} không cần đến nhận."
    return (
        "Khi nhận kết quả, xin mang theo Giấy này và giấy tờ tùy thân; "
        "người nhận thay mang thêm văn bản ủy quyền."
    )
