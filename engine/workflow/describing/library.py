"""What the library of procedures shows of our words: examples, shared processes, handlers in use."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree

from engine.workflow.reading.descriptor import FILE
from engine.workflow.reading.guard import parse_xml
from engine.workflow.reading.names import MOTCUA, bpmn, find_all, our_words
from engine.workflow.reading.words import text_of

LIBRARY = FILE.parent
_FIRST = "svhtt/1.009397.bpmn"  # a short one that has most of the words


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A word as a diagram of the library says it."""

    file: str  # within processes/
    element: str  # id of what bears it
    xml: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedProcess:
    """A process that procedures call."""

    id: str
    name: str
    notes: str  # what it reads and leaves; "" when its diagram does not say


@cache
def _diagrams() -> tuple[tuple[str, etree._Element], ...]:
    files = sorted(LIBRARY.glob("*/*.bpmn"), key=lambda one: (_named(one) != _FIRST, _named(one)))
    return tuple((_named(file), parse_xml(file.read_bytes(), file.name)) for file in files)


def _named(file: Path) -> str:
    return file.relative_to(LIBRARY).as_posix()


def example(word: str) -> Example | None:
    """The word that says most in the first diagram that has it; None when the library never says it."""
    for file, root in _diagrams():
        found = [one for one in root.iter(f"{{{MOTCUA}}}{word}")]
        if found:
            richest = max(found, key=lambda one: len(one.attrib) + len(one))
            holder = next(one for one in richest.iterancestors() if one.get("id"))
            return Example(file=file, element=str(holder.get("id")), xml=_as_written(richest))
    return None


def _as_written(word: etree._Element) -> str:
    """The text of a word without the namespaces that the head of its file declares."""
    text = etree.tostring(word, encoding="unicode", with_tail=False)
    for prefix, uri in word.nsmap.items():
        text = text.replace(f' xmlns:{prefix}="{uri}"', "")
    inner = [line.strip() for line in text.splitlines()]
    return "\n".join([inner[0], *(f"  {line}" for line in inner[1:-1]), *inner[1:][-1:]])


def shared_processes() -> Iterator[SharedProcess]:
    """The processes of ``processes/shared``, by their ids."""
    for file, root in _diagrams():
        if file.startswith("shared/"):
            for process in root.iterchildren(bpmn("process")):
                notes = " ".join((text_of(process.find(bpmn("documentation"))) or "").split())
                name = str(process.get("name") or process.get("id"))
                yield SharedProcess(id=str(process.get("id")), name=name, notes=notes)


def handlers() -> list[str]:
    """Names of the handlers that the library uses."""
    services = (task for _, root in _diagrams() for task in find_all(root, ".//bpmn:serviceTask"))
    return sorted({str(word.get("name")) for task in services for word in our_words(task, "handler")})
