# ruff: noqa: E501  (BPMN reads better in one line)
"""Sub-processes, calls, ad-hoc sub-processes, data (BPMN 2.0.2, 10.3, 10.4 and 13.3)."""

import pytest

from engine.workflow.errors import WorkflowFailed
from tests.unit.workflow.constructs.stage import Stage, flows, script, users, when
from tests.unit.workflow.constructs.test_events import MESSAGE, ROOTS, SIGNAL, START, event, sub


def test_sub_processes_nest_and_go_on_when_all_their_tokens_are_used_up() -> None:
    deepest = (
        event("startEvent", "s3") + '<parallelGateway id="f3"/>' + users("u", "v") + flows("s3 f3 u", "f3 v")
    )
    middle = event("startEvent", "s2") + sub("p2", deepest) + users("w") + flows("s2 p2 w")
    stage = Stage(START + sub("p1", middle) + users("a") + flows("s p1 a"))
    stage.do("u")
    assert stage.open == ["v"]
    stage.do("v")
    assert stage.open == ["w"]
    stage.do("w")
    assert stage.open == ["a"]


def test_a_called_process_and_a_global_task_are_done_within_the_caller() -> None:
    roots = f'<process id="q">{event("startEvent", "qs") + users("u") + flows("qs u")}</process>'
    roots += '<globalScriptTask id="gs" scriptLanguage="feel"><script>n = 7</script></globalScriptTask><globalUserTask id="gu" name="Ký"/>'
    body = (
        START
        + '<callActivity id="c1" calledElement="q"/><callActivity id="c2" calledElement="gs"/><callActivity id="c3" calledElement="gu"/>'
    )
    stage = Stage(body + flows("s c1 c2 c3"), roots=roots)
    assert stage.open == ["u"]
    stage.do("u")
    assert (stage.open, stage.data["n"]) == (["gu_task"], 7)
    stage.do("gu_task")
    assert stage.ended


def test_two_calls_of_one_process_are_two_lives() -> None:
    roots = f'<process id="q">{event("startEvent", "qs") + users("u") + flows("qs u")}</process>'
    body = (
        START
        + '<parallelGateway id="f"/><callActivity id="c1" calledElement="q"/><callActivity id="c2" calledElement="q"/>'
        + users("a", "b")
    )
    stage = Stage(body + flows("s f c1 a", "f c2 b"), roots=roots)
    assert stage.open == ["u", "u"]
    stage.do("u")
    assert stage.open == ["a", "u"]


def ad_hoc(inner: str, until: str = "", **attributes: str) -> str:
    said = "".join(f' {key}="{value}"' for key, value in attributes.items())
    condition = f"<completionCondition>{until}</completionCondition>" if until else ""
    return f'<adHocSubProcess id="p1"{said}>{inner}{condition}</adHocSubProcess>'


def test_what_is_ad_hoc_may_be_done_in_any_order() -> None:
    stage = Stage(START + ad_hoc(users("u", "v", "w")) + users("a") + flows("s p1 a"))
    assert stage.open == ["u", "v", "w"]
    stage.do("w", "u")
    assert stage.open == ["v"]
    stage.do("v")
    assert stage.open == ["a"]


def test_an_ad_hoc_sub_process_ends_when_its_condition_holds() -> None:
    stage = Stage(START + ad_hoc(users("u", "v"), "n = 2") + users("a") + flows("s p1 a"), n=0)
    stage.do("u", n=1)
    assert stage.open == ["u", "v"]
    stage.do("u", n=2)
    assert stage.open == ["a"]


def test_what_is_at_work_may_be_finished_when_the_modeller_says_so() -> None:
    inner = users("u") + sub("q", event("startEvent", "qs") + users("v") + flows("qs v"))
    stage = Stage(
        START + ad_hoc(inner, "n = 1", cancelRemainingInstances="false") + users("a") + flows("s p1 a"), n=0
    )
    stage.do("u", n=1)
    assert stage.open == ["v"]
    stage.do("v")
    assert stage.open == ["a"]


def test_automatic_ad_hoc_steps_run_in_rounds_until_the_condition_holds() -> None:
    inner = script("k", "n = n + 1") + script("l", "m = m + 1")
    stage = Stage(
        START
        + ad_hoc(inner, "n + m >= 3".replace(">", "&gt;"), ordering="Sequential")
        + users("a")
        + flows("s p1 a"),
        n=0,
        m=0,
    )
    assert (stage.open, stage.data) == (["a"], {"n": 2, "m": 1})


def test_ad_hoc_steps_may_be_ordered_among_themselves() -> None:
    stage = Stage(START + ad_hoc(users("u", "v") + flows("u v")) + users("a") + flows("s p1 a"))
    assert stage.open == ["u"]
    stage.do("u")
    assert stage.open == ["v"]
    stage.do("v")
    assert stage.open == ["a"]


def test_a_data_object_of_a_sub_process_dies_with_it() -> None:
    inner = (
        '<dataObject id="do" name="x"/>'
        + event("startEvent", "is")
        + script("k", "x = 1\ny = x + 1")
        + flows("is k")
    )
    stage = Stage(START + sub("p1", inner) + flows("s p1"))
    assert stage.data == {"y": 2}


def test_inputs_and_outputs_are_copied_by_their_associations() -> None:
    specification = (
        '<ioSpecification><dataInput id="in1" name="a"/><dataOutput id="out1" name="b"/><inputSet><dataInputRefs>in1</dataInputRefs>'
        "</inputSet><outputSet><dataOutputRefs>out1</dataOutputRefs></outputSet></ioSpecification>"
        '<dataInputAssociation id="da1"><sourceRef>ref1</sourceRef><targetRef>in1</targetRef></dataInputAssociation>'
        '<dataOutputAssociation id="da2"><sourceRef>out1</sourceRef><targetRef>ref2</targetRef></dataOutputAssociation>'
    )
    objects = '<dataObject id="o1" name="x"/><dataObjectReference id="ref1" dataObjectRef="o1"/>'
    objects += '<dataObject id="o2" name="y"/><dataObjectReference id="ref2" dataObjectRef="o2"/>'
    stage = Stage(objects + START + script("k", "b = a * 2", specification) + flows("s k"), x=21)
    assert stage.data == {"x": 21, "y": 42}


def test_a_call_may_map_its_data() -> None:
    roots = (
        f'<process id="q">{event("startEvent", "qs") + script("k", "r = a + 1") + flows("qs k")}</process>'
    )
    specification = (
        '<ioSpecification><dataInput id="in1" name="a"/><dataOutput id="out1" name="r"/><inputSet><dataInputRefs>in1</dataInputRefs>'
        "</inputSet><outputSet><dataOutputRefs>out1</dataOutputRefs></outputSet></ioSpecification>"
        '<dataInputAssociation id="da1"><targetRef>in1</targetRef><assignment><from>x * 10</from><to>in1</to></assignment></dataInputAssociation>'
        '<dataOutputAssociation id="da2"><sourceRef>out1</sourceRef><targetRef>o1</targetRef></dataOutputAssociation>'
    )
    body = (
        '<dataObject id="o1" name="y"/>'
        + START
        + f'<callActivity id="c" calledElement="q">{specification}</callActivity>'
    )
    assert Stage(body + flows("s c"), roots=roots, x=2).data == {"x": 2, "y": 21}


def test_other_pools_are_partners_and_stay_drawings() -> None:
    roots = '<collaboration id="col"><participant id="pa" processRef="p"/><participant id="pb" processRef="other"/></collaboration>'
    roots += f'<process id="other" isExecutable="false">{event("startEvent", "os") + users("ou") + flows("os ou")}</process>'
    stage = Stage(START + users("a") + flows("s a"), roots=roots)
    assert stage.open == ["a"]
    assert "ou" not in stage.definition.nodes


def test_rework_3000_times_leaves_a_dossier_as_small_as_it_was() -> None:
    body = (
        START
        + '<exclusiveGateway id="m"/>'
        + users("a")
        + '<exclusiveGateway id="x" default="x_e"/><endEvent id="e"/>'
    )
    body += '<parallelGateway id="f"/>' + users("z") + flows("s f m a x e", "f z") + when("x", "m", "again")
    stage = Stage(body, again=True)
    stage.do("a")
    small, records = len(stage.state or b""), stage.step.records
    for _ in range(3000):
        stage.do("a")
    assert (len(stage.state or b""), stage.step.records) == (small, records)


def test_ten_blocks_of_three_branches_are_three_tokens_at_a_time() -> None:
    body, path = START, "s"
    for number in range(10):
        body += f'<parallelGateway id="f{number}"/><parallelGateway id="j{number}"/>' + users(
            *(f"t{number}{k}" for k in "abc")
        )
        body += flows(
            f"{path} f{number} t{number}a j{number}", *(f"f{number} t{number}{k} j{number}" for k in "bc")
        )
        path = f"j{number}"
    stage = Stage(body + users("z") + flows("j9 z"))
    for number in range(10):
        assert stage.step.records <= 5
        stage.do(*(f"t{number}{k}" for k in "bac"))
    assert stage.open == ["z"]


def test_a_process_may_call_itself_and_comes_back() -> None:
    body = START + script("k", "n = n + 1") + '<exclusiveGateway id="x" default="x_e"/><endEvent id="e"/>'
    body += '<callActivity id="c" calledElement="p"/>' + flows("s k x e", "c e") + when("x", "c", "n < 50")
    stage = Stage(body, n=0)
    assert (stage.ended, stage.data["n"]) == (True, 50)


def test_one_that_calls_itself_for_ever_is_stopped() -> None:
    with pytest.raises(WorkflowFailed):
        Stage(START + '<callActivity id="c" calledElement="p"/>' + flows("s c"))


def test_of_several_plain_start_events_one_is_taken() -> None:
    body = START + '<startEvent id="s2"/>' + users("a", "b") + flows("s a", "s2 b")
    assert Stage(body).open == ["a"]
    assert Stage(body, start="s2").open == ["b"]


def test_an_event_based_gateway_can_start_a_process() -> None:
    body = '<eventBasedGateway id="g" instantiate="true"/>' + event("intermediateCatchEvent", "c1", MESSAGE)
    body += event("intermediateCatchEvent", "c2", SIGNAL) + users("a", "b") + flows("g c1 a", "g c2 b")
    assert Stage(body, roots=ROOTS, start="c2").open == ["b"]
