# ruff: noqa: E501  (BPMN reads better in one line)
"""One fault planted into a legal model: the rule that must find it, and the element that must be named."""

from dataclasses import dataclass

from tests.unit.workflow.checking.legal import LEGAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """``old`` stands in the model and gives way to ``new``."""

    model: str
    rule: str
    element: str | None
    old: str
    new: str

    def xml(self) -> bytes:
        text = LEGAL[self.model].xml().decode()
        assert self.old in text, (self.model, self.old)
        return text.replace(self.old, self.new, 1).encode()


def fault(model: str, rule: str, element: str | None, old: str, new: str) -> Fault:
    return Fault(model=model, rule=rule, element=element, old=old, new=new)


_LAST = "</process></definitions>"
_EVENT_SUB = '<subProcess id="h" triggeredByEvent="true">'


def more(model: str, rule: str, element: str | None, drawing: str) -> Fault:
    """Something that should not be there."""
    return fault(model, rule, element, _LAST, drawing + _LAST)


FAULTS: list[Fault] = [
    # flows
    fault("people", "flow-end-missing", "a_b", 'targetRef="b"', 'targetRef="nirgends"'),
    fault("people", "flow-end-missing", "a_b", 'sourceRef="a"', 'sourceRef="nirgends"'),
    fault("sub-process", "flow-end-missing", "s_p1", 'targetRef="p1"', 'targetRef="u"'),
    fault("sub-process", "flow-end-missing", "u_ie", 'targetRef="ie"', 'targetRef="e"'),
    more("pools", "flow-end-missing", "zz", '<sequenceFlow id="zz" sourceRef="a" targetRef="qa"/>'),
    more("people", "flow-not-allowed", "s", '<sequenceFlow id="zz" sourceRef="a" targetRef="s"/>'),
    more("people", "flow-not-allowed", "e", '<sequenceFlow id="zz" sourceRef="e" targetRef="a"/>'),
    more("boundary message", "flow-not-allowed", "x", '<sequenceFlow id="zz" sourceRef="a" targetRef="x"/>'),
    more("link", "flow-not-allowed", "l1", '<sequenceFlow id="zz" sourceRef="l1" targetRef="a"/>'),
    more("link", "flow-not-allowed", "l2", '<sequenceFlow id="zz" sourceRef="s" targetRef="l2"/>'),
    fault("listed flows", "flow-listed", "a", "<incoming>s_a</incoming>", "<incoming>a_e</incoming>"),
    fault("listed flows", "flow-listed", "s", "<outgoing>s_a</outgoing>", "<outgoing>nichts</outgoing>"),
    fault("people", "flow-not-immediate", "a_b", 'id="a_b"', 'id="a_b" isImmediate="false"'),
    fault("people", "condition-alone", "a_b", 'targetRef="b"/>', 'targetRef="b"><conditionExpression>n</conditionExpression></sequenceFlow>'),
    fault("parallel", "condition-not-allowed", "f_a", 'targetRef="a"/>', 'targetRef="a"><conditionExpression>n</conditionExpression></sequenceFlow>'),
    fault("people", "condition-not-allowed", "s_a", 'targetRef="a"/>', 'targetRef="a"><conditionExpression>n</conditionExpression></sequenceFlow>'),
    fault("events decide", "condition-not-allowed", "g_c1", 'targetRef="c1"/>', 'targetRef="c1"><conditionExpression>n</conditionExpression></sequenceFlow>'),
    # gateways
    fault("exclusive", "condition-missing", "f_b", "<conditionExpression>n = 1</conditionExpression>", ""),
    fault("exclusive", "default-missing", "f", 'default="f_a"', 'default="a_j"'),
    fault("conditions at an activity", "default-missing", "a", 'default="a_c"', 'default="c_e"'),
    fault("exclusive", "gateway-direction", "f", '"Diverging"', '"Converging"'),
    fault("parallel", "gateway-direction", "f", '"Diverging"', '"Mixed"'),
    fault("mixed gateway", "gateway-direction", "mg", '"Mixed"', '"Diverging"'),
    fault("a task or a signal decides", "gateway-direction", "g", '"Diverging"', '"Converging"'),
    fault("parallel", "gateway-without-way-out", "j", '<sequenceFlow id="j_e" sourceRef="j" targetRef="e"/>', ""),
    fault("complex", "activation-missing", "j", "<activationCondition>activationCount &gt;= 2</activationCondition>", ""),
    fault("complex", "expression", "j", "activationCount &gt;= 2", "activationCount &gt;="),
    fault("events decide", "event-gateway-branches", "g", '<sequenceFlow id="g_c2" sourceRef="g" targetRef="c2"/>', ""),
    fault("events decide", "event-gateway-branches", "g", 'targetRef="c2"', 'targetRef="b"'),
    more("events decide", "event-gateway-branches", "g", '<sequenceFlow id="zz" sourceRef="a" targetRef="c2"/>'),
    fault("a task or a signal decides", "event-gateway-branches", "g", '<signalEventDefinition signalRef="sig"/>', '<messageEventDefinition messageRef="m"/>'),
    fault("events decide", "instantiation", "g", 'id="g"', 'id="g" eventGatewayType="Parallel"'),
    fault("event gateway that starts", "instantiation", "g", 'instantiate="true"', 'instantiate="true" eventGatewayType="Parallel"'),
    fault("exclusive", "join-never-completes", "j", '<exclusiveGateway id="j"/>', '<parallelGateway id="j"/>'),
    fault("inclusive", "join-never-completes", "j", '<inclusiveGateway id="j"/>', '<parallelGateway id="j"/>'),
    fault("block in a loop", "join-never-completes", "j", 'targetRef="f"', 'targetRef="j"'),
    fault("parallel", "not-reached", "b", '<sequenceFlow id="f_b" sourceRef="f" targetRef="b"/>', ""),
    # events
    fault("boundary message", "boundary-host-missing", "x", 'attachedToRef="h"', 'attachedToRef="s"'),
    fault("boundary message", "boundary-host-missing", "x", 'attachedToRef="h"', 'attachedToRef="nirgends"'),
    fault("boundary message", "path-without-end", "x", '<sequenceFlow id="x_b" sourceRef="x" targetRef="b"/>', ""),
    fault("boundary message", "message-missing", "x", 'messageRef="m"', 'messageRef="nirgends"'),
    fault("boundary message", "event-not-supported", "x", '<messageEventDefinition messageRef="m"/>', ""),
    fault("boundary message", "event-not-supported", "x", '<messageEventDefinition messageRef="m"/>', "<terminateEventDefinition/>"),
    fault("boundary signal beside", "reference-missing", "x", 'signalRef="sig"', 'signalRef="m"'),
    fault("boundary signal beside", "reference-missing", "x", 'signalRef="sig"', 'signalRef="nirgends"'),
    fault("boundary timer", "timer-without-value", "x", "<timeDuration>P1D</timeDuration>", ""),
    fault("boundary timer", "no-legal-time", "x", "P1D", "17"),
    fault("boundary cycle beside", "no-legal-time", "x", "R2/P1D", "R0/P1D"),
    fault("boundary timer", "timer-unknown", "x", "P1D", "deadline"),
    fault("boundary timer", "event-not-supported", "x", "</timerEventDefinition>", '</timerEventDefinition><timerEventDefinition><timeCycle>R3/P1D</timeCycle></timerEventDefinition>'),
    fault("boundary timer", "expression", "x", "P1D", "P1D + ("),
    fault("boundary condition", "event-condition-missing", "x", "<condition>n &gt; 2</condition>", "<condition/>"),
    fault("boundary condition", "expression", "x", "n &gt; 2", "n &gt;"),
    fault("error from inside", "boundary-error", "x", 'attachedToRef="h"', 'attachedToRef="h" cancelActivity="false"'),
    fault("error from inside", "error-code-missing", "ie", 'errorRef="e1"', 'errorRef="sig"'),
    more("any error", "boundary-twice", "y", '<boundaryEvent id="y" attachedToRef="h"><errorEventDefinition errorRef="e1"/></boundaryEvent><boundaryEvent id="y2" attachedToRef="h"><errorEventDefinition errorRef="e1"/></boundaryEvent><sequenceFlow id="zz" sourceRef="y" targetRef="a"/><sequenceFlow id="zz2" sourceRef="y2" targetRef="a"/>'),
    fault("escalation from inside", "reference-missing", "ie", 'escalationRef="x1"', 'escalationRef="e1"'),
    fault("throwing", "event-not-supported", "n", '<intermediateThrowEvent id="n"/>', '<intermediateThrowEvent id="n"><errorEventDefinition errorRef="e1"/></intermediateThrowEvent>'),
    fault("throwing", "event-not-supported", "n", '<intermediateThrowEvent id="n"/>', '<intermediateThrowEvent id="n"><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></intermediateThrowEvent>'),
    fault("condition on the way", "event-not-supported", "c", "<conditionalEventDefinition><condition>n &gt; 2</condition></conditionalEventDefinition>", "<escalationEventDefinition/>"),
    fault("definitions referred to", "event-not-supported", "c", ">sd<", ">nirgends<"),
    fault("terminate", "event-not-supported", "t", "<terminateEventDefinition/>", "<conditionalEventDefinition><condition>n</condition></conditionalEventDefinition>"),
    fault("people", "event-not-supported", "s", '<startEvent id="s"/>', '<startEvent id="s"><compensateEventDefinition/></startEvent>'),
    fault("starts of every kind", "parallel-start", "s5", '<startEvent id="s5"', '<startEvent id="s5" parallelMultiple="true"'),
    fault("link", "link", "l2", '<intermediateCatchEvent id="l2"><linkEventDefinition name="A"', '<intermediateCatchEvent id="l2"><linkEventDefinition name="B"'),
    more("link", "link", "l2", '<intermediateCatchEvent id="l3"><linkEventDefinition name="A"/></intermediateCatchEvent><sequenceFlow id="zz" sourceRef="l3" targetRef="a"/>'),
    # activities
    fault("two tokens for one", "token-quantity", "c", 'startQuantity="2"', 'startQuantity="0"'),
    fault("three tokens from one", "token-quantity", "a", 'completionQuantity="3"', 'completionQuantity="-3"'),
    fault("receive task that starts", "instantiation", "r", '<sequenceFlow id="r_a" sourceRef="r" targetRef="a"/>', '<sequenceFlow id="r_a" sourceRef="r" targetRef="a"/><sequenceFlow id="a_r" sourceRef="a" targetRef="r"/>'),
    fault("send and receive", "reference-missing", "t", '<sendTask id="t" messageRef="m"', '<sendTask id="t" messageRef="sig"'),
    fault("send and receive", "message-missing", "r", '<receiveTask id="r" messageRef="m"', '<receiveTask id="r" messageRef="nirgends"'),
    fault("operations", "reference-missing", "t", 'operationRef="op"', 'operationRef="if"'),
    fault("operations", "reference-missing", "op", "<inMessageRef>m<", "<inMessageRef>it<"),
    fault("operations", "reference-missing", "m", 'itemRef="it"', 'itemRef="nirgends"'),
    fault("resources", "reference-missing", "po", "<resourceRef>res<", "<resourceRef>nirgends<"),
    fault("script", "script", "k", "n = 1", "import os"),
    fault("script", "script", "k", '<scriptTask id="k"', '<scriptTask id="k" scriptFormat="groovy"'),
    fault("script", "script", "k", "<script>n = 1</script>", ""),
    fault("call", "called-process-missing", "c", 'calledElement="q"', 'calledElement="nirgends"'),
    fault("call", "no-plain-start", "q", '<startEvent id="qs"/>', '<startEvent id="qs"><messageEventDefinition messageRef="m"/></startEvent>'),
    fault("loop with a maximum", "loop", "a", 'loopMaximum="3"', 'loopMaximum="0"'),
    fault("loop tested before", "expression", "k", "n &lt; 3", "n &lt; &lt; 3"),
    fault("instances by number", "instances", "a", "<loopCardinality>3</loopCardinality>", ""),
    fault("instances by number", "instances", "a", "<loopCardinality>3<", "<loopCardinality>-3<"),
    fault("instances that throw", "reference-missing", "h", 'oneBehaviorEventRef="sd"', 'oneBehaviorEventRef="sig"'),
    fault("instances by number", "instances", "a", "<multiInstanceLoopCharacteristics", '<multiInstanceLoopCharacteristics behavior="Complex"'),
    # scopes
    fault("sub-process", "event-not-supported", "is", '<startEvent id="is"/>', '<startEvent id="is"><messageEventDefinition messageRef="m"/></startEvent>'),
    fault("sub-process", "one-start", "p1", '<startEvent id="is"/>', '<startEvent id="is"/><startEvent id="is2"/><sequenceFlow id="zz" sourceRef="is2" targetRef="u"/>'),
    fault("handler by message", "event-not-supported", "h_s", '<messageEventDefinition messageRef="m"/>', ""),
    more("handler by message", "event-sub-process", "h", '<sequenceFlow id="zz" sourceRef="a" targetRef="h"/>'),
    fault("handler by message", "event-sub-process", "h", _EVENT_SUB, _EVENT_SUB + '<startEvent id="h_s2"><signalEventDefinition signalRef="sig"/></startEvent><sequenceFlow id="zz" sourceRef="h_s2" targetRef="h_u"/>'),
    fault("handler by error", "event-sub-process", "h", '<startEvent id="h_s"', '<startEvent id="h_s" isInterrupting="false"'),
    fault("compensation", "compensation-handler", "a_on", '<association id="a_as" associationDirection="One" sourceRef="a_on" targetRef="a_undo"/>', ""),
    fault("compensation", "compensation-idle", "a_undo", '<association id="a_as" associationDirection="One" sourceRef="a_on" targetRef="a_undo"/>', ""),
    fault("compensation", "compensation-idle", "a_undo", '<sequenceFlow id="a_b"', '<sequenceFlow id="zz" sourceRef="a_undo" targetRef="b"/><sequenceFlow id="a_b"'),
    fault("compensation of one", "reference-missing", "t", 'activityRef="a"', 'activityRef="s"'),
    fault("transaction", "cancel-outside", "x", 'attachedToRef="p1"', 'attachedToRef="b"'),
    fault("transaction", "boundary-error", "x", 'attachedToRef="p1"', 'attachedToRef="p1" cancelActivity="false"'),
    fault("terminate", "cancel-outside", "t", "<terminateEventDefinition/>", "<cancelEventDefinition/>"),
    fault("ad-hoc", "ad-hoc", "zs", '<userTask id="u"/>', '<startEvent id="zs"/><userTask id="u"/>'),
    fault("ad-hoc", "expression", "p1", "n = 2", "n = = 2"),
    # data
    fault("data", "reference-missing", "r1", 'dataObjectRef="o1"', 'dataObjectRef="it"'),
    fault("data", "reference-missing", "o1", 'itemSubjectRef="it"', 'itemSubjectRef="nirgends"'),
    fault("data", "reference-missing", "da1", "<sourceRef>r1<", "<sourceRef>nirgends<"),
    fault("data", "data-association", "k", "<targetRef>in1<", "<targetRef>r2<"),
    fault("data", "io-specification", "k", "<dataInputRefs>in1<", "<dataInputRefs>out1<"),
    fault("data", "io-specification", "k", "<dataOutputRefs>out1</dataOutputRefs>", ""),
    fault("data", "collection", "o1", 'id="o1"', 'id="o1" isCollection="true"'),
    fault("notes", "reference-missing", "as", 'targetRef="a"/></process>', 'targetRef="nirgends"/></process>'),
    fault("notes", "reference-missing", "kho", 'dataStoreRef="ds"', 'dataStoreRef="cat"'),
    fault("notes", "reference-missing", "gr", 'categoryValueRef="cv"', 'categoryValueRef="cat"'),
    # pools
    fault("pools", "message-flow", "mf1", 'targetRef="qs"', 'targetRef="c"'),
    fault("pools", "message-flow", "mf2", 'sourceRef="qe"', 'sourceRef="qs"'),
    fault("pools", "message-flow", "mf3", 'targetRef="pc"', 'targetRef="pa"'),
    fault("pools", "message-flow", "mf3", 'sourceRef="a"', 'sourceRef="c"'),
    fault("pools", "multiplicity", "pa", 'minimum="1"', 'minimum="3"'),
    fault("pools", "reference-missing", "pb", 'processRef="q"', 'processRef="nirgends"'),
    fault("pools", "not-reached", "qa", '<sequenceFlow id="qf1" sourceRef="qs" targetRef="qa"/>', ""),
    fault("people", "public-process", "p", '<process id="p"', '<process id="p" processType="Public"'),
    fault("lanes", "reference-missing", "l1", "<flowNodeRef>a<", "<flowNodeRef>nirgends<"),
    fault("correlation", "reference-missing", "cs", 'correlationKeyRef="ck"', 'correlationKeyRef="cp"'),
    fault("correlation", "reference-missing", None, 'correlationPropertyRef="cp"', 'correlationPropertyRef="m"'),
    # the file
    fault("people", "schema", None, 'id="b"/>', 'id="a"/>'),
    fault("people", "schema", None, "<task", "<aufgabe"),
]  # fmt: skip
