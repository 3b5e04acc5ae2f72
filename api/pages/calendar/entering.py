"""What an administrator types about a decree becomes the text of a calendar, or a sentence at each field."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from engine.domain.calendar import BadCalendar, WorkingCalendar
from engine.domain.calendar_edit import with_days_off, with_swap
from engine.domain.form.notation import Misread, line
from engine.domain.form.notation import day as read_day
from engine.errors import Invalid

LARGEST = 200_000  # bytes of a calendar: some thirty years of days off
_LONGEST = 200  # characters of a field

Typed = Mapping[str, str]
Sentences = dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Entered:
    """A calendar that somebody wants to put in force, and the decision it rests on."""

    content: str
    reason: str  # number and date


def entered(what: str, typed: Typed, sent: bytes, text: str, today: date) -> Entered:
    """The calendar ``text`` with what was typed. ``what`` is off, swap or file.

    Raises Invalid; its fields are named as on the page: off.first, swap.work, file.calendar.
    """
    fields = _Fields(what, typed)
    decision, decided = fields.text("decision", _NUMBER), fields.day("decided")
    if decided is not None and decided > today:
        vi = "Ngày quyết định không thể sau hôm nay. Ghi ngày trên văn bản."
        fields.errors["decided"] = (vi, "A decision is not dated after today. Write the date on the paper.")
    reason = f"{decision} ngày {decided:%d/%m/%Y}" if decided else ""
    make = {"off": _off, "swap": _swap}.get(what)
    content = make(fields, text, reason) if make else _file(fields, sent)
    fields.refuse()
    return Entered(content, reason)


class _Fields:
    """Reads the fields of one form and collects what is wrong with them."""

    def __init__(self, what: str, typed: Typed) -> None:
        self._what = what
        self._typed = typed
        self.errors: Sentences = {}

    def text(self, name: str, missing: tuple[str, str]) -> str:
        value = line(self._typed.get(f"{self._what}.{name}", ""))
        if not value:
            self.errors[name] = missing
        elif len(value) > _LONGEST:
            self.errors[name] = (f"Dài quá {_LONGEST} ký tự.", f"Longer than {_LONGEST} characters.")
        return value

    def day(self, name: str, *, otherwise: date | None = None) -> date | None:
        value = line(self._typed.get(f"{self._what}.{name}", ""))[:_LONGEST]
        if not value and otherwise is not None:
            return otherwise
        try:
            return date.fromisoformat(read_day(value))
        except Misread as problem:
            self.errors[name] = problem.sentence if value else _DAYS[name]
            return None

    def attempt(self, make: Callable[[], str]) -> str:
        """The text that ``make`` makes, unless a field is wrong already or it finds one."""
        if self.errors:
            return ""
        try:
            return make()
        except Invalid as refused:
            self.errors.update(refused.fields)
        except BadCalendar as refused:
            self.errors["calendar"] = (refused.message("vi"), refused.message("en"))
        return ""

    def refuse(self) -> None:
        if self.errors:
            found = sorted(self.errors, key=_ORDER.index)
            raise Invalid({f"{self._what}.{name}": self.errors[name] for name in found})


_NUMBER = ("Ghi số của quyết định, thông báo.", "Write the number of the decision.")
_NAME = ("Ghi tên ngày nghỉ, ví dụ Quốc khánh.", "Write what the day is called.")
_DAYS = {
    "first": ("Ghi ngày đầu được nghỉ, dd/mm/yyyy.", "Write the first day off, dd/mm/yyyy."),
    "last": ("Ghi ngày cuối được nghỉ, dd/mm/yyyy.", "Write the last day off, dd/mm/yyyy."),
    "off": ("Ghi ngày được nghỉ, dd/mm/yyyy.", "Write the day off, dd/mm/yyyy."),
    "work": ("Ghi ngày làm bù, dd/mm/yyyy.", "Write the day worked instead, dd/mm/yyyy."),
    "decided": ("Ghi ngày của quyết định, dd/mm/yyyy.", "Write the date of the decision, dd/mm/yyyy."),
}
# As the fields stand on the page.
_ORDER = ("calendar", "first", "last", "name", "off", "work", "decision", "decided")
_CHOOSE = ("Chọn tệp calendar.toml.", "Choose the file calendar.toml.")


def _off(fields: _Fields, text: str, reason: str) -> str:
    first = fields.day("first")
    last = fields.day("last", otherwise=first or date.max)
    name = fields.text("name", _NAME)
    return fields.attempt(lambda: with_days_off(text, first, last, name, reason)) if first and last else ""


def _swap(fields: _Fields, text: str, reason: str) -> str:
    off, work = fields.day("off"), fields.day("work")
    return fields.attempt(lambda: with_swap(text, off, work, reason)) if off and work else ""


def _file(fields: _Fields, sent: bytes) -> str:
    if not sent:
        fields.errors["calendar"] = _CHOOSE
    elif len(sent) > LARGEST:
        fields.errors["calendar"] = (
            f"Tệp lớn quá {LARGEST // 1000} kB, không phải lịch làm việc. Chọn lại tệp.",
            "The file is too large for a calendar. Choose another.",
        )
    return fields.attempt(lambda: _read(sent))


def _read(sent: bytes) -> str:
    try:
        text = sent.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        vi = "Tệp không phải chữ UTF-8. Lưu lại tệp bằng mã UTF-8 rồi gửi."
        raise Invalid({"calendar": (vi, "The file is no UTF-8 text. Save it as UTF-8.")}) from None
    WorkingCalendar.from_toml(text)
    return text
