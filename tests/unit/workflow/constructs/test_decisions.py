# ruff: noqa: E501  (BPMN reads better in one line)
"""Business rule tasks: decision tables of the bundle (BPMN 2.0.2, 10.3.3.5)."""

import pytest

from engine.workflow.bundle import BundleSource, compile_bundle, load_definition
from engine.workflow.instance import run
from engine.workflow.step import Start
from tests.unit.workflow.checking.legal import Model, line
from tests.unit.workflow.constructs.stage import Stage, _World, flows

TABLE = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="Phí" namespace="urn:x"><decision id="fee" name="Phí">'
    '<decisionTable id="t" hitPolicy="UNIQUE"><input id="i"><inputExpression id="ie" typeRef="number"><text>area</text></inputExpression></input>'
    '<output id="o" name="fee" typeRef="number"/>'
    '<rule id="r1"><inputEntry id="r1i"><text>&lt;= 50</text></inputEntry><outputEntry id="r1o"><text>100000</text></outputEntry></rule>'
    '<rule id="r2"><inputEntry id="r2i"><text>&gt; 50</text></inputEntry><outputEntry id="r2o"><text>2000 * area</text></outputEntry></rule>'
    "</decisionTable></decision></definitions>"
)
TASK = '<businessRuleTask id="b"><extensionElements><m:table decision="fee" result="amount"/></extensionElements></businessRuleTask>'
MODEL: Model = line("b", more=TASK)


def test_a_rule_that_names_no_decision_is_asked_outside() -> None:
    stage = Stage('<startEvent id="s"/><businessRuleTask id="b"/><endEvent id="e"/>' + flows("s b e"))
    assert [job.node for job in stage.step.jobs] == ["b"]
    stage.job_done()
    assert stage.ended


@pytest.mark.parametrize(("area", "amount"), [(50, 100_000), (60, 120_000)])
def test_a_decision_table_gives_its_result(area: int, amount: int) -> None:
    files = {"p.bpmn": MODEL.xml(), "decisions/fee.dmn": TABLE.encode()}
    bundle = compile_bundle(BundleSource(main="p.bpmn", files=files))
    world = _World({"area": area})
    step = run(load_definition(bundle.sha256, bundle.content), None, Start(), world)
    assert (step.ended, world.data["amount"]) == (True, amount)
