"""The schema of BPMN 2.0, as SpiffWorkflow ships it."""

import re

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnValidator

from engine.domain.finding import Finding, Severity
from engine.workflow.errors import Said

_validator: list[BpmnValidator] = []
_SAVE = ("Mở lại bằng trình soạn thảo BPMN và lưu lại.", "Open it in a BPMN editor and save it again.")
_NAMESPACE = re.compile(r"\{[^}]*\}")
_AGAIN = ("Đặt cho một trong hai phần tử mã khác.", "Give one of the two elements another id.")
_AN_ID = (
    "Mã gồm chữ, số, gạch dưới, không bắt đầu bằng số.",
    "An id has letters, digits, underscores, no digit first.",
)
# What the validator says, and what it means: sentence and remedy; the first that fits counts.
_FAULTS = tuple(
    (re.compile(pattern), said, remedy)
    for pattern, said, remedy in (
        (r"attribute 'id': '(?P<a>[A-Za-z_][\w.-]*)' is not a valid value of the atomic type 'xs:ID'",
         ("mã «{a}» dùng cho hai phần tử", "the id “{a}” stands on two elements"), _AGAIN),
        (r"attribute 'id'.*'(?P<a>[^']*)' is not (?:a valid value|accepted)",
         ("mã «{a}» không hợp lệ", "the id “{a}” is not valid"), _AN_ID),
        (r"Element '(?P<b>[^']+)', attribute '(?P<a>[^']+)': The attribute '[^']+' is not allowed",
         ("«{b}» không có thuộc tính «{a}»", "“{b}” has no attribute “{a}”"), _SAVE),
        (r"Element '(?P<b>[^']+)': The attribute '(?P<a>[^']+)' is required but missing",
         ("«{b}» thiếu thuộc tính «{a}»", "“{b}” lacks the attribute “{a}”"), _SAVE),
        (r"Element '(?P<b>[^']+)': This element is not expected",
         ("«{b}» đứng sai chỗ hoặc không thuộc BPMN", "“{b}” stands in a wrong place or is no BPMN"), _SAVE),
        (r"Element '(?P<b>[^']+)': Missing child element",
         ("«{b}» thiếu phần bên trong", "“{b}” lacks what must stand in it"), _SAVE),
        (r"Element '(?P<b>[^']+)', attribute '(?P<a>[^']+)': .*'(?P<c>[^']*)' is not",
         ("«{b}»: giá trị «{c}» của «{a}» không hợp lệ", "“{b}”: “{c}” is no value for “{a}”"), _SAVE),
    )
)  # fmt: skip


def schema_faults(root: etree._Element) -> list[tuple[int, str]]:
    """Lines of a file with what the validator says of them, in its own words; at most twenty."""
    if not _validator:
        _validator.append(BpmnValidator())
    schema = _validator[0].validator
    _validator[0].preprocess(root)
    if schema.validate(root):
        return []
    return [(int(error.line), str(error.message)) for error in list(schema.error_log)[:20]]


def schema_findings(root: etree._Element, name: str) -> list[Finding]:
    """What the schema of BPMN 2.0 has to say about a file."""
    told = dict.fromkeys((line, *_told(message)) for line, message in schema_faults(root))
    return [
        Finding(
            rule="schema", severity=Severity.ERROR, file=name, line=line,
            message_vi=f"Tệp không đúng lược đồ BPMN 2.0: {said[0]}",
            message_en=f"The file does not follow the BPMN 2.0 schema: {said[1]}",
            remedy_vi=remedy[0], remedy_en=remedy[1],
        )
        for line, said, remedy in told
    ]  # fmt: skip


def _told(message: str) -> tuple[Said, Said]:
    """A complaint of the validator as sentence and remedy; namespaces say nothing to an analyst."""
    plain = _NAMESPACE.sub("", message)
    for pattern, (vi, en), remedy in _FAULTS:
        if found := pattern.search(plain):
            words = found.groupdict()
            return (vi.format(**words), en.format(**words)), remedy
    return (plain, plain), _SAVE
