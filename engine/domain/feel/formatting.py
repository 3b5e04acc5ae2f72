"""Values as text: what ``string(x)`` gives, readable back by the function of the value's kind."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from engine.domain.duration import AfterMilestone, BeforeDue, timer_code
from engine.domain.feel.values import DECIMAL, LEGAL_KINDS, LOCAL, FeelValue, Function, Range, YearsMonths

MICROSECOND = timedelta(microseconds=1)


def text_of(value: FeelValue) -> str:
    """FEEL's text form of a value; texts inside lists and contexts are quoted."""
    return TEXTS[type(value)](value)


def decimal_text(value: Decimal) -> str:
    """Without exponent where that is short, and without zeros at the end."""
    plain = DECIMAL.normalize(value)
    exponent = plain.as_tuple().exponent
    if isinstance(exponent, int) and -40 < exponent <= 0:
        return f"{plain:f}"
    return str(plain)


def time_text(value: time | datetime) -> str:
    """ISO 8601; a zone that nobody wrote is not shown."""
    if value.tzinfo is LOCAL:
        return value.replace(tzinfo=None).isoformat()
    text = value.isoformat()
    return text.removesuffix("+00:00") + "Z" if value.tzinfo is UTC else text


def days_text(value: timedelta) -> str:
    """``P1DT2H3M4.5S``; nothing at all is ``PT0S``."""
    micros = abs(value) // MICROSECOND
    seconds, fraction = divmod(micros, 1_000_000)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    shown = f"{second}.{fraction:06}".rstrip("0") if fraction else str(second)
    clock = "".join(
        f"{part}{unit}" for part, unit in ((hour, "H"), (minute, "M"), (shown, "S")) if part not in (0, "0")
    )
    text = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return ("-" if value < timedelta(0) else "") + "P" + (text or "T0S")


def months_text(value: YearsMonths) -> str:
    """``P1Y2M``; nothing at all is ``P0M``."""
    years, months = divmod(abs(value.months), 12)
    text = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
    return ("-" if value.months < 0 else "") + "P" + (text or "0M")


def quoted(value: FeelValue) -> str:
    """As ``text_of``, with quotes around a text."""
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return text_of(value)


def _literal(value: FeelValue) -> str:
    """As it could be written in source."""
    return quoted(value) if isinstance(value, int | Decimal | str) else f'@"{text_of(value)}"'


def _list(value: list[FeelValue]) -> str:
    return "[" + ", ".join(map(quoted, value)) + "]"


def _key(key: str) -> str:
    return key if key.replace(" ", "").replace("_", "").isalnum() else quoted(key)


def _context(value: dict[str, FeelValue]) -> str:
    return "{" + ", ".join(f"{_key(k)}: {quoted(v)}" for k, v in value.items()) + "}"


def _range(value: Range) -> str:
    opening, closing = "[" if value.start_included else "(", "]" if value.end_included else ")"
    low, high = ("" if end is None else _literal(end) for end in (value.start, value.end))
    return f"{opening}{low}..{high}{closing}"


def _function(value: Function) -> str:
    return f"function({', '.join(value.parameters)})"


TEXTS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _value: "null",
    bool: lambda value: "true" if value else "false",
    int: str,
    Decimal: decimal_text,
    str: str,
    date: date.isoformat,
    time: time_text,
    datetime: time_text,
    timedelta: days_text,
    YearsMonths: months_text,
    list: _list,
    dict: _context,
    Range: _range,
    Function: _function,
    BeforeDue: timer_code,
    AfterMilestone: timer_code,
    **dict.fromkeys(LEGAL_KINDS, str),
}
