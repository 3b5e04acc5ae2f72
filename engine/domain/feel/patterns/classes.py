"""Classes of characters: what one position of a pattern accepts."""

from collections.abc import Callable
from typing import TypeAlias
from unicodedata import category

Accepts: TypeAlias = Callable[[str], bool]

CATEGORIES = frozenset(
    (
        *("L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd"),
        *("Ps", "Pe", "Pi", "Pf", "Po", "Z", "Zs", "Zl", "Zp", "S", "Sm", "Sc", "Sk", "So", "C", "Cc", "Cf"),
        *("Co", "Cn"),
    )
)


def is_digit(sign: str) -> bool:
    return category(sign) == "Nd"


def is_space(sign: str) -> bool:
    return sign in " \t\n\r"


def is_word(sign: str) -> bool:
    return category(sign)[0] not in "PZC"


def is_name_start(sign: str) -> bool:
    return sign in "_:" or category(sign)[0] == "L"


def is_name(sign: str) -> bool:
    return sign in "_:.-" or category(sign)[0] in "LNM"


ESCAPES: dict[str, Accepts] = {
    "d": is_digit,
    "s": is_space,
    "w": is_word,
    "i": is_name_start,
    "c": is_name,
}
CONTROLS = {"n": "\n", "r": "\r", "t": "\t"}


def negated(accepts: Accepts) -> Accepts:
    """All other characters."""
    return lambda sign: not accepts(sign)


def one(wanted: str, ignore_case: bool) -> Accepts:
    """One character."""
    if ignore_case:
        folded = wanted.lower()
        return lambda sign: sign.lower() == folded
    return lambda sign: sign == wanted


def between(low: str, high: str, ignore_case: bool) -> Accepts:
    """A range of characters, both ends included."""
    if ignore_case:
        return lambda sign: low <= sign.lower() <= high or low <= sign.upper() <= high
    return lambda sign: low <= sign <= high


def in_category(name: str) -> Accepts:
    """A Unicode category such as ``Lu``, or a whole group such as ``L``."""
    return lambda sign: category(sign).startswith(name)


def any_of(parts: tuple[Accepts, ...]) -> Accepts:
    """What at least one part accepts."""
    return lambda sign: any(part(sign) for part in parts)


def without(accepts: Accepts, refused: Accepts) -> Accepts:
    """What the first accepts and the second does not: ``[a-z-[aeiou]]``."""
    return lambda sign: accepts(sign) and not refused(sign)


def anything(sign: str) -> bool:
    """Any character at all (flag ``s``)."""
    return bool(sign)


def on_one_line(sign: str) -> bool:
    """What ``.`` accepts without flag ``s``."""
    return sign not in "\n\r"
