"""Small diagrams for tests: BPMN as an editor writes it, without the picture."""

from engine.domain.finding import Finding
from engine.workflow.bundle import BundleSource, check_bundle

_HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:m="urn:motcua:bpmn:1" '
    'xmlns:c="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="urn:x">'
)

# A procedure with a decision, an automatic step, a parallel part, a timer, a message and an error.
GOOD = """
<message id="m_rut" name="withdraw"/><error id="e_sai" name="sai" errorCode="wrong"/>
<process id="p" isExecutable="true">
 <extensionElements><m:procedure code="1.000001" agency="SXD" level="full"/>
  <m:basis document="50/2014/QH13" article="Điều 95"/></extensionElements>
 <startEvent id="s"/>
 <userTask id="a" name="Xem xét"><extensionElements><m:task role="head" timeLimit="working days(1)"/>
  <m:decision value="yes" label="Đồng ý"/><m:decision value="no" label="Không"/></extensionElements>
 </userTask>
 <exclusiveGateway id="g" default="g_e"/>
 <serviceTask id="h" name="Hỏi"><extensionElements><m:handler name="ask"/></extensionElements></serviceTask>
 <parallelGateway id="t"/>
 <userTask id="b" name="Ý kiến"><extensionElements><m:task role="processing" timeLimit="none"/>
  <m:decision value="ok" label="Xong"/></extensionElements></userTask>
 <userTask id="c" name="Khảo sát"><extensionElements><m:task role="clerk" timeLimit="none"/>
  <m:decision value="ok" label="Xong"/></extensionElements></userTask>
 <parallelGateway id="j"/>
 <exclusiveGateway id="v"/>
 <endEvent id="e"/>
 <boundaryEvent id="w" attachedToRef="b" cancelActivity="false">
  <timerEventDefinition><timeDuration>working days(3)</timeDuration></timerEventDefinition></boundaryEvent>
 <endEvent id="w_e"/>
 <boundaryEvent id="r" attachedToRef="a"><messageEventDefinition messageRef="m_rut"/></boundaryEvent>
 <endEvent id="r_e"/>
 <boundaryEvent id="x" attachedToRef="h"><errorEventDefinition errorRef="e_sai"/></boundaryEvent>
 <endEvent id="x_e"/>
 <sequenceFlow id="s_a" sourceRef="s" targetRef="a"/><sequenceFlow id="a_g" sourceRef="a" targetRef="g"/>
 <sequenceFlow id="g_h" sourceRef="g" targetRef="h">
  <conditionExpression>a_decision = "yes"</conditionExpression></sequenceFlow>
 <sequenceFlow id="g_e" sourceRef="g" targetRef="v"/><sequenceFlow id="h_t" sourceRef="h" targetRef="t"/>
 <sequenceFlow id="t_b" sourceRef="t" targetRef="b"/><sequenceFlow id="t_c" sourceRef="t" targetRef="c"/>
 <sequenceFlow id="b_j" sourceRef="b" targetRef="j"/><sequenceFlow id="c_j" sourceRef="c" targetRef="j"/>
 <sequenceFlow id="j_v" sourceRef="j" targetRef="v"/><sequenceFlow id="v_e" sourceRef="v" targetRef="e"/>
 <sequenceFlow id="w_w" sourceRef="w" targetRef="w_e"/><sequenceFlow id="r_r" sourceRef="r" targetRef="r_e"/>
 <sequenceFlow id="x_x" sourceRef="x" targetRef="x_e"/>
</process>
"""


def drawn(body: str) -> bytes:
    """The file around a body."""
    return f"{_HEAD}{body}</definitions>".encode()


def source(body: str, **files: bytes) -> BundleSource:
    return BundleSource(main="p.bpmn", files={"p.bpmn": drawn(body), **files})


def findings(body: str, **files: bytes) -> list[Finding]:
    """What is found about a diagram, with one handler known."""
    return list(check_bundle(source(body, **files), handlers=["ask"]))


def flow(before: str, after: str) -> str:
    return f'<sequenceFlow id="{before}__{after}" sourceRef="{before}" targetRef="{after}"/>'
