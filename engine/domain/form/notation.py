"""How answers are written in Viet Nam: decimal comma, dates as dd/mm/yyyy, text composed (NFC)."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from engine.clock import VIETNAM
from engine.domain.form.model import Field

_GROUPED = re.compile(r"-?[0-9]{1,3}([.\s][0-9]{3})+(,[0-9]+)?\Z")
_PLAIN = re.compile(r"-?[0-9]+(,[0-9]+)?\Z")
_DAY = re.compile(r"([0-9]{1,2})\s?[/.\-\s]\s?([0-9]{1,2})\s?[/.\-\s]\s?([0-9]+)\Z")
# The keypad that telephones show for digits often has no slash.
_EIGHT_DIGITS = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})\Z")
_IN_WORDS = re.compile(r"(?:ngày )?([0-9]{1,2}) tháng ([0-9]{1,2}) năm ([0-9]{4})\Z", re.IGNORECASE)
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})\Z")
_YEARS = (1800, 2199)  # what lies outside is a slip of the hand: 0206, 20226
_HOUR = re.compile(r"([0-9]{1,2})(?::|h|g|giờ)\s?([0-9]{2})?\Z")
_DIGITS = 17  # of a number, so that it fits into 64 bits; more is a slip of the hand


# Control characters, and halves of surrogate pairs, which are no characters and fit into no column.
_UNPRINTABLE = frozenset({"Cc", "Cs"})


Sentence = tuple[str, str]  # Vietnamese, English


class Misread(ValueError):
    """An answer that cannot be read; carries a sentence in Vietnamese and in English."""

    def __init__(self, vi: str, en: str) -> None:
        self.sentence: Sentence = (vi, en)
        self.parts: Mapping[str, Sentence] = {"": self.sentence}  # by the part of the answer; "" is all of it
        super().__init__(vi)


def line(raw: Any) -> str:
    """One line of text: composed, single spaces, nothing invisible."""
    return " ".join(_printable(_text(raw)).split())


def area(raw: Any) -> str:
    """Several lines of text, line ends as \\n."""
    lines = _text(raw).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_printable(one).rstrip() for one in lines).strip()


def _text(raw: Any) -> str:
    if not isinstance(raw, str | int | float | Decimal) or isinstance(raw, bool):
        raise Misread("Cần một đoạn chữ.", "A text is needed.")
    return unicodedata.normalize("NFC", str(raw))


def _printable(text: str) -> str:
    return "".join(
        " " if char == "\t" else char
        for char in text
        if char == "\t" or unicodedata.category(char) not in _UNPRINTABLE
    )


def number(raw: Any) -> int | float:
    """A number; ``1.234.567,5`` and ``1234567,5`` are the same. Raises Misread."""
    try:
        value = Decimal(str(raw)) if _is_number(raw) else Decimal(_unpunctuated(line(raw)))
    except InvalidOperation:
        raise _not_a_number() from None
    if not value.is_finite() or abs(value.adjusted()) > _DIGITS:
        raise _not_a_number()
    return int(value) if value == value.to_integral_value() else float(value)


def _is_number(raw: Any) -> bool:
    return isinstance(raw, int | float | Decimal) and not isinstance(raw, bool)


def _unpunctuated(text: str) -> str:
    if _GROUPED.match(text):
        return re.sub(r"[.\s]", "", text).replace(",", ".")
    if _PLAIN.match(text):
        return text.replace(",", ".")
    if re.match(r"-?[0-9]+\.[0-9]+\Z", text):
        raise Misread(
            f"Phần thập phân viết sau dấu phẩy: {text.replace('.', ',')}.",
            f"Write the decimals behind a comma: {text.replace('.', ',')}.",
        )
    raise _not_a_number()


def _not_a_number() -> Misread:
    return Misread("Chỉ ghi số, ví dụ 1.250.000 hoặc 7,5.", "Write a number, such as 1.250.000 or 7,5.")


def day(raw: Any) -> str:
    """A date as ISO text from dd/mm/yyyy, eight digits, words, or ISO. Raises Misread."""
    text = line(raw)
    found = _DAY.match(text) or _EIGHT_DIGITS.match(text) or _IN_WORDS.match(text)
    iso = _ISO_DAY.match(text)
    if found is not None:
        year, month, number = found.group(3, 2, 1)
    elif iso is not None:
        year, month, number = iso.groups()
    else:
        raise Misread(
            "Ghi ngày theo dạng ngày/tháng/năm, ví dụ 05/09/2026.",
            "Write the date as dd/mm/yyyy: 05/09/2026.",
        )
    if not _YEARS[0] <= int(year) <= _YEARS[1] or len(year) != len(str(_YEARS[0])):
        raise Misread(
            f"Năm {year} không đúng: ghi đủ bốn chữ số, ví dụ 05/09/2026.",
            f"The year {year} cannot be: write four digits, such as 05/09/2026.",
        )
    try:
        return date(int(year), int(month), int(number)).isoformat()
    except ValueError:
        raise Misread(f"Không có ngày {text} trên lịch.", f"There is no {text} in the calendar.") from None


def hour(raw: Any) -> str:
    """A time of day as HH:MM from 8:30, 08:30, 8h30. Raises Misread."""
    found = _HOUR.match(line(raw).lower())
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise Misread("Ghi giờ theo dạng giờ:phút, ví dụ 08:30.", "Write the time as hours:minutes: 08:30.")
    return time(int(found[1]), int(found[2] or 0)).strftime("%H:%M")


def moment(raw: Any) -> str:
    """A moment as ISO text with offset from ``05/09/2026 08:30``. Raises Misread."""
    text = line(raw)
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        given = None
    if given is not None and given.tzinfo is not None:
        return given.astimezone(VIETNAM).isoformat(timespec="minutes")
    first, _, rest = text.replace("T", " ").partition(" ")
    if not rest:
        raise Misread("Ghi cả ngày và giờ, ví dụ 05/09/2026 08:30.", "Write date and time: 05/09/2026 08:30.")
    return f"{day(first)}T{hour(rest)}+07:00"


MOMENTS: Mapping[str, Callable[[Any], str]] = {"date": day, "time": hour, "datetime": moment}


def shown(field: Field, value: Any, lang: str = "vi") -> str:
    """An answer as people write it, for reading and for filling a form again."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return {"vi": ("Không", "Có"), "en": ("No", "Yes")}.get(lang, ("Không", "Có"))[value]
    if field.kind == "number" and _is_number(value):
        return written_number(value)
    if field.kind == "datetime":
        return _written_moment(str(value))
    if field.options:
        values = value if isinstance(value, list | tuple) else [value]
        chosen = [field.option(str(one)) for one in values]
        return "; ".join((one.label_en if lang == "en" else one.label) for one in chosen if one is not None)
    return str(value)


def written_number(value: float | Decimal) -> str:
    """1234567.5 as 1.234.567,5."""
    text = format(Decimal(str(value)), ",f")
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")


def _written_moment(text: str) -> str:
    day_part, _, rest = text.partition("T")
    iso = _ISO_DAY.match(day_part)
    if iso is None:
        return text
    written = f"{iso[3]}/{iso[2]}/{iso[1]}"
    return f"{written} {rest[:5]}" if rest else written
