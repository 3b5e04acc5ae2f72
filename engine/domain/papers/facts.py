"""What a paper is built from: plain frozen facts, gathered by the use case at the moment of issue."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An authority or centre as it is printed."""

    name: str
    superior: str = ""  # authority above it, first line of the head
    address: str = ""
    phone: str = ""
    website: str = ""
    place: str = "Nghệ An"  # of place and date


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An applicant, owner or representative."""

    name: str
    id_number: str = ""  # personal number, or tax code of an organisation
    address: str = ""
    phone: str = ""
    email: str = ""
    organisation: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signs: an officer, or the head of an authority."""

    name: str = ""
    title: str = ""  # GIÁM ĐỐC, PHÓ GIÁM ĐỐC ...
    on_behalf: str = ""  # KT. GIÁM ĐỐC, TL. GIÁM ĐỐC, TUQ. ... (Decree 30/2020/NĐ-CP, Annex I)
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """A document handed in, or one that is missing."""

    name: str
    originals: int = 0
    certified: int = 0
    copies: int = 0
    digital: bool = False
    note: str = ""  # of a missing one: what is wrong, what to bring
    quantity: str = ""  # of a missing one, as the officer wrote it


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeLine:
    """A fee or charge."""

    name: str
    amount: int | None  # đồng; None: to be told before it is paid
    paid: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A reason and the article of law it rests on."""

    text: str
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A later leg of a two-phase procedure."""

    name: str
    receive_at: datetime | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """One hand-over of the dossier between two offices, taken from its history."""

    giver: str
    receiver: str
    given_at: datetime
    received_at: datetime | None = None
    giver_officer: str = ""
    receiver_officer: str = ""
    outcome: str = ""  # Trước hạn, Đúng hạn, Quá hạn 2 ngày ..., empty while under way
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Why and how handling stops."""

    by_request: bool  # the applicant asked; else the supplement never came
    requested_at: datetime | None = None
    stage: str = ""  # the step reached
    finances: str = ""  # what becomes of fees paid


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One dossier in the register."""

    dossier_number: str
    procedure: str
    sets: int
    owner: str
    address: str
    phone: str
    received_at: datetime | None
    due_at: datetime | None
    handed_over_at: datetime | None
    agency: str = ""
    handed_over_by: str = ""
    received_by: str = ""
    channel: str = ""  # as printed
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFacts:
    """All that the seven papers may need; each builder says what it cannot do without.

    Moments are aware; they are printed in Vietnam time.
    """

    issued_at: datetime
    centre: Office
    agency: Office | None = None  # competent agency
    number: str = ""  # number and symbol of the paper, e.g. 125/TNHS
    dossier_number: str = ""
    applicant: Person | None = None
    owner: Person | None = None  # when not the applicant
    representative: Person | None = None
    procedure_code: str = ""
    procedure_name: str = ""
    request: str = ""  # nội dung yêu cầu giải quyết, beyond the procedure's name
    channel: str = "counter"  # counter, online, postal
    documents: tuple[DocumentLine, ...] = ()
    other_papers: str = ""
    sets: int = 1
    time_limit: str = ""  # as described, "15 ngày làm việc"; empty: the law sets none
    submitted_at: datetime | None = None
    received_at: datetime | None = None
    due_at: datetime | None = None
    from_fee: bool = False  # the clock starts with the payment
    new_due_at: datetime | None = None  # of an extension
    phases: tuple[Phase, ...] = ()
    reckoning: tuple[str, ...] = ()  # Reckoning.explain()
    renewed: bool = False  # appointment slip after a supplement
    result_channel: str = "counter"
    result_place: str = ""
    fees: tuple[FeeLine, ...] = ()
    register_book: str = ""
    register_serial: str = ""
    officer: Signer = Signer()  # who received, guides or refuses
    head: Signer | None = None  # head of the authority that signs, for papers after appraisal
    after_appraisal: bool = False
    supplement: tuple[DocumentLine, ...] = ()
    supplement_reasons: tuple[Reason, ...] = ()
    supplement_until: datetime | None = None
    resume_note: str = ""  # what the clock does once the dossier is complete
    reasons: tuple[Reason, ...] = ()  # of a refusal, a delay or a stop
    responsible: str = ""  # authority that answers for a delay
    stop: Stop | None = None
    coordinating: tuple[str, ...] = ()  # agencies that help the competent one
    handovers: tuple[HandOver, ...] = ()
    rows: tuple[RegisterRow, ...] = ()
    period: str = ""  # of the register: "từ 01/11/2026 đến 30/11/2026"
    tracking_code: str = ""
    tracking_url: str = ""  # exactly what the QR code holds
    hotline: str = ""
    witness: str = ""  # head of the history chain at issue: lets the citizen prove a later change
