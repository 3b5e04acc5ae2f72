# ruff: noqa: E501  (BPMN reads better in one line)
"""Loops and multiple instances (BPMN 2.0.2, 10.3.8, 13.3.6 and 13.3.7)."""

import pytest

from engine.workflow.errors import BundleRefused, WorkflowFailed
from tests.unit.workflow.constructs.stage import Stage, flows, script, users
from tests.unit.workflow.constructs.test_events import ROOTS, SIGNAL, START, event

SENT = "multiInstanceLoopCharacteristics"


def many(inside: str, **attributes: str) -> str:
    said = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{SENT}{said}>{inside}</{SENT}>"


def loop(condition: str = "", **attributes: str) -> str:
    said = "".join(f' {key}="{value}"' for key, value in attributes.items())
    inside = f"<loopCondition>{condition.replace('<', '&lt;')}</loopCondition>" if condition else ""
    return f"<standardLoopCharacteristics{said}>{inside}</standardLoopCharacteristics>"


def of(kind: str, name: str, inside: str) -> str:
    return f'<{kind} id="{name}">{inside}</{kind}>'


def count(stage: Stage, name: str) -> int:
    return stage.path.count(name)


def test_parallel_instances_are_all_open_and_the_way_goes_on_when_all_are_done() -> None:
    body = START + of("userTask", "a", many("<loopCardinality>3</loopCardinality>")) + users("b")
    stage = Stage(body + flows("s a b"))
    assert stage.open == ["a", "a", "a"]
    stage.do("a", "a")
    assert stage.open == ["a"]
    stage.do("a")
    assert stage.open == ["b"]
    assert count(stage, "a") == 3


def test_sequential_instances_are_done_one_after_the_other() -> None:
    body = (
        START
        + of("userTask", "a", many("<loopCardinality>n</loopCardinality>", isSequential="true"))
        + users("b")
    )
    stage = Stage(body + flows("s a b"), n=2)
    assert stage.open == ["a"]
    stage.do("a")
    assert stage.open == ["a"]
    stage.do("a")
    assert stage.open == ["b"]


def test_no_instances_are_nothing_to_do() -> None:
    body = (
        START
        + of("userTask", "a", many("<loopCardinality>0</loopCardinality>"))
        + users("b")
        + flows("s a b")
    )
    assert Stage(body).open == ["b"]


@pytest.mark.parametrize("sequential", ["true", "false"])
def test_instances_work_over_a_list_and_give_a_list_in_the_same_order(sequential: str) -> None:
    inside = "<loopDataInputRef>xs</loopDataInputRef><loopDataOutputRef>ys</loopDataOutputRef><inputDataItem id='x'/><outputDataItem id='y'/>"
    body = START + script("k", "y = x * loopCounter", many(inside, isSequential=sequential)) + flows("s k")
    stage = Stage(body, xs=[5, None, 7])
    assert stage.data == {"xs": [5, None, 7], "ys": [5, None, 21]}
    assert stage.ended


def test_no_list_for_the_results_is_needed() -> None:
    body = START + script(
        "k",
        "total = total + x",
        many("<loopDataInputRef>xs</loopDataInputRef><inputDataItem id='x'/>", isSequential="true"),
    )
    assert Stage(body + flows("s k"), xs=[1, 2, 3], total=0).data["total"] == 6


def test_a_completion_condition_ends_the_others() -> None:
    inside = "<loopCardinality>4</loopCardinality><completionCondition>numberOfCompletedInstances = 2</completionCondition>"
    stage = Stage(START + of("userTask", "a", many(inside)) + users("b") + flows("s a b"))
    stage.do("a", "a")
    assert stage.open == ["b"]


@pytest.mark.parametrize(("behavior", "times"), [("None", 3), ("One", 1)])
def test_instances_throw_as_their_behavior_says(behavior: str, times: int) -> None:
    roots = ROOTS + '<signalEventDefinition id="sd" signalRef="sig"/>'
    said = {"behavior": behavior, f"{behavior.lower()}BehaviorEventRef": "sd"}
    body = START + of("userTask", "a", many("<loopCardinality>3</loopCardinality>", **said))
    body += event("boundaryEvent", "x", SIGNAL, attachedToRef="a", cancelActivity="false") + users("b", "c")
    stage = Stage(body + flows("s a b", "x c"), roots=roots)
    stage.do("a", "a", "a")
    assert stage.open == ["b"] + ["c"] * times


def test_an_interrupting_event_of_the_first_instance_ends_the_others() -> None:
    roots = ROOTS + '<signalEventDefinition id="sd" signalRef="sig"/>'
    body = START + of(
        "userTask",
        "a",
        many("<loopCardinality>3</loopCardinality>", behavior="One", oneBehaviorEventRef="sd"),
    )
    body += event("boundaryEvent", "x", SIGNAL, attachedToRef="a") + users("b", "c")
    stage = Stage(body + flows("s a b", "x c"), roots=roots)
    stage.do("a")
    assert stage.open == ["c"]


def test_complex_behavior_throws_when_its_condition_holds() -> None:
    inside = (
        "<loopCardinality>3</loopCardinality><complexBehaviorDefinition id='cb'><condition>numberOfCompletedInstances = 2"
        "</condition><event id='ev'><signalEventDefinition signalRef='sig'/></event></complexBehaviorDefinition>"
    )
    body = START + of("userTask", "a", many(inside, behavior="Complex"))
    body += event("boundaryEvent", "x", SIGNAL, attachedToRef="a", cancelActivity="false") + users("b", "c")
    stage = Stage(body + flows("s a b", "x c"), roots=ROOTS)
    stage.do("a")
    assert "c" not in stage.open
    stage.do("a", "a")
    assert stage.open == ["b", "c"]


def test_sub_processes_have_instances_each_with_variables_of_its_own() -> None:
    inner = event("startEvent", "is") + users("u") + script("k", "seen = append(seen, [x])") + flows("is u k")
    inside = many("<loopDataInputRef>xs</loopDataInputRef><inputDataItem id='x'/>")
    stage = Stage(
        START + of("subProcess", "p1", inside + inner) + users("b") + flows("s p1 b"), xs=["A", "B"], seen=[]
    )
    assert stage.open == ["u", "u"]
    stage.do("u", "u")
    assert (stage.open, sorted(stage.data["seen"])) == (
        ["b"],
        [["A"], ["B"]] if stage.data["seen"][0] != "A" else ["A", "B"],
    )


def test_an_error_in_one_instance_ends_them_all() -> None:
    inner = (
        event("startEvent", "is")
        + users("u")
        + event("endEvent", "ie", '<errorEventDefinition errorRef="e1"/>')
        + flows("is u ie")
    )
    body = (
        START + of("subProcess", "p1", many("<loopCardinality>3</loopCardinality>") + inner) + users("a", "b")
    )
    body += event("boundaryEvent", "x", '<errorEventDefinition errorRef="e1"/>', attachedToRef="p1")
    stage = Stage(body + flows("s p1 a", "x b"), roots=ROOTS)
    stage.do("u")
    assert stage.open == ["b"]


def test_terminate_ends_its_own_instance_only() -> None:
    inner = (
        event("startEvent", "is")
        + '<parallelGateway id="if"/>'
        + users("u", "v")
        + event("endEvent", "ie", "<terminateEventDefinition/>")
    )
    inner += flows("is if u ie", "if v")
    stage = Stage(
        START
        + of("subProcess", "p1", many("<loopCardinality>2</loopCardinality>") + inner)
        + users("b")
        + flows("s p1 b")
    )
    stage.do("u")
    assert stage.open == ["u", "v"]
    stage.do("u")
    assert stage.open == ["b"]


@pytest.mark.parametrize("cardinality", ["-1", "n", '"ba"', "1.5", "1001"])
def test_a_number_of_instances_that_is_none_is_refused(cardinality: str) -> None:
    body = (
        START
        + users("a")
        + of("userTask", "b", many(f"<loopCardinality>{cardinality}</loopCardinality>"))
        + flows("s a b")
    )
    with pytest.raises((BundleRefused, WorkflowFailed)):
        Stage(body, n=-2).do("a")


def test_500_instances_are_no_burden() -> None:
    stage = Stage(
        START
        + of("userTask", "a", many("<loopCardinality>500</loopCardinality>"))
        + users("b")
        + flows("s a b")
    )
    assert len(stage.open) == 500
    for _ in range(500):
        stage.do("a")
    assert stage.open == ["b"]


def test_a_loop_tested_after_is_done_at_least_once() -> None:
    body = START + script("k", "n = n + 1", loop("n < 3")) + flows("s k")
    assert Stage(body, n=0).data["n"] == 3
    assert Stage(body, n=9).data["n"] == 10


def test_a_loop_tested_before_may_not_be_done_at_all() -> None:
    body = START + script("k", "n = n + 1", loop("n < 3", testBefore="true")) + flows("s k")
    assert Stage(body, n=0).data["n"] == 3
    stage = Stage(body, n=9)
    assert (stage.data["n"], stage.ended, count(stage, "k")) == (9, True, 0)


def test_a_maximum_caps_a_loop() -> None:
    body = START + script("k", "n = n + 1", loop("true", loopMaximum="4")) + flows("s k")
    assert Stage(body, n=0).data["n"] == 4
    assert Stage(START + script("k", "n = n + 1", loop(loopMaximum="2")) + flows("s k"), n=0).data["n"] == 2


def test_a_sub_process_is_a_loop_as_well() -> None:
    inner = event("startEvent", "is") + users("u") + flows("is u")
    stage = Stage(
        START + of("subProcess", "p1", loop("again") + inner) + users("b") + flows("s p1 b"), again=True
    )
    stage.do("u", "u")
    assert stage.open == ["u"]
    stage.do("u", again=False)
    assert stage.open == ["b"]


def test_boundary_events_of_a_repeated_activity_are_for_all_of_it() -> None:
    timer = "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>"
    body = START + of("userTask", "a", many("<loopCardinality>3</loopCardinality>")) + users("b", "c")
    stage = Stage(body + event("boundaryEvent", "t", timer, attachedToRef="a") + flows("s a b", "t c"))
    assert len(stage.step.timers) == 1
    stage.do("a")
    stage.fire("t")
    assert stage.open == ["c"]


@pytest.mark.parametrize(
    "wrong", [loop(), loop("true", loopMaximum="-1"), loop("true", loopMaximum="0"), many("")]
)
def test_what_says_no_number_of_times_is_refused(wrong: str) -> None:
    with pytest.raises(BundleRefused):
        Stage(START + script("k", "n = 1", wrong) + flows("s k"))
