"""How values of the engine read on a page: moments, money, sizes, states."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from engine.clock import vietnam
from engine.domain.dossier import CHANNEL_NAMES, HANDLING_NAMES
from engine.domain.form.notation import written_number

HANDLING: Mapping[str, str] = HANDLING_NAMES
HANDLING_TONE: Mapping[str, str] = {
    "awaiting_supplement": "soon",
    "in_process": "blue",
    "submitted": "blue",
    "result_ready": "good",
    "handed_over": "good",
}
MONEY = {"none": "Chưa phát sinh", "due": "Chưa nộp", "paid": "Đã nộp", "waived": "Được miễn"}
DELIVERY = {
    "none": "Chưa có",
    "ready": "Chờ trả tại Trung tâm",
    "posted": "Đã gửi bưu chính",
    "delivered": "Đã trả",
}
SYNCHRONISATION = {
    "none": "Không đồng bộ",
    "pending": "Chờ đồng bộ",
    "synchronised": "Đã đồng bộ",
    "needs_check": "Cần kiểm tra",
}
CHANNEL = CHANNEL_NAMES
LEVEL = {"full": "Toàn trình", "partial": "Một phần", "direct": "Nộp trực tiếp"}
ROLE = {
    "reception": "Tiếp nhận",
    "cashier": "Thu phí",
    "processing": "Thụ lý",
    "head": "Trưởng phòng",
    "leader": "Lãnh đạo",
    "clerk": "Văn thư",
    "supervisor": "Giám sát",
    "director": "Giám đốc",
    "auditor": "Kiểm tra",
    "analyst": "Phân tích quy trình",
    "administrator": "Quản trị",
    "citizen": "Người nộp",
}
RESULT = {
    "permit": "Giấy phép",
    "licence": "Giấy phép, chứng chỉ",
    "certificate": "Giấy chứng nhận",
    "decision": "Quyết định",
    "notice": "Thông báo",
    "letter": "Công văn",
    "copy": "Bản sao văn bản",
}
TABLES: Mapping[str, Mapping[str, str]] = {
    "handling": HANDLING,
    "money": MONEY,
    "delivery": DELIVERY,
    "synchronisation": SYNCHRONISATION,
    "channel": CHANNEL,
    "level": LEVEL,
    "role": ROLE,
    "result": RESULT,
}
_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def moment(at: datetime | None) -> str:
    """08:30 05/09/2026 on Viet Nam's clock."""
    return vietnam(at).strftime("%H:%M %d/%m/%Y") if at else ""


def day(at: datetime | None) -> str:
    """05/09/2026."""
    return vietnam(at).strftime("%d/%m/%Y") if at else ""


def weekday(at: datetime | None) -> str:
    """thứ Bảy: the Vietnamese name of the day."""
    return _WEEKDAYS[vietnam(at).weekday()] if at else ""


def clock_time(at: datetime | None) -> str:
    """08:30."""
    return vietnam(at).strftime("%H:%M") if at else ""


def money(amount: Any) -> str:
    """1.250.000 đồng; nothing for nothing."""
    return "" if amount is None else f"{written_number(Decimal(str(amount)))} đồng"


def size(count: int) -> str:
    """Bytes as people read them: 2,4 MB."""
    if count < 1024:
        return f"{count} B"
    if count < 1024 * 1024:
        return f"{count / 1024:.0f} kB"
    return f"{count / 1024 / 1024:.1f} MB".replace(".", ",")


def code(tracking_code: str) -> str:
    """A tracking code in groups of four, as the slip prints it."""
    return "-".join(tracking_code[start : start + 4] for start in range(0, len(tracking_code), 4))


def value(anything: Any) -> str:
    """A JSON value of the document in words."""
    if anything is None or anything == "" or anything == []:
        return "—"
    if isinstance(anything, bool):
        return "Có" if anything else "Không"
    if isinstance(anything, int | float):
        return written_number(anything)
    if isinstance(anything, Mapping):
        return "; ".join(f"{name}: {value(inner)}" for name, inner in anything.items())
    if isinstance(anything, list | tuple):
        return "\n".join(value(inner) for inner in anything)
    return str(anything)
