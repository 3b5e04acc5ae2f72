"""The pages for analysts as things to do: files to write, lines to change, commands to run, deeds done.

A fenced block with a file's name writes the file; with «trước …» or «thay …» it goes before, or in the place
of, the line with those words. A ``console`` block holds commands after ``$`` with what they print. A comment
``<!-- ở quầy: tiếp nhận MÃ -->`` is a dossier received at the counter.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ANALYST = Path(__file__).parents[2] / "docs" / "analyst"
_FENCE = re.compile(r"^```(?P<language>\w+) ?(?P<about>.*)$")
_CHANGE = re.compile(r"^(?P<file>\S+) (?P<how>trước|thay) «(?P<words>.+)»$")
_DEED = re.compile(r"^<!-- ở quầy: tiếp nhận (?P<code>\S+) -->$")
_REFUSED = "# mã thoát 1"  # behind a command that is to be refused
ANYTHING = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """A file as the page shows it."""

    line: int
    file: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changing:
    """Lines that go before (else: in the place of) the line with these words."""

    line: int
    file: str
    before: bool
    words: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command with what it prints; «…» alone on a line is any lines, within one any words."""

    line: int
    words: str
    refused: bool
    prints: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiving:
    """A dossier of this procedure is handed in and received."""

    line: int
    code: str


Deed = Writing | Changing | Command | Receiving


def deeds(text: str) -> Iterator[Deed]:
    """Everything that a page does, in its order; other blocks are only shown."""
    lines = text.splitlines()
    number = 0
    while number < len(lines):
        number += 1
        if found := _DEED.match(lines[number - 1]):
            yield Receiving(line=number, code=found["code"])
        if fence := _FENCE.match(lines[number - 1]):
            end = lines.index("```", number)
            yield from _block(fence["language"], fence["about"], lines[number:end], number)
            number = end + 1


def blocks(text: str, language: str) -> dict[str, str]:
    """Blocks of a language by what is said about them."""
    found = re.findall(rf"^```{language} (\S+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return dict(found)


def _block(language: str, about: str, lines: list[str], number: int) -> Iterator[Deed]:
    content = "\n".join(lines) + "\n"
    if language == "console":
        yield from _commands(lines, number)
    elif change := _CHANGE.match(about):
        yield Changing(line=number, file=change["file"], before=change["how"] == "trước",
                       words=change["words"], content=content)  # fmt: skip
    elif about:
        yield Writing(line=number, file=about, content=content)


def _commands(lines: list[str], number: int) -> Iterator[Command]:
    starts = [index for index, line in enumerate(lines) if line.startswith("$ ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        words = lines[start].removeprefix("$ ")
        yield Command(
            line=number + start + 1, words=words.removesuffix(_REFUSED).strip(),
            refused=words.endswith(_REFUSED), prints=tuple(lines[start + 1 : end]),
        )  # fmt: skip


def matches(prints: Sequence[str], said: Sequence[str]) -> bool:
    """Whether the lines said are those that the page shows; a page that shows none promises nothing."""
    return not prints or _fit(prints, said)


def _fit(prints: Sequence[str], said: Sequence[str]) -> bool:
    if not prints:
        return not said
    if prints[0].strip() == ANYTHING:
        return any(_fit(prints[1:], said[start:]) for start in range(len(said) + 1))
    if not said:
        return False
    line = ".*".join(map(re.escape, prints[0].rstrip().split(ANYTHING)))
    return re.fullmatch(line, said[0].rstrip()) is not None and _fit(prints[1:], said[1:])
