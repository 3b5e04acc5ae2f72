"""Every error the engine raises on purpose. No HTTP in here: ``api.errors`` maps them to answers once."""

from typing import ClassVar


class MotcuaError(Exception):
    """Something was asked that cannot be done; nothing was changed.

    ``code`` is stable and meant for machines, ``vi`` and ``en`` are sentences for people that say what
    is wrong and what to do. Both are format strings over the keyword arguments of the constructor.
    """

    code: ClassVar[str] = "motcua-error"
    vi: ClassVar[str] = "Không thực hiện được yêu cầu."
    en: ClassVar[str] = "The request could not be carried out."

    def __init__(self, **details: object) -> None:
        self.details = details
        super().__init__(self.message("vi"))

    def message(self, lang: str = "vi") -> str:
        """The sentence in Vietnamese (``vi``) or English (``en``), with the details filled in."""
        template = self.vi if lang == "vi" else self.en
        return template.format(**self.details)


class NotFound(MotcuaError):
    """The thing does not exist, or the one who asks may not know that it exists."""

    code = "not-found"
    vi = "Không tìm thấy {what}. Kiểm tra lại mã đã nhập."
    en = "{what} was not found. Check the code you entered."


class Forbidden(MotcuaError):
    """The actor has no right to this action on this thing."""

    code = "forbidden"
    vi = "Ông/bà không có quyền {action}. Liên hệ người quản trị nếu cần quyền này."
    en = "You have no right to {action}. Ask an administrator if you need it."


class Conflict(MotcuaError):
    """The thing has moved on since the actor saw it."""

    code = "conflict"
    vi = "Hồ sơ đã thay đổi từ lúc ông/bà mở (phiên bản {seen}, nay là {current}). Tải lại trang rồi làm lại."
    en = "The dossier has changed since you opened it (version {seen}, now {current}). Reload and try again."


class Invalid(MotcuaError):
    """Input that does not fit; ``fields`` maps each field to its Vietnamese and English sentence."""

    code = "invalid"
    vi = "Thông tin chưa hợp lệ: {summary}"
    en = "Some input is not valid: {summary}"

    def __init__(self, fields: dict[str, tuple[str, str]], **details: object) -> None:
        self.fields = fields
        details.setdefault("summary", "; ".join(vi for vi, _ in fields.values()))
        super().__init__(**details)


class Unavailable(MotcuaError):
    """Something the engine rests on does not answer now; trying again later is right."""

    code = "unavailable"
    vi = "Hệ thống đang bận, chưa ghi nhận thay đổi nào. Xin thử lại sau ít phút."
    en = "The system is busy and nothing was changed. Please try again in a few minutes."


class TryAgain(Unavailable):
    """The database undid a transaction for a reason that passes: the whole of it may be repeated."""


class OutcomeUnknown(Unavailable):
    """The link was lost while the commit was under way: nobody knows which side of it."""

    code = "outcome-unknown"
    vi = (
        "Mất kết nối đúng lúc đang ghi nhận nên chưa rõ đã ghi hay chưa. "
        "Tải lại hồ sơ để xem trước khi làm lại; chương trình gửi lại đúng yêu cầu này với cùng khóa."
    )
    en = (
        "The connection was lost at the very moment of saving, so it is not known whether it was saved. "
        "Reload the dossier before you repeat it; a program sends the same request with the same key."
    )
