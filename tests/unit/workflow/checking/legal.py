# ruff: noqa: E501  (BPMN reads better in one line)
"""Legal models of bare BPMN, one for each thing that is executed: none of them may be refused."""

from dataclasses import dataclass

from lxml import etree

from tests.unit.workflow.constructs.stage import flows, script, users, when
from tests.unit.workflow.constructs.test_compensation import CANCEL, UNDO, undoable
from tests.unit.workflow.constructs.test_event_sub_processes import ESCALATION, beside
from tests.unit.workflow.constructs.test_events import (
    CONDITION,
    CYCLE,
    MESSAGE,
    ROOTS,
    SIGNAL,
    START,
    TIMER,
    boundary,
    error,
    event,
    sub,
)
from tests.unit.workflow.constructs.test_repetition import loop, many, of
from tests.unit.workflow.constructs.test_scopes import ad_hoc

END = '<endEvent id="e"/>'
INNER = event("startEvent", "is") + users("u") + event("endEvent", "ie") + flows("is u ie")
TERMINATE = "<terminateEventDefinition/>"
LINK = '<linkEventDefinition name="A"/>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A process and what stands beside it in its file."""

    body: str
    roots: str = ROOTS

    def xml(self) -> bytes:
        """The file; associations stand behind the elements of their scope, as the schema wants it."""
        text = (
            '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:m="urn:motcua:bpmn:1" '
            f'id="defs" targetNamespace="urn:x">{self.roots}<process id="p" isExecutable="true">{self.body}'
            "</process></definitions>"
        )
        root = etree.fromstring(text)
        for association in root.findall(".//{*}association"):
            parent = association.getparent()
            assert parent is not None
            parent.append(association)
        return bytes(etree.tostring(root))


def line(*names: str, more: str = "", roots: str = ROOTS) -> Model:
    """Elements in a row between a start and an end; ``names`` are their ids, ``more`` their drawings."""
    return Model(body=START + END + more + flows(" ".join(["s", *names, "e"])), roots=roots)


def gateway(kind: str, name: str, **attributes: str) -> str:
    return event(f"{kind}Gateway", name, **attributes)


def split(kind: str, joined: str = "", **attributes: str) -> Model:
    """Two branches of people between two gateways."""
    body = START + END + gateway(kind, "f", **attributes) + gateway(joined or kind, "j") + users("a", "b")
    ways = flows("s f", "f a j e", "b j") if kind != "parallel" else flows("s f a j e", "f b j")
    return Model(body=body + ways + (when("f", "b", "n = 1") if kind != "parallel" else ""))


def held(definition: str, *, interrupts: bool = True, host: str = "") -> Model:
    """A boundary event with a way of its own."""
    body = START + END + (host or users("h")) + boundary("x", "h", definition, beside=not interrupts)
    return Model(body=body + users("a", "b") + flows("s h a e", "x b e"))


def inside(thrown: str, caught: str, *, interrupts: bool = True) -> Model:
    """A sub-process that throws, with a boundary event that catches."""
    inner = event("startEvent", "is") + users("u") + event("endEvent", "ie", thrown) + flows("is u ie")
    return held(caught, interrupts=interrupts, host=sub("h", inner))


def handled(definition: str, *, interrupts: bool = True) -> Model:
    """A process with an event sub-process."""
    own = users("h_u") + event("endEvent", "h_e") + flows("h_s h_u h_e")
    body = START + END + users("a") + flows("s a e")
    return Model(body=body + beside("h", definition, interrupts=interrupts, body=own))


def repeated(inside_: str) -> Model:
    return line("a", more=of("userTask", "a", inside_))


_SPECIFICATION = (
    '<ioSpecification><dataInput id="in1" name="a"/><dataOutput id="out1" name="b"/>'
    "<inputSet><dataInputRefs>in1</dataInputRefs></inputSet>"
    "<outputSet><dataOutputRefs>out1</dataOutputRefs></outputSet></ioSpecification>"
    '<dataInputAssociation id="da1"><sourceRef>r1</sourceRef><targetRef>in1</targetRef></dataInputAssociation>'
    '<dataOutputAssociation id="da2"><sourceRef>out1</sourceRef><targetRef>r2</targetRef></dataOutputAssociation>'
)
_OBJECTS = (
    '<dataObject id="o1" name="x" itemSubjectRef="it"/><dataObjectReference id="r1" dataObjectRef="o1"/>'
    '<dataObject id="o2" name="y"/><dataObjectReference id="r2" dataObjectRef="o2"/>'
)
_POOLS = (
    '<message id="m" name="M"/><collaboration id="col"><participant id="pa" processRef="p">'
    '<participantMultiplicity minimum="1" maximum="2"/></participant><participant id="pb" processRef="q"/>'
    '<participant id="pc"/><messageFlow id="mf1" sourceRef="t" targetRef="qs" messageRef="m"/>'
    '<messageFlow id="mf2" sourceRef="qe" targetRef="c"/><messageFlow id="mf3" sourceRef="a" targetRef="pc"/>'
    '</collaboration><process id="q" isExecutable="true"><startEvent id="qs"><messageEventDefinition messageRef="m"/>'
    '</startEvent><userTask id="qa"/><endEvent id="qe"><messageEventDefinition messageRef="m"/></endEvent>'
    '<sequenceFlow id="qf1" sourceRef="qs" targetRef="qa"/><sequenceFlow id="qf2" sourceRef="qa" targetRef="qe"/></process>'
)
_CORRELATION = (
    '<message id="m" name="M"/><correlationProperty id="cp"><correlationPropertyRetrievalExpression messageRef="m">'
    "<messagePath>number</messagePath></correlationPropertyRetrievalExpression></correlationProperty>"
    '<collaboration id="col"><participant id="pa" processRef="p"/><correlationKey id="ck"><correlationPropertyRef>cp'
    "</correlationPropertyRef></correlationKey></collaboration>"
)
_LISTED = (
    '<startEvent id="s"><outgoing>s_a</outgoing></startEvent><userTask id="a"><incoming>s_a</incoming>'
    '<outgoing>a_e</outgoing></userTask><endEvent id="e"><incoming>a_e</incoming></endEvent>'
)
_JOB = '<serviceTask id="h"><extensionElements><m:handler name="ask"/></extensionElements></serviceTask>'
_CALLED = f'<process id="q">{event("startEvent", "qs")}{users("qu")}{event("endEvent", "qe")}{flows("qs qu qe")}</process>'
_EVENTS = event("intermediateCatchEvent", "c1", MESSAGE) + event("intermediateCatchEvent", "c2", TIMER)
_TASKS = '<receiveTask id="c1" messageRef="m"/>' + event("intermediateCatchEvent", "c2", SIGNAL)
_LANES = (
    '<laneSet id="ls"><lane id="l1"><flowNodeRef>s</flowNodeRef><flowNodeRef>a</flowNodeRef></lane>'
    '<lane id="l2"><flowNodeRef>e</flowNodeRef></lane></laneSet>'
)


def choice(events: str, **attributes: str) -> Model:
    body = START + END + gateway("eventBased", "g", **attributes) + events + users("a", "b")
    return Model(body=body + flows("s g c1 a e", "g c2 b e"))


def transaction(name: str, inner: str) -> str:
    return f'<transaction id="{name}">{inner}</transaction>'


LEGAL: dict[str, Model] = {
    "people": line("a", "b", "c", more=users("a") + '<manualTask id="b"/><task id="c"/>'),
    "script": line("k", more=script("k", "n = 1")),
    "job": line("h", more=_JOB),
    "job that may say no": held(error("e1"), host=_JOB),
    "send and receive": line("t", "r", more='<sendTask id="t" messageRef="m"/><receiveTask id="r" messageRef="m"/>'),
    "receive task that starts": Model(
        body='<receiveTask id="r" instantiate="true" messageRef="m"/>' + users("a") + END + flows("r a e")
    ),
    "event gateway that starts": Model(
        body=gateway("eventBased", "g", instantiate="true") + _EVENTS + users("a") + END + flows("g c1 a e", "g c2 a")
    ),
    "several flows out of an activity": Model(body=START + END + users("a", "b", "c") + flows("s a b e", "a c e")),
    "conditions at an activity": Model(
        body=START + END + '<userTask id="a" default="a_c"/>' + users("b", "c") + flows("s a c e", "b e") + when("a", "b", "n = 1")
    ),
    "no start and no end": Model(body=users("a", "b") + flows("a b")),
    "no end": Model(body=START + users("a") + flows("s a")),
    "listed flows": Model(body=_LISTED + flows("s a e")),
    "two tokens for one": Model(
        body=START + END + gateway("parallel", "f") + users("a", "b") + '<userTask id="c" startQuantity="2"/>' + flows("s f a c e", "f b c")
    ),
    "three tokens from one": line("a", "b", more='<userTask id="a" completionQuantity="3"/>' + users("b")),
    "exclusive": split("exclusive", default="f_a", gatewayDirection="Diverging"),
    "parallel": split("parallel", gatewayDirection="Diverging"),
    "inclusive": split("inclusive", default="f_a", gatewayDirection="Diverging"),
    "exclusive joined inclusively": split("exclusive", "inclusive", default="f_a"),
    "mixed gateway": Model(
        body=START + END + gateway("exclusive", "mg", gatewayDirection="Mixed", default="mg_e") + users("a")
        + flows("s a mg e") + '<sequenceFlow id="back" sourceRef="mg" targetRef="a"><conditionExpression>again</conditionExpression></sequenceFlow>'
        + '<sequenceFlow id="more" sourceRef="b" targetRef="mg"/>' + users("b") + '<startEvent id="s2"/>' + flows("s2 b")
    ),
    "complex": Model(
        body=START + END + gateway("parallel", "f") + users("a", "b", "c") + '<complexGateway id="j"><activationCondition>'
        "activationCount &gt;= 2</activationCondition></complexGateway>" + flows("s f a j e", "f b j", "f c j")
    ),
    "events decide": choice(_EVENTS),
    "a task or a signal decides": choice(_TASKS, gatewayDirection="Diverging"),
    "block in a loop": Model(
        body=START + END + gateway("exclusive", "mg") + gateway("parallel", "f") + gateway("parallel", "j") + gateway("exclusive", "x", default="x_e")
        + users("a", "b") + flows("s mg f a j x e", "f b j") + when("x", "mg", "again")
    ),
    "message, signal and timer on the way": line(
        "c", "g", "t", more=event("intermediateCatchEvent", "c", MESSAGE) + event("intermediateCatchEvent", "g", SIGNAL) + event("intermediateCatchEvent", "t", TIMER)
    ),
    "condition on the way": line("c", more=event("intermediateCatchEvent", "c", CONDITION)),
    "link": Model(body=START + END + event("intermediateThrowEvent", "l1", LINK) + event("intermediateCatchEvent", "l2", LINK) + users("a") + flows("s l1", "l2 a e")),
    "throwing": line(
        "t", "g", "x", "n", more=event("intermediateThrowEvent", "t", MESSAGE) + event("intermediateThrowEvent", "g", SIGNAL)
        + event("intermediateThrowEvent", "x", ESCALATION) + event("intermediateThrowEvent", "n")
    ),
    "several definitions": line(
        "c", "t", more=event("intermediateCatchEvent", "c", MESSAGE + SIGNAL, parallelMultiple="true") + event("intermediateThrowEvent", "t", MESSAGE + SIGNAL)
    ),
    "definitions referred to": line(
        "c", more=event("intermediateCatchEvent", "c", "<eventDefinitionRef>sd</eventDefinitionRef>"), roots=ROOTS + '<signalEventDefinition id="sd" signalRef="sig"/>'
    ),
    "starts of every kind": Model(
        body=event("startEvent", "s1", MESSAGE) + event("startEvent", "s2", SIGNAL) + event("startEvent", "s3", TIMER) + event("startEvent", "s4", CONDITION)
        + event("startEvent", "s5", MESSAGE + SIGNAL) + users("a") + END + flows("s1 a e", "s2 a", "s3 a", "s4 a", "s5 a")
    ),
    "ends that throw": Model(
        body=START + gateway("parallel", "f") + event("endEvent", "e1m", MESSAGE) + event("endEvent", "e2m", SIGNAL)
        + event("endEvent", "e3m", ESCALATION) + flows("s f e1m", "f e2m", "f e3m")
    ),
    "error at the end": Model(body=START + users("a") + event("endEvent", "ee", error("e1")) + flows("s a ee")),
    "terminate": Model(body=START + gateway("parallel", "f") + users("a", "b") + event("endEvent", "t", TERMINATE) + END + flows("s f a t", "f b e")),
    "boundary message": held(MESSAGE),
    "boundary signal beside": held(SIGNAL, interrupts=False),
    "boundary timer": held(TIMER),
    "boundary cycle beside": held(CYCLE, interrupts=False),
    "boundary condition": held(CONDITION),
    "boundary of several": held(MESSAGE + TIMER),
    "sub-process": line("p1", more=sub("p1", INNER)),
    "sub-process without start": line("p1", more=sub("p1", users("u", "v"))),
    "error from inside": inside(error("e1"), error("e1")),
    "any error": inside(error("e1"), "<errorEventDefinition/>"),
    "escalation from inside": inside(ESCALATION, ESCALATION, interrupts=False),
    "handler by message": handled(MESSAGE),
    "handler by signal beside": handled(SIGNAL, interrupts=False),
    "handler by timer": handled(TIMER),
    "handler by condition": handled(CONDITION),
    "handler by escalation": handled(ESCALATION, interrupts=False),
    "handler by error": Model(
        body=START + sub("p1", event("startEvent", "is") + users("u") + event("endEvent", "ie", error("e1")) + flows("is u ie") + beside("h", error("e1"), interrupts=True)) + END + flows("s p1 e")
    ),
    "compensation": Model(body=START + undoable("a") + undoable("b", human=True) + event("endEvent", "t", UNDO) + flows("s a b t")),
    "compensation of one": Model(
        body=START + END + undoable("a") + event("intermediateThrowEvent", "t", '<compensateEventDefinition activityRef="a"/>') + flows("s a t e")
    ),
    "transaction": Model(
        body=START + END + transaction("p1", event("startEvent", "is") + undoable("a") + gateway("exclusive", "ix", default="ix_io") + event("endEvent", "io")
        + event("endEvent", "ic", CANCEL) + flows("is a ix io") + when("ix", "ic", "n = 1")) + boundary("x", "p1", CANCEL) + users("b") + flows("s p1 e", "x b e")
    ),
    "call": Model(body=START + END + '<callActivity id="c" calledElement="q"/>' + flows("s c e"), roots=ROOTS + _CALLED),
    "global tasks": Model(
        body=START + END + '<callActivity id="c1" calledElement="gs"/><callActivity id="c2" calledElement="gu"/>' + flows("s c1 c2 e"),
        roots='<globalScriptTask id="gs" scriptLanguage="feel"><script>n = 7</script></globalScriptTask><globalUserTask id="gu" name="Ký"/>',
    ),
    "ad-hoc": line("p1", more=ad_hoc(users("u", "v"), "n = 2")),
    "ad-hoc in order": line("p1", more=ad_hoc(users("u", "v") + flows("u v"), ordering="Sequential")),
    "loop with a maximum": repeated(loop("again", loopMaximum="3")),
    "loop tested before": line("k", more=script("k", "n = 9", loop("n &lt; 3", testBefore="true"))),
    "instances by number": repeated(many("<loopCardinality>3</loopCardinality>")),
    "instances over a list": line("k", more=script("k", "y = x", many("<loopDataInputRef>xs</loopDataInputRef><loopDataOutputRef>ys</loopDataOutputRef><inputDataItem id='x'/><outputDataItem id='y'/>", isSequential="true"))),
    "instances that throw": Model(
        body=START + END + of("userTask", "h", many("<loopCardinality>3</loopCardinality>", behavior="One", oneBehaviorEventRef="sd")) + boundary("x", "h", SIGNAL, beside=True)
        + users("a", "b") + flows("s h a e", "x b e"),
        roots=ROOTS + '<signalEventDefinition id="sd" signalRef="sig"/>',
    ),
    "instances until": repeated(many("<loopCardinality>3</loopCardinality><completionCondition>numberOfCompletedInstances = 2</completionCondition>")),
    "data": Model(body=_OBJECTS + START + END + script("k", "b = a", _SPECIFICATION) + flows("s k e"), roots='<itemDefinition id="it"/>'),
    "data of a sub-process": line("p1", more=sub("p1", '<dataObject id="do" name="x"/>' + event("startEvent", "is") + script("k", "x = 1") + event("endEvent", "ie") + flows("is k ie"))),
    "pools": Model(
        body=START + END + users("a") + event("intermediateThrowEvent", "t", MESSAGE) + event("intermediateCatchEvent", "c", MESSAGE) + flows("s t c a e"), roots=_POOLS
    ),
    "correlation": Model(
        body=START + END + event("intermediateCatchEvent", "c", MESSAGE) + flows("s c e") + '<correlationSubscription id="cs" correlationKeyRef="ck"><correlationPropertyBinding correlationPropertyRef="cp">'
        "<dataPath>number</dataPath></correlationPropertyBinding></correlationSubscription>",
        roots=_CORRELATION,
    ),
    "operations": line(
        "t", more='<sendTask id="t" messageRef="m" operationRef="op"/>',
        roots='<message id="m" name="M" itemRef="it"/><itemDefinition id="it"/><interface id="if" name="I"><operation id="op" name="O"><inMessageRef>m</inMessageRef></operation></interface>',
    ),
    "resources": Model(
        body=START + END + '<userTask id="a"><potentialOwner id="po"><resourceRef>res</resourceRef></potentialOwner></userTask>' + flows("s a e"),
        roots='<resource id="res" name="Một cửa"/>',
    ),
    "lanes": Model(body=_LANES + START + users("a") + END + flows("s a e")),
    "notes": Model(
        body=START + users("a") + END + flows("s a e") + '<dataStoreReference id="kho" dataStoreRef="ds"/><textAnnotation id="ta"><text>ghi chú</text></textAnnotation><association id="as" sourceRef="ta" targetRef="a"/>'
        '<group id="gr" categoryValueRef="cv"/>',
        roots='<category id="cat"><categoryValue id="cv" value="x"/></category><dataStore id="ds"/>',
    ),
}  # fmt: skip
