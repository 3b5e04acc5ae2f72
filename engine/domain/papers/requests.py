"""Phiếu yêu cầu bổ sung and Phiếu từ chối: what the citizen gets instead of a receipt.

A supplement is asked once, completely, as a list (Decree 61/2018, Articles 11 and 15); a refusal states its
reasons with their legal basis (Articles 17 and 19(8)).
"""

from engine.domain.papers import parts
from engine.domain.papers.content import Block, Column, Field, Items, Paper, Paragraph, Signature, Table
from engine.domain.papers.facts import DocumentLine, PaperFacts
from engine.domain.papers.forms import Form
from engine.domain.papers.words import moment, reasons

_COLUMNS = (
    Column(title="TT", width=6, align="centre"),
    Column(title="Giấy tờ, nội dung cần bổ sung", width=38),
    Column(title="Yêu cầu cụ thể", width=40),
    Column(title="Số lượng", width=16),
)
_RIGHT = "có quyền khiếu nại theo quy định của pháp luật về khiếu nại."


def supplement_request(form: Form, facts: PaperFacts) -> Paper:
    """Raises PaperIncomplete without items or without a reason."""
    parts.require_dossier(form, facts)
    parts.require(
        form,
        (facts.supplement, "danh mục giấy tờ cần bổ sung", "the list of what is missing"),
        (facts.supplement_reasons, "lý do", "the reason"),
    )
    blocks: list[Block] = [
        _about(form, facts, "Hồ sơ của"),
        Paragraph(text="Đề nghị bổ sung, hoàn thiện hồ sơ gồm những nội dung sau:"),
        _table(facts),
        *_reasons("Lý do", reasons(facts.supplement_reasons)),
        *_until(facts),
        Paragraph(text=parts.contact(facts)),
    ]
    return _paper(form, facts, blocks, title="NGƯỜI HƯỚNG DẪN", citizen=False)


def refusal_slip(form: Form, facts: PaperFacts) -> Paper:
    """Raises PaperIncomplete without a reason, or with a reason that names no legal basis."""
    parts.require_dossier(form, facts)
    based = bool(facts.reasons) and all(reason.basis for reason in facts.reasons)
    parts.require(
        form,
        (facts.reasons, "lý do từ chối", "the reason"),
        (not facts.reasons or based, "căn cứ pháp lý của lý do", "the legal basis of the reason"),
    )
    office = parts.issuer(facts).name
    act = "không giải quyết" if facts.after_appraisal else "không tiếp nhận, giải quyết"
    blocks: list[Block] = [
        _about(form, facts, "Hồ sơ của"),
        Paragraph(text=f"Qua xem xét, {office} thông báo {act} hồ sơ này với lý do cụ thể như sau:"),
        *_reasons("", reasons(facts.reasons)),
        Paragraph(text=parts.contact(facts)),
        Paragraph(text=f"{parts.you(facts, first=True)} {_RIGHT}", style="note"),
    ]
    return _paper(form, facts, blocks, title="NGƯỜI TIẾP NHẬN HỒ SƠ", citizen=True)


def _paper(form: Form, facts: PaperFacts, blocks: list[Block], *, title: str, citizen: bool) -> Paper:
    """Signed by the officer at the counter, or by the head of the agency once it has appraised."""
    if facts.after_appraisal:
        signatures = (parts.head_signature(facts.head),)
    else:
        theirs = (Signature(title="NGƯỜI NỘP HỒ SƠ", note=parts.SIGN_NOTE),) if citizen else ()
        signatures = (*theirs, parts.officer_signature(title, facts.officer))
    recipients = ("Như trên;", f"{facts.centre.name};", "Lưu: hồ sơ.") if facts.after_appraisal else ()
    return parts.finish(
        Paper(
            name=form.name,
            version=form.version,
            page="A5",
            head=parts.head(parts.issuer(facts), facts),
            title=form.title,
            subtitle="",
            code=facts.dossier_number,
            blocks=tuple(blocks),
            signatures=signatures,
            recipients=recipients,
            lookup=parts.lookup(facts),
            foot=parts.foot(form, facts),
            issued_at=facts.issued_at,
        )
    )


def _about(form: Form, facts: PaperFacts, label: str) -> Block:
    person = parts.require_dossier(form, facts)
    submitted = facts.submitted_at or facts.received_at
    return parts.lines(
        *parts.person(label, person),
        *parts.others(facts),
        *parts.procedure(facts),
        (Field(label="Thời gian nộp hồ sơ", value=moment(submitted) if submitted else ""),),
    )


def _table(facts: PaperFacts) -> Table:
    """What is missing; without the column of quantities when nobody named one."""
    rows = [_row(number, one) for number, one in enumerate(facts.supplement, 1)]
    shown = len(_COLUMNS) if any(row[-1] for row in rows) else len(_COLUMNS) - 1
    return Table(columns=_COLUMNS[:shown], rows=tuple(row[:shown] for row in rows))


def _row(number: int, one: DocumentLine) -> tuple[str, ...]:
    amounts = ((one.originals, "bản chính"), (one.certified, "chứng thực"), (one.copies, "bản sao"))
    wanted = [f"{amount:02d} {what}" for amount, what in amounts if amount]
    return str(number), one.name, one.note, one.quantity or "\n".join(wanted)


def _reasons(label: str, texts: tuple[str, ...]) -> list[Block]:
    if len(texts) == 1:
        return [Paragraph(text=f"{label}: {texts[0]}" if label else texts[0])]
    opening: list[Block] = [Paragraph(text=f"{label}:")] if label else []
    return [*opening, Items(items=texts)]


def _until(facts: PaperFacts) -> list[Block]:
    blocks: list[Block] = []
    if facts.supplement_until:
        until = moment(facts.supplement_until)
        blocks.append(
            Paragraph(text=f"Hạn nộp bổ sung: {until}. Quá hạn này, hồ sơ dừng giải quyết.", style="strong")
        )
    if facts.resume_note:
        blocks.append(Paragraph(text=facts.resume_note))
    return blocks
