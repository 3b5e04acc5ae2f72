"""Functions with regular expressions: ``matches``, ``replace``, ``split``, ``extract``."""

import re

from engine.domain.feel.frame import Meter
from engine.domain.feel.functions.lists import sized as sized_list
from engine.domain.feel.functions.registry import Library
from engine.domain.feel.functions.strings import sized
from engine.domain.feel.patterns.errors import BadPattern
from engine.domain.feel.patterns.machine import Found, find_all, search
from engine.domain.feel.patterns.program import Program, compile_pattern
from engine.domain.feel.values import FeelValue

patterns = Library()
REFERENCE = re.compile(r"\\([\\$])|\$([0-9])|[\\$]")


@patterns.add("matches(input: string, pattern: string, flags?: string)", asks="meter")
def matches(meter: Meter, text: str, pattern: str, flags: str | None = None) -> bool:
    """Whether the pattern is found anywhere in the text; ``^`` and ``$`` tie it to the ends."""
    return search(_program(pattern, flags or "", meter), text, 0, meter.charge) is not None


@patterns.add("replace(input: string, pattern: string, replacement: string, flags?: string)", asks="meter")
def replace(meter: Meter, text: str, pattern: str, replacement: str, flags: str | None = None) -> str:
    """Every match replaced; ``$1`` stands for a group, ``\\$`` for a dollar sign."""
    program = _taking(pattern, flags or "", meter)
    made: list[FeelValue] = []
    at = 0
    for found in find_all(program, text, meter.charge):
        filled = replacement if "q" in (flags or "") else _filled(pattern, replacement, found, text)
        sized_list(made).extend((text[at : found.start], filled))
        meter.charge(len(filled) >> 4)
        at = found.end
    return sized("".join([*map(str, made), text[at:]]))


@patterns.add("split(string: string, delimiter: string)", asks="meter")
def split(meter: Meter, text: str, delimiter: str) -> FeelValue:
    """The texts between the matches of the delimiter."""
    made: list[FeelValue] = []
    at = 0
    for found in find_all(_taking(delimiter, "", meter), text, meter.charge):
        made.append(text[at : found.start])
        at = found.end
    return sized_list([*made, text[at:]])


@patterns.add("extract(string: string, pattern: string)", asks="meter")
def extract(meter: Meter, text: str, pattern: str) -> FeelValue:
    """All parts of the text that match."""
    program = _taking(pattern, "", meter)
    return sized_list([found.group(0, text) for found in find_all(program, text, meter.charge)])


def _program(pattern: str, flags: str, meter: Meter) -> Program:
    """The program of a pattern. Its size is charged whether it was kept or not: equal runs cost the same."""
    meter.charge(4 * len(pattern))
    program = compile_pattern(pattern, flags)
    meter.charge(4 * len(program.steps))
    return program


def _taking(pattern: str, flags: str, meter: Meter) -> Program:
    """The program of a pattern that always takes at least one character."""
    program = _program(pattern, flags, meter)
    if search(program, "", 0, meter.charge) is not None:
        raise BadPattern(pattern, "khớp cả với chuỗi rỗng", "it matches the empty text")
    return program


def _filled(pattern: str, replacement: str, found: Found, text: str) -> str:
    def part(match: re.Match[str]) -> str:
        if match[1]:
            return match[1]
        if match[2]:
            return found.group(int(match[2]), text)
        raise BadPattern(pattern, "chuỗi thay thế dùng $ hoặc \\ sai", "the replacement uses $ or \\ wrongly")

    return REFERENCE.sub(part, replacement)
