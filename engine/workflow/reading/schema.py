"""The schema of BPMN 2.0, as SpiffWorkflow ships it."""

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnValidator

from engine.domain.finding import Finding, Severity

_validator: list[BpmnValidator] = []


def schema_findings(root: etree._Element, name: str) -> list[Finding]:
    """What the schema of BPMN 2.0 has to say about a file."""
    if not _validator:
        _validator.append(BpmnValidator())
    schema = _validator[0].validator
    _validator[0].preprocess(root)
    if schema.validate(root):
        return []
    return [
        Finding(
            rule="schema",
            severity=Severity.ERROR,
            file=name,
            line=error.line,
            message_vi=f"Tệp không đúng lược đồ BPMN 2.0: {error.message}",
            message_en=f"The file does not follow the BPMN 2.0 schema: {error.message}",
            remedy_vi="Mở lại bằng trình soạn thảo BPMN và lưu lại.",
            remedy_en="Open it in a BPMN editor and save it again.",
        )
        for error in list(schema.error_log)[:20]
    ]
