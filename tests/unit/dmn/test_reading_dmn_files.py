"""A DMN file from a modeler becomes tables, or findings that name the cell and the remedy."""

import pytest
from lxml import etree

from engine.domain.dmn import table_to_json
from engine.workflow.reading.tables import TablesRead, read_tables

HEAD = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="n" namespace="x"{more}>'
)
NEEDS = '<informationRequirement><requiredDecision href="#x"/></informationRequirement>'
TABLE = """
  <decision id="phi" name="Phí thẩm định">
    <decisionTable id="t" hitPolicy="{policy}"{table}>
      <input id="i" label="Số tiết mục">
        <inputExpression id="ie" typeRef="number"><text>{input}</text></inputExpression>
        {values}
      </input>
      <output id="o" name="fee" typeRef="{type}">{output}</output>
      <rule id="r1"><inputEntry id="c1"><text>{test}</text></inputEntry>
        <outputEntry id="c2"><text>{result}</text></outputEntry></rule>
      <rule id="r2"><inputEntry id="c3"><text>-</text></inputEntry>
        <outputEntry id="c4"><text>2</text></outputEntry></rule>
    </decisionTable>
  </decision>"""
GOOD = {
    "policy": "FIRST",
    "table": "",
    "input": "items",
    "values": "",
    "type": "number",
    "output": "",
    "test": "&lt; 5",
    "result": "1",
}


def read(body: str, more: str = "") -> TablesRead:
    return read_tables(etree.fromstring(HEAD.format(more=more) + body + "</definitions>"), "phi.dmn")


def changed(**parts: str) -> str:
    return TABLE.format(**{**GOOD, **parts})


def test_a_table_is_read_and_runs() -> None:
    found = read(changed())
    assert found.findings == ()
    assert found.tables["phi"].name == "Phí thẩm định"
    assert [found.tables["phi"].evaluate({"items": n}) for n in (4, 5)] == [1, 2]


@pytest.mark.parametrize(
    "namespace",
    [
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    ],
)
def test_all_versions_of_dmn_are_read(namespace: str) -> None:
    text = (HEAD.format(more="") + changed() + "</definitions>").replace(
        "https://www.omg.org/spec/DMN/20191111/MODEL/", namespace
    )
    assert list(read_tables(etree.fromstring(text), "x.dmn").tables) == ["phi"]


def test_two_tables_in_one_file_are_two_tables() -> None:
    second = changed().replace('id="phi"', 'id="le-phi"')
    assert set(read(changed() + second).tables) == {"phi", "le-phi"}


def test_allowed_values_may_come_from_a_type() -> None:
    values = "<allowedValues><text>1, 2</text></allowedValues>"
    item = f'<itemDefinition name="tSo"><typeRef>number</typeRef>{values}</itemDefinition>'
    found = read(item + changed(type="tSo"))
    assert found.findings == ()
    assert table_to_json(found.tables["phi"])["outputs"][0]["allowed"] == "1, 2"


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("", "dmn-empty"),
        (changed(test="&lt; "), "dmn-expression"),
        (changed(input=""), "dmn-expression"),
        (changed(result="foo(1)"), "dmn-expression"),
        (changed(values="<inputValues><text>[1..</text></inputValues>"), "dmn-expression"),
        (changed(policy="BEST"), "dmn-policy"),
        (changed(policy="COLLECT", table=' aggregation="AVG"'), "dmn-policy"),
        (changed(policy="PRIORITY"), "dmn-shape"),
        (changed(table=' expressionLanguage="javascript"'), "dmn-language"),
        (changed(result='"năm"'), "dmn-value"),
        (changed(output="<outputValues><text>2, 3</text></outputValues>"), "dmn-value"),
        (changed() + changed(), "dmn-id"),
        (changed().replace(' id="phi"', ""), "dmn-id"),
        ('<decision id="a" name="a"/>', "dmn-logic"),
        (changed() + '<businessKnowledgeModel id="b" name="b"/>', "dmn-logic"),
        (changed() + '<import namespace="x" importType="y" name="z"/>', "dmn-outside"),
        (
            changed().replace("<decisionTable", NEEDS + "<decisionTable"),
            "dmn-requirement",
        ),
        (changed().replace('<outputEntry id="c4"><text>2</text></outputEntry>', ""), "dmn-shape"),
    ],
)
def test_what_is_wrong_or_not_supported_is_refused_with_its_remedy(body: str, rule: str) -> None:
    found = read(body)
    assert rule in {finding.rule for finding in found.findings}
    for finding in found.findings:
        assert finding.file == "phi.dmn"
        assert finding.line
        assert finding.message_vi != finding.message_en
        assert finding.remedy_vi


def test_a_finding_in_a_cell_names_row_column_and_line() -> None:
    (finding,) = read(changed(test="5 &lt;&lt; 6")).findings
    assert finding.element_id == "c1"
    assert "1, «Số tiết mục»" in finding.message_vi
    assert finding.line == 9
    assert finding.element_name == "Phí thẩm định"


def test_a_table_with_a_fault_is_left_out_and_the_others_stay() -> None:
    broken = changed(test="1 +").replace('id="phi"', 'id="hong"')
    found = read(changed() + broken)
    assert set(found.tables) == {"phi"}
    assert [finding.rule for finding in found.findings] == ["dmn-expression"]


def test_a_file_of_another_kind_is_refused() -> None:
    found = read_tables(etree.fromstring("<bpmn/>"), "x.dmn")
    assert [finding.rule for finding in found.findings] == ["dmn-root"]
