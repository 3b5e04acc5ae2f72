"""Numeric functions, in decimal arithmetic of 34 digits."""

from datetime import timedelta
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)

from engine.domain.feel.frame import Meter
from engine.domain.feel.functions.registry import Library
from engine.domain.feel.limits import SERIES
from engine.domain.feel.values import DECIMAL, FeelValue, Number, YearsMonths, clipped, tidy

numbers = Library()


def rounded(value: Number, scale: Number, mode: str) -> Number | None:
    """``value`` with ``scale`` digits behind the point; null for a scale outside decimal128."""
    scale = clipped(scale)
    if not -6111 <= scale <= 6176:
        return None
    number = Decimal(value)
    if -number.as_tuple().exponent <= scale:  # type: ignore[operator]
        return tidy(number)
    return tidy(number.quantize(Decimal(1).scaleb(-scale), rounding=mode, context=DECIMAL))


@numbers.add("decimal(n: number, scale: number)")
def decimal(n: Number, scale: Number) -> FeelValue:
    return rounded(n, scale, ROUND_HALF_EVEN)


@numbers.add("floor(n: number, scale?: number)")
def floor(n: Number, scale: Number | None = None) -> FeelValue:
    return rounded(n, scale or 0, ROUND_FLOOR)


@numbers.add("ceiling(n: number, scale?: number)")
def ceiling(n: Number, scale: Number | None = None) -> FeelValue:
    return rounded(n, scale or 0, ROUND_CEILING)


@numbers.add("round up(n: number, scale?: number)")
def round_up(n: Number, scale: Number | None = None) -> FeelValue:
    return rounded(n, scale or 0, ROUND_UP)


@numbers.add("round down(n: number, scale?: number)")
def round_down(n: Number, scale: Number | None = None) -> FeelValue:
    return rounded(n, scale or 0, ROUND_DOWN)


@numbers.add("round half up(n: number, scale?: number)")
def round_half_up(n: Number, scale: Number | None = None) -> FeelValue:
    return rounded(n, scale or 0, ROUND_HALF_UP)


@numbers.add("round half down(n: number, scale?: number)")
def round_half_down(n: Number, scale: Number | None = None) -> FeelValue:
    return rounded(n, scale or 0, ROUND_HALF_DOWN)


@numbers.add("abs(n: number|days and time duration)")
def abs_(n: Number | timedelta) -> FeelValue:
    return n.copy_abs() if isinstance(n, Decimal) else abs(n)


@numbers.add("abs(n: years and months duration)")
def abs_months(n: YearsMonths) -> FeelValue:
    return YearsMonths(abs(n.months))


@numbers.add("modulo(dividend: number, divisor: number)")
def modulo(dividend: Number, divisor: Number) -> FeelValue:
    """``dividend - divisor * floor(dividend / divisor)``: the sign is the divisor's."""
    if not divisor:
        return None
    if type(dividend) is int and type(divisor) is int:
        return dividend % divisor
    rest = DECIMAL.remainder(dividend, divisor)
    if not rest.is_finite():
        return None
    if rest and (rest < 0) != (divisor < 0):
        rest = DECIMAL.add(rest, divisor)
    return tidy(rest)


@numbers.add("sqrt(number: number)", asks="meter")
def sqrt(meter: Meter, number: Number) -> FeelValue:
    meter.charge(SERIES)
    return tidy(DECIMAL.sqrt(number))


@numbers.add("log(number: number)", asks="meter")
def log(meter: Meter, number: Number) -> FeelValue:
    meter.charge(SERIES)
    return tidy(DECIMAL.ln(number)) if number > 0 else None


@numbers.add("exp(number: number)", asks="meter")
def exp(meter: Meter, number: Number) -> FeelValue:
    meter.charge(SERIES)
    return tidy(DECIMAL.exp(number))


@numbers.add("odd(number: number)")
def odd(number: Number) -> FeelValue:
    return number % 2 == 1 if type(number) is int else False


@numbers.add("even(number: number)")
def even(number: Number) -> FeelValue:
    return number % 2 == 0 if type(number) is int else False
