"""A running process goes over to another version: refused where it would lose or brick, else it goes on."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.domain.mapping import suggest
from engine.workflow.migration import rebind, why_not
from engine.workflow.step import Complete, Fire, Step
from engine.workflow.structure import drawn
from tests.unit.workflow.constructs.stage import Stage, flows, script, users, when
from tests.unit.workflow.constructs.test_events import (
    CYCLE,
    MESSAGE,
    ROOTS,
    START,
    TIMER,
    boundary,
    event,
    sub,
)
from tests.unit.workflow.constructs.test_repetition import many, of

FORK = '<parallelGateway id="f"/><parallelGateway id="j"/>'
ENDS = '<endEvent id="e"/>'


def obstacles(before: Stage, after: str, mapping: dict[str, str] | None = None) -> list[str]:
    """Elements that keep a process from going on by another drawing, with what is said of them."""
    new = Stage(after, roots=ROOTS, n=1)
    chosen = mapping or suggest(drawn(before.definition), drawn(new.definition))
    assert before.state is not None
    return [
        f"{one.element}: {one.vi}" for one in why_not(before.definition, new.definition, before.state, chosen)
    ]


def go_over(stage: Stage, after: str, mapping: dict[str, str] | None = None) -> Step:
    """Let the stage go on by another drawing."""
    new = Stage(after, roots=ROOTS, **stage.data)
    chosen = mapping or suggest(drawn(stage.definition), drawn(new.definition))
    assert stage.state is not None
    assert why_not(stage.definition, new.definition, stage.state, chosen) == []
    stage.world.sequence += 1
    stage.step = rebind(stage.definition, new.definition, stage.state, chosen, stage.world)
    stage.definition, stage.state = new.definition, stage.step.state
    return stage.step


def test_a_step_added_before_and_behind_the_open_one_changes_only_what_is_to_come() -> None:
    stage = Stage(START + users("a", "b") + ENDS + flows("s a b e"))
    task = stage.step.tasks[0].task_id
    step = go_over(stage, START + users("x", "a", "y", "b") + ENDS + flows("s x a y b e"))
    assert [(one.node, one.task_id) for one in step.tasks] == [("a", task)]
    assert step.events == ()
    assert stage.do("a", "y", "b") == ["a", "y", "b", "e"]
    assert stage.ended


def test_a_finished_step_may_be_gone() -> None:
    stage = Stage(START + users("a", "b") + ENDS + flows("s a b e"))
    stage.do("a")
    go_over(stage, START + users("b") + ENDS + flows("s b e"))
    assert stage.open == ["b"]


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (START + users("b") + ENDS + flows("s b e"), "a: «a» không có trong cùng khối"),
        (START + '<manualTask id="a"/>' + ENDS + flows("s a e"), "a: «a» "),
        (START + sub("sp", users("a")) + ENDS + flows("s sp e"), "a: «a» không có trong cùng khối"),
        (
            START + users("a") + boundary("t", "a", TIMER) + users("z") + ENDS + flows("s a e", "t z e"),
            "a: «a» được thêm hoặc bớt sự kiện gắn bên",
        ),
        (
            START + of("userTask", "a", many("<loopCardinality>2</loopCardinality>")) + ENDS + flows("s a e"),
            "a: «a» lặp theo cách khác",
        ),
    ],
)
def test_what_would_be_lost_is_refused_with_its_element(after: str, told: str) -> None:
    stage = Stage(START + users("a") + ENDS + flows("s a e"))
    found = obstacles(stage, after, {"a": "a"})
    assert len(found) == 1
    assert found[0].startswith(told)


def test_a_new_branch_into_an_open_parallel_block_is_refused_and_before_the_block_is_not() -> None:
    body = START + FORK + users("a", "b", "k", "z") + ENDS
    two = body + flows("s k f a j z e", "f b j")
    three = body + users("c") + flows("s k f a j z e", "f b j", "f c j")
    stage = Stage(two)
    assert obstacles(stage, three) == [], "nobody has come to the fork yet"
    stage.do("k")
    assert obstacles(stage, three) == ["j: «j» sẽ chờ mãi một nhánh mà khối song song đang mở không có."]
    stage.do("a", "b")
    assert obstacles(stage, three) == [], "behind the join it does not matter"


def test_a_branch_that_waits_at_a_join_keeps_its_place_and_is_not_forgotten() -> None:
    body = START + FORK + users("a", "b", "z") + ENDS
    stage = Stage(body + flows("s f a j z e", "f b j"))
    stage.do("a")
    assert obstacles(stage, START + FORK + users("b", "z") + ENDS + flows("s f b j z e", "f j")) != []
    later = START + FORK + users("a", "b", "more", "z") + ENDS + flows("s f a j z e", "f b more j")
    go_over(stage, later)
    assert stage.do("b", "more") == ["b", "more", "j"]
    assert stage.open == ["z"]


def test_timers_keep_their_values_under_the_new_name_of_their_event() -> None:
    body = START + users("a") + boundary("t", "a", CYCLE, beside=True) + users("r") + ENDS
    stage = Stage(body + flows("s a e", "t r"))
    value = stage.step.timers[0].value
    stage.fire("t")
    after = (START + users("a") + boundary("t2", "a", TIMER, beside=True) + users("r") + ENDS).replace(
        "P1D", "P9D"
    )
    step = go_over(stage, after + flows("s a e", "t2 r"), {"s": "s", "a": "a", "t": "t2", "r": "r", "e": "e"})
    assert [(one.name, one.value) for one in step.timers] == [("t2", value)]
    stage.do("r")
    stage.fire("t2")
    assert stage.open == ["a", "r"]


def test_what_may_still_be_undone_keeps_its_name_or_the_process_its_version() -> None:
    undo = '<serviceTask id="u" isForCompensation="true"/><association id="as" sourceRef="c" targetRef="u"/>'
    undo = undo.replace("serviceTask", "userTask")
    body = START + users("a", "b") + boundary("c", "a", "<compensateEventDefinition/>") + undo
    body += '<endEvent id="e"><compensateEventDefinition/></endEvent>' + flows("s a b e")
    stage = Stage(body)
    stage.do("a")
    renamed = re.sub(r'"a"', '"aa"', body).replace("s_a", "s_aa").replace("a_b", "aa_b")
    mapping = {"s": "s", "a": "aa", "b": "b", "c": "c", "u": "u", "e": "e"}
    assert obstacles(stage, renamed, mapping) == ["a: «a» còn có thể phải hoàn tác, nhưng bản mới không giữ."]
    go_over(stage, body)
    stage.do("b")
    assert stage.open == ["u"]


# ---- whatever is drawn, and wherever it stands: under other names it goes on just the same

BODIES = {
    "parallel": START + FORK + users("a", "b", "z") + ENDS + flows("s f a j z e", "f b j"),
    "inclusive": START
    + '<inclusiveGateway id="f" default="f_a"/><inclusiveGateway id="j"/>'
    + users("a", "b", "z")
    + ENDS
    + flows("s f a j z e", "b j")
    + when("f", "b", "n > 0"),
    "scope": START
    + sub("sp", '<startEvent id="ps"/>' + users("a", "b") + flows("ps a b"))
    + boundary("t", "sp", TIMER)
    + users("y", "z")
    + ENDS
    + flows("s sp z e", "t y e"),
    "instances": START
    + of("userTask", "a", many("<loopCardinality>3</loopCardinality>"))
    + users("b")
    + ENDS
    + flows("s a b e"),
    "choice": START
    + '<eventBasedGateway id="g"/>'
    + event("intermediateCatchEvent", "t", TIMER)
    + event("intermediateCatchEvent", "m1", MESSAGE)
    + users("a", "b")
    + ENDS
    + flows("s g t a e", "g m1 b e"),
    "rework": START
    + '<exclusiveGateway id="j"/><exclusiveGateway id="f" default="f_z"/>'
    + FORK.replace('"f"', '"pf"').replace('"j"', '"pj"')
    + users("a", "b", "z")
    + script("x", "n = n + 1")
    + ENDS
    + flows("s j pf a pj x f z e", "pf b pj")
    + when("f", "j", "n < 3"),
}


def under_other_names(body: str) -> tuple[str, dict[str, str]]:
    """The same drawing with every id another one."""
    names = sorted(set(re.findall(r'\bid="(\w+)"', body)), key=len, reverse=True)
    mapping = {name: f"moi_{name}" for name in names}
    renamed = re.sub(
        r'(id|sourceRef|targetRef|attachedToRef|default)="(\w+)"', lambda m: f'{m[1]}="moi_{m[2]}"', body
    )
    return renamed, mapping


def choices(stage: Stage) -> list[tuple[str, str]]:
    """What could be done now, in a fixed order, by the old names."""
    tasks = [("task", one.node) for one in stage.step.tasks]
    return sorted(tasks + [("timer", one.name) for one in stage.step.timers])


def take(stage: Stage, kind: str, node: str) -> list[str]:
    if kind == "task":
        found = next(one for one in stage.step.tasks if one.node == node)
        return stage.act(Complete(found.task_id))
    timer = next(one for one in stage.step.timers if one.name == node)
    return stage.act(Fire(timer.task_id, timer.name))


@settings(max_examples=60)
@given(
    name=st.sampled_from(sorted(BODIES)), picks=st.lists(st.integers(0, 5), max_size=14), at=st.integers(0, 8)
)
def test_under_other_names_a_process_goes_on_as_if_nothing_had_happened(
    name: str, picks: list[int], at: int
) -> None:
    body = BODIES[name]
    renamed, mapping = under_other_names(body)
    stayed, moved = Stage(body, roots=ROOTS, n=1), Stage(body, roots=ROOTS, n=1)
    gone = False
    for number, pick in enumerate(picks):
        if number == at and not stayed.ended:
            go_over(moved, renamed, mapping)
            stayed.world.sequence += 1
            gone = True
        if not choices(stayed):
            break
        kind, node = choices(stayed)[pick % len(choices(stayed))]
        other = mapping[node] if gone else node
        named = [mapping.get(one, one) if gone else one for one in take(stayed, kind, node)]
        assert take(moved, kind, other) == named
        assert moved.ended == stayed.ended
        assert [mapping[one] if gone else one for one in stayed.open] == moved.open
    assert stayed.data == moved.data
