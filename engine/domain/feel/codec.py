"""FEEL values to JSON and back. Documents hold JSON only; kinds JSON lacks become text that FEEL can read."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeAlias

from engine.domain.duration import AfterMilestone, BeforeDue
from engine.domain.feel.adoption import adopt
from engine.domain.feel.errors import FeelEvaluationError
from engine.domain.feel.formatting import text_of
from engine.domain.feel.limits import MAX_DATA, MAX_DATA_DEPTH
from engine.domain.feel.values import LEGAL_KINDS, FeelValue, YearsMonths, kind

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
TEXTUAL = (date, time, timedelta, YearsMonths, BeforeDue, AfterMilestone, *LEGAL_KINDS)
PLAIN = frozenset({type(None), bool, str})
LARGEST = 2**63 - 1  # what the JSON library and every database column can hold


def to_json(value: FeelValue) -> Json:
    """The value as JSON: dates and durations as ISO text, legal durations as their code (``5WD``).

    A moment keeps its offset. Raises FeelEvaluationError for functions and ranges, for whole numbers of more
    than 63 bits, and for data that is too large or nested too deep.
    """
    return _Writer().write(value, 0)


def from_json(value: object) -> FeelValue:
    """The FEEL value of JSON: numbers exactly as written, text stays text. Raises FeelEvaluationError."""
    return adopt(value)


class _Writer:
    """One walk over one value."""

    def __init__(self) -> None:
        self.left = MAX_DATA

    def write(self, value: FeelValue, depth: int) -> Json:
        self.left -= 1
        if self.left < 0 or depth > MAX_DATA_DEPTH:
            raise FeelEvaluationError(
                "giá trị quá lớn hoặc lồng quá sâu để lưu",
                "the value is too large or nested too deep to be stored",
            )
        if type(value) in PLAIN:
            return value  # type: ignore[return-value]
        if isinstance(value, int | Decimal):
            return _number(value)
        if isinstance(value, list):
            return [self.write(item, depth + 1) for item in value]
        if isinstance(value, Mapping):
            return {str(k): self.write(v, depth + 1) for k, v in value.items()}
        self.left -= 3  # a date or duration is work to write
        return _text(value)


def _number(value: int | Decimal) -> int | float:
    whole = value if isinstance(value, int) else int(value) if value == value.to_integral_value() else None
    if whole is None:
        return float(value)
    if abs(whole) > LARGEST:
        raise FeelEvaluationError("số quá lớn để lưu", "the number is too large to be stored")
    return whole


def _text(value: FeelValue) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, TEXTUAL):
        return text_of(value)
    raise FeelEvaluationError(
        f"không lưu được giá trị loại {kind(value)}", f"a {kind(value)} cannot be stored"
    )
