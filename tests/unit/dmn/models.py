"""DMN models in a few lines, for tests."""

from lxml import etree

from engine.domain.dmn import Decidable, table_from_json, table_to_json
from engine.workflow.reading.tables import TablesRead, read_tables

HEAD = '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="d" name="n" namespace="x">'


def head(body: str) -> str:
    """A whole file."""
    return HEAD + body + "</definitions>"


def read(body: str) -> TablesRead:
    return read_tables(etree.fromstring(head(body)), "mo_hinh.dmn")


def decisions(body: str) -> dict[str, Decidable]:
    """As a bundle has them: read, stored, restored."""
    found = read(body)
    assert found.findings == ()
    return {key: table_from_json(table_to_json(one)) for key, one in found.tables.items()}


def text(source: str) -> str:
    """A box with a text."""
    escaped = source.replace("&", "&amp;").replace("<", "&lt;")
    return f"<literalExpression><text>{escaped}</text></literalExpression>"


def knowledge(key: str, name: str, parameters: str, logic: str, *, knows: str = "") -> str:
    """A business knowledge model; ``parameters`` are names, divided by commas."""
    formal = "".join(f'<formalParameter name="{one.strip()}"/>' for one in parameters.split(",") if one)
    return (
        f'<businessKnowledgeModel id="{key}" name="{name}">'
        f"<encapsulatedLogic>{formal}{logic}</encapsulatedLogic>"
        + _knows(knows)
        + "</businessKnowledgeModel>"
    )


def decision(key: str, name: str, logic: str, *, needs: str = "", knows: str = "", type_ref: str = "") -> str:
    """A decision; ``needs`` are ids, ``?`` before an input and ``!`` before a decision."""
    typed = f' typeRef="{type_ref}"' if type_ref else ""
    return (
        f'<decision id="{key}" name="{name}"><variable name="{name}"{typed}/>'
        + "".join(f"<informationRequirement>{one}</informationRequirement>" for one in _references(needs))
        + _knows(knows)
        + f"{logic}</decision>"
    )


def _knows(keys: str) -> str:
    return "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{key}"/></knowledgeRequirement>'
        for key in keys.split()
    )


def _references(needs: str) -> list[str]:
    kinds = {"?": "requiredInput", "!": "requiredDecision"}
    return [f'<{kinds[one[0]]} href="#{one[1:]}"/>' for one in needs.split()]


BANDS = """<decisionTable hitPolicy="UNIQUE">
  <input label="Diện tích"><inputExpression typeRef="number"><text>diện tích</text></inputExpression></input>
  <output name="mức"/>
  <rule><inputEntry><text>&lt;= 500</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>
  <rule><inputEntry><text>&gt; 500</text></inputEntry><outputEntry><text>2</text></outputEntry></rule>
</decisionTable>"""
