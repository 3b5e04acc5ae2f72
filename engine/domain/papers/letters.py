"""Letters to the citizen: apology with a new date (Decree 61/2018, Article 19(9)), and the stop notice."""

from engine.domain.papers import parts
from engine.domain.papers.content import Block, Field, Items, Paper, Paragraph
from engine.domain.papers.facts import Office, PaperFacts, Person, Signer
from engine.domain.papers.forms import Form
from engine.domain.papers.words import moment, reasons


def apology_extension(form: Form, facts: PaperFacts) -> Paper:
    """The only way a due date moves by decision: once, with its reason. Raises PaperIncomplete."""
    person = parts.require_dossier(form, facts)
    parts.require(
        form,
        (facts.due_at, "ngày hẹn trả ban đầu", "the date first promised"),
        (facts.new_due_at, "ngày hẹn trả mới", "the new date"),
        (facts.reasons, "lý do chậm trễ", "the reason of the delay"),
    )
    office = facts.agency or facts.centre
    responsible = facts.responsible or office.name
    old, new, you = moment(facts.due_at), moment(facts.new_due_at), parts.you(facts)
    if form.version == "2018-06":
        closing = f"{office.name} xin lỗi {you} và hẹn trả kết quả vào lúc {new}."
    else:
        closing = f"{office.name} xin lỗi {you} và đề nghị gia hạn, hẹn trả kết quả vào lúc {new}."
    place = facts.result_place or facts.centre.name
    blocks: list[Block] = [
        *_opening(facts, person),
        _dossier(facts),
        Paragraph(
            text=f"Thời gian hẹn trả kết quả ghi trên Giấy tiếp nhận hồ sơ và hẹn trả kết quả: {old}. "
            f"Cơ quan chịu trách nhiệm giải quyết là {responsible}. "
            "Hồ sơ dự kiến chưa có kết quả đúng thời gian đã hẹn."
        ),
        *_why(facts),
        Paragraph(text=closing, style="strong"),
        Paragraph(text=f"Nơi trả kết quả: {place}. Mong {you} thông cảm vì sự chậm trễ này./."),
    ]
    return _letter(form, facts, office, blocks, facts.head)


def stop_notice(form: Form, facts: PaperFacts) -> Paper:
    """Handling ends without a result: the applicant withdrew, or the supplement never came."""
    person = parts.require_dossier(form, facts)
    parts.require(form, (facts.stop, "căn cứ dừng giải quyết", "the ground of stopping"))
    stop, office = facts.stop, parts.issuer(facts)
    if stop is None or stop.by_request:
        asked = f" lúc {moment(stop.requested_at)}" if stop and stop.requested_at else ""
        ground = f"Theo đề nghị rút hồ sơ của {parts.you(facts)}{asked}"
    else:
        ground = "Do quá thời hạn bổ sung, hoàn thiện hồ sơ mà chưa nhận được hồ sơ bổ sung"
    finances = (stop.finances if stop else "") or "Không phát sinh nghĩa vụ tài chính phải hoàn trả."
    again = f"{parts.you(facts, first=True)} có thể nộp hồ sơ mới bất cứ lúc nào."
    blocks: list[Block] = [
        *_opening(facts, person),
        _dossier(facts, ("Bước đang giải quyết", stop.stage if stop else "")),
        *_why(facts),
        Paragraph(text=f"{ground}, {office.name} dừng giải quyết hồ sơ nêu trên.", style="strong"),
        Paragraph(text=f"Về phí, lệ phí: {finances}"),
        Paragraph(text=f"Bản chính giấy tờ được trả lại tại {facts.centre.name}. {again}"),
    ]
    return _letter(form, facts, office, blocks, facts.head or _for_centre(facts))


def _for_centre(facts: PaperFacts) -> Signer | None:
    return None if facts.after_appraisal else Signer(name="", title="LÃNH ĐẠO TRUNG TÂM")


def _opening(facts: PaperFacts, person: Person) -> list[Block]:
    to = f"Kính gửi: {person.name}"
    return [Paragraph(text=to, style="centre"), parts.lines((Field(label="Địa chỉ", value=person.address),))]


def _dossier(facts: PaperFacts, *more: tuple[str, str]) -> Block:
    return parts.lines(
        *parts.procedure(facts),
        (Field(label="Thời gian nhận hồ sơ", value=moment(facts.received_at) if facts.received_at else ""),),
        *((Field(label=label, value=value),) for label, value in more),
    )


def _why(facts: PaperFacts) -> list[Block]:
    texts = reasons(facts.reasons)
    if not texts:
        return []
    if len(texts) == 1:
        return [Paragraph(text=f"Lý do: {texts[0]}")]
    return [Paragraph(text="Lý do:"), Items(items=texts)]


def _letter(
    form: Form, facts: PaperFacts, office: Office, blocks: list[Block], signer: Signer | None
) -> Paper:
    centre = (f"{facts.centre.name};",) if office != facts.centre else ()
    return parts.finish(
        Paper(
            name=form.name,
            version=form.version,
            page="A5",
            head=parts.head(office, facts),
            title=form.title,
            subtitle="",
            code=facts.dossier_number,
            blocks=tuple(blocks),
            signatures=(parts.head_signature(signer),),
            recipients=("Như trên;", *centre, "Lưu: VT, hồ sơ."),
            lookup=parts.lookup(facts),
            foot=parts.foot(form, facts),
            issued_at=facts.issued_at,
        )
    )
