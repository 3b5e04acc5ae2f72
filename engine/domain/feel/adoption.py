"""Values from outside (a document, the engine) become FEEL values, and only known types get in."""

from collections.abc import Mapping
from datetime import datetime, time
from decimal import Decimal
from enum import Enum

from engine.clock import VIETNAM
from engine.domain.feel.errors import FeelEvaluationError
from engine.domain.feel.limits import MAX_DATA, MAX_DATA_DEPTH
from engine.domain.feel.values import DECIMAL, KINDS, LOCAL, FeelValue, bounded, tidy

READY = frozenset(KINDS) - {list, dict, datetime, time, Decimal, int}


def adopt(value: object) -> FeelValue:
    """The FEEL value of a Python one: floats become decimals, moments are read on Viet Nam's clock.

    Raises FeelEvaluationError for a type FEEL does not know, a moment without a zone, and for data that is
    nested too deep or too large.
    """
    if type(value) in READY:
        return value
    if type(value) is int:
        return bounded(value)
    return _Adoption().take(value, 0)


class _Adoption:
    """One walk over one value."""

    def __init__(self) -> None:
        self.left = MAX_DATA

    def take(self, value: object, depth: int) -> FeelValue:
        kind = type(value)
        if kind in READY:
            return value
        if kind is int:
            return bounded(value)  # type: ignore[arg-type]
        if kind is dict or isinstance(value, Mapping):
            self.count(len(value), depth)  # type: ignore[arg-type]
            depth += 1
            return {str(k): self.take(v, depth) for k, v in value.items()}  # type: ignore[attr-defined]
        if isinstance(value, list | tuple):
            self.count(len(value), depth)
            depth += 1
            return [self.take(v, depth) for v in value]
        return _single(value)

    def count(self, items: int, depth: int) -> None:
        self.left -= items + 1
        if self.left < 0 or depth > MAX_DATA_DEPTH:
            raise FeelEvaluationError(
                "dữ liệu hồ sơ quá lớn hoặc lồng quá sâu",
                "the dossier's data is too large or nested too deep",
            )


def _single(value: object) -> FeelValue:
    if isinstance(value, Enum):
        return adopt(value.value)
    if isinstance(value, int):
        return bounded(int(value))
    if isinstance(value, Decimal):
        return tidy(DECIMAL.plus(value))
    if isinstance(value, float):
        return tidy(DECIMAL.create_decimal(repr(value)))
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, time):
        return value if value.tzinfo else value.replace(tzinfo=LOCAL)
    raise FeelEvaluationError(
        f"kiểu dữ liệu {type(value).__name__} không dùng được trong biểu thức",
        f"values of type {type(value).__name__} cannot be used in an expression",
    )


def _moment(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise FeelEvaluationError("thời điểm không có múi giờ", "a moment without a time zone")
    return value if value.tzinfo is LOCAL else value.astimezone(VIETNAM)
