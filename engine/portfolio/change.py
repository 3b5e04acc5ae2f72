"""One change made to many procedures: what is asked for, and the files as it leaves them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from engine.domain.citation import Citation, cited
from engine.domain.feel import FeelSyntaxError, compile_expression
from engine.domain.procedure import Basis
from engine.portfolio.query import BadQuery, plain_words
from engine.portfolio.search import Hit
from engine.workflow.checking.people import ROLES
from engine.workflow.drafting.law import basis_of
from engine.workflow.editing import Element, Markup
from engine.workflow.reading.names import bpmn, our_word, our_words

_UNITS = {
    "ngay lam viec": "working days", "working days": "working days", "working day": "working days",
    "gio lam viec": "working hours", "working hours": "working hours", "working hour": "working hours",
    "ngay": "calendar days", "calendar days": "calendar days", "days": "calendar days",
    "thang": "months", "months": "months",
}  # fmt: skip
_DOCUMENT = ("id", "name", "original", "copy", "certified", "condition", "electronic", "digitise")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is to be different; what is None stays."""

    limit: str | None = None  # of steps of people, FEEL
    role: str | None = None
    form: str | None = None
    name: str | None = None  # of steps
    rename: tuple[str, str] | None = None  # a piece of the names of steps or procedures, and what it becomes
    add_basis: Basis | None = None
    law: tuple[Citation, Basis] | None = None  # what is replaced, and by what
    document: Mapping[str, str] | None = None  # attributes of a motcua:document

    @property
    def of_steps(self) -> bool:
        """Whether it can only be done to steps."""
        return any(one is not None for one in (self.limit, self.role, self.form, self.name))


@dataclass(slots=True)
class Targets:
    """What is selected in a file: steps by process, and processes as a whole."""

    steps: dict[str, set[str]] = field(default_factory=dict)
    wholes: set[str] = field(default_factory=set)


def targets_of(hits: Iterable[Hit]) -> dict[str, Targets]:
    """What a search found, file by file."""
    found: dict[str, Targets] = {}
    for hit in hits:
        targets = found.setdefault(hit.file, Targets())
        if hit.step is None:
            targets.wholes.add(hit.process)
        else:
            targets.steps.setdefault(hit.process, set()).add(hit.step)
    return found


def limit_of(text: str) -> str:
    """«3 ngày làm việc» or FEEL as the FEEL of a limit; ``none`` for no limit. Raises BadQuery."""
    number, _, unit = " ".join(plain_words(text)).partition(" ")
    if number.isdigit() and unit in _UNITS:
        return f"{_UNITS[unit]}({number})"
    try:
        known = compile_expression(text)
    except FeelSyntaxError as error:
        raise BadQuery(text, error.message("vi"), error.message("en")) from None
    if text.strip() != "none" and not known.calls:
        raise BadQuery(text, "viết «3 ngày làm việc» hoặc working days(3).", "write working days(3).")
    return text.strip()


def role_of(text: str) -> str:
    """A role that exists; raises BadQuery."""
    if text not in ROLES:
        listed = ", ".join(sorted(ROLES))
        raise BadQuery(text, f"không có vai trò này. Dùng: {listed}.", f"no such role. Use: {listed}.")
    return text


def law_of(old: str, new: str) -> tuple[Citation, Basis]:
    """An article and what replaces it; raises BadQuery for what names no document."""
    asked, basis = cited(old), basis_of(new)
    for text, found in ((old, asked), (new, cited(basis.document))):
        if not found.number and not (found.kind and found.title):
            why, why_en = "không có số văn bản. Viết «NĐ 118/2025/NĐ-CP Điều 18».", "no document is named."
            raise BadQuery(text, why, why_en)
    return asked, basis


def document_of(text: str) -> dict[str, str]:
    """``id=don; name=Tờ khai; original=1`` as a line of the checklist; raises BadQuery."""
    said: dict[str, str] = {}
    for part in filter(str.strip, text.split(";")):
        name, equals, value = (one.strip() for one in part.partition("="))
        if not equals or name not in _DOCUMENT:
            listed = ", ".join(_DOCUMENT)
            raise BadQuery(part.strip(), f"viết tên=giá trị, tên là một trong: {listed}.", f"use {listed}.")
        said[name] = value
    for name in ("id", "name"):
        if not said.get(name):
            raise BadQuery(text, f"thiếu {name}=…", f"{name}=… is missing")
    return said


def changed(content: bytes, name: str, targets: Targets, change: Change) -> tuple[bytes, Sequence[str]]:
    """A file after the change, and ids of elements where it could not be told what to do.

    Raises XmlRefused.
    """
    editor = _Editor(Markup(content, name), change)
    for process in editor.markup.root.iter(bpmn("process")):
        identity = str(process.get("id", ""))
        steps = targets.steps.get(identity, set())
        for element in process.iter():
            if element.get("id") in steps:
                editor.step(element)
        if identity in targets.wholes:
            editor.whole(process)
        if change.document is not None and (steps or identity in targets.wholes):
            editor.add_document(process, change.document)
    return editor.markup.render(), editor.unsure


class _Editor:
    """Does one change to the elements of one file."""

    def __init__(self, markup: Markup, change: Change) -> None:
        self.markup = markup
        self.unsure: list[str] = []
        self._change = change

    def step(self, element: Element) -> None:
        change = self._change
        words = {"timeLimit": change.limit, "role": change.role, "form": change.form}
        said = {word: value for word, value in words.items() if value is not None}
        if said and element.tag == bpmn("userTask"):
            self.markup.say(element, "task", said)
        elif said:
            self.unsure.append(str(element.get("id")))
        if change.name is not None:
            self.markup.set(element, "name", change.name)
        self._rename(element)
        self._law(element)
        self._add_basis(element)

    def whole(self, process: Element) -> None:
        self._rename(process)
        for word in our_words(process, "procedure"):
            self._rename(word)
        root = process.getroottree().getroot()
        for participant in root.iter(bpmn("participant")):
            if participant.get("processRef") == process.get("id"):
                self._rename(participant)
        for element in process.iter():
            self._law(element)
        self._add_basis(process)

    def add_document(self, process: Element, document: Mapping[str, str]) -> None:
        """Add a line to the checklist; one with its id is set to say this."""
        same = [one for one in our_words(process, "document") if one.get("id") == document["id"]]
        if our_word(process, "procedure") is None:
            self.unsure.append(str(process.get("id")))
        elif same:
            for name, value in document.items():
                self.markup.set(same[0], name, value)
        else:
            self.markup.add(process, "document", document)

    def _rename(self, element: Element) -> None:
        name = element.get("name")
        if self._change.rename is not None and name is not None:
            self.markup.set(element, "name", name.replace(*self._change.rename))

    def _add_basis(self, element: Element) -> None:
        basis = self._change.add_basis
        if basis is None:
            return
        asked = cited(basis.document, basis.article)
        there = (
            cited(one.get("document", ""), one.get("article", "")) for one in our_words(element, "basis")
        )
        if not any(one.same_document(asked) and one.articles == asked.articles for one in there):
            self.markup.add(element, "basis", _said(basis))

    def _law(self, element: Element) -> None:
        if self._change.law is None:
            return
        old, new = self._change.law
        for word in our_words(element, "basis"):
            rests = cited(word.get("document", ""), word.get("article", ""))
            if not old.touches(rests):
                continue
            if old.articles and not _within(rests, old):  # it rests on other articles too, or names none
                self.unsure.append(str(element.get("id")))
                continue
            for name, value in _said(new).items():
                self.markup.set(word, name, value)


def _within(rests: Citation, old: Citation) -> bool:
    """Whether all that a basis names is part of what is replaced."""
    return bool(rests.articles) and all(
        any(
            all(not mine or mine == theirs for mine, theirs in zip(one, article, strict=True))
            for one in old.articles
        )
        for article in rests.articles
    )


def _said(basis: Basis) -> dict[str, str]:
    said = {"document": basis.document, "article": basis.article, "note": basis.note}
    return {name: value for name, value in said.items() if value}
