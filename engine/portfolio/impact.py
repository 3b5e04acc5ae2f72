"""What a change of law touches: articles, elements that rest on them, procedures, forms, running dossiers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.domain.citation import Citation, citations_in, cited
from engine.portfolio.query import BadQuery
from engine.portfolio.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """One place that rests on the law, or names it."""

    what: str  # element, procedure, document, fee, source, form
    id: str  # of the element, the document or the form; of the procedure as a whole: empty
    name: str
    law: str  # as it is written there
    whole: bool  # the place names no article, so that nobody can tell which of them it rests on

    def to_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """A procedure, or a process that procedures share, with everything in it that is touched."""

    code: str
    name: str
    agency: str
    file: str
    own: bool
    touches: tuple[Touch, ...]
    through: tuple[str, ...]  # shared processes that it calls and that are touched
    running: int | None = None  # dossiers; None: not asked

    def to_json(self) -> dict[str, Any]:
        said = {name: getattr(self, name) for name in self.__slots__}
        return {**said, "touches": [one.to_json() for one in self.touches]}


@dataclass(slots=True)
class _Found:
    """Touches by the row of their process."""

    rows: dict[int, list[Touch]] = field(default_factory=dict)

    def add(self, row: int, touch: Touch) -> None:
        self.rows.setdefault(row, []).append(touch)


def law_asked(text: str) -> Citation:
    """The law that somebody asks about; raises BadQuery for a text that names none."""
    found = cited(text)
    if not found.number and not (found.kind and found.title):
        raise BadQuery(
            text,
            "không có số hoặc tên văn bản. Viết «Nghị định 118/2025/NĐ-CP Điều 18» hoặc «Luật Đất đai 2024».",
            "no document of law is named. Write “Decree 118/2025, Article 18” or “Law …” with its title.",
        )
    return found


def impact(table: Table, law: Citation, running: Mapping[str, int] | None = None) -> list[Touched]:
    """Everything that rests on a law, procedures with the most running dossiers first, then shared processes.

    ``running`` are numbers of running dossiers by code.
    """
    found = _Found()
    for row, touch in (*_elements(table, law), *_wholes(table, law), *_forms(table, law)):
        found.add(row, touch)
    through = _through(table, set(found.rows))
    told = []
    for row in sorted({*found.rows, *through}):
        said = table.procedure(row, "code", "name", "agency", "file", "own")
        count = running.get(said["code"], 0) if running is not None and said["own"] else None
        touches = tuple(found.rows.get(row, ()))
        told.append(Touched(**said, touches=touches, through=through.get(row, ()), running=count))
    return sorted(told, key=lambda one: (not one.own, -(one.running or 0), one.code))


def _elements(table: Table, law: Citation) -> Iterator[tuple[int, Touch]]:
    column = table.steps["basis"]
    touched = [list(_resting(law, value)) for value in column.values]  # each different basis is judged once
    for row, code in enumerate(column.codes):
        for said, whole in touched[code]:
            identity, name = table.steps["id"].at(row), table.steps["name"].at(row)
            yield table.of[row], Touch(what="element", id=identity, name=name, law=said, whole=whole)


def _wholes(table: Table, law: Citation) -> Iterator[tuple[int, Touch]]:
    for row in range(table.files):
        said = table.procedure(row, "basis", "documents", "fees", "source")
        for text, whole in _resting(law, said["basis"]):
            yield row, Touch(what="procedure", id="", name="", law=text, whole=whole)
        if any(law.touches(other) for other in citations_in(said["source"])):
            yield row, Touch(what="source", id="", name=said["source"], law=said["source"], whole=True)
        for what, items in (("document", said["documents"]), ("fee", said["fees"])):
            for one in items:
                if any(law.touches(other) for other in citations_in(one["name"])):
                    identity = one.get("id", "")
                    yield row, Touch(what=what, id=identity, name=one["name"], law=one["name"], whole=True)


def _resting(law: Citation, basis: Iterable[Mapping[str, str]]) -> Iterator[tuple[str, bool]]:
    for one in basis:
        other = cited(one["document"], one["article"])
        if law.touches(other):
            yield f"{one['document']} {one['article']}".strip(), bool(law.articles) and not other.articles


def _forms(table: Table, law: Citation) -> Iterator[tuple[int, Touch]]:
    """Forms whose texts name the law, at every process that shows them."""
    users: dict[str, set[int]] = {}
    for row, code in enumerate(table.steps["form"].codes):
        users.setdefault(table.steps["form"].values[code], set()).add(table.of[row])
    for row in range(table.files):
        users.setdefault(table.procedures["form"].at(row), set()).add(row)
    for file, form, cites in table.forms:
        others = [Citation(kind=kind, number=number, issuer=issuer) for kind, number, issuer in cites]
        if not any(law.touches(other) for other in others):
            continue
        for row in sorted(users.get(form, ())):
            if _home(file) in ("shared", _home(table.procedures["file"].at(row))):
                yield row, Touch(what="form", id=form, name=form, law=file, whole=True)


def _home(name: str) -> str:
    """The folder of an agency; among live versions the version."""
    if name.endswith(".json"):
        return name.rpartition("/")[0].removesuffix("forms").removesuffix("/")
    return name.rpartition("/")[0] if name.endswith(".bpmn") else name


def _through(table: Table, touched: set[int]) -> dict[int, tuple[str, ...]]:
    """For each row the touched shared processes that it calls, itself or through others."""
    rows: dict[str, list[int]] = {}
    for row, process in enumerate(table.procedures["process"].codes):
        rows.setdefault(table.procedures["process"].values[process], []).append(row)
    calls: dict[int, set[int]] = {}
    for step, code in enumerate(table.steps["calls"].codes):
        called = table.steps["calls"].values[code]
        if called:
            calls.setdefault(table.of[step], set()).update(rows.get(called.rsplit(":", 1)[-1], ()))
    found = {}
    for row in calls:
        reached = _reached(row, calls) & touched - {row}
        if reached:
            found[row] = tuple(sorted({table.procedures["code"].at(one) for one in reached}))
    return found


def _reached(row: int, calls: Mapping[int, set[int]]) -> set[int]:
    seen, ahead = set[int](), [row]
    while ahead:
        new = calls.get(ahead.pop(), set()) - seen
        seen |= new
        ahead += new
    return seen
