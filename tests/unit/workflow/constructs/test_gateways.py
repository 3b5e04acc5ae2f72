# ruff: noqa: E501  (BPMN reads better in one line)
"""Gateways (BPMN 2.0.2, 10.6 and 13.4)."""

import pytest

from engine.workflow.errors import BundleRefused, WorkflowFailed
from tests.unit.workflow.constructs.stage import Stage, flows, users, when

START = '<startEvent id="s"/>'


def test_the_first_true_condition_of_an_exclusive_gateway_decides() -> None:
    body = START + '<exclusiveGateway id="g" default="g_c"/>' + users("a", "b", "c") + flows("s g c")
    body += when("g", "a", "n > 1") + when("g", "b", "n > 0")
    assert [Stage(body, n=n).open for n in (2, 1, 0)] == [["a"], ["b"], ["c"]]


def test_an_exclusive_gateway_without_a_way_is_a_fault() -> None:
    body = (
        START
        + '<exclusiveGateway id="g"/>'
        + users("a", "b")
        + flows("s g")
        + when("g", "a", "n = 1")
        + when("g", "b", "n = 2")
    )
    with pytest.raises(WorkflowFailed, match="không nhánh nào"):
        Stage(body, n=3)


def test_null_is_not_true() -> None:
    body = (
        START
        + '<exclusiveGateway id="g" default="g_c"/>'
        + users("a", "c")
        + flows("s g c")
        + when("g", "a", "x > 1")
    )
    assert Stage(body).open == ["c"]


def test_a_parallel_join_takes_one_token_of_each_flow() -> None:
    body = START + '<parallelGateway id="f"/><parallelGateway id="j"/>' + users("a", "b", "c")
    stage = Stage(body + flows("s f a j c", "f b j"))
    stage.do("a")
    assert stage.open == ["b"]
    stage.do("b")
    assert stage.open == ["c"]


def test_two_flows_between_the_same_gateways_are_two_flows() -> None:
    body = START + '<parallelGateway id="f"/><parallelGateway id="j"/>' + users("a") + flows("s f j a")
    body += '<sequenceFlow id="again" sourceRef="f" targetRef="j"/>'
    assert Stage(body).open == ["a"]


@pytest.mark.parametrize(("n", "open_"), [(0, ["c"]), (1, ["a"]), (2, ["a", "b"])])
def test_an_inclusive_gateway_waits_for_as_many_as_it_sent(n: int, open_: list[str]) -> None:
    body = (
        START
        + '<inclusiveGateway id="g" default="g_c"/><inclusiveGateway id="j"/>'
        + users("a", "b", "c", "d")
    )
    body += flows("s g c j d", "a j", "b j") + when("g", "a", "n > 0") + when("g", "b", "n > 1")
    stage = Stage(body, n=n)
    assert stage.open == open_
    stage.do(*open_)
    assert stage.open == ["d"]


def test_an_inclusive_join_does_not_wait_for_what_can_no_longer_come() -> None:
    body = (
        START
        + '<parallelGateway id="f"/><exclusiveGateway id="x" default="x_e"/><inclusiveGateway id="j"/><endEvent id="e"/>'
    )
    body += users("a", "b", "c") + flows("s f a j c", "f b x e") + when("x", "j", "n = 1")
    stage = Stage(body, n=0)
    stage.do("a")
    assert stage.open == ["b"]
    stage.do("b")
    assert stage.open == ["c"]


def test_a_boundary_event_is_a_way_to_an_inclusive_join() -> None:
    body = (
        START + '<parallelGateway id="f"/><inclusiveGateway id="j"/><endEvent id="e"/>' + users("a", "b", "c")
    )
    body += '<boundaryEvent id="t" attachedToRef="b"><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent>'
    stage = Stage(body + flows("s f a j c", "f b e", "t j"))
    stage.do("a")
    assert stage.open == ["b"]
    stage.fire("t")
    assert stage.open == ["c"]


def test_a_complex_gateway_fires_at_the_second_of_three_and_swallows_the_third() -> None:
    body = START + '<parallelGateway id="f"/>' + users("a", "b", "c", "d")
    body += '<complexGateway id="j"><activationCondition>activationCount >= 2</activationCondition></complexGateway>'
    stage = Stage(body.replace(">=", "&gt;=") + flows("s f a j d", "f b j", "f c j"))
    stage.do("a")
    assert "d" not in stage.open
    stage.do("c")
    assert stage.open == ["b", "d"]
    stage.do("b")
    assert stage.open == ["d"]
    stage.do("d")
    assert stage.ended


def test_a_complex_gateway_can_count_by_the_names_of_its_flows() -> None:
    body = START + '<parallelGateway id="f"/>' + users("a", "b", "c", "d")
    body += '<complexGateway id="j"><activationCondition>a_j + b_j = 2</activationCondition></complexGateway>'
    stage = Stage(body + flows("s f a j d", "f b j", "f c j"))
    stage.do("c", "a")
    assert stage.open == ["b"]
    stage.do("b")
    assert stage.open == ["d"]


def test_a_complex_gateway_starts_anew_when_its_tokens_are_used_up() -> None:
    body = (
        START
        + '<exclusiveGateway id="m"/><parallelGateway id="f"/><exclusiveGateway id="x" default="x_e"/><endEvent id="e"/>'
    )
    body += users("a", "b", "d")
    body += '<complexGateway id="j"><activationCondition>activationCount = 1</activationCondition></complexGateway>'
    stage = Stage(body + flows("s m f a j d x e", "f b j") + when("x", "m", "again"), again=True)
    stage.do("a", "b", "d")
    assert stage.open == ["a", "b"]
    stage.do("b", "a", again=False)
    stage.do("d")
    assert stage.ended


EVENTS = (
    '<intermediateCatchEvent id="t"><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>'
    '</intermediateCatchEvent><intermediateCatchEvent id="t2"><timerEventDefinition><timeDuration>P2D'
    '</timeDuration></timerEventDefinition></intermediateCatchEvent><intermediateCatchEvent id="g1">'
    '<signalEventDefinition signalRef="sig"/></intermediateCatchEvent><receiveTask id="r" messageRef="m"/>'
)
ROOTS = '<message id="m" name="M"/><signal id="sig" name="S"/>'


def choice() -> Stage:
    body = START + '<eventBasedGateway id="g"/>' + EVENTS + users("a", "b", "c", "d")
    return Stage(body + flows("s g t a", "g t2 b", "g g1 c", "g r d"), roots=ROOTS)


def test_the_first_event_behind_a_gateway_decides_and_the_others_are_forgotten() -> None:
    stage = choice()
    assert stage.waiting == ["g1", "r", "t", "t2"]
    assert stage.fire("t2") == ["g", "t2"]
    assert (stage.open, stage.waiting) == (["b"], [])
    stage = choice()
    stage.message("M")
    assert (stage.open, stage.waiting) == (["d"], [])
    stage = choice()
    stage.signal("S")
    assert (stage.open, stage.waiting) == (["c"], [])


def test_a_deadlock_is_reported() -> None:
    body = START + '<exclusiveGateway id="x" default="x_b"/><parallelGateway id="j"/>' + users("a", "b", "c")
    with pytest.raises(BundleRefused, match="chờ mãi"):
        Stage(body + flows("s x b j c", "a j") + when("x", "a", "n = 1"))


def test_a_parallel_block_in_a_loop_joins_right_every_round() -> None:
    body = START + '<exclusiveGateway id="m"/><parallelGateway id="f"/><parallelGateway id="j"/>'
    body += '<exclusiveGateway id="x" default="x_e"/><endEvent id="e"/>' + users("a", "b")
    stage = Stage(body + flows("s m f a j x e", "f b j") + when("x", "m", "again"), again=True)
    for _ in range(5):
        assert stage.open == ["a", "b"]
        stage.do("b", "a")
    stage.do("a", "b", again=False)
    assert stage.ended
