"""The words of scenario files: each in English as the program calls it, and as people write it in Vietnamese.

Marks, capitals, and whether words are parted by spaces, hyphens or underscores do not matter.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from engine.domain.dossier import CHANNEL_NAMES, HANDLING_NAMES
from engine.domain.milestone import MILESTONES
from engine.domain.papers.forms import FORMS
from engine.text import folded

Words = Mapping[str, str]  # English to Vietnamese

FILE: Words = {
    "procedure": "thủ tục", "diagram": "sơ đồ", "scenarios": "kịch bản", "coverage": "mức phủ tối thiểu",
    "note": "ghi chú",
}  # fmt: skip
SCENARIO: Words = {
    "name": "tên", "given": "cho", "steps": "các bước", "expect": "mong đợi", "note": "ghi chú",
}  # fmt: skip
GIVEN: Words = {
    "submitted_at": "nộp lúc", "channel": "kênh", "applicant": "người nộp", "answers": "tờ khai",
    "documents": "giấy tờ nộp", "result_channel": "nơi nhận kết quả", "services": "dịch vụ",
    "refused": "bị từ chối", "expect": "mong đợi",
}  # fmt: skip
APPLICANT: Words = {
    "name": "họ tên", "kind": "loại", "id_number": "số định danh", "tax_code": "mã số thuế",
    "phone": "điện thoại", "email": "thư điện tử", "address": "địa chỉ",
}  # fmt: skip
# What a step does: the first of these words that stands in it. Then the words that go with it.
DEEDS: Mapping[str, tuple[str, Words]] = {
    "step": ("bước", {"decision": "quyết định", "reason": "lý do", "answers": "trả lời", "by": "người làm"}),
    "wait": ("chờ", {}),
    "wait_for": ("chờ sự kiện", {}),
    "supplement": ("bổ sung", {}),
    "withdraw": ("rút hồ sơ", {}),
    "message": ("tin nhắn", {"content": "nội dung", "by": "người làm"}),
    "service": ("dịch vụ", {"result": "kết quả", "error": "lỗi"}),
    "extend": ("hẹn lại đến", {"reason": "lý do", "by": "người làm"}),
}
ALWAYS: Words = {"refused": "bị từ chối", "expect": "mong đợi", "note": "ghi chú"}
BY: Words = {"role": "vai trò", "agency": "cơ quan"}
REFUSED: Words = {"code": "mã", "says": "lời"}
SERVICE: Words = {"result": "kết quả", "error": "lỗi"}
EXPECT: Words = {
    "status": "tình trạng", "due": "hẹn trả", "limit": "thời hạn", "milestones": "mốc",
    "papers": "giấy tờ cấp", "letters": "thư gửi", "reminders": "nhắc cán bộ", "path": "đường đi",
    "passes": "đi qua", "avoids": "không đi qua", "open": "việc đang mở", "waits_for": "đang chờ",
    "fees": "phí", "data": "dữ liệu", "ended": "kết thúc",
}  # fmt: skip
OPEN: Words = {"step": "bước", "role": "vai trò", "agency": "cơ quan", "due": "hạn"}
FEES: Words = {"total": "tổng", "lines": "các khoản", "paid": "đã nộp"}
FEE: Words = {"name": "tên", "amount": "số tiền"}

CHANNELS: Words = CHANNEL_NAMES
KINDS: Words = {"citizen": "cá nhân", "organisation": "tổ chức"}
STATUSES: Words = HANDLING_NAMES
MILESTONE_NAMES: Words = {name: one.vi for name, one in MILESTONES.items()}
PAPERS: Words = {form.name: form.title.capitalize() for form in FORMS}
# What is said of a letter: the milestone that it tells of, or the few occasions beyond.
LETTERS: Words = {**MILESTONE_NAMES, "extended": "Hẹn lại", "replanned": "Đổi lịch làm việc"}
NONE = "không"  # nothing is expected: no due date, no time limit
SILENT = ("silent", "im lặng")  # a service that does not answer


def key(text: str) -> str:
    """What two spellings of a word have in common."""
    return folded(text.replace("_", " ").replace("-", " "))


def meant(text: str, words: Words) -> str | None:
    """The English of a word; None when it is not one of these."""
    wanted = key(text)
    return next((name for name, vi in words.items() if wanted in (key(name), key(vi))), None)


def nearest(text: str, known: Iterable[str]) -> str | None:
    """The word that was probably meant."""
    spellings = {key(one): one for one in known}
    found = get_close_matches(key(text), spellings, n=1, cutoff=0.55)
    return spellings[found[0]] if found else None


def shown(name: str, words: Words) -> str:
    """A value as a file says it."""
    return words.get(name, name)
