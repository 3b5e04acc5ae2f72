"""All that a diagram needs: called diagrams, forms and tables, found by following what it names."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from lxml import etree

from engine.domain.dmn import Decision, DecisionTable
from engine.domain.finding import Finding, Severity
from engine.domain.procedure import NodeFacts, ProcedureFacts
from engine.workflow.reading.guard import as_utf8, parse_xml
from engine.workflow.reading.json_file import NotJson, read_json
from engine.workflow.reading.names import bpmn
from engine.workflow.reading.normalise import normalise
from engine.workflow.reading.schema import schema_findings
from engine.workflow.reading.tables import read_tables
from engine.workflow.reading.words import read_nodes, read_procedure


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleSource:
    """Files as they come from disk or an upload; more may lie among them than the diagram needs."""

    main: str  # name of the procedure's diagram in ``files``
    files: Mapping[str, bytes]  # x.bpmn, forms/x.json, decisions/x.dmn
    process: str | None = None  # id of the main process, where the diagram has several that can run


@dataclass(frozen=True, slots=True, weakref_slot=True, eq=False)
class Drawing:
    """One BPMN file, read. What is called is called by many and read once: nobody changes it."""

    root: etree._Element
    xml: str
    findings: tuple[Finding, ...]  # of the schema
    nodes: Mapping[str, Mapping[str, NodeFacts]]  # by process

    @classmethod
    def of(cls, content: bytes, name: str) -> "Drawing":
        """Raises XmlRefused."""
        root = parse_xml(content, name)
        normalise(root)
        findings = tuple(schema_findings(root, name))
        nodes = {str(one.get("id", "")): read_nodes(one) for one in root.iter(bpmn("process"))}
        return cls(root, etree.tostring(root, encoding="unicode"), findings, nodes)


@dataclass(slots=True)
class Closure:
    """What belongs to one procedure, read."""

    main_process: str
    procedure: ProcedureFacts
    drawings: dict[str, Drawing] = field(default_factory=dict)  # by file
    processes: dict[str, etree._Element] = field(default_factory=dict)  # id to element
    files_of: dict[str, str] = field(default_factory=dict)  # process id to file
    nodes: dict[str, NodeFacts] = field(default_factory=dict)
    forms: dict[str, dict[str, Any]] = field(default_factory=dict)
    tables: dict[str, DecisionTable | Decision] = field(default_factory=dict)
    diagrams: dict[str, str] = field(default_factory=dict)  # process id to BPMN XML
    used_files: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def roots(self) -> dict[str, etree._Element]:
        """File to the root of its document."""
        return {name: one.root for name, one in self.drawings.items()}

    def names(self) -> dict[str, str]:
        """Process id to the name people know it by."""
        names = {identity: str(one.get("name") or identity) for identity, one in self.processes.items()}
        return {**names, self.main_process: self.procedure.name or names[self.main_process]}


def read_closure(source: BundleSource) -> Closure:
    """Read the main diagram and everything it leads to. Raises XmlRefused for a file that cannot be read.

    What is missing or wrong becomes a finding.
    """
    source = _in_utf8(source)
    drawing = Drawing.of(source.files[source.main], source.main)
    processes = list(drawing.root.iter(bpmn("process")))
    if not processes:
        closure = Closure(main_process="", procedure=_nothing(source.main))
        closure.findings.append(_finding("no-process", source.main, "tệp không có quy trình", "no process"))
        return closure
    main = _main(processes, source.process)
    closure = Closure(main_process=str(main.get("id", "")), procedure=read_procedure(main))
    available = _Available(source, {str(one.get("id", "")): (source.main, drawing) for one in processes})
    _take(closure, source, source.main, drawing)
    while True:
        called = (one for one in _called(closure) if one not in closure.processes)
        found = next(filter(None, map(available.find, called)), None)
        if found is None:
            break
        _take(closure, source, *found)
    _take_forms(closure, source)
    _take_tables(closure, source)
    closure.findings.extend(_told_twice(closure, source))
    return closure


_called_drawing = lru_cache(maxsize=100)(Drawing.of)


def _in_utf8(source: BundleSource) -> BundleSource:
    """XML in UTF-8, whatever it came in: bundles keep text."""
    drawn = (".bpmn", ".dmn")
    files = {name: as_utf8(data) if name.endswith(drawn) else data for name, data in source.files.items()}
    return replace(source, files=files)


def _nothing(name: str) -> ProcedureFacts:
    return ProcedureFacts(code="", name=name, agency="")


def _finding(rule: str, file: str, vi: str, en: str) -> Finding:
    return Finding(
        rule=rule,
        severity=Severity.ERROR,
        file=file,
        message_vi=vi,
        message_en=en,
        remedy_vi="Kiểm tra lại tệp và tên được nhắc đến.",
        remedy_en="Check the file and the name it speaks of.",
    )


class _Available:
    """Diagrams that could be called. Most of what lies beside a diagram is not, and is never parsed."""

    def __init__(self, source: BundleSource, found: dict[str, tuple[str, Drawing]]) -> None:
        self._found = found
        self._unread = [
            name for name in sorted(source.files) if name.endswith(".bpmn") and name != source.main
        ]
        self._files = source.files

    def find(self, process: str) -> tuple[str, Drawing] | None:
        """File and drawing of a process; None when no file holds it. Raises XmlRefused."""
        likely = [name for name in self._unread if process.encode() in self._files[name]]
        for name in [*likely, *(one for one in self._unread if one not in likely)]:
            if not process or process in self._found:
                break
            self._read(name)
        return self._found.get(process)

    def _read(self, name: str) -> None:
        drawing = _called_drawing(self._files[name], name)
        for process in drawing.nodes:
            self._found.setdefault(process, (name, drawing))
        self._unread = [one for one in self._unread if one != name]


def _main(processes: list[etree._Element], wanted: str | None) -> etree._Element:
    """The process that is meant: the one asked for, else one that can be executed, else that can begin."""
    marked = [one for one in processes if one.get("isExecutable") == "true"]
    beginning = [one for one in processes if one.find(bpmn("startEvent")) is not None]
    named = [one for one in processes if one.get("id") == wanted]
    return (named or marked or beginning or processes)[0]


def _called(closure: Closure) -> Iterator[str]:
    for process in closure.processes.values():
        for call in process.iter(bpmn("callActivity")):
            yield str(call.get("calledElement", "")).rsplit(":", 1)[-1]


def _take(closure: Closure, source: BundleSource, name: str, drawing: Drawing) -> None:
    """Take a file with the processes in it that are called; other pools are partners, and stay drawings."""
    if name not in closure.drawings:
        closure.used_files[name] = source.files[name]
        closure.drawings[name] = drawing
        closure.findings.extend(drawing.findings)
    wanted = {closure.main_process, *_called(closure)}
    for process in drawing.root.iter(bpmn("process")):
        identity = str(process.get("id", ""))
        if identity in wanted and identity not in closure.processes:
            closure.processes[identity] = process
            closure.files_of[identity] = name
            closure.diagrams[identity] = drawing.xml
            closure.nodes.update(drawing.nodes[identity])


def _twice(name: str, vi: str, en: str, other: str) -> Finding:
    """The same thing in two files: nobody could say which of them is meant."""
    said = f"{vi} có ở hai tệp: {other} và {name}", f"{en} is in two files: {other} and {name}"
    remedy = "Giữ một tệp, bỏ tệp kia.", "Keep one of the files."
    return replace(_finding("id-not-unique", name, *said), remedy_vi=remedy[0], remedy_en=remedy[1])


def _told_twice(closure: Closure, source: BundleSource) -> Iterator[Finding]:
    """Processes that another file holds as well; what lies beside is mostly not parsed: bytes are asked."""
    for process, file in closure.files_of.items():
        if process == closure.main_process:
            continue
        said = process.encode()
        mentions = [
            name for name in sorted(source.files) if name != file and said in source.files[name]
        ]  # few do, and looking for the tag takes longer
        tag = re.compile(rb"<(?:\w+:)?process\s[^>]*?\bid=[\"']" + re.escape(said) + rb"[\"']")
        for name in mentions:
            if name.endswith(".bpmn") and tag.search(source.files[name]):
                yield _twice(name, f"quy trình «{process}»", f"process “{process}”", file)


def _take_forms(closure: Closure, source: BundleSource) -> None:
    wanted = {node.form for node in closure.nodes.values() if node.form} | {closure.procedure.form}
    for form in sorted(one for one in wanted if one):
        name = f"forms/{form}.json"
        content = source.files.get(name)
        if content is None:
            closure.findings.append(
                _finding("form-missing", name, f"thiếu biểu mẫu «{form}»", f"form “{form}” is missing")
            )
            continue
        try:
            closure.forms[form] = read_json(content)
        except NotJson as error:
            broken = _finding("form-broken", name, error.vi, error.en)
            closure.findings.append(replace(broken, line=error.line))
        closure.used_files[name] = content


def _take_tables(closure: Closure, source: BundleSource) -> None:
    wanted = {node.decision_table for node in closure.nodes.values() if node.decision_table}
    wanted |= {fee.table for fee in closure.procedure.fees if fee.table}
    if not wanted:
        return
    known: dict[str, str] = {}  # decision to the file that it was taken from
    for name in sorted(name for name in source.files if name.endswith(".dmn")):
        read = read_tables(parse_xml(source.files[name], name), name)
        found = wanted & read.ids  # also those with a fault, so that the fault is told and not an absence
        closure.findings.extend(
            _twice(name, f"bảng quyết định «{one}»", f"decision table “{one}”", known[one])
            for one in sorted(found & known.keys())
        )
        found -= known.keys()
        known |= dict.fromkeys(found, name)
        if found:
            closure.used_files[name] = source.files[name]
            closure.findings.extend(read.findings)
            closure.tables.update({table: read.tables[table] for table in found if table in read.tables})
    for table in sorted(one for one in wanted if one and one not in known):
        vi, en = f"thiếu bảng quyết định «{table}»", f"decision table “{table}” is missing"
        closure.findings.append(_finding("table-missing", closure.files_of[closure.main_process], vi, en))


def runnable(files: Mapping[str, bytes], name: str) -> list[str]:
    """Ids of the processes of a diagram that can be run: those marked executable, else those that can begin.

    Raises XmlRefused.
    """
    root = parse_xml(files[name], name)
    processes = list(root.iter(bpmn("process")))
    marked = [one for one in processes if one.get("isExecutable") == "true"]
    open_ = [one for one in processes if one.get("isExecutable") != "false"]
    return [str(one.get("id", "")) for one in marked or open_ or processes]
