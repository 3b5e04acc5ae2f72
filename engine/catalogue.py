"""Whole catalogues of procedures: read, drafted row by row, compared, written out. Nothing is stored."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.advance.services import Services
from engine.domain.finding import Finding, sound
from engine.errors import MotcuaError
from engine.workflow.bundle import CHECKED_BY_MAKER, BundleSource, check_bundle
from engine.workflow.drafting import (
    CALLED,
    Draft,
    called_by,
    drafted,
    edited,
    ids_of,
    scenario_name,
    scenarios_of,
    shape_of,
)
from engine.workflow.drafting.catalogue import MOST_BYTES, BadCatalogue, Row, read_catalogue
from engine.workflow.drafting.catalogue.writing import csv_of, described, workbook_of
from engine.workflow.drafting.differences import differences
from engine.workflow.drafting.patterns import PATTERNS, Rules, Sketched, sketched

__all__ = [
    "CHECKED_BY_MAKER", "MOST_BYTES", "PATTERNS", "BadCatalogue", "Catalogue", "Made", "Plan", "Row", "Rules",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What will be made of a row."""

    row: Row
    sketched: Sketched
    digest: str  # of the row and the pattern: equal digests make equal drafts

    @property
    def code(self) -> str:
        return self.row.code

    @property
    def folder(self) -> str:
        """The folder of its agency."""
        return self.sketched.outline.agency.lower()

    @property
    def pattern(self) -> str:
        return self.sketched.pattern.name

    @property
    def questions(self) -> Sequence[str]:
        return self.sketched.outline.questions


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The files of a row, and what the check has against them beside open questions."""

    plan: Plan
    main: str
    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        return sound(self.findings)


class Unsound(MotcuaError):
    """A draft that its own check refuses: a mistake of a pattern."""

    code = "draft-unsound"
    vi = "Bản thảo của thủ tục {code} chưa đạt: {why}. Nhập danh mục bằng lệnh import để xem đầy đủ."
    en = "The draft of procedure {code} is not sound: {why}. Import the catalogue to see all of it."


class Workshop:
    """Draws the rows of one import; what is alike is checked once."""

    def __init__(self, shared: Mapping[str, bytes], handlers: Iterable[str]) -> None:
        self._shared = called_by(shared, CALLED)
        self._handlers = tuple(handlers)
        self._taken = ids_of(shared)
        self._known: dict[str, tuple[Finding, ...]] = {}  # by shape

    def make(self, plan: Plan) -> Made:
        """Diagram, forms and scenario of a row. Raises BadOutline, which would be a mistake of a pattern."""
        outline = plan.sketched.outline
        scenario = {scenario_name(outline.code): scenarios_of(outline)}
        draft = drafted(outline, self._shared, self._taken, scenario)
        shape = shape_of(outline)
        if shape not in self._known:
            self._known[shape] = self._checked(draft)
        findings = tuple(replace(one, file=draft.main) for one in self._known[shape])
        return Made(plan=plan, main=draft.main, files=draft.files, findings=findings)

    def bundles(self, plans: Iterable[Plan]) -> Iterator[BundleSource]:
        """Drafts of rows with the shared processes that they call, checked. Raises Unsound."""
        for plan in plans:
            made = self.make(plan)
            if not made.sound:
                raise Unsound(code=plan.code, why=made.findings[0].sentence("vi"))
            yield BundleSource(main=made.main, files={**self._shared, **made.files})

    def _checked(self, draft: Draft) -> tuple[Finding, ...]:
        source = BundleSource(main=draft.main, files={**self._shared, **draft.files})
        found = check_bundle(source, handlers=self._handlers)
        return tuple(one for one in found if one.rule != "open-question")


class Catalogue:
    """Catalogues."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def read(self, content: bytes, name: str) -> Sequence[Row]:
        """The rows of a CSV file or Excel workbook. Raises BadCatalogue with all that is wrong."""
        return read_catalogue(content, name)

    def rules(self, text: str) -> Rules:
        """Rules for reading catalogues, from TOML."""
        return Rules.from_toml(text)

    def plans(self, rows: Iterable[Row], rules: Rules, chosen: Mapping[str, str]) -> Iterator[Plan]:
        """What will be made of each row; ``chosen`` are patterns by code that a person wants."""
        for row in rows:
            made = sketched(row, rules, chosen.get(row.code))
            said = repr((replace(row, number=0), made.pattern.name, made.outline.agency))
            yield Plan(row=row, sketched=made, digest=hashlib.sha256(said.encode()).hexdigest())

    def workshop(self, shared: Mapping[str, bytes]) -> Workshop:
        """A place to draw rows, with the shared processes at hand."""
        return Workshop(shared, self._services.handlers.names())

    def scenario(self, code: str) -> str:
        """Where the scenarios of a procedure lie, beside its diagram."""
        return scenario_name(code)

    def edited(self, main: str, files: Mapping[str, bytes]) -> Sequence[str]:
        """Files that somebody has changed since they were drawn."""
        return edited(main, files)

    def differences(self, name: str, before: bytes, after: bytes) -> Sequence[str]:
        """What a new diagram says otherwise, in words: lines with - and +. Raises XmlRefused."""
        return differences(name, before, after)

    def written(self, files: Iterable[tuple[str, bytes]], workbook: bool) -> tuple[bytes, int]:
        """A catalogue of BPMN files, and how many procedures are in it."""
        rows = described(files, self._services.agency_name)
        return (workbook_of(rows) if workbook else csv_of(rows)), len(rows)
