"""SpiffWorkflow's parser with our elements in it: one parser for each bundle."""

from collections.abc import Mapping
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnValidator, full_tag
from SpiffWorkflow.bpmn.parser.event_parsers import (
    BoundaryEventParser,
    EndEventParser,
    EventBasedGatewayParser,
    IntermediateCatchEventParser,
    IntermediateThrowEventParser,
    ReceiveTaskParser,
    StartEventParser,
)
from SpiffWorkflow.bpmn.parser.task_parsers import (
    CallActivityParser,
    ConditionalGatewayParser,
    GatewayParser,
    ScriptTaskParser,
    SubWorkflowParser,
)
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException

from engine.domain.finding import Finding, Severity
from engine.workflow.elements import joins, marked, scopes, services
from engine.workflow.elements.timers import LegalTimer
from engine.workflow.reading.words import timer_expression


class _Timers:
    """Timers of ours instead of the library's, whatever event they stand on."""

    node: Any

    def parse_timer_event(self, event: etree._Element) -> LegalTimer:
        return LegalTimer(self.node.get("id"), timer_expression(event) or "null")


class _Catch(_Timers, IntermediateCatchEventParser):
    pass


class _Boundary(_Timers, BoundaryEventParser):
    pass


PARSERS: Mapping[str, tuple[Any, Any]] = {
    "startEvent": (StartEventParser, marked.StartEvent),
    "endEvent": (EndEventParser, scopes.EndEvent),
    "intermediateCatchEvent": (_Catch, marked.IntermediateCatchEvent),
    "intermediateThrowEvent": (IntermediateThrowEventParser, marked.IntermediateThrowEvent),
    "boundaryEvent": (_Boundary, marked.BoundaryEvent),
    "task": (TaskParser, marked.NoneTask),
    "userTask": (TaskParser, marked.UserTask),
    "manualTask": (TaskParser, marked.ManualTask),
    "scriptTask": (ScriptTaskParser, marked.ScriptTask),
    "serviceTask": (TaskParser, services.ServiceTask),
    "businessRuleTask": (TaskParser, services.BusinessRuleTask),
    "receiveTask": (ReceiveTaskParser, marked.ReceiveTask),
    "callActivity": (CallActivityParser, scopes.CallActivity),
    "subProcess": (SubWorkflowParser, scopes.SubProcess),
    "exclusiveGateway": (ConditionalGatewayParser, marked.ExclusiveGateway),
    "parallelGateway": (GatewayParser, joins.ParallelGateway),
    "inclusiveGateway": (ConditionalGatewayParser, joins.InclusiveGateway),
    "eventBasedGateway": (EventBasedGatewayParser, marked.EventBasedGateway),
}


class Parser(BpmnParser):
    """Knows only what we execute; everything else raises while parsing, if the checks let it through."""

    PARSER_CLASSES = {full_tag(tag): pair for tag, pair in PARSERS.items()}


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


def parse_specs(roots: Mapping[str, etree._Element], main: str) -> tuple[Any, dict[str, Any]]:
    """The spec of the main process and of everything it calls or embeds.

    Raises ValidationException of the library for what it cannot parse.
    """
    parser = Parser()
    for name, root in roots.items():
        parser.add_bpmn_xml(etree.ElementTree(root), filename=name)
    spec = parser.get_spec(main)
    return spec, parser.get_subprocess_specs(main)


__all__ = ["PARSERS", "ValidationException", "parse_specs", "schema_findings"]
