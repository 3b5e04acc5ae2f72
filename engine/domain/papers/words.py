"""Dates, sums of money and reasons as official Vietnamese papers write them."""

from collections.abc import Iterable
from datetime import datetime

from engine.clock import vietnam
from engine.domain.calendar import WorkingCalendar
from engine.domain.papers.facts import Reason

CHANNELS = {"counter": "Trực tiếp", "online": "Trực tuyến", "postal": "Dịch vụ bưu chính công ích"}
ROLES = {
    "reception": "bộ phận tiếp nhận",
    "cashier": "quầy thu phí",
    "processing": "chuyên viên",
    "head": "lãnh đạo phòng",
    "leader": "lãnh đạo cơ quan",
    "clerk": "văn thư",
}
# What the register notes on a dossier that ended without a result in hand.
ENDINGS = {
    "awaiting_supplement": "Chờ bổ sung hồ sơ",
    "declined": "Không giải quyết, có văn bản nêu lý do",
    "withdrawn": "Người nộp rút hồ sơ",
    "stopped": "Dừng giải quyết",
}
BLANK = "…" * 8


def day(at: datetime) -> str:
    """``ngày 04 tháng 02 năm 2026``.

    Days below 10 and months 1 and 2 are written with a zero (Decree 30/2020/NĐ-CP, Annex I).
    """
    local = vietnam(at)
    month = f"{local.month:02d}" if local.month < 3 else str(local.month)
    return f"ngày {local.day:02d} tháng {month} năm {local.year}"


def moment(at: datetime | None) -> str:
    """``08 giờ 05 phút, ngày 24 tháng 11 năm 2026``; dots to fill in when not known."""
    if at is None:
        return BLANK
    return f"{vietnam(at):%H giờ %M phút}, {day(at)}"


def short(at: datetime | None) -> str:
    """``08:05 24/11/2026``; empty when not known."""
    return f"{vietnam(at):%H:%M %d/%m/%Y}" if at else ""


def short_day(at: datetime | None) -> str:
    """``24/11/2026``; empty when not known."""
    return f"{vietnam(at):%d/%m/%Y}" if at else ""


def place_date(place: str, at: datetime) -> str:
    return f"{place}, {day(at)}"


def money(dong: int) -> str:
    """``1.500.000 đồng``."""
    return f"{dong:,}".replace(",", ".") + " đồng"


def count(number: int) -> str:
    """A quantity in a table: two digits, empty for none."""
    return f"{number:02d}" if number else ""


def channel(name: str) -> str:
    return CHANNELS.get(name, name)


def role(name: str) -> str:
    return ROLES.get(name, name)


def punctuality(finished: datetime, due: datetime, calendar: WorkingCalendar) -> str:
    """``Trước hạn 2 ngày làm việc``, ``Đúng hạn``, ``Quá hạn trong ngày`` ...; late is late by the minute."""
    if finished > due:
        days = calendar.working_days_between(due.date(), finished.date())
        return f"Quá hạn {days} ngày làm việc" if days else "Quá hạn trong ngày"
    days = calendar.working_days_between(finished.date(), due.date())
    return f"Trước hạn {days} ngày làm việc" if days else "Đúng hạn"


def reasons(given: Iterable[Reason]) -> tuple[str, ...]:
    """Each reason with the article it rests on."""
    return tuple(_sentence(one) for one in given)


def _sentence(one: Reason) -> str:
    text = one.text.strip().rstrip(".")
    return f"{text} (Căn cứ: {one.basis.strip().rstrip('.')})." if one.basis else f"{text}."
