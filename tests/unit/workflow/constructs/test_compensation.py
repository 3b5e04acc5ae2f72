# ruff: noqa: E501  (BPMN reads better in one line)
"""Compensation and transactions (BPMN 2.0.2, 10.7, 10.3.5.1 and 13.5.5)."""

from tests.unit.workflow.constructs.stage import Stage, flows, script, users
from tests.unit.workflow.constructs.test_events import ROOTS, START, error, event, sub

UNDO = "<compensateEventDefinition/>"


def undoable(name: str, *, human: bool = False) -> str:
    """An activity with a handler that undoes it."""
    task = users(name) if human else script(name, f'log = append(log, "{name}")')
    return (
        task + event("boundaryEvent", f"{name}_on", UNDO, attachedToRef=name)
        + f'<scriptTask id="{name}_undo" isForCompensation="true"><script>log = append(log, "-{name}")</script></scriptTask>'
        + f'<association id="{name}_as" associationDirection="One" sourceRef="{name}_on" targetRef="{name}_undo"/>'
    )  # fmt: skip


def test_what_is_done_is_undone_newest_first() -> None:
    body = (
        START
        + undoable("a")
        + undoable("b")
        + undoable("c")
        + event("intermediateThrowEvent", "t", UNDO)
        + users("z")
    )
    stage = Stage(body + flows("s a b t z c"), log=[])
    assert stage.data["log"] == ["a", "b", "-b", "-a"]
    assert stage.open == ["z"]


def test_one_activity_may_be_named() -> None:
    body = (
        START
        + undoable("a")
        + undoable("b")
        + event("endEvent", "t", '<compensateEventDefinition activityRef="a"/>')
    )
    stage = Stage(body + flows("s a b t"), log=[])
    assert (stage.data["log"], stage.ended) == (["a", "b", "-a"], True)


def test_nothing_is_undone_twice_and_what_is_not_done_never() -> None:
    body = (
        START
        + undoable("a")
        + event("intermediateThrowEvent", "t", UNDO)
        + event("intermediateThrowEvent", "t2", UNDO)
    )
    stage = Stage(body + users("u") + undoable("b") + flows("s a t t2 u b"), log=[])
    assert (stage.data["log"], stage.open) == (["a", "-a"], ["u"])


def test_the_thrower_waits_until_a_person_has_undone_it() -> None:
    body = START + undoable("a").replace("scriptTask", "userTask").replace(
        '<script>log = append(log, "-a")</script>', ""
    )
    body = (
        START
        + users("a")
        + event("boundaryEvent", "a_on", UNDO, attachedToRef="a")
        + '<userTask id="a_undo" isForCompensation="true"/>'
    )
    body += (
        '<association id="as" sourceRef="a_on" targetRef="a_undo"/>'
        + event("intermediateThrowEvent", "t", UNDO)
        + users("z")
    )
    stage = Stage(body + flows("s a t z"))
    stage.do("a")
    assert stage.open == ["a_undo"]
    stage.do("a_undo")
    assert stage.open == ["z"]


def test_an_activity_done_three_times_is_undone_three_times() -> None:
    body = (
        START
        + '<exclusiveGateway id="m"/>'
        + undoable("a")
        + '<exclusiveGateway id="x" default="x_t"/>'
        + users("u")
    )
    body += event("endEvent", "t", UNDO) + flows("s m a u x t")
    body += '<sequenceFlow id="x_m" sourceRef="x" targetRef="m"><conditionExpression>again</conditionExpression></sequenceFlow>'
    stage = Stage(body, log=[], again=True)
    stage.do("u", "u")
    stage.do("u", again=False)
    assert stage.data["log"] == ["a", "a", "a", "-a", "-a", "-a"]


def test_undoing_a_sub_process_undoes_what_was_done_in_it() -> None:
    inner = event("startEvent", "is") + undoable("a") + undoable("b") + flows("is a b")
    body = START + sub("p1", inner) + undoable("c") + event("endEvent", "t", UNDO) + flows("s p1 c t")
    stage = Stage(body, log=[])
    assert stage.data["log"] == ["a", "b", "c", "-c", "-b", "-a"]
    assert stage.ended


def test_an_event_sub_process_can_say_how_a_sub_process_is_undone() -> None:
    handler = (
        '<subProcess id="h" triggeredByEvent="true">'
        + event("startEvent", "hs", UNDO)
        + script("hk", 'log = append(log, "h")')
    )
    handler += (
        event("intermediateThrowEvent", "ht", '<compensateEventDefinition activityRef="a"/>')
        + flows("hs hk ht")
        + "</subProcess>"
    )
    inner = event("startEvent", "is") + undoable("a") + undoable("b") + flows("is a b") + handler
    stage = Stage(START + sub("p1", inner) + event("endEvent", "t", UNDO) + flows("s p1 t"), log=[])
    assert stage.data["log"] == ["a", "b", "h", "-a"]


def test_a_sub_process_that_is_not_over_cannot_be_undone() -> None:
    inner = event("startEvent", "is") + undoable("a") + users("u") + flows("is a u")
    body = START + '<parallelGateway id="f"/>' + sub("p1", inner) + users("v") + event("endEvent", "t", UNDO)
    stage = Stage(body + flows("s f p1", "f v t"), log=[])
    stage.do("v")
    assert (stage.data["log"], stage.open) == (["a"], ["u"])


CANCEL = "<cancelEventDefinition/>"


def transaction(inner: str) -> str:
    return f'<transaction id="p1">{inner}</transaction>' + event(
        "boundaryEvent", "x", CANCEL, attachedToRef="p1"
    )


def test_a_cancelled_transaction_undoes_its_work_and_goes_on_at_its_cancel_event() -> None:
    inner = (
        event("startEvent", "is")
        + '<parallelGateway id="if"/>'
        + undoable("a")
        + users("u", "v")
        + event("endEvent", "ie", CANCEL)
    )
    stage = Stage(
        START + transaction(inner + flows("is if a u ie", "if v")) + users("b", "c") + flows("s p1 b", "x c"),
        log=[],
    )
    stage.do("u")
    assert (stage.data["log"], stage.open) == (["a", "-a"], ["c"])
    assert ("cancelled", "v") in {(one.kind, one.node) for one in stage.step.events}


def test_a_transaction_that_succeeds_goes_on_and_can_be_undone_later() -> None:
    inner = event("startEvent", "is") + undoable("a") + flows("is a")
    body = (
        START + transaction(inner) + users("b", "c") + event("endEvent", "t", UNDO) + flows("s p1 b t", "x c")
    )
    stage = Stage(body, log=[])
    assert stage.open == ["b"]
    stage.do("b")
    assert stage.data["log"] == ["a", "-a"]


def test_an_error_leaves_a_transaction_without_undoing() -> None:
    inner = (
        event("startEvent", "is") + undoable("a") + event("endEvent", "ie", error("e1")) + flows("is a ie")
    )
    body = (
        START
        + transaction(inner)
        + event("boundaryEvent", "y", error("e1"), attachedToRef="p1")
        + users("b", "c", "d2")
    )
    stage = Stage(body + flows("s p1 b", "x c", "y d2"), roots=ROOTS, log=[])
    assert (stage.data["log"], stage.open) == (["a"], ["d2"])
