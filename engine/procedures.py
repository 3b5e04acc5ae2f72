"""Procedures: checked, deployed as frozen bundles, listed. A dossier keeps the version it began with."""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

import orjson

from engine.advance.services import Services
from engine.clock import Clock
from engine.domain.actor import officer_key, officer_of
from engine.domain.finding import Finding
from engine.domain.permission import NAMES, Action
from engine.domain.procedure import NodeFacts, ProcedureFacts
from engine.domain.version import Act, State
from engine.errors import Forbidden, Invalid, NotFound
from engine.store import people
from engine.store import procedures as rows
from engine.store.database import Connection, Database, Row
from engine.text import folded, words
from engine.views import ProcedureVersion
from engine.workflow.bundle import (
    Bundle,
    BundleSource,
    Definition,
    Examined,
    check_bundle,
    compile_bundle,
    examine_bundle,
    load_source,
)
from engine.workflow.errors import BundleRefused
from engine.workflow.importing import Answers, Imported, import_drawing
from engine.workflow.overlay import overlay

__all__ = [
    "Answers",
    "BundleRefused",
    "BundleSource",
    "Definition",
    "Examined",
    "Imported",
    "ProcedureVersion",
    "Procedures",
    "compile_bundle",
]


class Procedures:
    """The catalogue."""

    def __init__(self, database: Database, services: Services, clock: Clock) -> None:
        self._database = database
        self._services = services
        self._clock = clock

    def check(self, source: BundleSource) -> Sequence[Finding]:
        """All findings about a diagram and its files; nothing is stored."""
        return check_bundle(source, handlers=self._services.handlers.names())

    def completed(
        self, files: Mapping[str, bytes], code: str | None = None, *, shared: Mapping[str, bytes]
    ) -> BundleSource:
        """Changed files of a procedure, with all that they lack taken from its live version.

        For a new procedure (no ``code``) the shared diagrams of the newest live version stand ready, with
        their forms. What no live version has comes from ``shared``, the shared files of this installation.
        Raises NotFound, XmlRefused, Invalid when no diagram of a procedure is among the files.
        """
        base = self.source(self.get(code).sha256) if code else self._shared()
        source = overlay(overlay(BundleSource(main="", files=shared), base.files), files)
        if not source.main:
            vi = "Thiếu sơ đồ .bpmn có phần motcua:procedure mô tả thủ tục. Chọn thêm tệp sơ đồ của thủ tục."
            raise Invalid({"files": (vi, "The diagram that describes the procedure is missing.")})
        return source

    def _shared(self) -> BundleSource:
        live = self.find()
        if not live:
            return BundleSource(main="", files={})
        sha256 = max(live, key=lambda one: str(one.deployed_at)).sha256
        source, definition = self.source(sha256), self.definition(sha256)
        called = [one for one in definition.nodes.values() if one.process != definition.main_process]
        forms = {f"forms/{one.form}.json" for one in called if one.form}
        files = {
            name: content
            for name, content in source.files.items()
            if (name.endswith(".bpmn") and name != source.main) or name in forms
        }
        return BundleSource(main="", files=files)

    def imported(
        self, name: str, content: bytes, *, answers: Answers, beside: Mapping[str, bytes]
    ) -> Imported:
        """A drawing of another tool, made deployable or refused; nothing is stored. Raises BadAnswers."""
        names = self._services.handlers.names()
        return import_drawing(name, content, answers=answers, beside=beside, handlers=names)

    def examine(self, source: BundleSource) -> Examined:
        """The findings of ``check`` together with the diagrams they speak of; nothing is stored."""
        return examine_bundle(source, handlers=self._services.handlers.names())

    def running(self) -> Mapping[str, int]:
        """Dossiers that have not ended, by the code of their procedure."""
        with self._database.reading() as connection:
            return rows.running(connection)

    def deployers(self, keys: Iterable[str | None]) -> Mapping[str, str]:
        """Names of officers by the keys that versions and their acts keep."""
        kept = {who for key in keys if key and (who := officer_of(key)) is not None}
        with self._database.reading() as connection:
            found = people.names(connection, kept)
        return {officer_key(identity): name for identity, name in found.items()}

    def deploy(
        self, source: BundleSource, *, by: str, reason: str, checked: Container[str] = ()
    ) -> ProcedureVersion:
        """Make a checked bundle the live version at once: see ``deploy_all``."""
        (code,) = self.deploy_all([source], by=by, reason=reason, checked=checked)
        return self.get(code)

    def deploy_all(
        self, sources: Iterable[BundleSource], *, by: str, reason: str, checked: Container[str] = ()
    ) -> list[str]:
        """Make bundles live at once, all or none: for whoever holds the machine, see ``Versions``.

        New dossiers follow them, running ones keep theirs; a version's history says that there was no second
        person. Deploying what is already live changes nothing. ``checked``: hashes of bundles that have
        passed the whole check before. Returns the codes. Raises BundleRefused with the findings when
        there is an error among them, Forbidden when ``by`` is an officer: officers go the way of two.
        """
        if officer_of(by) is not None:
            raise Forbidden(action=NAMES[Action.RELEASE_PROCEDURE])
        bundles, now = [self.compiled(source, checked=checked) for source in sources], self._clock.now()
        with self._database.transaction() as tx:
            for bundle in bundles:
                code = bundle.procedure.code
                live = rows.live(tx, code)
                if live is None or live.sha256 != bundle.sha256:
                    number = self.keep(tx, bundle, now, by, reason)
                    self.bring_live(tx, code, number, now, by)
                    self.note(tx, code, number, Act.INSTALL, now, by, reason)
        return [bundle.procedure.code for bundle in bundles]

    def compiled(self, source: BundleSource, *, checked: Container[str] = ()) -> Bundle:
        """The bundle that a source makes; raises BundleRefused."""
        names = self._services.handlers.names()
        return compile_bundle(source, handlers=names, sandbox=self._services.sandbox, checked=checked)

    def keep(self, tx: Connection, bundle: Bundle, now: datetime, by: str, reason: str) -> int:
        """Write a bundle as a new draft of its procedure; returns the number of the version."""
        rows.add_bundle(tx, bundle.sha256, bundle.content, now)
        draft = {"id": uuid4(), "state": State.DRAFT, "deployed_at": None, "deployed_by": None}
        return rows.add_version(tx, {**draft, **self.columns(bundle), "reason": reason})

    def bring_live(self, tx: Connection, code: str, number: int, now: datetime, by: str) -> None:
        """Let new dossiers follow this version; the one before is retired."""
        before = rows.live(tx, code)
        if before is not None:
            rows.change_version(tx, code, before.number, {"state": State.RETIRED})
            self.note(tx, code, before.number, Act.REPLACE, now, by, f"bản {number}")
        live = {"state": State.LIVE, "deployed_at": now, "deployed_by": by}
        rows.change_version(tx, code, number, live)

    def note(
        self, tx: Connection, code: str, number: int, act: Act, now: datetime, by: str, reason: str
    ) -> None:
        """Append an act to the history of a version."""
        row = rows.version(tx, code, number)
        sha256 = row.sha256 if row is not None else ""
        rows.add_act(
            tx,
            {
                "code": code,
                "number": number,
                "act": act,
                "at": now,
                "by": by,
                "sha256": sha256,
                "reason": reason,
            },
        )

    def columns(self, bundle: Bundle) -> Mapping[str, Any]:
        """What a version's row says of its bundle."""
        facts = bundle.procedure
        return {
            "code": facts.code,
            "sha256": bundle.sha256,
            "name": facts.name,
            "agency": facts.agency,
            "domain": facts.domain,
            "level": facts.level,
            "search": folded(
                f"{facts.code} {facts.name} {facts.domain} {self._services.agency_name(facts.agency)}"
            ),
            "facts": orjson.dumps(facts.to_json()),
        }

    def find(self, text: str = "", agency: str | None = None) -> list[ProcedureVersion]:
        """Live procedures that hold all words of ``text``, diacritics optional."""
        with self._database.reading() as connection:
            return [self.told(row) for row in rows.list_live(connection, words(text), agency)]

    def codes(self) -> set[str]:
        """Codes of all live procedures."""
        with self._database.reading() as connection:
            return rows.live_codes(connection)

    def get(self, code: str) -> ProcedureVersion:
        """The live version; raises NotFound."""
        with self._database.reading() as connection:
            return self.told(self._live(connection, code))

    def versions(self, code: str) -> list[ProcedureVersion]:
        """All versions, newest first, with their running dossiers; raises NotFound."""
        with self._database.reading() as connection:
            found = rows.versions(connection, code)
        if not found:
            raise NotFound(what=f"thủ tục {code}")
        return [self.told(row) for row in found]

    def pending(self) -> list[ProcedureVersion]:
        """Versions of all procedures that are being written or wait for approval or release."""
        with self._database.reading() as connection:
            return [self.told(row) for row in rows.pending(connection)]

    def definition(self, sha256: str) -> Definition:
        """What runs: nodes, forms and diagrams of a bundle."""
        with self._database.reading() as connection:
            return self._services.definition(connection, sha256)

    def source(self, sha256: str) -> BundleSource:
        """The files that a bundle was made of, byte for byte; raises NotFound."""
        with self._database.reading() as connection:
            content = rows.bundle_content(connection, sha256)
        if content is None:
            raise NotFound(what=f"gói quy trình {sha256[:12]}")
        return load_source(content)

    def way(self, sha256: str) -> Sequence[NodeFacts]:
        """What people do in the main diagram of a bundle, in the order in which it can first be reached."""
        return self.definition(sha256).way()

    def _live(self, connection: Connection, code: str) -> Row[Any]:
        row = rows.live(connection, code)
        if row is None:
            raise NotFound(what=f"thủ tục {code}")
        return row

    def told(self, row: Row[Any]) -> ProcedureVersion:
        """A row of the table of versions as readers see it."""
        return ProcedureVersion(
            code=row.code,
            number=row.number,
            sha256=row.sha256,
            name=row.name,
            agency=row.agency,
            agency_name=self._services.agency_name(row.agency),
            domain=row.domain,
            level=row.level,
            state=row.state,
            deployed_at=row.deployed_at,
            deployed_by=row.deployed_by,
            reason=row.reason,
            facts=ProcedureFacts.from_json(orjson.loads(row.facts)),
            running=row._mapping.get("running", 0),
        )
