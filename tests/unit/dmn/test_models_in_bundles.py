"""A bundle carries its decisions: faults are told with their cell, a stored model decides as it was drawn."""

from pathlib import Path

import handlers
from api.sources import read_source
from engine.domain.dmn import Decision
from engine.workflow.bundle import BundleSource, check_bundle, compile_bundle, load_definition

DIAGRAM = Path(__file__).parents[3] / "processes" / "skhcn" / "2.002380.bpmn"
TABLE = "decisions/phi_x_quang.dmn"
HANDLERS = [one.name for one in handlers.ALL]
# The fee of a licence for X-ray apparatus: the price of the kind, decided first, times the number.
MODEL = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="d" name="n" namespace="x">
  <inputData id="so_may" name="device_count"><variable name="device_count" typeRef="number"/></inputData>
  <decision id="don_gia" name="đơn giá">
    <decisionTable hitPolicy="UNIQUE">
      <input label="Loại"><inputExpression typeRef="string"><text>device_kind</text></inputExpression></input>
      <output name="price" typeRef="number"/>
      <rule><inputEntry><text>"dental"</text></inputEntry><outputEntry><text>2000000</text></outputEntry></rule>
      <rule><inputEntry><text>"general"</text></inputEntry><outputEntry><text>3000000</text></outputEntry></rule>
    </decisionTable>
  </decision>
  <decision id="phi_x_quang" name="phí thẩm định">
    <variable name="phí thẩm định" typeRef="number"/>
    <informationRequirement><requiredDecision href="#don_gia"/></informationRequirement>
    <informationRequirement><requiredInput href="#so_may"/></informationRequirement>
    <literalExpression><text>đơn giá * device_count</text></literalExpression>
  </decision>
</definitions>"""


def source(table: str) -> BundleSource:
    whole = read_source(DIAGRAM)
    return BundleSource(main=whole.main, files={**whole.files, TABLE: table.encode()})


def test_a_bundle_keeps_a_model_and_decides_with_it_after_it_was_stored() -> None:
    bundle = compile_bundle(source(MODEL), handlers=HANDLERS)
    decision = load_definition(bundle.sha256, bundle.content).tables["phi_x_quang"]
    assert isinstance(decision, Decision)
    assert decision.evaluate({"device_kind": "general", "device_count": 2}) == 6_000_000


def test_a_fault_in_a_cell_is_told_and_not_that_the_table_is_missing() -> None:
    found = check_bundle(source(MODEL.replace("* device_count", "*")), handlers=HANDLERS)
    assert [one.rule for one in found if "dmn" in one.rule] == ["dmn-expression"]
    assert "table-missing" not in {one.rule for one in found}


def test_a_table_that_no_file_has_is_missing() -> None:
    found = check_bundle(source(MODEL.replace('"phi_x_quang"', '"khac"')), handlers=HANDLERS)
    assert "table-missing" in {one.rule for one in found}
