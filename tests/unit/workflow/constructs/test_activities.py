# ruff: noqa: E501  (BPMN reads better in one line)
"""Activities (BPMN 2.0.2, 10.3 and 13.3.2)."""

import pytest

from engine.workflow.errors import WorkflowFailed
from tests.unit.workflow.constructs.stage import Stage, flows, script, users, when


def test_a_person_is_waited_for_and_what_is_automatic_goes_on_by_itself() -> None:
    stage = Stage(
        '<startEvent id="s"/>' + users("a") + script("k", "n = 1") + '<manualTask id="b"/><task id="c"/>'
        '<endEvent id="e"/>' + flows("s a k b c e")
    )
    assert stage.open == ["a"]
    assert stage.do("a") == ["a", "k"]
    assert stage.data["n"] == 1
    stage.do("b", "c")
    assert stage.ended


def test_several_flows_out_of_an_activity_are_all_taken() -> None:
    stage = Stage('<startEvent id="s"/>' + users("a", "b", "c") + flows("s a b", "a c"))
    stage.do("a")
    assert stage.open == ["b", "c"]
    stage.do("b", "c")
    assert stage.ended


@pytest.mark.parametrize(("n", "goes_to"), [(1, ["b", "d"]), (5, ["c", "d"]), (0, ["d"])])
def test_a_conditional_flow_is_taken_when_it_holds_and_a_plain_one_always(n: int, goes_to: list[str]) -> None:
    body = '<startEvent id="s"/>' + users("a", "b", "c", "d") + flows("s a d")
    stage = Stage(body + when("a", "b", "n = 1") + when("a", "c", "n > 3"), n=n)
    stage.do("a")
    assert stage.open == goes_to


def test_the_default_flow_is_for_when_no_condition_holds() -> None:
    body = (
        '<startEvent id="s"/><userTask id="a" default="a_d"/>'
        + users("b", "d")
        + flows("s a d")
        + when("a", "b", "n = 1")
    )
    assert Stage(body, n=1).do("a") == ["a"]
    one, other = Stage(body, n=1), Stage(body, n=2)
    one.do("a")
    other.do("a")
    assert (one.open, other.open) == (["b"], ["d"])


def test_no_flow_that_holds_is_a_fault_that_says_where() -> None:
    body = '<startEvent id="s"/>' + users("a", "b", "c") + flows("s a")
    stage = Stage(body + when("a", "b", "n = 1") + when("a", "c", "n = 3"), n=2)
    with pytest.raises(WorkflowFailed, match="không nhánh nào"):
        stage.do("a")


def test_each_token_that_comes_to_an_activity_makes_it_be_done_once() -> None:
    body = '<startEvent id="s"/><parallelGateway id="f"/>' + users("a", "b", "c") + flows("s f a c", "f b c")
    stage = Stage(body)
    stage.do("a", "b")
    assert stage.open == ["c", "c"]
    stage.do("c", "c")
    assert stage.ended


def test_an_activity_that_asks_for_two_tokens_is_done_once_for_two() -> None:
    body = (
        '<startEvent id="s"/><parallelGateway id="f"/>'
        + users("a", "b")
        + '<userTask id="c" startQuantity="2"/>'
    )
    stage = Stage(body + flows("s f a c", "f b c"))
    stage.do("a")
    assert stage.open == ["b"]
    stage.do("b")
    assert stage.open == ["c"]
    stage.do("c")
    assert stage.ended


def test_a_token_too_few_is_reported_and_not_forgotten() -> None:
    stage = Stage(
        '<startEvent id="s"/>' + users("a") + '<userTask id="c" startQuantity="2"/>' + flows("s a c")
    )
    stage.do("a")
    assert not stage.ended
    assert stage.step.stuck == ("c",)


def test_an_activity_may_send_out_several_tokens() -> None:
    body = '<startEvent id="s"/><userTask id="a" completionQuantity="3"/>' + users("b") + flows("s a b")
    stage = Stage(body)
    stage.do("a")
    assert stage.open == ["b", "b", "b"]


def test_without_start_and_end_events_what_nothing_leads_to_begins() -> None:
    stage = Stage(users("a", "b", "c") + flows("a b"))
    assert stage.open == ["a", "c"]
    stage.do("a", "c", "b")
    assert stage.ended


def test_a_job_outside_is_waited_for_and_its_answer_written() -> None:
    task = '<serviceTask id="h"><extensionElements><m:handler name="ask"><m:output name="x" from="y"/></m:handler></extensionElements></serviceTask>'
    stage = Stage('<startEvent id="s"/>' + task + users("a") + flows("s h a"))
    assert [job.handler for job in stage.step.jobs] == ["ask"]
    stage.job_done(y=7)
    assert (stage.open, stage.data["x"]) == (["a"], 7)


def test_a_job_that_says_no_takes_the_way_of_its_error() -> None:
    task = '<serviceTask id="h"><extensionElements><m:handler name="ask"/></extensionElements></serviceTask>'
    boundary = (
        '<boundaryEvent id="x" attachedToRef="h"><errorEventDefinition errorRef="err"/></boundaryEvent>'
    )
    stage = Stage(
        '<startEvent id="s"/>' + task + boundary + users("a", "b") + flows("s h a", "x b"),
        roots='<error id="err" errorCode="no"/>',
    )
    with pytest.raises(WorkflowFailed):
        stage.job_failed("other")
    stage.job_failed("no")
    assert stage.open == ["b"]


def test_a_message_is_sent_and_another_received() -> None:
    roots = '<message id="m1" name="hỏi ý kiến"/><message id="m2" name="ý kiến"/>'
    stage = Stage(
        '<startEvent id="s"/><sendTask id="t" messageRef="m1"/><receiveTask id="r" messageRef="m2"/>'
        + users("a") + flows("s t r a"), roots=roots,
    )  # fmt: skip
    assert [(one.kind, one.name, one.node) for one in stage.step.thrown] == [("message", "hỏi ý kiến", "t")]
    assert stage.waiting == ["r"]
    stage.message("ý kiến")
    assert stage.open == ["a"]


def test_a_receive_task_can_start_a_process() -> None:
    stage = Stage(
        '<receiveTask id="r" instantiate="true" messageRef="m"/>' + users("a") + flows("r a"),
        roots='<message id="m" name="đơn"/>', start="r",
    )  # fmt: skip
    assert (stage.path, stage.open) == (["r"], ["a"])


def test_a_repair_takes_a_task_away_and_lets_another_begin() -> None:
    stage = Stage('<startEvent id="s"/>' + users("a", "b", "c") + flows("s a b c"))
    stage.do("a")
    stage.move("b", "a")
    assert stage.open == ["a"]
    assert {(event.kind, event.node) for event in stage.step.events} == {("cancelled", "b"), ("entered", "a")}
