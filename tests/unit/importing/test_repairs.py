# ruff: noqa: E501  (BPMN reads better in one line)
"""The repairs one by one: what is found, what is assumed, what an answer makes of it, and how it then runs."""

import pytest

from engine.workflow.importing import Answers, BadAnswers
from engine.workflow.importing.repairs import REPAIRS
from tests.unit.importing.drawings import Played, drawing, imported, said
from tests.unit.workflow.constructs.stage import flows, users

START, END = '<startEvent id="s"/>', '<endEvent id="e"/>'
CHOICE = (
    START + users("check", "a", "b") + '<exclusiveGateway id="g" name="Đủ hồ sơ?"/>' + END
    + '<sequenceFlow id="yes" name="Đủ" sourceRef="g" targetRef="a"/><sequenceFlow id="no" name="Thiếu" sourceRef="g" targetRef="b"/>'
)  # fmt: skip


def test_rules_have_names_of_their_own() -> None:
    names = [repair.rule for repair in REPAIRS]
    assert len(names) == len(set(names))


def test_whoever_works_before_a_gateway_decides_by_the_names_of_its_branches() -> None:
    found = imported(drawing(CHOICE + flows("s check g", "a e", "b e")))
    assert said(found) == [("assumed", "who-decides", "g", "before")]
    stage = Played(found)
    assert [one.label for one in stage.definition.nodes["check"].decisions] == ["Đủ", "Thiếu"]
    stage.do("check", check_decision="Đủ")
    assert stage.open == ["a"]
    other = Played(found)
    other.do("check", check_decision="Thiếu")
    assert other.open == ["b"]


def test_a_gateway_behind_no_person_gets_a_task_that_decides() -> None:
    found = imported(
        drawing(CHOICE.replace(users("check", "a", "b"), users("a", "b")) + flows("s g", "a e", "b e"))
    )
    assert said(found) == [("assumed", "who-decides", "g", "insert")]
    stage = Played(found)
    assert stage.open == ["g_task"]
    stage.do("g_task", g_task_decision="Thiếu")
    assert stage.open == ["b"]


def test_a_branch_is_decided_by_data_when_the_analyst_says_so() -> None:
    answers = Answers(elements={"yes": {"condition": "so_ban_sao >= 2"}})
    found = imported(drawing(CHOICE + flows("s check g", "a e", "b e")), answers)
    assert ("answered", "condition", "yes", "so_ban_sao >= 2") in said(found)
    assert ("assumed", "default-flow", "g", "no") in said(found)
    stage = Played(found, so_ban_sao=2)
    stage.do("check")
    assert stage.open == ["a"]


def test_an_inclusive_gateway_lets_the_person_before_it_take_any_branches() -> None:
    body = START + users("check", "a", "b") + '<inclusiveGateway id="g"/><inclusiveGateway id="j"/>' + END
    body += '<sequenceFlow id="fa" name="Sở A" sourceRef="g" targetRef="a"/><sequenceFlow id="fb" name="Sở B" sourceRef="g" targetRef="b"/>'
    found = imported(drawing(body + flows("s check g", "a j e", "b j")))
    assert said(found) == [("assumed", "which-branches", "g", "before")]
    both = Played(found)
    both.do("check", check_decision="Sở A + Sở B")
    assert both.open == ["a", "b"]
    both.do("a", "b")
    assert both.ended
    one = Played(found)
    one.do("check", check_decision="Sở B")
    assert one.open == ["b"]


def test_conditions_of_camunda_become_feel_and_decide_alike() -> None:
    body = START + users("a", "b") + '<exclusiveGateway id="g" default="no"/>' + END
    body += '<sequenceFlow id="yes" sourceRef="g" targetRef="a"><conditionExpression xsi:type="tFormalExpression">${amount &gt; 100 &amp;&amp; type == \'x\'}</conditionExpression></sequenceFlow><sequenceFlow id="no" sourceRef="g" targetRef="b"/>'
    found = imported(drawing(body + flows("s g", "a e", "b e"), executable="true"))
    assert said(found) == [("changed", "expression", "yes", '(amount > 100) and (type = "x")')]
    assert Played(found, amount=101, type="x").open == ["a"]
    assert Played(found, amount=100, type="x").open == ["b"]


def test_words_beside_the_arrows_out_of_a_task_become_its_buttons() -> None:
    body = START + users("check", "a", "b") + END
    for to, text in (("a", "đủ hồ sơ"), ("b", "còn thiếu giấy tờ")):
        body += f'<sequenceFlow id="to_{to}" sourceRef="check" targetRef="{to}"><conditionExpression>{text}</conditionExpression></sequenceFlow>'
    found = imported(drawing(body + flows("s check", "a e", "b e")))
    assert [one[:2] for one in said(found)] == [("assumed", "expression-unknown")] * 2
    stage = Played(found)
    stage.do("check", check_decision="còn thiếu giấy tờ")
    assert stage.open == ["b"]


def test_a_timer_waits_five_working_days_unless_the_analyst_says_how_long() -> None:
    body = (
        START
        + '<intermediateCatchEvent id="t" name="Chờ"><timerEventDefinition/></intermediateCatchEvent>'
        + END
    )
    assumed = imported(drawing(body + flows("s t e")))
    assert said(assumed) == [("assumed", "timer-value", "t", "working days(5)")]
    assert Played(assumed).step.timers[0].value == "5WD"
    answered = imported(drawing(body + flows("s t e")), Answers(defaults={"timer-value": "working days(15)"}))
    assert said(answered) == [("answered", "timer-value", "t", "working days(15)")]
    assert Played(answered).step.timers[0].value == "15WD"


def test_an_answer_that_is_no_time_is_refused_with_what_the_question_takes() -> None:
    body = START + '<intermediateCatchEvent id="t"><timerEventDefinition/></intermediateCatchEvent>' + END
    with pytest.raises(BadAnswers, match="timer-value"):
        imported(drawing(body + flows("s t e")), Answers(defaults={"timer-value": "soon"}))


def test_every_question_may_be_answered_with_refuse() -> None:
    found = imported(
        drawing(CHOICE + flows("s check g", "a e", "b e")), Answers(defaults={"who-decides": "refuse"})
    )
    assert found.content is None
    assert ("refused", "who-decides", "g", "refuse") in said(found)


def test_steps_without_start_and_end_begin_together_and_end_each() -> None:
    found = imported(drawing(users("a", "b", "c") + flows("a c")))
    assert {rule for _, rule, _, _ in said(found)} == {"no-start", "no-end"}
    stage = Played(found)
    assert stage.open == ["a", "b"]
    stage.do("a", "c", "b")
    assert stage.ended


def test_a_flow_that_leads_nowhere_ends_there() -> None:
    found = imported(
        drawing(
            START + users("a", "b") + flows("s a b") + '<sequenceFlow id="f" sourceRef="b" targetRef="gone"/>'
        )
    )
    assert said(found) == [("assumed", "flow-without-target", "f", "end")]
    stage = Played(found)
    stage.do("a", "b")
    assert stage.ended


def test_a_flow_back_to_the_start_goes_on_where_the_start_leads() -> None:
    found = imported(drawing(CHOICE + flows("s check g", "a e", "b s")))
    assert ("assumed", "flow-into-start", "b_s", "check") in said(found)
    stage = Played(found)
    stage.do("check", check_decision="Thiếu")
    stage.do("b")
    assert stage.open == ["check"]


def test_a_service_task_stays_until_a_handler_is_named_or_a_person_does_it() -> None:
    body = (
        START + '<serviceTask id="a" name="Báo dân" camunda:class="org.example.Mail"/>' + END + flows("s a e")
    )
    kept = imported(drawing(body))
    assert said(kept) == [("kept", "service", "a", "keep")]
    assert [one.node for one in Played(kept).step.jobs] == ["a"]
    person = imported(drawing(body), Answers(defaults={"service": "person"}))
    assert said(person) == [("answered", "service", "a", "person")]
    assert Played(person).open == ["a"]
    handler = imported(drawing(body), Answers(elements={"a": {"service": "notify_applicant"}}))
    assert said(handler) == [("answered", "service", "a", "notify_applicant")]
    assert [one.handler for one in Played(handler).step.jobs] == ["notify_applicant"]


def test_a_script_that_only_assigns_is_translated_and_runs() -> None:
    body = (
        START
        + '<scriptTask id="a" scriptFormat="groovy" camunda:resultVariable="fee"><script>copies * 2000</script></scriptTask>'
        + END
    )
    found = imported(drawing(body + flows("s a e")))
    assert said(found) == [("changed", "script", "a", "fee = copies * 2000")]
    assert Played(found, copies=3).data["fee"] == 6000


def test_a_called_process_that_is_not_there_is_one_task_for_now() -> None:
    body = START + '<callActivity id="c" name="Lấy số" calledElement="numbering"/>' + END + flows("s c e")
    found = imported(drawing(body))
    assert said(found) == [("assumed", "call", "c", "person")]
    stage = Played(found)
    assert stage.open == ["numbering_task"]
    stage.do("numbering_task")
    assert stage.ended


def test_a_called_process_that_lies_beside_is_called() -> None:
    body = START + '<callActivity id="c" calledElement="numbering"/>' + END + flows("s c e")
    beside = drawing(
        '<startEvent id="ns"/><userTask id="nt"/><endEvent id="ne"/>' + flows("ns nt ne")
    ).replace(b'id="p"', b'id="numbering"')
    found = imported(drawing(body, executable="true"), numbering_bpmn=beside)
    assert said(found) == []


def test_several_instances_take_the_list_of_camunda_or_ask_how_many() -> None:
    many = (
        '<multiInstanceLoopCharacteristics camunda:collection="${people}" camunda:elementVariable="person"/>'
    )
    body = START + f'<userTask id="a">{many}</userTask>' + END + flows("s a e")
    assert Played(imported(drawing(body)), people=["x", "y", "z"]).open == ["a", "a", "a"]
    unsaid = imported(
        drawing(body.replace(many, "<multiInstanceLoopCharacteristics/>")),
        Answers(defaults={"instances": "3"}),
    )
    assert said(unsaid) == [("answered", "instances", "a", "3")]
    assert Played(unsaid).open == ["a", "a", "a"]


def test_a_loop_without_a_condition_asks_whoever_does_it() -> None:
    body = START + '<userTask id="a"><standardLoopCharacteristics/></userTask>' + END + flows("s a e")
    found = imported(drawing(body))
    assert said(found) == [("assumed", "loop", "a", "person")]
    stage = Played(found)
    stage.do("a", a_decision="again")
    assert stage.open == ["a"]
    stage.do("a", a_decision="done")
    assert stage.ended


def test_of_several_pools_the_analyst_says_which_is_ours() -> None:
    two = drawing(START + users("a") + END + flows("s a e")).decode()
    other = (
        '<process id="q"><startEvent id="qs"/><userTask id="x"/><userTask id="y"/><endEvent id="qe"/>'
        + flows("qs x y qe")
        + "</process></definitions>"
    )
    both = two.replace("</definitions>", other).encode()
    assert Played(imported(both)).open == ["x"]
    chosen = imported(both, Answers(defaults={"our-process": "p"}))
    assert ("answered", "our-process", "D", "p") in said(chosen)
    assert ("kept", "partner", "q", "drawing") in said(chosen)
    assert Played(chosen).open == ["a"]


def test_a_message_is_known_by_the_name_of_its_event_and_comes_in_by_it() -> None:
    body = START + '<receiveTask id="r" name="Nhận công văn"/>' + END + flows("s r e")
    found = imported(drawing(body))
    assert said(found) == [("assumed", "name-of-event", "r", "Nhận công văn")]
    stage = Played(found)
    stage.message("Nhận công văn")
    assert stage.ended


def test_a_lane_becomes_a_role_when_the_analyst_says_which() -> None:
    lanes = '<laneSet id="ls"><lane id="l" name="Chuyên viên"><flowNodeRef>a</flowNodeRef></lane></laneSet>'
    body = lanes + START + users("a") + END + flows("s a e")
    assert said(imported(drawing(body))) == []
    found = imported(drawing(body), Answers(elements={"l": {"role-of-lane": "processing"}}))
    assert Played(found).definition.nodes["a"].role == "processing"


def test_flows_without_ids_get_some_and_odd_ids_are_changed_wherever_they_are_spoken_of() -> None:
    body = '<startEvent id="1"/><userTask id="2 a"/><endEvent id="3"/>'
    body += '<sequenceFlow sourceRef="1" targetRef="2 a"/><sequenceFlow sourceRef="2 a" targetRef="3"/>'
    found = imported(drawing(body))
    assert {rule for _, rule, _, _ in said(found)} == {"id-missing", "id-odd"}
    assert dict(found.renamed) == {"_1": "1", "_2_a": "2 a", "_3": "3"}
    assert Played(found).open == ["_2_a"]


def test_nothing_is_changed_in_a_file_without_a_fault() -> None:
    whole = drawing(START + users("a") + END + flows("s a e"), executable="true")
    found = imported(whole)
    assert found.content == whole
    assert found.entries == ()


def test_a_process_that_nobody_can_oversee_is_refused_at_once() -> None:
    found = imported(drawing("".join(f'<userTask id="t{number}"/>' for number in range(301))))
    assert said(found) == [("refused", "too-many-nodes", None, "")]


def test_what_is_no_bpmn_is_refused() -> None:
    assert said(imported(b"<a/>")) == [("refused", "not-bpmn", None, "")]
    assert said(imported(b"no xml")) == [("refused", "xml", None, "")]
