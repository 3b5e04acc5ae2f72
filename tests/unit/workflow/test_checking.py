# ruff: noqa: E501  (BPMN reads better in one line)
"""Every rule about diagrams: what is right passes without a word; one change is found and explained."""

import pytest

from engine.domain.finding import Severity
from engine.workflow.bundle import compile_bundle
from engine.workflow.errors import BundleRefused
from tests.unit.workflow.drawings import GOOD, findings, flow, source

END = "</process>"


def into(more: str) -> tuple[str, str]:
    """Something more in the process."""
    return END, more + END


MANY = "".join(f'<userTask id="n{number}"/>' for number in range(301))

# rule -> element it is about, what stands in the good diagram, what stands there instead
BAD: dict[str, list[tuple[str | None, str, str]]] = {
    "element-not-supported": [
        ("z", *into('<callChoreography id="z"/>')),
        (None, *into('<subChoreography id="z"/>')),
    ],
    "event-not-supported": [
        ("s", '<startEvent id="s"/>', '<startEvent id="s"><errorEventDefinition/></startEvent>'),
        ("e", '<endEvent id="e"/>', '<endEvent id="e"><timerEventDefinition/></endEvent>'),
        ("e", '<endEvent id="e"/>', '<endEvent id="e"><eventDefinitionRef>nowhere</eventDefinitionRef></endEvent>'),
        ("e", '<endEvent id="e"/>',
         '<endEvent id="e"><terminateEventDefinition/><signalEventDefinition/></endEvent>'),
        ("r", '<messageEventDefinition messageRef="m_rut"/>', "<terminateEventDefinition/>"),
        ("r", '<messageEventDefinition messageRef="m_rut"/>', ""),
        ("z", *into('<subProcess id="q"><startEvent id="z"><timerEventDefinition/></startEvent></subProcess>')),
    ],
    "token-quantity": [
        ("a", '<userTask id="a"', '<userTask startQuantity="0" id="a"'),
        ("a", '<userTask id="a"', '<userTask completionQuantity="-1" id="a"'),
    ],
    "instantiation": [
        ("z", *into('<receiveTask id="z" instantiate="true" messageRef="m_rut"/>' + flow("a", "z"))),
        ("z", *into('<eventBasedGateway id="z" instantiate="true" eventGatewayType="Parallel"/>')),
    ],
    "parallel-start": [
        ("s", '<startEvent id="s"/>', '<startEvent id="s" parallelMultiple="true"><messageEventDefinition '
         'messageRef="m_rut"/><signalEventDefinition/></startEvent>'),
    ],
    "data-store": [
        ("c", '<userTask id="c" name="Khảo sát"><extensionElements><m:task role="clerk" timeLimit="none"/>\n'
         '  <m:decision value="ok" label="Xong"/></extensionElements></userTask>',
         '<dataStoreReference id="kho"/><userTask id="c"><ioSpecification><dataInput id="in1"/><inputSet>'
         "<dataInputRefs>in1</dataInputRefs></inputSet><outputSet/></ioSpecification><dataInputAssociation "
         'id="da"><sourceRef>kho</sourceRef><targetRef>in1</targetRef></dataInputAssociation></userTask>'),
    ],
    "loop": [
        ("a", '</extensionElements>\n </userTask>',
         '</extensionElements><standardLoopCharacteristics/></userTask>'),
        ("a", '</extensionElements>\n </userTask>',
         '</extensionElements><standardLoopCharacteristics loopMaximum="-2"/></userTask>'),
    ],
    "instances": [
        ("a", '</extensionElements>\n </userTask>',
         '</extensionElements><multiInstanceLoopCharacteristics/></userTask>'),
        ("a", '</extensionElements>\n </userTask>',
         '</extensionElements><multiInstanceLoopCharacteristics><loopCardinality>-3</loopCardinality>'
         "</multiInstanceLoopCharacteristics></userTask>"),
        ("a", '</extensionElements>\n </userTask>',
         '</extensionElements><multiInstanceLoopCharacteristics behavior="Complex"><loopCardinality>3'
         "</loopCardinality></multiInstanceLoopCharacteristics></userTask>"),
    ],
    "compensation-handler": [
        ("z", *into('<boundaryEvent id="z" attachedToRef="a"><compensateEventDefinition/></boundaryEvent>')),
        ("z", *into('<boundaryEvent id="z" attachedToRef="a"><compensateEventDefinition/></boundaryEvent>'
                    '<userTask id="y"/><association id="zy" sourceRef="z" targetRef="y"/>')),
    ],
    "compensation-idle": [("z", *into('<userTask id="z" isForCompensation="true"/>'))],
    "cancel-outside": [
        ("e", '<endEvent id="e"/>', '<endEvent id="e"><cancelEventDefinition/></endEvent>'),
        ("z", *into('<boundaryEvent id="z" attachedToRef="a"><cancelEventDefinition/></boundaryEvent>')),
        ("ze", *into('<transaction id="z"><startEvent id="zs"/><endEvent id="ze"><cancelEventDefinition/></endEvent>'
                     + flow("zs", "ze") + "</transaction>")),
    ],
    "event-sub-process": [
        ("z", *into('<subProcess id="z" triggeredByEvent="true"><userTask id="zu"/></subProcess>')),
        ("z", *into('<subProcess id="z" triggeredByEvent="true"><startEvent id="zs" isInterrupting="false">'
                    "<errorEventDefinition/></startEvent></subProcess>")),
        ("z", *into('<subProcess id="z" triggeredByEvent="true"><startEvent id="zs"><messageEventDefinition '
                    'messageRef="m_rut"/></startEvent></subProcess>' + flow("a", "z"))),
    ],
    "link": [
        ("z", *into('<intermediateThrowEvent id="z"><linkEventDefinition name="A"/></intermediateThrowEvent>')),
        ("z", *into('<intermediateCatchEvent id="z"><linkEventDefinition name="A"/></intermediateCatchEvent>')),
    ],
    "ad-hoc": [
        ("zs", *into('<adHocSubProcess id="z"><startEvent id="zs"/></adHocSubProcess>')),
        ("z", *into('<adHocSubProcess id="z"/>')),
    ],
    "activation-missing": [("v", '<exclusiveGateway id="v"/>', '<complexGateway id="v"/>')],
    "timer-without-value": [("w", "<timeDuration>working days(3)</timeDuration>", "")],
    "no-legal-time": [
        ("w", "<timeDuration>working days(3)</timeDuration>", "<timeDuration>1 + 1</timeDuration>"),
        ("w", "<timeDuration>working days(3)</timeDuration>", "<timeCycle>R0/P1D</timeCycle>"),
    ],
    "expression": [
        ("g_h", 'a_decision = "yes"', "a_decision = ("),
        ("g_h", 'a_decision = "yes"', "__import__('os').system('x')"),
        ("a", "working days(1)", "working days("),
    ],
    "condition-not-allowed": [
        ("s_a", '<sequenceFlow id="s_a" sourceRef="s" targetRef="a"/>',
         '<sequenceFlow id="s_a" sourceRef="s" targetRef="a"><conditionExpression>true</conditionExpression>'
         "</sequenceFlow>"),
    ],
    "several-ways-out": [("a", *into(flow("a", "v")))],
    "several-ways-in": [("a", 'sourceRef="g" targetRef="v"', 'sourceRef="g" targetRef="a"')],
    "flow-not-allowed": [("s", *into(flow("g", "s"))), ("e", *into(flow("e", "v")))],
    "condition-missing": [("g_h", '<conditionExpression>a_decision = "yes"</conditionExpression>', "")],
    "default-missing": [("g", ' default="g_e"', ""), ("g", 'default="g_e"', 'default="h_t"')],
    "default-with-condition": [
        ("g_e", '<sequenceFlow id="g_e" sourceRef="g" targetRef="v"/>',
         '<sequenceFlow id="g_e" sourceRef="g" targetRef="v"><conditionExpression>true</conditionExpression>'
         "</sequenceFlow>"),
    ],
    "event-gateway-branches": [
        ("v", '<exclusiveGateway id="v"/>', '<eventBasedGateway id="v"/>'),
    ],
    "gateway-without-way-out": [("v", '<sequenceFlow id="v_e" sourceRef="v" targetRef="e"/>', "")],
    "boundary-twice": [
        ("r", *into('<boundaryEvent id="r2" attachedToRef="a"><messageEventDefinition messageRef="m_rut"/>'
                    "</boundaryEvent>" + flow("r2", "e"))),
    ],
    "boundary-error": [("x", 'attachedToRef="h"', 'attachedToRef="a"')],
    "boundary-on-automatic": [
        ("x", '<serviceTask id="h" name="Hỏi"><extensionElements><m:handler name="ask"/></extensionElements>'
         "</serviceTask>", '<scriptTask id="h"><script>k = 1</script></scriptTask>'),
    ],
    "boundary-host-missing": [("w", 'id="w" attachedToRef="b"', 'id="w" attachedToRef="nowhere"'),
                              ("w", 'id="w" attachedToRef="b"', 'id="w" attachedToRef="g"')],
    "flow-end-missing": [("v_e", 'sourceRef="v" targetRef="e"', 'sourceRef="v" targetRef="nowhere"')],
    "message-missing": [("r", ' name="withdraw"', ""), ("r", 'messageRef="m_rut"', 'messageRef="m_khac"')],
    "error-code-missing": [("x", ' errorCode="wrong"', "")],
    "id-not-unique": [(None, *into('<userTask name="không có mã"/>'))],
    "id-not-plain": [("b-1", 'userTask id="b"', 'userTask id="b-1"')],
    "called-process-missing": [("z", *into('<callActivity id="z" calledElement="nowhere"/>'))],
    "calls-itself": [("p", *into('<callActivity id="z" calledElement="p"/>'))],
    "one-start": [("p", *into('<startEvent id="s2"/>' + flow("s2", "v"))), ("p", '<startEvent id="s"/>', "")],
    "not-reached": [("z", *into('<userTask id="z"/>' + flow("z", "v")))],
    "no-way-to-end": [("v", 'sourceRef="v" targetRef="e"',
                       'sourceRef="v" targetRef="v2"/><exclusiveGateway id="v2"/>'
                       '<sequenceFlow id="back" sourceRef="v2" targetRef="v"')],
    "path-without-end": [("c", '<sequenceFlow id="c_j" sourceRef="c" targetRef="j"/>', "")],
    "automatic-cycle": [("v", *into('<sequenceFlow id="back" sourceRef="v" targetRef="v">'
                                    "<conditionExpression>true</conditionExpression></sequenceFlow>"))],
    "too-many-nodes": [("p", *into(MANY))],
    "join-never-completes": [("j", 'parallelGateway id="t"', 'exclusiveGateway default="t_b" id="t"')],
    "done-twice": [("v", 'parallelGateway id="j"', 'exclusiveGateway id="j"')],
    "role": [("a", 'role="head" ', ""), ("a", 'role="head"', 'role="boss"')],
    "task-without-form": [("b", 'timeLimit="none"/>\n  <m:decision value="ok" label="Xong"/>',
                           'timeLimit="none"/>')],
    "task-without-limit": [("a", ' timeLimit="working days(1)"', "")],
    "word-unknown": [("h", "<m:handler", "<m:handlr"), ("b", 'timeLimit="none"', 'timelimit="none"')],
    "word-misplaced": [("p", "<m:procedure", '<m:task form="f"/><m:procedure'), ("p", "<m:procedure", '<m:input name="x">1</m:input><m:procedure'),
                       ("h", '<m:handler name="ask"/>', '<m:handler name="ask"/><m:handler name="ask"/>')],
    "word-value": [("p", 'level="full"', 'level="half"'), ("p", 'level="full"', 'resume="+5X"'), ("p", 'level="full"', 'retention="99999D"'),
                   ("p", "<m:procedure", '<m:document id="d" name="Đơn" copy="hai"/><m:procedure')],
    "word-incomplete": [("p", 'agency="SXD"', ""), ("a", ' label="Không"', ""), ("p", "<m:procedure", "<m:timeLimit/><m:procedure")],
    "decision": [("a", 'value="no"', 'value="yes"')],
    "handler": [("h", '<m:handler name="ask"/>', ""), ("h", 'name="ask"', 'name="unheard"')],
    "name-unknown": [("g_h", "a_decision", "b_decison")],
    "timer-unknown": [
        ("w", "<timeDuration>working days(3)</timeDuration>", "<timeDuration>han_bo_sung</timeDuration>"),
    ],
    "law-missing": [("p", '<m:basis document="50/2014/QH13" article="Điều 95"/>', "")],
    "document-twice": [("p", "<m:procedure", '<m:document id="d1" name="Đơn"/><m:document id="d1" name="Đơn"/>'
                        "<m:procedure")],
    "table": [("z", *into('<businessRuleTask id="z"/>' + flow("a", "z")))],
    "table-missing": [(None, *into('<businessRuleTask id="z"><extensionElements><m:table decision="nowhere"/>'
                                   "</extensionElements></businessRuleTask>" + flow("a", "z")))],
    "lane-twice": [("a", '<startEvent id="s"/>',
                    '<laneSet id="ls"><lane id="l1"><flowNodeRef>a</flowNodeRef></lane><lane id="l2">'
                    '<flowNodeRef>a</flowNodeRef></lane></laneSet><startEvent id="s"/>')],
    "expression-language": [(None, "<conditionExpression>", "<conditionExpression xmlns:xsi="
                             '"http://www.w3.org/2001/XMLSchema-instance" xsi:type="tFormalExpression" '
                             'language="groovy">')],
    "dry-run-failed": [("g", 'a_decision = "yes"', "legal duration(a_decision) = working days(1)")],
    "open-question": [(None, "<m:procedure", '<m:open question="Phí bao nhiêu?"/><m:procedure')],
    "foreign-words": [(None, "<m:procedure", '<c:properties/><m:procedure')],
    "form-missing": [(None, '<m:task role="head"', '<m:task form="nowhere" role="head"')],
    "schema": [(None, 'userTask id="c"', 'userTask id="a"'), (None, '<endEvent id="w_e"/>', "<hello/>")],
}  # fmt: skip
WARNINGS = {
    "law-missing", "expression-language", "dry-run-failed", "default-with-condition", "boundary-on-automatic", "name-unknown", "open-question", "foreign-words",
    "done-twice",
}  # fmt: skip
CASES = [(rule, *case) for rule, cases in BAD.items() for case in cases]


def test_a_good_diagram_is_deployed_without_a_word() -> None:
    assert [finding.sentence() for finding in findings(GOOD)] == []
    assert compile_bundle(source(GOOD), handlers=["ask"]).sha256


@pytest.mark.parametrize(("rule", "element", "old", "new"), CASES)
def test_one_change_is_found_with_element_reason_and_remedy(
    rule: str, element: str | None, old: str, new: str
) -> None:
    assert old in GOOD
    found = findings(GOOD.replace(old, new, 1))
    named = [one for one in found if one.rule == rule and element in (None, one.element_id)]
    assert named, [(one.rule, one.element_id, one.message_en) for one in found]
    told = named[0]
    assert told.message_vi != told.message_en
    assert len(told.remedy_vi) > 8
    assert len(told.remedy_en) > 8
    assert told.file == "p.bpmn" or rule == "form-missing"


@pytest.mark.parametrize(("rule", "element", "old", "new"), [one for one in CASES if one[0] not in WARNINGS])
def test_what_is_an_error_is_not_deployed(rule: str, element: str | None, old: str, new: str) -> None:
    with pytest.raises(BundleRefused) as refused:
        compile_bundle(source(GOOD.replace(old, new, 1)), handlers=["ask"])
    assert rule in {one.rule for one in refused.value.findings if one.severity == Severity.ERROR}
    assert "lỗi" in refused.value.message("vi")
