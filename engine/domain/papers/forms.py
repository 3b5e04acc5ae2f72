"""The forms in force and when: a paper is known by name and version, never by its form number.

Forms 05 and 06 changed their meaning on 15/9/2025, when Circular 03/2025/TT-VPCP replaced
Circular 01/2018/TT-VPCP.
"""

from dataclasses import dataclass
from datetime import date

from engine.errors import MotcuaError


class UnknownPaper(MotcuaError):
    """No such paper, or no such version of it."""

    code = "unknown-paper"
    vi = "Không có mẫu giấy tờ «{paper}». Kiểm tra tên mẫu trong quy trình."
    en = "There is no paper “{paper}”. Check the name in the diagram."


class PaperIncomplete(MotcuaError):
    """A paper lacks a fact that the law makes it hold; nothing is issued."""

    code = "paper-incomplete"
    vi = "Chưa lập được «{title}»: thiếu {missing}. Bổ sung thông tin này rồi thực hiện lại."
    en = "“{title}” cannot be issued: {missing_en} is missing. Add it and try again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One version of a paper."""

    name: str
    version: str  # first month of the regime, e.g. 2025-09
    title: str
    basis: str
    valid_from: date
    valid_to: date | None = None  # last day; None: still in force

    @property
    def key(self) -> str:
        return f"{self.name}@{self.version}"


_OLD = "TT 01/2018/TT-VPCP"
_NEW = "TT 03/2025/TT-VPCP"
_LAST_DAY_OF_OLD = date(2025, 9, 14)


def _both(name: str, old_title: str, new_title: str) -> tuple[Form, Form]:
    old = Form(
        name=name,
        version="2018-06",
        title=old_title,
        basis=_OLD,
        valid_from=date(2018, 6, 21),
        valid_to=_LAST_DAY_OF_OLD,
    )
    new = Form(name=name, version="2025-09", title=new_title, basis=_NEW, valid_from=date(2025, 9, 15))
    return old, new


_RECEIPT = "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"
_SUPPLEMENT = "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ"
_REFUSAL = "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ"
_APOLOGY_OLD = "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ"
_APOLOGY_NEW = "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT"
_CONTROL = "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ"
_REGISTER = "SỔ THEO DÕI HỒ SƠ"

FORMS: tuple[Form, ...] = (
    *_both("appointment_slip", _RECEIPT, _RECEIPT),
    *_both("supplement_request", _SUPPLEMENT, _SUPPLEMENT),
    *_both("refusal_slip", _REFUSAL, _REFUSAL),
    *_both("apology_extension", _APOLOGY_OLD, _APOLOGY_NEW),
    Form(
        name="stop_notice",
        version="2025-09",
        title="THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
        basis=_NEW,
        valid_from=date(2025, 9, 15),
    ),
    *_both("control_slip", _CONTROL, _CONTROL),
    *_both("register", _REGISTER, _REGISTER),
)
_BY_KEY = {form.key: form for form in FORMS}


def form(name: str, version: str) -> Form:
    """That version of the paper; raises UnknownPaper."""
    found = _BY_KEY.get(f"{name}@{version}")
    if found is None:
        raise UnknownPaper(paper=f"{name}@{version}")
    return found


def form_on(name: str, on: date) -> Form:
    """The version in force on a day: of receipt, for a dossier keeps the rules it was received under.

    A paper that the older regime did not have (the stop notice) is issued in its first version.
    Raises UnknownPaper.
    """
    versions = [form for form in FORMS if form.name == name]
    if not versions:
        raise UnknownPaper(paper=name)
    in_force = [form for form in versions if form.valid_from <= on <= (form.valid_to or on)]
    return (in_force or versions)[0]
