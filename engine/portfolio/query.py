"""What was asked of the catalogue, as it was understood: words, a FEEL condition, or both."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from engine.domain.feel import Expression, compile_expression
from engine.errors import MotcuaError
from engine.portfolio.fields import SCOPES
from engine.text import folded

Rows = Literal["step", "procedure", "both"]


class BadQuery(MotcuaError):
    """A search that is not understood is not guessed at."""

    code = "bad-query"
    vi = "Không hiểu «{word}»: {why}"
    en = "“{word}” is not understood: {why_en}"

    def __init__(self, word: str, why: str, why_en: str) -> None:
        super().__init__(word=word, why=why, why_en=why_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A search, understood."""

    rows: Rows
    words: tuple[str, ...] = ()  # folded; all of them have to be in the row's text
    condition: str = ""  # FEEL over step and procedure; empty: none

    @property
    def feel(self) -> str:
        """All of it as FEEL: what is printed, and what may be asked instead."""
        place = "words" if self.rows == "both" else f"{self.rows}.words"
        said = [f'contains({place}, "{word}")' for word in self.words]
        return " and ".join([*said, *([self.condition] if self.condition else [])])


def condition_query(text: str) -> Query:
    """A search written in FEEL. Raises FeelSyntaxError, and BadQuery for a word that is not documented."""
    expression = compile_expression(text)
    paths = [path.split(".") for path in expression.paths]
    for path in paths:
        if path[0] not in SCOPES:
            if path == ["words"]:
                continue
            raise BadQuery(path[0], *_known("step.…, procedure.…, words"))
        if len(path) > 1 and path[1] not in SCOPES[path[0]]:
            raise BadQuery(".".join(path[:2]), *_known(_listed(path[0])))
    scopes = {path[0] for path in paths}
    if not scopes:
        raise BadQuery(text, *_known("step.…, procedure.…, words"))
    rows: Rows = "step" if "step" in scopes else "procedure" if "procedure" in scopes else "both"
    return Query(rows=rows, condition=text.strip())


def read_of(expression: Expression) -> list[tuple[str, str]]:
    """Scope and word of everything that a condition reads; a scope as a whole is all of its words."""
    found: dict[tuple[str, str], None] = {}
    for path in sorted(expression.paths):
        scope, _, rest = path.partition(".")
        names: Iterable[str] = [rest.partition(".")[0]] if rest else SCOPES.get(scope, ("words",))
        found.update(dict.fromkeys((scope, name) for name in names))
    return list(found)


def quoted(text: str) -> str:
    """A text as FEEL writes it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def plain_words(text: str) -> tuple[str, ...]:
    """The words of a text without signs around them."""
    return tuple(word for one in folded(text).split() if (word := one.strip('.,;:!?()«»"“”')))


def _listed(scope: str) -> str:
    return ", ".join(f"{scope}.{name}" for name in SCOPES[scope])


def _known(listed: str) -> tuple[str, str]:
    return f"không có từ này. Dùng một trong: {listed}.", f"there is no such word. Use one of: {listed}."
