"""Repeating timers as ISO 8601 writes them: ``R3/P1D``, ``R/5WD``, ``R2/2026-11-26T08:00:00+07:00/P1D``."""

import re
from dataclasses import dataclass

from engine.domain.duration import BadDuration, parse_timer, timer_code

_CYCLE = re.compile(r"R([0-9]{0,6})/(?:([^/]+)/)?([^/]+)\Z")


@dataclass(frozen=True, slots=True)
class Cycle:
    """How often, what is waited for first, and the span between."""

    count: int | None  # None: for ever
    first: str  # timer code
    span: str  # timer code


def parse_cycle(text: str) -> Cycle:
    """The cycle in a text; a plain span repeats for ever. Raises BadDuration."""
    match = _CYCLE.match(text)
    if match is None:
        span = timer_code(parse_timer(text))
        return Cycle(None, span, span)
    count, start, span = match.groups()
    if count and int(count) < 1:
        raise BadDuration(text=text)
    code = timer_code(parse_timer(span))
    return Cycle(int(count) if count else None, timer_code(parse_timer(start)) if start else code, code)
