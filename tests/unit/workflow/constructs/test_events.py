# ruff: noqa: E501  (BPMN reads better in one line)
"""Events (BPMN 2.0.2, 10.5 and 13.5)."""

import pytest

from engine.workflow.errors import WorkflowRefused
from tests.unit.workflow.constructs.stage import Stage, flows, script, users

START = '<startEvent id="s"/>'
ROOTS = (
    '<message id="m" name="M"/><signal id="sig" name="S"/><error id="e1" errorCode="E1"/>'
    '<error id="e2" errorCode="E2"/><escalation id="x1" escalationCode="X1"/>'
)
TIMER = "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>"
CYCLE = "<timerEventDefinition><timeCycle>R2/P1D</timeCycle></timerEventDefinition>"
MESSAGE = '<messageEventDefinition messageRef="m"/>'
SIGNAL = '<signalEventDefinition signalRef="sig"/>'


def event(kind: str, name: str, definition: str = "", **attributes: str) -> str:
    said = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<{kind} id="{name}"{said}>{definition}</{kind}>'


def boundary(name: str, host: str, definition: str, *, beside: bool = False) -> str:
    more = {"cancelActivity": "false"} if beside else {}
    return event("boundaryEvent", name, definition, attachedToRef=host, **more)


def sub(name: str, body: str) -> str:
    return f'<subProcess id="{name}">{body}</subProcess>'


def error(code: str) -> str:
    return f'<errorEventDefinition errorRef="{code}"/>'


def test_catch_events_wait_for_a_timer_a_message_and_a_signal() -> None:
    body = START + event("intermediateCatchEvent", "t", TIMER) + event("intermediateCatchEvent", "c", MESSAGE)
    stage = Stage(
        body + event("intermediateCatchEvent", "g", SIGNAL) + users("a") + flows("s t c g a"), roots=ROOTS
    )
    assert [one.value for one in stage.step.timers] == ["1D"]
    stage.fire("t")
    stage.message("M")
    with pytest.raises(WorkflowRefused):
        stage.signal("other")
    stage.signal("S")
    assert stage.open == ["a"]


def test_a_signal_reaches_all_who_wait_and_nobody_who_comes_later() -> None:
    body = START + '<parallelGateway id="f"/>' + event("intermediateCatchEvent", "c1", SIGNAL)
    body += event("intermediateCatchEvent", "c2", SIGNAL) + users("a", "b", "z")
    body += event("intermediateThrowEvent", "g", SIGNAL) + event("intermediateCatchEvent", "c3", SIGNAL)
    stage = Stage(body + flows("s f c1 b", "f c2 b", "f a g c3 z"), roots=ROOTS)
    stage.do("a")
    assert stage.open == ["b", "b"]
    assert stage.waiting == ["c3"]
    assert [(one.kind, one.name) for one in stage.step.thrown] == [("signal", "S")]


def test_a_signal_end_event_is_heard() -> None:
    body = (
        START + '<parallelGateway id="f"/>' + event("intermediateCatchEvent", "c", SIGNAL) + users("a", "b")
    )
    stage = Stage(body + event("endEvent", "e", SIGNAL) + flows("s f c b", "f a e"), roots=ROOTS)
    stage.do("a")
    assert stage.open == ["b"]


def test_a_process_can_start_by_message_signal_timer_or_condition() -> None:
    condition = "<conditionalEventDefinition><condition>n = 1</condition></conditionalEventDefinition>"
    body = (
        event("startEvent", "s1", MESSAGE)
        + event("startEvent", "s2", SIGNAL)
        + event("startEvent", "s3", TIMER)
    )
    body += (
        event("startEvent", "s4", condition)
        + users("a", "b", "c", "d")
        + flows("s1 a", "s2 b", "s3 c", "s4 d")
    )
    for start, task in zip(("s1", "s2", "s3", "s4"), "abcd", strict=True):
        assert Stage(body, roots=ROOTS, start=start).open == [task]


def test_a_link_leads_on_in_the_same_process() -> None:
    link = '<linkEventDefinition name="{}"/>'
    body = (
        START
        + event("intermediateThrowEvent", "l1", link.format("A"))
        + event("intermediateCatchEvent", "l2", link.format("A"))
    )
    body += event("intermediateThrowEvent", "l3", link.format("B")) + event(
        "intermediateCatchEvent", "l4", link.format("B")
    )
    stage = Stage(body + users("a", "b") + flows("s l1", "l2 a l3", "l4 b"))
    assert stage.path == ["s", "l1", "l2"]
    stage.do("a")
    assert stage.open == ["b"]


def test_terminate_ends_everything_in_its_own_scope_only() -> None:
    inner = (
        event("startEvent", "is")
        + '<parallelGateway id="if"/>'
        + users("u", "v")
        + event("endEvent", "it", "<terminateEventDefinition/>")
    )
    body = (
        START + '<parallelGateway id="f"/>' + sub("p1", inner + flows("is if u it", "if v")) + users("a", "b")
    )
    stage = Stage(body + flows("s f p1 a", "f b"))
    stage.do("u")
    assert stage.open == ["a", "b"]
    assert ("cancelled", "v") in {(one.kind, one.node) for one in stage.step.events}


def test_an_interrupting_boundary_event_ends_its_activity_and_what_is_in_it() -> None:
    inner = event("startEvent", "is") + users("u") + event("endEvent", "ie") + flows("is u ie")
    body = (
        START
        + sub("p1", inner)
        + boundary("x", "p1", MESSAGE)
        + boundary("t", "p1", TIMER)
        + users("a", "b", "c")
    )
    stage = Stage(body + flows("s p1 a", "x b", "t c"), roots=ROOTS)
    stage.message("M")
    assert (stage.open, stage.waiting) == (["b"], [])
    stage.do("b")
    assert stage.ended


def test_a_non_interrupting_boundary_event_fires_as_often_as_its_message_comes() -> None:
    body = START + users("u", "a", "b") + boundary("x", "u", MESSAGE, beside=True) + flows("s u a", "x b")
    stage = Stage(body, roots=ROOTS)
    for count in (1, 2, 3):
        stage.message("M")
        assert stage.open == ["b"] * count + ["u"]
    stage.do("u")
    assert (stage.open, stage.waiting) == (["a", "b", "b", "b"], [])


def test_a_non_interrupting_timer_fires_once_and_a_cycle_as_often_as_it_says() -> None:
    body = START + users("u", "a", "b") + flows("s u a", "x b")
    once = Stage(body + boundary("x", "u", TIMER, beside=True))
    once.fire("x")
    assert (once.open, once.waiting) == (["b", "u"], [])
    twice = Stage(body + boundary("x", "u", CYCLE, beside=True))
    twice.fire("x")
    assert twice.waiting == ["x"]
    twice.fire("x")
    assert (twice.open, twice.waiting) == (["b", "b", "u"], [])


def test_a_boundary_event_raised_from_inside_ends_the_sub_process() -> None:
    inner = (
        event("startEvent", "is")
        + '<parallelGateway id="if"/>'
        + users("u", "v")
        + event("intermediateThrowEvent", "ig", SIGNAL)
        + users("w")
    )
    body = (
        START
        + sub("p1", inner + flows("is if u ig w", "if v"))
        + boundary("x", "p1", SIGNAL)
        + users("a", "b")
    )
    stage = Stage(body + flows("s p1 a", "x b"), roots=ROOTS)
    stage.do("u")
    assert stage.open == ["b"]
    assert "w" not in stage.path


@pytest.mark.parametrize(("thrown", "goes_to"), [("e1", "b"), ("e2", "c")])
def test_an_error_is_caught_by_its_code_before_one_that_takes_all(thrown: str, goes_to: str) -> None:
    inner = (
        event("startEvent", "is")
        + '<parallelGateway id="if"/>'
        + users("u", "v")
        + event("endEvent", "ie", error(thrown))
    )
    body = (
        START
        + sub("p1", inner + flows("is if u ie", "if v"))
        + boundary("y", "p1", "<errorEventDefinition/>")
    )
    body += boundary("x", "p1", error("e1")) + users("a", "b", "c")
    stage = Stage(body + flows("s p1 a", "x b", "y c"), roots=ROOTS)
    stage.do("u")
    assert stage.open == [goes_to]


def test_an_error_goes_outward_to_who_catches_it() -> None:
    inner = event("startEvent", "is") + event("endEvent", "ie", error("e1")) + flows("is ie")
    middle = (
        event("startEvent", "ms")
        + sub("p2", inner)
        + boundary("mx", "p2", error("e2"))
        + users("n")
        + flows("ms p2", "mx n")
    )
    stage = Stage(
        START
        + sub("p1", middle)
        + boundary("x", "p1", error("e1"))
        + users("a", "b")
        + flows("s p1 a", "x b"),
        roots=ROOTS,
    )
    assert stage.open == ["b"]


def test_an_error_that_nobody_catches_ends_the_process_and_is_reported() -> None:
    body = START + '<parallelGateway id="f"/>' + users("a", "b") + event("endEvent", "e", error("e1"))
    stage = Stage(body + flows("s f a e", "f b"), roots=ROOTS)
    stage.do("a")
    assert (stage.ended, stage.step.error, stage.open) == (True, "E1", [])


@pytest.mark.parametrize("beside", [False, True])
def test_an_escalation_is_caught_and_ends_the_sub_process_only_when_it_interrupts(beside: bool) -> None:
    throw = '<escalationEventDefinition escalationRef="x1"/>'
    inner = (
        event("startEvent", "is")
        + event("intermediateThrowEvent", "it", throw)
        + users("u")
        + flows("is it u")
    )
    body = (
        START
        + sub("p1", inner)
        + boundary("x", "p1", throw, beside=beside)
        + users("a", "b")
        + flows("s p1 a", "x b")
    )
    assert Stage(body, roots=ROOTS).open == (["b", "u"] if beside else ["b"])


def test_an_escalation_that_nobody_catches_is_no_fault() -> None:
    throw = '<escalationEventDefinition escalationRef="x1"/>'
    stage = Stage(
        START + event("intermediateThrowEvent", "x", throw) + users("a") + flows("s x a"), roots=ROOTS
    )
    assert stage.open == ["a"]


def test_one_escalation_is_caught_once_by_the_event_that_names_it() -> None:
    throw = '<escalationEventDefinition escalationRef="x1"/>'
    inner = event("startEvent", "is") + event("endEvent", "ie", throw) + flows("is ie")
    body = START + sub("p1", inner) + boundary("x", "p1", throw, beside=True)
    body += boundary("y", "p1", "<escalationEventDefinition/>", beside=True) + users("a", "b", "c")
    assert Stage(body + flows("s p1 a", "x b", "y c"), roots=ROOTS).open == ["a", "b"]


CONDITION = "<conditionalEventDefinition><condition>n &gt; 2</condition></conditionalEventDefinition>"


def test_a_conditional_event_fires_when_the_data_make_it_true() -> None:
    body = (
        START
        + '<parallelGateway id="f"/>'
        + users("u")
        + event("intermediateCatchEvent", "c", CONDITION)
        + users("a", "b")
    )
    stage = Stage(body + flows("s f u b", "f c a"), n=1)
    assert stage.open == ["u"]
    stage.do("u", n=3)
    assert stage.open == ["a", "b"]


def test_a_condition_that_holds_already_fires_at_once() -> None:
    assert Stage(
        START + event("intermediateCatchEvent", "c", CONDITION) + users("a") + flows("s c a"), n=5
    ).open == ["a"]


def test_a_non_interrupting_condition_fires_at_every_change_from_false_to_true() -> None:
    inner = event("startEvent", "is") + users("u1", "u2", "u3", "u4") + flows("is u1 u2 u3 u4")
    stage = Stage(
        START
        + sub("p1", inner)
        + boundary("x", "p1", CONDITION, beside=True)
        + users("b")
        + flows("s p1", "x b"),
        n=0,
    )
    stage.do("u1", n=3)
    stage.do("u2", n=4)
    assert stage.open == ["b", "u3"]
    stage.do("u3", n=0)
    stage.do("b", n=9)
    assert stage.open == ["b", "u4"]


def test_a_condition_is_seen_between_two_automatic_steps() -> None:
    inner = event("startEvent", "is") + script("k1", "n = 5") + script("k2", "n = 0") + flows("is k1 k2")
    stage = Stage(
        START + sub("p1", inner) + boundary("x", "p1", CONDITION) + users("a", "b") + flows("s p1 a", "x b"),
        n=0,
    )
    assert (stage.open, stage.data["n"]) == (["b"], 5)


def test_an_event_of_several_definitions_takes_any_and_a_parallel_one_all() -> None:
    body = START + users("a") + flows("s c a")
    either = Stage(body + event("intermediateCatchEvent", "c", MESSAGE + SIGNAL), roots=ROOTS)
    either.signal("S")
    assert either.open == ["a"]
    both = Stage(
        body + event("intermediateCatchEvent", "c", MESSAGE + SIGNAL, parallelMultiple="true"), roots=ROOTS
    )
    both.signal("S")
    assert both.open == []
    both.message("M")
    assert both.open == ["a"]


def test_a_throw_event_of_several_definitions_throws_all() -> None:
    body = START + event("intermediateThrowEvent", "t", MESSAGE + SIGNAL) + users("a") + flows("s t a")
    assert [one.kind for one in Stage(body, roots=ROOTS).step.thrown] == ["message", "signal"]


def test_a_definition_may_be_referred_to() -> None:
    roots = (
        ROOTS
        + '<signalEventDefinition id="sd" signalRef="sig"/><timerEventDefinition id="td"><timeDuration>P3D</timeDuration></timerEventDefinition>'
    )
    body = START + event("intermediateCatchEvent", "c", "<eventDefinitionRef>sd</eventDefinitionRef>")
    body += (
        event("intermediateCatchEvent", "t", "<eventDefinitionRef>td</eventDefinitionRef>")
        + users("a")
        + flows("s c t a")
    )
    stage = Stage(body, roots=roots)
    stage.signal("S")
    assert [one.value for one in stage.step.timers] == ["3D"]
    stage.fire("t")
    assert stage.open == ["a"]
