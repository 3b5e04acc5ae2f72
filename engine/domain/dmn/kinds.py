"""Column types. A document holds dates as text; a column that says ``date`` reads that text as a date."""

from collections.abc import Callable

from engine.domain.feel.literals import parse_date, parse_date_time, parse_duration, parse_time
from engine.domain.feel.values import FeelValue, kind

# Spellings of typeRef in DMN 1.1 to 1.5 and in the modelers.
KIND_OF_TYPE = {
    "string": "string",
    "number": "number",
    "integer": "number",
    "long": "number",
    "double": "number",
    "boolean": "boolean",
    "date": "date",
    "time": "time",
    "dateTime": "date and time",
    "date and time": "date and time",
    "dayTimeDuration": "days and time duration",
    "days and time duration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "years and months duration": "years and months duration",
    "context": "context",
    "function": "function",
    "list": "list",
    "range": "range",
}
READERS: dict[str, Callable[[str], FeelValue]] = {
    "date": parse_date,
    "time": parse_time,
    "date and time": parse_date_time,
    "days and time duration": parse_duration,
    "years and months duration": parse_duration,
}


def as_type(value: FeelValue, type_ref: str | None) -> tuple[bool, FeelValue]:
    """Whether the value is of the column's type, and the value as the column takes it; null always is."""
    wanted = KIND_OF_TYPE.get(type_ref or "")
    if wanted is None or value is None or kind(value) == wanted:
        return True, value
    if wanted == "date and time" and kind(value) == "date":
        return True, parse_date_time(str(value))
    if isinstance(value, str) and wanted in READERS:
        read = READERS[wanted](value)
        return read is not None and kind(read) == wanted, read
    return False, value
