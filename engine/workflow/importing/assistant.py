"""The import of one file: read, repair by the table, check, report."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from lxml import etree

from engine.domain.finding import Finding, Severity
from engine.workflow.bundle import BundleSource, compile_bundle
from engine.workflow.checking.paths import MAX_NODES
from engine.workflow.errors import BundleRefused, XmlRefused
from engine.workflow.importing.answers import Answers, BadAnswers
from engine.workflow.importing.drawing import SCOPES, Beside, Drawing, nodes_of
from engine.workflow.importing.reading import as_utf8
from engine.workflow.importing.repair import REFUSE, Case, Repair
from engine.workflow.importing.repairs import REPAIRS
from engine.workflow.importing.repairs.shape import KEPT
from engine.workflow.importing.report import Entry, Outcome
from engine.workflow.reading.guard import parse_xml
from engine.workflow.reading.names import MOTCUA, bpmn, local
from engine.workflow.reading.tables import read_tables

_SCOPES = [bpmn(tag) for tag in ("process", *SCOPES)]
_OURS = {"motcua": MOTCUA, "imported": KEPT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a file."""

    name: str
    content: bytes | None  # the file as it can be deployed; None when it is refused
    entries: tuple[Entry, ...]
    renamed: Mapping[str, str] = field(default_factory=dict)  # new id to the one in the file that came

    @property
    def accepted(self) -> bool:
        return self.content is not None

    def of_kind(self, outcome: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.outcome == outcome]


def import_drawing(
    name: str,
    content: bytes,
    *,
    answers: Answers | None = None,
    beside: Mapping[str, bytes] | None = None,
    handlers: Iterable[str] = (),
) -> Imported:
    """Repair a drawing of any modeler; what it does not say comes from the answers or defaults.

    ``beside`` has the files that it may call or use (x.bpmn, forms/x.json, decisions/x.dmn), ``handlers`` the
    names of the installation's handlers. A file without a fault comes back byte for byte. Never raises for
    the content of the file; raises BadAnswers for an answer that its question does not take.
    """
    utf8, said = as_utf8(content)
    entries = [_encoding(said)] if said else []
    try:
        root = parse_xml(utf8, name)
    except XmlRefused as refused:
        return _refused(name, _whole("xml", refused.message("vi"), refused.message("en")))
    unfit = _unfit(root)
    if unfit is not None:
        return _refused(name, unfit)
    drawing = Drawing(root, _beside(beside or {}, handlers))
    before = etree.tostring(root)
    entries += _repairs(drawing, answers or Answers())
    entries += _renamed(drawing, entries)
    _declare_at_the_top(root)
    after = etree.tostring(root)
    made = utf8 if after == before else etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    entries += _checked(BundleSource(main=name, files={**(beside or {}), name: made}), handlers)
    lost = any(entry.outcome == Outcome.REFUSED for entry in entries)
    return Imported(
        name=name, content=None if lost else made, entries=tuple(entries), renamed=dict(drawing.renamed)
    )


def _declare_at_the_top(root: etree._Element) -> None:
    """What repairs wrote has its namespaces on the root: bpmn-moddle forgets those declared further down."""
    names = {str(name) for one in root.iter(etree.Element) for name in (one.tag, *one.attrib)}
    used = {
        prefix: uri for prefix, uri in _OURS.items() if any(name.startswith(f"{{{uri}}}") for name in names)
    }
    known = {uri: prefix for prefix, uri in root.nsmap.items() if prefix}
    if set(used.values()) <= known.keys():
        return
    prefixes = {prefix for one in root.iter(etree.Element) for prefix in one.nsmap if prefix}
    top = {known.get(uri, prefix): uri for prefix, uri in used.items()}
    etree.cleanup_namespaces(root, top_nsmap=top, keep_ns_prefixes=prefixes)


def _unfit(root: etree._Element) -> Entry | None:
    """Why a file is not looked into at all."""
    if root.tag != bpmn("definitions"):
        return _whole("not-bpmn", "tệp không có bpmn:definitions", "there is no bpmn:definitions")
    if any(len(nodes_of(scope)) > MAX_NODES for scope in root.iter(*_SCOPES)):
        vi = f"một quy trình có hơn {MAX_NODES} phần tử. Tách thành quy trình con"
        en = f"a process has more than {MAX_NODES} elements. Split it into sub-processes"
        return _whole("too-many-nodes", vi, en)
    return None


def _repairs(drawing: Drawing, answers: Answers) -> Iterator[Entry]:
    """Go through the table once; each repair finds its cases in what those before it left."""
    for repair in REPAIRS:
        for case in list(repair.find(drawing)):
            entry = _repaired(repair, drawing, case, answers)
            if not repair.silent or entry.answer != repair.silent:
                yield entry


def _renamed(drawing: Drawing, entries: list[Entry]) -> Iterator[Entry]:
    """Ids that were changed so that expressions can speak of them, where nothing has said so yet."""
    said = {entry.element_id for entry in entries if entry.rule in ("id-odd", "id-twice")}
    for new, old in drawing.renamed.items():
        if new not in said:
            yield Entry(
                rule="id-plain",
                outcome=Outcome.CHANGED,
                element_id=new,
                message_vi="mã được đổi để biểu thức FEEL nhắc đến được, cùng mọi nơi nhắc đến",
                message_en="the id was changed wherever it is spoken of, so that FEEL can speak of it",
                answer=new,
                before=old,
            )


def _beside(files: Mapping[str, bytes], handlers: Iterable[str]) -> Beside:
    """What the other files offer; one that cannot be read offers nothing."""
    processes: set[str] = set()
    tables: set[str] = set()
    for name, content in files.items():
        if name.endswith((".bpmn", ".dmn")):
            try:
                root = parse_xml(content, name)
            except XmlRefused:
                continue
            processes.update(str(one.get("id", "")) for one in root.iter(bpmn("process")))
            tables.update(read_tables(root, name).tables if name.endswith(".dmn") else ())
    forms = {PurePosixPath(name).stem for name in files if name.startswith("forms/")}
    return Beside(
        processes=frozenset(processes), tables=frozenset(tables), forms=frozenset(forms),
        handlers=frozenset(handlers),
    )  # fmt: skip


def _repaired(repair: Repair, drawing: Drawing, case: Case, answers: Answers) -> Entry:
    """Mend one case by the answer that was given, else by the default."""
    identity = case.element.get("id")
    given = answers.given(repair.rule, drawing.renamed.get(identity or "", identity))
    answer = case.default if given is None or not repair.asks else given
    options = {**repair.options, **case.options}
    if not repair.accepts(answer, case):
        raise BadAnswers(
            what=f"{repair.rule} ({identity or ''}): {answer}",
            why_vi=f"câu hỏi nhận: {', '.join(options) or 'biểu thức FEEL'}, refuse",
            why_en=f"the question takes: {', '.join(options) or 'a FEEL expression'}, refuse",
        )
    if answer != REFUSE:
        repair.mend(drawing, case, answer)
    outcome = Outcome.ANSWERED if given is not None else Outcome.ASSUMED
    if answer == REFUSE:
        outcome = Outcome.REFUSED
    elif answer == repair.keeps:
        outcome = Outcome.KEPT
    elif not repair.asks:
        outcome = repair.outcome
    return Entry(
        rule=repair.rule,
        outcome=outcome,
        element_id=case.element.get("id"),
        element_name=" ".join((case.element.get("name") or "").split()) or None,
        element_kind=local(case.element),
        message_vi=repair.vi,
        message_en=repair.en,
        answer=case.told or answer,
        before=case.before,
        options=options,
    )


def _checked(source: BundleSource, handlers: Iterable[str]) -> Iterator[Entry]:
    """What the check of deployment says: its errors refuse, foreign words are kept."""
    try:
        findings = compile_bundle(source, handlers=handlers).findings
    except BundleRefused as refused:
        findings = refused.findings
    except XmlRefused as refused:
        findings = ()
        yield _whole("xml", refused.message("vi"), refused.message("en"))
    for finding in findings:
        if finding.severity == Severity.ERROR:
            yield _entry(finding, Outcome.REFUSED)
        elif finding.rule == "foreign-words":
            yield _entry(finding, Outcome.KEPT)


def _entry(finding: Finding, outcome: Outcome) -> Entry:
    return Entry(
        rule=finding.rule,
        outcome=outcome,
        element_id=finding.element_id,
        element_name=finding.element_name,
        message_vi=f"{finding.message_vi}. {finding.remedy_vi}",
        message_en=f"{finding.message_en}. {finding.remedy_en}",
    )


def _refused(name: str, entry: Entry) -> Imported:
    return Imported(name=name, content=None, entries=(entry,))


def _whole(rule: str, vi: str, en: str) -> Entry:
    return Entry(rule=rule, outcome=Outcome.REFUSED, message_vi=vi, message_en=en)


def _encoding(said: str) -> Entry:
    return Entry(
        rule="encoding", outcome=Outcome.CHANGED, before=said, answer="UTF-8, BPMN 2.0",
        message_vi="tệp không ở dạng UTF-8 hoặc dùng tên của bản thảo BPMN",
        message_en="the file is not plain UTF-8, or uses the names of a draft of BPMN",
    )  # fmt: skip
