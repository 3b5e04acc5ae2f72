"""Event sub-processes of every start kind (BPMN 2.0.2, 10.3.5 and 13.5.4)."""

import pytest

from tests.unit.workflow.constructs.stage import Stage, flows, script, users
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

ESCALATION = '<escalationEventDefinition escalationRef="x1"/>'


def beside(name: str, definition: str, *, interrupts: bool, body: str = "") -> str:
    more = {} if interrupts else {"isInterrupting": "false"}
    inner = event("startEvent", f"{name}_s", definition, **more) + (
        body or users(f"{name}_u") + flows(f"{name}_s {name}_u")
    )
    return f'<subProcess id="{name}" triggeredByEvent="true">{inner}</subProcess>'


def come(stage: Stage, kind: str) -> None:
    """Let the event come."""
    if kind == "message":
        stage.message("M")
    elif kind == "signal":
        stage.signal("S")
    elif kind == "timer":
        stage.fire("h_s")
    else:
        stage.do("c", n=9)


KINDS = {"message": MESSAGE, "signal": SIGNAL, "timer": TIMER, "condition": CONDITION}


@pytest.mark.parametrize("kind", KINDS)
def test_an_interrupting_one_takes_its_process_over(kind: str) -> None:
    body = (
        START
        + '<parallelGateway id="f"/>'
        + users("a", "c")
        + flows("s f a", "f c")
        + beside("h", KINDS[kind], interrupts=True)
    )
    stage = Stage(body, roots=ROOTS, n=0)
    assert stage.open == ["a", "c"]
    come(stage, kind)
    assert (stage.open, stage.waiting) == (["h_u"], [])
    stage.do("h_u")
    assert stage.ended


@pytest.mark.parametrize("kind", KINDS)
def test_one_that_does_not_interrupt_runs_beside(kind: str) -> None:
    body = (
        START
        + '<parallelGateway id="f"/>'
        + users("a", "c")
        + flows("s f a", "f c")
        + beside("h", KINDS[kind], interrupts=False)
    )
    stage = Stage(body, roots=ROOTS, n=0)
    come(stage, kind)
    assert "a" in stage.open
    assert "h_u" in stage.open
    stage.do(*stage.open)
    assert stage.ended


def test_a_signal_is_heard_at_the_border_and_inside_or_nowhere() -> None:
    inside = users("t") + beside("h", SIGNAL, interrupts=True)
    outside = START + '<parallelGateway id="f"/>' + event("intermediateThrowEvent", "g", SIGNAL)
    outside += sub(
        "k", sub("l", inside) + boundary("b", "l", SIGNAL, beside=True) + users("w") + flows("b w")
    )
    for first, second in (("f g", "f k"), ("f k", "f g")):  # whichever of both is drawn first
        stage = Stage(outside + flows("s f", first, second), roots=ROOTS)
        assert stage.open in (["h_u", "w"], ["t"])


def test_it_starts_as_often_as_its_message_comes() -> None:
    stage = Stage(START + users("a") + flows("s a") + beside("h", MESSAGE, interrupts=False), roots=ROOTS)
    stage.message("M")
    stage.message("M")
    assert stage.open == ["a", "h_u", "h_u"]
    stage.do("a", "h_u")
    assert (stage.ended, stage.waiting) == (False, ["h"])
    stage.do("h_u")
    assert stage.ended


def test_a_cycle_starts_it_as_often_as_it_says() -> None:
    stage = Stage(START + users("a") + flows("s a") + beside("h", CYCLE, interrupts=False))
    stage.fire("h_s")
    stage.fire("h_s")
    assert (stage.open, stage.waiting) == (["a", "h_u", "h_u"], [])


def test_an_error_in_a_scope_is_for_its_event_sub_process_before_the_boundary() -> None:
    inner = (
        event("startEvent", "is")
        + '<parallelGateway id="if"/>'
        + users("u", "v")
        + event("endEvent", "ie", error("e1"))
    )
    inner += flows("is if u ie", "if v") + beside("h", error("e1"), interrupts=True)
    body = (
        START
        + sub("p1", inner)
        + event("boundaryEvent", "x", error("e1"), attachedToRef="p1")
        + users("a", "b")
    )
    stage = Stage(body + flows("s p1 a", "x b"), roots=ROOTS)
    stage.do("u")
    assert stage.open == ["h_u"]
    stage.do("h_u")
    assert stage.open == ["a"]


def test_an_error_inside_an_error_handler_goes_outward() -> None:
    again = event("endEvent", "h_e", error("e1")) + flows("h_s h_e")
    inner = event("startEvent", "is") + event("endEvent", "ie", error("e1")) + flows("is ie")
    inner += beside("h", error("e1"), interrupts=True, body=again)
    body = (
        START
        + sub("p1", inner)
        + event("boundaryEvent", "x", error("e1"), attachedToRef="p1")
        + users("a", "b")
    )
    assert Stage(body + flows("s p1 a", "x b"), roots=ROOTS).open == ["b"]


@pytest.mark.parametrize(("interrupts", "open_"), [(True, ["h_u"]), (False, ["h_u", "u"])])
def test_an_escalation_starts_it(interrupts: bool, open_: list[str]) -> None:
    body = START + event("intermediateThrowEvent", "t", ESCALATION) + users("u") + flows("s t u")
    assert Stage(body + beside("h", ESCALATION, interrupts=interrupts), roots=ROOTS).open == open_


def test_one_dossier_does_not_open_it_for_another() -> None:
    body = START + users("a") + flows("s a") + beside("h", MESSAGE, interrupts=False)
    first = Stage(body, roots=ROOTS)
    first.message("M")
    assert Stage(body, roots=ROOTS).open == ["a"]


def test_it_is_listened_to_only_while_its_sub_process_is_open() -> None:
    inner = event("startEvent", "is") + users("u") + flows("is u") + beside("h", MESSAGE, interrupts=False)
    stage = Stage(START + users("a", "b") + sub("p1", inner) + flows("s a p1 b"), roots=ROOTS)
    assert stage.waiting == []
    stage.do("a")
    assert stage.waiting == ["h"]
    stage.do("u")
    assert (stage.open, stage.waiting) == (["b"], [])


def test_automatic_event_sub_processes_end_by_themselves() -> None:
    body = script("h_k", "k = 1") + flows("h_s h_k")
    stage = Stage(
        START + users("a") + flows("s a") + beside("h", SIGNAL, interrupts=True, body=body), roots=ROOTS
    )
    stage.signal("S")
    assert (stage.ended, stage.data["k"]) == (True, 1)


def test_an_error_in_an_event_sub_process_is_for_that_of_errors_beside_it() -> None:
    inside = users("g_u") + event("endEvent", "g_e", error("e1")) + flows("g_s g_u g_e")
    body = START + users("a") + flows("s a") + beside("g", SIGNAL, interrupts=False, body=inside)
    stage = Stage(body + beside("h", error("e1"), interrupts=True), roots=ROOTS)
    stage.signal("S")
    stage.do("g_u")
    assert (stage.open, stage.step.error) == (["h_u"], None)
