"""Reads a pattern: the regular expressions of XPath, without back references."""

from engine.domain.feel.patterns.classes import (
    CATEGORIES,
    CONTROLS,
    ESCAPES,
    Accepts,
    any_of,
    anything,
    between,
    in_category,
    negated,
    on_one_line,
    one,
    without,
)
from engine.domain.feel.patterns.errors import BadPattern
from engine.domain.feel.patterns.tree import Choice, Edge, Group, One, Pattern, Repeat, Sequence

MAX_PATTERN = 500  # characters
MAX_GROUPS = 20  # groups, and how deep they and classes nest
MAX_REPEAT = 200
SPECIAL = frozenset("\\|.?*+(){}[]^$")
FLAGS = frozenset("smixq")


def parse(pattern: str, flags: str) -> tuple[Pattern, int]:
    """The tree of a pattern and the number of its groups. Raises BadPattern."""
    if len(pattern) > MAX_PATTERN:
        raise BadPattern(pattern, f"dài hơn {MAX_PATTERN} ký tự", f"longer than {MAX_PATTERN} characters")
    if not set(flags) <= FLAGS:
        raise BadPattern(pattern, f"không có cờ «{flags}»", f"there are no flags «{flags}»")
    if "q" in flags:
        return Sequence(tuple(One(one(sign, "i" in flags)) for sign in pattern)), 0
    reader = _Reader(pattern, flags)
    tree = reader.choice()
    if reader.at < len(reader.text):
        raise reader.wrong()
    return tree, reader.groups


class _Reader:
    """Reads from left to right."""

    def __init__(self, pattern: str, flags: str) -> None:
        self.pattern = pattern
        self.text = _without_space(pattern) if "x" in flags else pattern
        self.flags = flags
        self.fold = "i" in flags
        self.at = 0
        self.groups = 0
        self.depth = 0

    def choice(self) -> Pattern:
        options = [self.sequence()]
        while self.take("|"):
            options.append(self.sequence())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def sequence(self) -> Pattern:
        parts: list[Pattern] = []
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            parts.append(self.repeated())
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def repeated(self) -> Pattern:
        part = self.atom()
        bounds = self.bounds()
        if bounds is None:
            return part
        least, most = bounds
        if isinstance(part, Edge) or least > MAX_REPEAT or (most or 0) > MAX_REPEAT:
            raise self.wrong()
        return Repeat(part, least, most, not self.take("?"))

    def bounds(self) -> tuple[int, int | None] | None:
        for sign, found in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self.take(sign):
                return found
        if not self.take("{"):
            return None
        end = self.text.find("}", self.at)
        low, comma, high = self.text[self.at : end].partition(",") if end >= 0 else ("", "", "")
        if not low.isdecimal() or len(low) > 4 or (high and not high.isdecimal()) or len(high) > 4:
            raise self.wrong()
        self.at = end + 1
        least, most = int(low), int(high) if high else None if comma else int(low)
        if most is not None and most < least:
            raise self.wrong()
        return least, most

    def atom(self) -> Pattern:
        sign = self.next()
        if sign == "(":
            return self.group()
        if sign == "[":
            return One(self.bracketed())
        if sign == ".":
            return One(anything if "s" in self.flags else on_one_line)
        if sign in "^$":
            return Edge(sign == "^", "m" in self.flags)
        if sign == "\\":
            return One(self.escape())
        if sign in SPECIAL:
            raise self.wrong()
        return One(one(sign, self.fold))

    def group(self) -> Pattern:
        capturing = not self.take("?:")
        number = self.groups + 1
        self.groups += capturing
        self.deeper()
        inner = self.choice()
        if not self.take(")"):
            raise self.wrong()
        self.depth -= 1
        return Group(inner, number) if capturing else inner

    def bracketed(self) -> Accepts:
        """The inside of ``[...]``, which may take another class away: ``[a-z-[aeiou]]``."""
        self.deeper()
        negative = self.take("^")
        parts: list[Accepts] = []
        refused: Accepts | None = None
        while not self.take("]"):
            if parts and self.take("-["):
                refused = self.bracketed()
                if not self.take("]"):
                    raise self.wrong()
                break
            parts.append(self.range())
        self.depth -= 1
        if not parts:
            raise self.wrong()
        accepts = negated(any_of(tuple(parts))) if negative else any_of(tuple(parts))
        return accepts if refused is None else without(accepts, refused)

    def range(self) -> Accepts:
        low = self.single()
        if not isinstance(low, str):
            return low
        if self.peek("-") and not self.peek("-]") and not self.peek("-["):
            self.at += 1
            high = self.single()
            if not isinstance(high, str) or high < low:
                raise self.wrong()
            return between(low, high, self.fold)
        return one(low, self.fold)

    def single(self) -> str | Accepts:
        """One character of a class as itself, or a class such as ``\\d``."""
        sign = self.next()
        if sign == "[":
            raise self.wrong()
        if sign != "\\":
            return sign
        if self.at < len(self.text) and self.text[self.at] in SPECIAL | {"-"} | set(CONTROLS):
            escaped = self.next()
            return CONTROLS.get(escaped, escaped)
        return self.escape()

    def escape(self) -> Accepts:
        sign = self.next()
        if sign in SPECIAL or sign == "-":
            return one(sign, self.fold)
        if sign in CONTROLS:
            return one(CONTROLS[sign], False)
        if sign.lower() in ESCAPES:
            accepts = ESCAPES[sign.lower()]
        elif sign in "pP" and self.take("{"):
            accepts = self.category()
        else:
            raise self.wrong()
        return negated(accepts) if sign.isupper() else accepts

    def category(self) -> Accepts:
        end = self.text.find("}", self.at)
        name = self.text[self.at : max(end, self.at)]
        if name not in CATEGORIES:
            raise self.wrong()
        self.at = end + 1
        return in_category(name)

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > MAX_GROUPS or self.groups > MAX_GROUPS:
            raise BadPattern(self.pattern, "quá nhiều nhóm", "too many groups")

    def next(self) -> str:
        if self.at >= len(self.text):
            raise self.wrong()
        self.at += 1
        return self.text[self.at - 1]

    def peek(self, text: str) -> bool:
        return self.text.startswith(text, self.at)

    def take(self, text: str) -> bool:
        if not self.peek(text):
            return False
        self.at += len(text)
        return True

    def wrong(self) -> BadPattern:
        at = self.at or 1
        return BadPattern(self.pattern, f"không hiểu ở ký tự thứ {at}", f"not understood at character {at}")


def _without_space(pattern: str) -> str:
    """Flag ``x``: white space only lays the pattern out, except inside a class."""
    kept, depth = [], 0
    for sign in pattern:
        depth += (sign == "[") - (sign == "]")
        if depth > 0 or not sign.isspace():
            kept.append(sign)
    return "".join(kept)
