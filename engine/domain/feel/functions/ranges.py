"""``range("[1..5)")``: a range out of text. Only literals may stand at its ends."""

from collections.abc import Callable

from lark import Token

from engine.domain.feel.arithmetic import negate
from engine.domain.feel.comparison import less
from engine.domain.feel.errors import FeelSyntaxError
from engine.domain.feel.frame import Meter
from engine.domain.feel.functions.registry import Library
from engine.domain.feel.lexer import tokenise
from engine.domain.feel.literals import (
    parse_at,
    parse_date,
    parse_date_time,
    parse_duration,
    parse_number,
    parse_time,
)
from engine.domain.feel.values import FeelValue, Range

ranges = Library()
READERS: dict[str, Callable[[str], FeelValue]] = {
    "date": parse_date,
    "time": parse_time,
    "date and time": parse_date_time,
    "duration": parse_duration,
}
STARTS = {"_LSQB": True, "_LPAR": False, "_OPEN_START": False}
ENDS = {"_RSQB": True, "_RPAR": False, "_OPEN_END": False}


@ranges.add("range(from: string)", asks="meter")
def range_(meter: Meter, text: str) -> FeelValue:
    """As the literal would be; an open end may be left out: ``[18..)``. Null for anything else."""
    meter.charge(64 + 2 * len(text))  # it is read like source
    try:
        tokens = tokenise(text.strip(), ("date and time",))
    except FeelSyntaxError:
        return None
    kinds = [token.type for token in tokens]
    if len(tokens) < 3 or kinds.count("_DOTDOT") != 1 or kinds[0] not in STARTS or kinds[-1] not in ENDS:
        return None
    middle, included = kinds.index("_DOTDOT"), (STARTS[kinds[0]], ENDS[kinds[-1]])
    low, high = tokens[1:middle], tokens[middle + 1 : -1]
    if (not low and included[0]) or (not high and included[1]) or not (low or high):
        return None
    start, end = _literal(low), _literal(high)
    if (low and start is None) or (high and end is None) or (low and high and less(start, end) is None):
        return None
    return Range(start, end, *included)


def _literal(tokens: list[Token]) -> FeelValue:
    """The value of a literal, or of a date or time function called on one; None for anything else."""
    kinds = [token.type for token in tokens]
    if kinds in (["NUMBER"], ["MINUS", "NUMBER"]):
        number = parse_number(tokens[-1])
        return number if len(tokens) == 1 else negate(number)
    if kinds == ["STRING"]:
        return str(tokens[0])
    if kinds == ["_AT", "STRING"]:
        return parse_at(str(tokens[1]))
    if kinds == ["NAME", "_LPAR", "STRING", "_RPAR"] and tokens[0] in READERS:
        return READERS[tokens[0]](str(tokens[2]))
    return None
