"""Bundles: a diagram with everything it needs, checked, compiled, frozen under one SHA-256."""

import gc
import hashlib
from collections import OrderedDict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from threading import Lock
from typing import Any

import orjson
import zstandard

from engine.domain.finding import Finding, Severity, sound
from engine.domain.procedure import NodeFacts, ProcedureFacts
from engine.workflow.checking import SOUNDNESS, check
from engine.workflow.definition import Definition, made_of
from engine.workflow.errors import BundleRefused
from engine.workflow.reading.closure import BundleSource, Closure, read_closure

__all__ = [
    "CHECKED_BY_MAKER",
    "Bundle",
    "BundleSource",
    "Definition",
    "DefinitionCache",
    "Examined",
    "check_bundle",
    "compile_bundle",
    "examine_bundle",
    "load_definition",
    "load_source",
]

FORMAT = 2
_SWEEP = 64  # definitions that gave way between two collections: 25 MB at most lie about
_LEVEL = 4  # of Zstandard: 9 packs 7 % tighter and takes more than twice as long


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A compiled bundle, ready to be kept."""

    sha256: str
    content: bytes
    procedure: ProcedureFacts
    findings: tuple[Finding, ...]  # warnings only


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What a check found, with the diagrams to show it on."""

    findings: tuple[Finding, ...]  # errors first
    sha256: str  # the bundle it would become
    procedure: ProcedureFacts
    main_process: str
    nodes: Mapping[str, NodeFacts]
    diagrams: Mapping[str, str]
    diagram_names: Mapping[str, str]
    used_files: tuple[str, ...]  # of the source, those that take part

    @property
    def deployable(self) -> bool:
        return sound(self.findings)


def examine_bundle(source: BundleSource, *, handlers: Iterable[str] = ()) -> Examined:
    """Check a diagram and its files and show them. Raises XmlRefused for an unreadable file."""
    closure, findings, sha256 = _examine(source, frozenset(handlers))
    return Examined(
        findings=tuple(findings),
        sha256=sha256,
        procedure=closure.procedure,
        main_process=closure.main_process,
        nodes=closure.nodes,
        diagrams=closure.diagrams,
        diagram_names=closure.names() if closure.processes else {},
        used_files=tuple(sorted(closure.used_files)),
    )


def check_bundle(source: BundleSource, *, handlers: Iterable[str] = ()) -> Sequence[Finding]:
    """All findings about a diagram and its files, errors first. Raises XmlRefused for an unreadable file."""
    return _examine(source, frozenset(handlers))[1]


def _examine(
    source: BundleSource,
    handlers: frozenset[str],
    *,
    house: bool = True,
    checked: Container[str] = (),
) -> tuple[Closure, list[Finding], str]:
    """What was read, what was found, and the bundle's hash."""
    closure = read_closure(source)
    findings, sha256 = [*closure.findings], _identity(closure, source.process)
    if sha256 not in checked:
        findings += check(closure, handlers, house=house)
    findings.sort(key=lambda finding: finding.severity != Severity.ERROR)
    return closure, findings, sha256


def compile_bundle(
    source: BundleSource,
    *,
    handlers: Iterable[str] = (),
    sandbox: bool = False,
    checked: Container[str] = (),
) -> Bundle:
    """Check and compile; raises BundleRefused with the findings when one of them is an error.

    In a sandbox a diagram is held to BPMN alone, and may show how it gets stuck. ``checked``: hashes of
    bundles that have passed the check before, byte for byte; it is not done again for them.
    """
    closure, findings, sha256 = _examine(source, frozenset(handlers), house=not sandbox, checked=checked)
    tolerated = SOUNDNESS if sandbox else frozenset[str]()
    if any(one.severity == Severity.ERROR and one.rule not in tolerated for one in findings):
        raise BundleRefused(findings)
    stored = {
        **made_of(closure),
        "format": FORMAT,
        "findings": [asdict(finding) for finding in findings],
        "main_file": source.main,
        "process": source.process,
        "files": {name: content.decode("utf-8") for name, content in closure.used_files.items()},
    }
    plain = orjson.dumps(stored, option=orjson.OPT_SORT_KEYS)
    packed = zstandard.ZstdCompressor(level=_LEVEL).compress(plain)
    return Bundle(sha256=sha256, content=packed, procedure=closure.procedure, findings=tuple(findings))


def _identity(closure: Closure, process: str | None) -> str:
    """Hash of the files that take part, by name; files that merely lie beside them do not count.

    Where a file has several processes that can run, which of them is meant counts too.
    """
    total = hashlib.sha256(b"motcua bundle 1\n")
    if process is not None:
        total.update(f"process {process}\n".encode())
    for name, content in sorted(closure.used_files.items()):
        total.update(f"{name}\n{hashlib.sha256(content).hexdigest()}\n".encode())
    return total.hexdigest()


def load_definition(sha256: str, content: bytes) -> Definition:
    """The definition in a compiled bundle."""
    return Definition(sha256, _unpacked(content))


def load_source(content: bytes) -> BundleSource:
    """The files that a compiled bundle was made of, XML in UTF-8 whatever it came in."""
    stored = _unpacked(content)
    files = {name: text.encode() for name, text in stored["files"].items()}
    return BundleSource(main=stored["main_file"], files=files, process=stored.get("process"))


def _unpacked(content: bytes) -> Any:
    return orjson.loads(zstandard.ZstdDecompressor().decompress(content, max_output_size=64 * 1024 * 1024))


class _All:
    def __contains__(self, sha256: object) -> bool:
        return True


CHECKED_BY_MAKER: Container[str] = _All()  # for ``compile_bundle``: whoever made the bundles has checked them


class DefinitionCache:
    """Definitions of one process by SHA-256; the ones longest unused give way.

    A real one takes some 400 kB, all of a province's 1,326 half a gigabyte; restoring one takes 2 ms. Nearly
    all dossiers of a centre are of its two hundred usual procedures.
    """

    def __init__(self, limit: int = 200) -> None:
        self._limit = limit
        self._held: OrderedDict[str, Definition] = OrderedDict()
        self._lock = Lock()
        self._gone = 0

    def get(self, sha256: str) -> Definition | None:
        with self._lock:
            found = self._held.get(sha256)
            if found is not None:
                self._held.move_to_end(sha256)
            return found

    def load(self, sha256: str, content: bytes) -> Definition:
        """Restore a definition and keep it."""
        definition = load_definition(sha256, content)
        with self._lock:
            self._held[sha256] = definition
            while len(self._held) > self._limit:
                self._held.popitem(last=False)
                self._gone += 1
            sweeping, self._gone = divmod(self._gone, _SWEEP)
        if sweeping:
            gc.collect()  # specs refer to each other in rings; who looks rarely lets them pile up
        return definition
