"""Procedures: checked, deployed as frozen bundles, listed. A dossier keeps the version it began with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

import orjson

from engine.advance.services import Services
from engine.clock import Clock
from engine.domain.actor import officer_key, officer_of
from engine.domain.finding import Finding
from engine.domain.procedure import NodeFacts, ProcedureFacts
from engine.errors import Invalid, NotFound
from engine.store import people
from engine.store import procedures as rows
from engine.store.database import Connection, Database, Row
from engine.text import folded, words
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
from engine.workflow.overlay import overlay

__all__ = ["BundleRefused", "BundleSource", "Definition", "Examined", "ProcedureVersion", "Procedures"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureVersion:
    """One deployed version of a procedure."""

    code: str
    number: int
    sha256: str
    name: str
    agency: str
    agency_name: str
    domain: str
    level: str
    live: bool
    deployed_at: datetime
    deployed_by: str
    reason: str
    facts: ProcedureFacts
    running: int = 0  # dossiers of this version that have not ended


class Procedures:
    """The catalogue."""

    def __init__(self, database: Database, services: Services, clock: Clock) -> None:
        self._database = database
        self._services = services
        self._clock = clock

    def check(self, source: BundleSource) -> Sequence[Finding]:
        """All findings about a diagram and its files; nothing is stored."""
        return check_bundle(source, handlers=self._services.handlers.names())

    def completed(self, files: Mapping[str, bytes], code: str | None = None) -> BundleSource:
        """Changed files of a procedure, with all that they lack taken from its live version.

        For a new procedure (no ``code``) the shared diagrams of the newest live version stand ready, with
        their forms. Raises NotFound, XmlRefused, Invalid when no diagram of a procedure is among the files.
        """
        base = self.source(self.get(code).sha256) if code else self._shared()
        source = overlay(base, files)
        if not source.main:
            vi = "Thiếu sơ đồ .bpmn có phần motcua:procedure mô tả thủ tục. Chọn thêm tệp sơ đồ của thủ tục."
            raise Invalid({"files": (vi, "The diagram that describes the procedure is missing.")})
        return source

    def _shared(self) -> BundleSource:
        live = self.find()
        if not live:
            return BundleSource(main="", files={})
        sha256 = max(live, key=lambda one: one.deployed_at).sha256
        source, definition = self.source(sha256), self.definition(sha256)
        called = [one for one in definition.nodes.values() if one.process != definition.main_process]
        forms = {f"forms/{one.form}.json" for one in called if one.form}
        files = {
            name: content
            for name, content in source.files.items()
            if (name.endswith(".bpmn") and name != source.main) or name in forms
        }
        return BundleSource(main="", files=files)

    def examine(self, source: BundleSource) -> Examined:
        """The findings of ``check`` together with the diagrams they speak of; nothing is stored."""
        return examine_bundle(source, handlers=self._services.handlers.names())

    def running(self) -> Mapping[str, int]:
        """Dossiers that have not ended, by the code of their procedure."""
        with self._database.reading() as connection:
            return rows.running(connection)

    def deployers(self, versions: Iterable[ProcedureVersion]) -> Mapping[str, str]:
        """Names of the officers who deployed, by the key that a version keeps."""
        kept = {who for one in versions if (who := officer_of(one.deployed_by)) is not None}
        with self._database.reading() as connection:
            found = people.names(connection, kept)
        return {officer_key(identity): name for identity, name in found.items()}

    def deploy(self, source: BundleSource, *, by: str, reason: str) -> ProcedureVersion:
        """Make a checked bundle the live version of its procedure.

        New dossiers follow it, running ones keep theirs. Deploying what is already live changes nothing.
        Raises BundleRefused with the findings when there is an error among them.
        """
        bundle = compile_bundle(source, handlers=self._services.handlers.names())
        now = self._clock.now()
        with self._database.transaction() as tx:
            live = rows.live(tx, bundle.procedure.code)
            if live is None or live.sha256 != bundle.sha256:
                rows.add_bundle(tx, bundle.sha256, bundle.content, now)
                rows.add_version(tx, self._row(bundle, now, by, reason))
            return self._version(self._live(tx, bundle.procedure.code))

    def _row(self, bundle: Bundle, now: datetime, by: str, reason: str) -> Mapping[str, Any]:
        facts = bundle.procedure
        return {
            "id": uuid4(),
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
            "deployed_at": now,
            "deployed_by": by,
            "reason": reason,
        }

    def find(self, text: str = "", agency: str | None = None) -> list[ProcedureVersion]:
        """Live procedures that hold all words of ``text``, diacritics optional."""
        with self._database.reading() as connection:
            return [self._version(row) for row in rows.list_live(connection, words(text), agency)]

    def get(self, code: str) -> ProcedureVersion:
        """The live version; raises NotFound."""
        with self._database.reading() as connection:
            return self._version(self._live(connection, code))

    def versions(self, code: str) -> list[ProcedureVersion]:
        """All versions, newest first, with their running dossiers; raises NotFound."""
        with self._database.reading() as connection:
            found = rows.versions(connection, code)
        if not found:
            raise NotFound(what=f"thủ tục {code}")
        return [self._version(row) for row in found]

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
        definition = self.definition(sha256)
        specs = definition.spec.task_specs
        reached, ahead = {"Start": None}, ["Start"]
        for name in ahead:
            for follower in specs[name].outputs:
                if follower.name not in reached:
                    reached[follower.name] = None
                    ahead.append(follower.name)
        return [
            definition.nodes[name]
            for name in reached
            if name in definition.nodes and definition.nodes[name].kind == "userTask"
        ]

    def _live(self, connection: Connection, code: str) -> Row[Any]:
        row = rows.live(connection, code)
        if row is None:
            raise NotFound(what=f"thủ tục {code}")
        return row

    def _version(self, row: Row[Any]) -> ProcedureVersion:
        return ProcedureVersion(
            code=row.code,
            number=row.number,
            sha256=row.sha256,
            name=row.name,
            agency=row.agency,
            agency_name=self._services.agency_name(row.agency),
            domain=row.domain,
            level=row.level,
            live=row.live,
            deployed_at=row.deployed_at,
            deployed_by=row.deployed_by,
            reason=row.reason,
            facts=ProcedureFacts.from_json(orjson.loads(row.facts)),
            running=row._mapping.get("running", 0),
        )
