"""What citizens and officers are told at each milestone: subject, letter and text message, in Vietnamese."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from engine.clock import vietnam
from engine.handler import Call, DossierFacts
from handlers.settings import setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One notice, ready to send."""

    subject: str
    body: str
    sms: str  # without diacritics, so that it fits into 160 characters of the GSM alphabet


# Template (mostly the milestone's name) to what has happened and what the citizen is to do.
_HAPPENED: Mapping[str, tuple[str, str]] = {
    "submitted": (
        "đã được gửi đến Trung tâm",
        "Trung tâm sẽ kiểm tra và trả lời trong 8 giờ làm việc. Ông/bà chưa cần làm gì.",
    ),
    "received": ("đã được tiếp nhận", "Ông/bà không cần làm gì thêm. {due}"),
    "returned": (
        "cần bổ sung, hoàn thiện",
        "Xin mở trang tra cứu để xem danh sách giấy tờ cần bổ sung và lý do, rồi nộp bổ sung một lần.",
    ),
    "supplemented": ("đã nhận đủ giấy tờ bổ sung", "Ông/bà không cần làm gì thêm. {due}"),
    "refused": (
        "không được tiếp nhận",
        "Lý do và căn cứ pháp lý ghi trong Phiếu từ chối trên trang tra cứu.",
    ),
    "declined": (
        "không đủ điều kiện giải quyết",
        "Lý do và căn cứ pháp lý ghi trong văn bản trả lời trên trang tra cứu.",
    ),
    "fee_requested": ("cần nộp phí, lệ phí", "Xin mở trang tra cứu để xem số tiền và cách nộp."),
    "result_ready": (
        "đã có kết quả",
        "Khi đến nhận, xin mang theo Giấy tiếp nhận hồ sơ và giấy tờ tùy thân. "
        "Nếu đăng ký nhận qua bưu chính hoặc trực tuyến, ông/bà không cần đến Trung tâm.",
    ),
    "extended": ("được hẹn lại ngày trả kết quả", "Trung tâm xin lỗi ông/bà vì sự chậm trễ này. {due}"),
    "replanned": ("có thay đổi ngày hẹn trả do lịch nghỉ được quyết định lại", "{due}"),
    "withdrawn": (
        "đã dừng giải quyết theo đề nghị rút hồ sơ",
        "Bản chính giấy tờ được trả lại tại Trung tâm.",
    ),
    "cancelled": (
        "đã dừng giải quyết theo quyết định của Trung tâm",
        "Lý do ghi trong Thông báo trên trang tra cứu. Ông/bà có thể nộp hồ sơ mới bất cứ lúc nào.",
    ),
    "stopped": (
        "đã dừng giải quyết do quá hạn bổ sung",
        "Ông/bà có thể nộp hồ sơ mới bất cứ lúc nào. Lý do ghi trong Thông báo trên trang tra cứu.",
    ),
}
_OTHER = ("có thay đổi", "Xin mở trang tra cứu để xem chi tiết.")


def tracking_address(dossier: DossierFacts) -> str:
    """Where the citizen follows the dossier; ``MOTCUA_PUBLIC_URL`` is the outer address of the site."""
    return f"{setting('public_url', 'http://127.0.0.1:8000').rstrip('/')}/tra-cuu/{dossier.tracking_code}"


def notice_to_applicant(call: Call) -> Notice:
    """The notice of ``template`` (an input of the call). The text message holds no personal data."""
    dossier = call.dossier
    happened, next_step = _HAPPENED.get(str(call.inputs.get("template") or ""), _OTHER)
    next_step = next_step.format(due=_due(dossier)).strip()
    address = tracking_address(dossier)
    body = (
        f"Kính gửi: {dossier.applicant.get('name') or 'Ông/bà'}\n\n"
        f"Hồ sơ mã {dossier.number}, thủ tục «{dossier.procedure_name}», {happened}.\n\n"
        f"{next_step}\n\nTra cứu: {address}\n\n"
        "Thư này được gửi tự động, xin không trả lời thư này.\n"
    )
    sms = f"Ho so {dossier.number} {fold(happened)}. Tra cuu: {address}"
    return Notice(subject=f"Hồ sơ {dossier.number} {happened}", body=body, sms=sms[:160])


def notice_to_officers(call: Call) -> Notice:
    """What the officers of an agency are told; ``text`` says it, else the template's name does."""
    dossier = call.dossier
    text = str(call.inputs.get("text") or "Có hồ sơ cần xử lý.")
    body = (
        f"{text}\n\nHồ sơ: {dossier.number}\nThủ tục: {dossier.procedure_name}\n"
        f"Cơ quan giải quyết: {dossier.agency_name}\n{_due(dossier)}\n"
    )
    return Notice(subject=f"[Một cửa] {dossier.number}: {text}"[:150], body=body, sms=fold(text)[:160])


def _due(dossier: DossierFacts) -> str:
    if dossier.due_at is None:
        return ""
    return f"Hẹn trả kết quả: {vietnam(dossier.due_at):%H giờ %M phút, ngày %d/%m/%Y}."


def fold(text: str) -> str:
    """Vietnamese without marks, for networks that carry only plain letters."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
