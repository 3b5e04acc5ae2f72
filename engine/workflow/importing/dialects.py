"""Expressions of Java EL, Groovy, JavaScript and Python as FEEL, where both provably decide alike.

Read by a grammar of its own: what that does not know is not translated, and the analyst is asked.
``not`` is written ``not(x = true)``, since a name without a value counts as false there and as null in FEEL.
"""

import re
from collections.abc import Callable

from engine.domain.feel import FeelSyntaxError, compile_expression

_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?)(?![\w.])[lLdDfF]?"
    r"|(?P<text>\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')"
    r"|(?P<name>[A-Za-z_$][A-Za-z0-9_$]*)"
    r"|(?P<sign>===|!==|==|!=|<=|>=|&&|\|\||[<>!+\-*/()\[\],.?:]))"
)
_SAME = {"eq": "==", "===": "==", "ne": "!=", "!==": "!=", "lt": "<", "gt": ">", "le": "<=", "ge": ">=",
         "and": "&&", "or": "||", "not": "!"}  # fmt: skip
_VALUES = {"true": "true", "false": "false", "null": "null", "True": "true", "False": "false", "None": "null"}
_VARIABLES = frozenset({"getVariable", "getVariableLocal"})
_HOLDERS = frozenset({"execution", "task", "kcontext"})
_METHODS: dict[str, tuple[int, str]] = {
    "equals": (1, "({0} = {1})"),
    "equalsIgnoreCase": (1, "(lower case({0}) = lower case({1}))"),
    "contains": (1, "(if {0} instance of list<Any> then list contains({0}, {1}) else contains({0}, {1}))"),
    "includes": (1, "(if {0} instance of list<Any> then list contains({0}, {1}) else contains({0}, {1}))"),
    "startsWith": (1, "starts with({0}, {1})"),
    "endsWith": (1, "ends with({0}, {1})"),
    "toLowerCase": (0, "lower case({0})"),
    "toUpperCase": (0, "upper case({0})"),
    "isEmpty": (0, '({0} = "" or {0} = [])'),
    "length": (0, "string length({0})"),
    "size": (0, "count({0})"),
    "intValue": (0, "{0}"),
    "longValue": (0, "{0}"),
    "doubleValue": (0, "{0}"),
    "booleanValue": (0, "{0}"),
}


class Untranslatable(Exception):
    """Nothing is proved about this text."""


def to_feel(source: str) -> str | None:
    """The FEEL of an expression in one of the dialects; None when it cannot be proved to be the same."""
    text = source.strip()
    wrapped = re.fullmatch(r"[$#]\{(.*)\}", text, re.DOTALL)
    text = wrapped[1] if wrapped and "{" not in wrapped[1] else text
    text = re.sub(r"^return\b|;\s*$", "", text.strip()).strip()
    try:
        reader = _Reader(text)
        feel = reader.whole()
        compiled = compile_expression(feel)
    except (Untranslatable, FeelSyntaxError, RecursionError):
        return None
    return feel if compiled.names <= reader.names else None


def script_to_feel(source: str) -> str | None:
    """The lines ``name = FEEL`` of a script that only assigns; None for any other."""
    lines = []
    for statement in re.split(r"[;\n]+", source):
        if not statement.strip() or statement.strip().startswith(("//", "#")):
            continue
        match = re.fullmatch(
            r"\s*(?:execution\.setVariable\(\s*[\"'](\w+)[\"']\s*,(.*)\)|(\w+)\s*=(?!=)(.*))\s*",
            statement, re.DOTALL,
        )  # fmt: skip
        value = to_feel(match[2] or match[4]) if match else None
        if match is None or value is None:
            return None
        lines.append(f"{match[1] or match[3]} = {value}")
    return "\n".join(lines) or None


class _Reader:
    """Recursive descent over the tokens, FEEL as it comes."""

    def __init__(self, text: str) -> None:
        self.names: set[str] = set()
        self._tokens: list[tuple[str, str]] = []
        position = 0
        while position < len(text.rstrip()):
            match = _TOKEN.match(text, position)
            if match is None or match.lastgroup is None:
                raise Untranslatable
            said = match[match.lastgroup]
            position = match.end()
            dotted = self._tokens and self._tokens[-1][1] == "."
            self._tokens.append(
                ("sign", _SAME[said]) if said in _SAME and not dotted else (match.lastgroup, said)
            )
        self._at = 0

    def whole(self) -> str:
        found = self._choice()
        if self._at != len(self._tokens):
            raise Untranslatable
        return found.removeprefix("(").removesuffix(")") if _enclosed(found) else found

    def _peek(self) -> str:
        if self._at >= len(self._tokens):
            return ""
        kind, said = self._tokens[self._at]
        return said if kind != "text" else "text"

    def _take(self, *signs: str) -> str | None:
        if self._at < len(self._tokens) and self._tokens[self._at] in [("sign", one) for one in signs]:
            self._at += 1
            return self._tokens[self._at - 1][1]
        return None

    def _need(self, sign: str) -> None:
        if self._take(sign) is None:
            raise Untranslatable

    def _choice(self) -> str:
        condition = self._chain(self._conjunction, {"||": "or"})
        if self._take("?"):
            then = self._choice()
            self._need(":")
            return f"(if {condition} then {then} else {self._choice()})"
        return condition

    def _conjunction(self) -> str:
        return self._chain(self._comparison, {"&&": "and"})

    def _chain(self, part: Callable[[], str], signs: dict[str, str]) -> str:
        parts = [part()]
        while (sign := self._take(*signs)) is not None:
            parts += [signs[sign], part()]
        return parts[0] if len(parts) == 1 else f"({' '.join(parts)})"

    def _comparison(self) -> str:
        left = self._sum()
        sign = self._take("==", "!=", "<", ">", "<=", ">=")
        if sign is None:
            return left
        if left.startswith("not("):
            raise Untranslatable  # Python takes all of the comparison, Java only the left side
        return f"({left} {'=' if sign == '==' else sign} {self._sum()})"

    def _sum(self) -> str:
        found = self._chain(self._product, {"+": "+", "-": "-"})
        if '"' in found and " + " in found and _mixed(found):
            raise Untranslatable  # text and number joined: FEEL gives null where Java makes a text
        return found

    def _product(self) -> str:
        return self._chain(self._unary, {"*": "*", "/": "/"})

    def _unary(self) -> str:
        if self._take("!"):
            return f"not({self._unary()} = true)"
        if self._take("-"):
            return f"-{self._unary()}"
        if self._peek() == "empty" and self._tokens[self._at + 1 : self._at + 2] != [("sign", "(")]:
            self._at += 1
            inner = self._unary()
            return f'({inner} = null or {inner} = "" or {inner} = [])'
        return self._members(self._primary())

    def _primary(self) -> str:
        if self._take("("):
            inner = self._choice()
            self._need(")")
            return inner if inner.startswith("(") or inner.isalnum() else f"({inner})"
        if self._take("["):
            return f"[{', '.join(self._arguments(']'))}]"
        if self._at >= len(self._tokens) or self._tokens[self._at][0] == "sign":
            raise Untranslatable
        kind, said = self._tokens[self._at]
        self._at += 1
        if kind == "number":
            return said
        if kind == "text":
            return _quoted(said[1:-1])
        if said in _HOLDERS:
            return self._variable()
        if said in _VALUES:
            return _VALUES[said]
        self.names.add(said)
        return said

    def _variable(self) -> str:
        """``execution.getVariable("x")`` is the variable x; nothing else of an engine is known here."""
        self._need(".")
        found = self._tokens[self._at : self._at + 4]
        kinds = [
            ("name" if one[1] in _VARIABLES else one[1]) if one[0] != "text" else "text" for one in found
        ]
        if kinds != ["name", "(", "text", ")"]:
            raise Untranslatable
        self._at += 4
        name = found[2][1][1:-1]
        if not re.fullmatch(r"[A-Za-z_]\w*", name):
            raise Untranslatable
        self.names.add(name)
        return name

    def _members(self, found: str) -> str:
        while True:
            if self._take("."):
                found = self._member(found)
            elif self._peek() == "(":
                raise Untranslatable  # a function or bean of the engine that it came from
            elif self._peek() == "[":
                raise Untranslatable
            else:
                return found

    def _member(self, found: str) -> str:
        if self._at >= len(self._tokens) or self._tokens[self._at][0] != "name":
            raise Untranslatable
        name = self._tokens[self._at][1]
        self._at += 1
        if not self._take("("):
            if name == "length":
                raise Untranslatable  # of a text or of a list
            return f"{found}.{name}"
        arguments = self._arguments(")")
        count, template = _METHODS.get(name, (-1, ""))
        if count != len(arguments):
            raise Untranslatable
        return template.format(found, *arguments)

    def _arguments(self, end: str) -> list[str]:
        found: list[str] = []
        while not self._take(end):
            if found:
                self._need(",")
            found.append(self._choice())
        return found


def _mixed(found: str) -> bool:
    return not all(re.fullmatch(r'\(*"[^"]*"\)*', part) for part in found.split(" + "))


def _quoted(text: str) -> str:
    plain = re.sub(r"\\(['\"\\])", r"\1", text)
    if "\\" in plain:
        raise Untranslatable
    return '"' + plain.replace('"', '\\"') + '"'


def _enclosed(text: str) -> bool:
    """Whether the first bracket is closed by the last one."""
    if not (text.startswith("(") and text.endswith(")")) or ('"' in text and _bracket_in_text(text)):
        return False
    depth = 0
    for index, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return index == len(text) - 1
    return False


def _bracket_in_text(text: str) -> bool:
    return any(set("()") & set(part) for part in re.findall(r'"((?:[^"\\]|\\.)*)"', text))
