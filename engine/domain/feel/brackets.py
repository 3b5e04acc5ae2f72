"""``]1..5[`` is an open range: find brackets that stand the other way round before the grammar sees them."""

from dataclasses import dataclass

from lark import Token

ENDS_OPERAND = frozenset({"NAME", "NUMBER", "STRING", "TRUE", "FALSE", "NULL", "_RPAR", "_RSQB", "_RBRACE"})
STARTS_OPERAND = ENDS_OPERAND - {"_RPAR", "_RSQB", "_RBRACE"} | {
    *("SOME", "EVERY", "MINUS", "_IF", "_FOR", "_FUNCTION", "_LPAR", "_LSQB", "_LBRACE", "_AT")
}
OPENING = frozenset({"_LPAR", "_LSQB", "_LBRACE"})
CLOSING = frozenset({"_RPAR", "_RSQB", "_RBRACE"})


@dataclass(slots=True)
class _Open:
    """An open bracket, and whether ``..`` was seen inside it."""

    ranged: bool = False


def open_ranges(tokens: list[Token]) -> list[Token]:
    """Retype ``]`` that opens and ``[`` that closes a range, in place; other brackets stay as they are."""
    if not any(token.type == "_DOTDOT" for token in tokens):
        return tokens
    stack: list[_Open] = []
    for index, token in enumerate(tokens):
        before = tokens[index - 1].type if index else ""
        after = tokens[index + 1].type if index + 1 < len(tokens) else ""
        kind = _settled(token.type, before, after, bool(stack and stack[-1].ranged))
        if kind != token.type:
            tokens[index] = Token(kind, token.value, token.start_pos)
        if kind in OPENING or kind == "_OPEN_START":
            stack.append(_Open())
        elif stack and (kind in CLOSING or kind == "_OPEN_END"):
            stack.pop()
        elif stack and kind == "_DOTDOT":
            stack[-1].ranged = True
    return tokens


def _settled(kind: str, before: str, after: str, ranged: bool) -> str:
    if kind == "_RSQB" and before not in ENDS_OPERAND and before not in ("_LSQB", "_OPEN_END"):
        return "_OPEN_START"
    if kind == "_LSQB" and ranged and before in ENDS_OPERAND and after not in STARTS_OPERAND:
        return "_OPEN_END"
    return kind
