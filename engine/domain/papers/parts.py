"""Parts that several papers share: head, person, procedure, signatures, tracking."""

from collections.abc import Iterable

from engine.domain.papers.content import Field, Fields, Head, Lookup, Paper, Signature
from engine.domain.papers.facts import Office, PaperFacts, Person, Signer
from engine.domain.papers.forms import Form, PaperIncomplete
from engine.domain.papers.words import place_date

SIGN_NOTE = "(Ký, ghi rõ họ tên)"
SEAL_NOTE = "(Chữ ký, dấu)"


def require(form: Form, *facts: tuple[object, str, str]) -> None:
    """Raise PaperIncomplete naming each fact (value, Vietnamese, English) that is empty."""
    missing = [(vi, en) for value, vi, en in facts if not value]
    if missing:
        raise PaperIncomplete(
            paper=form.key,
            title=form.title,
            missing=", ".join(vi for vi, _ in missing),
            missing_en=", ".join(en for _, en in missing),
        )


def require_dossier(form: Form, facts: PaperFacts) -> Person:
    """Every paper on a dossier names the dossier, the procedure and a person; returns that person."""
    name = facts.applicant.name if facts.applicant else ""
    require(
        form,
        (facts.dossier_number, "mã hồ sơ", "the dossier's number"),
        (facts.procedure_name, "tên thủ tục", "the procedure's name"),
        (name, "tên người nộp", "the applicant's name"),
    )
    return facts.applicant or Person(name=name)


def head(office: Office, facts: PaperFacts) -> Head:
    return Head(
        superior=office.superior.upper(),
        office=office.name.upper(),
        number=facts.number,
        place_date=place_date(office.place, facts.issued_at),
    )


def issuer(facts: PaperFacts) -> Office:
    """The centre before receipt, the competent agency once it has appraised."""
    return facts.agency if facts.after_appraisal and facts.agency else facts.centre


def lines(*given: Iterable[Field]) -> Fields:
    """Lines of fields without empty fields and empty lines."""
    kept = (tuple(field for field in line if field.value) for line in given)
    return Fields(lines=tuple(line for line in kept if line))


def person(label: str, one: Person) -> list[tuple[Field, ...]]:
    number = "Mã số thuế" if one.organisation else "Số định danh"
    return [
        (Field(label=label, value=one.name, strong=True), Field(label=number, value=one.id_number)),
        (Field(label="Địa chỉ", value=one.address),),
        (Field(label="Số điện thoại", value=one.phone), Field(label="Email", value=one.email)),
    ]


def others(facts: PaperFacts) -> list[tuple[Field, ...]]:
    """Representative and owner, where they are not the applicant."""
    found: list[tuple[Field, ...]] = []
    if facts.representative:
        found.append((Field(label="Người đại diện, được ủy quyền", value=facts.representative.name),))
    if facts.owner:
        found.append((Field(label="Chủ hồ sơ", value=facts.owner.name),))
        found.append((Field(label="Địa chỉ chủ hồ sơ", value=facts.owner.address),))
    return found


def procedure(facts: PaperFacts) -> list[tuple[Field, ...]]:
    name = facts.procedure_name
    if facts.procedure_code:
        name += f" (mã thủ tục {facts.procedure_code})"
    return [
        (Field(label="Nội dung yêu cầu giải quyết", value=name),),
        (Field(label="Nội dung cụ thể", value=facts.request),),
    ]


def you(facts: PaperFacts, *, first: bool = False) -> str:
    """How a paper speaks to its reader, ``first`` in a sentence or within: a company is no sir or madam."""
    word = "quý đơn vị" if facts.applicant and facts.applicant.organisation else "ông/bà"
    return word.capitalize() if first else word


def lookup(facts: PaperFacts) -> Lookup | None:
    """The QR code and what stands beside it; None when the dossier cannot be tracked."""
    if not facts.tracking_url:
        return None
    letters = facts.tracking_code
    groups = "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))
    code = f"Mã tra cứu: {groups}" if groups else ""
    phone = f"Điện thoại hỗ trợ: {facts.hotline}" if facts.hotline else ""
    first = ". ".join(part for part in (code, phone) if part)
    beside = (first, f"Tra cứu tại: {facts.tracking_url}")
    return Lookup(
        url=facts.tracking_url, code=facts.tracking_code, lines=tuple(line for line in beside if line)
    )


def officer_signature(title: str, officer: Signer) -> Signature:
    return Signature(title=title, note=SIGN_NOTE, name=officer.name)


def head_signature(signer: Signer | None) -> Signature:
    """The signature of the head of an authority, or of who signs for the head."""
    if signer is None:
        return Signature(title="THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ", note=SEAL_NOTE)
    title = signer.title.upper() or "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ"
    return Signature(title=title, note=SEAL_NOTE, name=signer.name, on_behalf=signer.on_behalf.upper())


def contact(facts: PaperFacts) -> str:
    """Whom to ask, as the last sentence of a request."""
    office = issuer(facts)
    who = f"{facts.officer.name}, {office.name}" if facts.officer.name else office.name
    phone = facts.officer.phone or office.phone or facts.hotline
    reach = f", số điện thoại {phone}" if phone else ""
    return f"Nếu có vướng mắc, đề nghị {you(facts)} liên hệ {who}{reach} để được hướng dẫn."


def foot(form: Form, facts: PaperFacts) -> tuple[str, ...]:
    made = f"Mẫu theo {form.basis}."
    return (f"{made} Giá trị đối chứng: {facts.witness}",) if facts.witness else (made,)


def finish(paper: Paper) -> Paper:
    """The last touch of every builder."""
    return paper.cleaned()
