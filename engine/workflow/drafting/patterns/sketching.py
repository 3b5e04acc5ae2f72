"""From a row of a catalogue to the outline of a draft: what is known is said, what is not is asked."""

from dataclasses import dataclass

from engine.domain.procedure import Basis, RequiredDocument, ResultFacts
from engine.workflow.drafting.catalogue.limits import CHANNEL_WORDS, limit_feel, limit_note
from engine.workflow.drafting.catalogue.row import Row
from engine.workflow.drafting.outline import Lane, Outline, walked
from engine.workflow.drafting.patterns.rules import Competence, Rules
from engine.workflow.drafting.patterns.ways import FORMS, PATTERNS, PROVINCE, Pattern, chosen
from engine.workflow.drafting.presets import LANES

_SOURCE = "Danh mục thủ tục hành chính, Cổng Dịch vụ công quốc gia"
_ALWAYS = (
    "Phí, lệ phí chưa có trong danh mục.",
    "Điều, khoản của văn bản chuyên ngành chưa có trong danh mục.",
    "Mức độ dịch vụ công trực tuyến (toàn trình, một phần) chưa có trong danh mục.",
    "Thời hạn từng bước theo quy trình nội bộ chưa có.",
    "Sơ đồ vẽ theo mẫu; đối chiếu trình tự thực hiện của phiếu.",
)
# Whoever asks for something says so; what else is handed in is for the procedure's official sheet to say.
_REQUEST = RequiredDocument(id="don", name="Đơn, tờ khai của thủ tục", original=1, electronic=True)
_FORM = (
    {
        "key": "request_content", "type": "textarea", "label": "Nội dung đề nghị", "en": "What is asked for",
        "required": True, "help": "Ghi theo mẫu đơn của thủ tục nếu có.",
        "help_en": "As the form of the procedure says, where there is one.",
    },
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketched:
    """The outline of a row, and what led to it."""

    outline: Outline
    pattern: Pattern
    why: str


def sketched(row: Row, rules: Rules, pattern: str | None = None) -> Sketched:
    """The outline that a row makes; ``pattern`` is what a person chose."""
    competence = rules.competence(row.authority, row.field)
    if pattern is not None:
        way, why = PATTERNS[pattern], "người dùng chọn"
    else:
        way, why = chosen(row, competence, rules.speaks_of)
    steps = way.steps(row)
    forms = {one.form for one in walked(steps)}
    kind = rules.result_type(row.name)
    outline = Outline(
        code=row.code, name=row.name, agency=competence.agency, domain=row.field, source=_SOURCE,
        same_day=way.same_day, appointment_slip="on_request" if way.same_day else None,
        limit=limit_feel(row.limits), limit_note=limit_note(row.limits), channels=row.channels,
        documents=row.documents or (_REQUEST,),
        result=ResultFacts(name=f"Kết quả giải quyết: {row.name}", type=kind or "", signer="leader"),
        basis=(Basis(document="NĐ 61/2018/NĐ-CP", note="cơ chế một cửa"),),
        questions=_questions(row, way, competence, kind), remind=_remind(row),
        lanes=_lanes(way, competence), steps=steps, form=_FORM,
        forms={name: fields for name, fields in FORMS.items() if name in forms},
    )  # fmt: skip
    return Sketched(outline=outline, pattern=way, why=why)


def _lanes(way: Pattern, competence: Competence) -> tuple[Lane, ...]:
    """The people's committee, and agencies that stand in for one without a code."""
    found = [PROVINCE] if way.province else []
    if competence.name:
        for key in ("processing", "leader"):
            usual = LANES[key]
            found.append(Lane(key=key, name=f"{usual.name} ({competence.name})", role=usual.role))
    return tuple(found)


def _remind(row: Row) -> str | None:
    """A reminder needs an appointment that is more than a day away, whatever the channel."""
    limits = list(row.limits.values())
    if not limits or any(one is None for one in limits):
        return None
    short = any(one.within_a_day or (one.unit == "working_days" and one.count == 1) for one in limits if one)
    if short:
        return (
            None
            if any(one.unit == "hours" and one.count < 4 for one in limits if one)
            else "working hours(1)"
        )
    return "working days(1)"


def _questions(row: Row, way: Pattern, competence: Competence, kind: str | None) -> tuple[str, ...]:
    found = [*competence.questions]
    unknown = [CHANNEL_WORDS[channel] for channel, limit in row.limits.items() if limit is None]
    if not row.channels:
        found.append("Cách thức nộp chưa ghi trong danh mục.")
    if unknown or not row.limits:
        channels = f" khi nộp {', '.join(unknown)}" if len(unknown) < len(row.limits) else ""
        found.append(f"Thời hạn giải quyết{channels} chưa ghi trong danh mục.")
    if any(one and one.unit == "hours" for one in row.limits.values()):
        found.append("Danh mục ghi số giờ, hiểu là giờ làm việc; cần đối chiếu.")
    found.append(
        "Tên kết quả chưa có trong danh mục."
        if kind
        else "Tên và loại kết quả (giấy phép, quyết định…) chưa có trong danh mục."
    )
    if not row.documents:
        found.append("Thành phần hồ sơ ngoài đơn, tờ khai chưa có trong danh mục; tra phiếu của thủ tục.")
    if row.supplement is None or row.refusal is None:
        found.append("Danh mục không nói có bổ sung, từ chối hay không.")
    return (*found, *_ALWAYS)
