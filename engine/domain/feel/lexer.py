"""Source text to tokens. Names may have several words, so the grammar alone cannot find where one ends.

Two names never stand side by side in FEEL, hence neighbouring words are one name: ``phí thẩm định`` needs
no declaration. Only names that hold a keyword or a sign (``date and time``, ``a-b``) must be known before.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from lark import Token

from engine.domain.feel.brackets import open_ranges
from engine.domain.feel.errors import FeelSyntaxError
from engine.domain.feel.limits import MAX_DEPTH, MAX_SOURCE

# true, false, null, some and every carry meaning into the tree; the others are only shape (``_``).
KEYWORDS = {word: word.upper() for word in ("true", "false", "null", "some", "every")} | {
    word: f"_{word.upper()}"
    for word in (
        *("if", "then", "else", "for", "in", "return", "satisfies", "and", "or", "between"),
        *("function", "instance", "of"),
    )
}
START = Token("", "")
SIGNS = {
    "(": "_LPAR",
    ")": "_RPAR",
    "[": "_LSQB",
    "]": "_RSQB",
    "{": "_LBRACE",
    "}": "_RBRACE",
    ",": "_COMMA",
    ":": "_COLON",
    ".": "_DOT",
    "..": "_DOTDOT",
    "@": "_AT",
    "+": "PLUS",
    "-": "MINUS",
    "*": "STAR",
    "/": "SLASH",
    "**": "_POW",
    "=": "EQ",
    "!=": "NE",
    "<": "LT",
    "<=": "LE",
    ">": "GT",
    ">=": "GE",
    "->": "_ARROW",
    "?": "NAME",
}
HINTS = {
    "==": ("so sánh bằng viết là =", "equality is written ="),
    "&": ("hãy viết and", "write and"),
    "|": ("hãy viết or", "write or"),
    "!": ("hãy viết not(...)", "write not(...)"),
    "'": ('chuỗi đặt trong dấu "..."', 'put text in "..."'),
    "“": ('dùng dấu " thẳng', 'use the straight quote "'),
    "”": ('dùng dấu " thẳng', 'use the straight quote "'),
    "%": ("hãy viết modulo(a, b) hoặc chia cho 100", "write modulo(a, b) or divide by 100"),
    ";": ("mỗi biểu thức chỉ một vế, bỏ dấu ;", "leave out the ;"),
}
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "'": "'"}
WORD = r"[^\W\d](?:\w|['’](?=\w))*"
TAIL = (
    r"|(?P<NUMBER>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,6})?)"
    rf"|(?P<WORD>{WORD})"
    r'|(?P<STRING>"(?:[^"\\\n]|\\.)*")'
    r"|(?P<SKIP>\s+|//[^\n]*|/\*.*?\*/)"
    r"|(?P<HINT>==|[&|'“”%;]|!(?!=))"
    r"|(?P<SIGN>\*\*|\.\.|->|!=|<=|>=|[()\[\]{},:.@+\-*/=<>?])"
)
# Signs beyond the first plane may be written as two halves, as JSON and Java do: \\uD83D\\uDE00.
HALVES = r"u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2}"
ESCAPE = re.compile(rf"\\({HALVES}|u[0-9A-Fa-f]{{4}}|U[0-9A-Fa-f]{{6}}|.)", re.DOTALL)
PLAIN_NAME = re.compile(rf"{WORD}(?: \w+)*")


def tokenise(source: str, known: Iterable[str] = ()) -> list[Token]:
    """The tokens of ``source``; ``known`` are the names that hold keywords or signs.

    Raises FeelSyntaxError for text that is too long, nested too deep, or holds a sign FEEL does not know.
    """
    if len(source) > MAX_SOURCE:
        raise FeelSyntaxError(
            f"biểu thức dài hơn {MAX_SOURCE} ký tự; hãy chia nhỏ",
            f"the expression is longer than {MAX_SOURCE} characters; split it",
        )
    return open_ranges(_Scan(source, scanner(frozenset(known))).tokens)


@lru_cache(maxsize=256)
def scanner(known: frozenset[str]) -> re.Pattern[str]:
    """The master pattern with the special ones of the known names in front, longest first."""
    special = sorted((n for n in known if is_special(n)), key=len, reverse=True)
    words = "|".join(r"\s+".join(re.escape(part) for part in name.split()) for name in special)
    return re.compile((rf"(?P<KNOWN>(?:{words})(?!\w))" if special else r"(?P<KNOWN>(?!))") + TAIL, re.DOTALL)


def is_special(name: str) -> bool:
    """Whether the lexer must be told of this name before it can find it in a text."""
    return not PLAIN_NAME.fullmatch(name) or not KEYWORDS.keys().isdisjoint(name.split())


class _Scan:
    """One pass over one source."""

    def __init__(self, source: str, pattern: re.Pattern[str]) -> None:
        self.source = source
        self.tokens: list[Token] = []
        self.depth = 0
        position, end = 0, len(source)
        while position < end:
            match = pattern.match(source, position)
            if match is None or match.lastgroup is None:
                raise self.unknown(position)
            if match.lastgroup != "SKIP":
                TAKE[match.lastgroup](self, match[0], position)
            position = match.end()

    def known(self, text: str, position: int) -> None:
        self.tokens.append(Token("NAME", " ".join(text.split()), position))

    def word(self, text: str, position: int) -> None:
        if text.startswith("__"):
            raise self.fail(position, "tên không được bắt đầu bằng __", "a name must not begin with __")
        last = self.tokens[-1] if self.tokens else START
        if text in KEYWORDS and last.type != "_DOT":
            self.tokens.append(Token(KEYWORDS[text], text, position))
        elif last.type == "NAME" and last != "?":
            self.tokens[-1] = Token("NAME", f"{last} {text}", last.start_pos)
        else:
            self.tokens.append(Token("NAME", text, position))

    def number(self, text: str, position: int) -> None:
        last = self.tokens[-1] if self.tokens else START
        if last.type == "NAME" and last != "?" and text.isdigit():
            self.tokens[-1] = Token("NAME", f"{last} {text}", last.start_pos)
        else:
            self.tokens.append(Token("NUMBER", text, position))

    def string(self, text: str, position: int) -> None:
        self.tokens.append(Token("STRING", self.unescape(text[1:-1], position), position))

    def sign(self, text: str, position: int) -> None:
        if text in "([{":
            self.depth += 1
            if self.depth > MAX_DEPTH:
                raise self.fail(
                    position, f"lồng quá {MAX_DEPTH} tầng ngoặc", f"brackets nest over {MAX_DEPTH} deep"
                )
        elif text in ")]}":
            self.depth -= 1
        self.tokens.append(Token(SIGNS[text], text, position))

    def hint(self, text: str, position: int) -> None:
        vi, en = HINTS[text]
        raise self.fail(position, f"FEEL không dùng «{text}»: {vi}", f"FEEL does not use «{text}»: {en}")

    def unescape(self, body: str, position: int) -> str:
        def replace(match: re.Match[str]) -> str:
            escape = match[1]
            if len(escape) == 11:
                high, low = int(escape[1:5], 16), int(escape[7:], 16)
                return chr(0x10000 + (high - 0xD800) * 0x400 + low - 0xDC00)
            if len(escape) > 1:
                number = int(escape[1:], 16)
                if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
                    raise self.fail(position, "mã ký tự không hợp lệ", "not a character code")
                return chr(number)
            if escape not in ESCAPES:
                raise self.fail(position, f"không có ký tự thoát \\{escape}", f"unknown escape \\{escape}")
            return ESCAPES[escape]

        return ESCAPE.sub(replace, body) if "\\" in body else body

    def unknown(self, position: int) -> FeelSyntaxError:
        sign = self.source[position]
        if sign == '"':
            return self.fail(position, "chuỗi chưa đóng dấu ngoặc kép", "this text has no closing quote")
        return self.fail(position, f"ký tự lạ «{sign}»", f"unknown sign «{sign}»")

    def fail(self, position: int, vi: str, en: str) -> FeelSyntaxError:
        return FeelSyntaxError.at(self.source, position, vi, en)


TAKE = {
    "KNOWN": _Scan.known,
    "WORD": _Scan.word,
    "NUMBER": _Scan.number,
    "STRING": _Scan.string,
    "SIGN": _Scan.sign,
    "HINT": _Scan.hint,
}
