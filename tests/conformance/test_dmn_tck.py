"""The DMN Technology Compatibility Kit, level 2: each of its 116 cases is one test of what bundles run on."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from engine.domain.dmn import Decidable, table_from_json, table_to_json
from engine.domain.feel.literals import parse_at
from engine.workflow.reading.guard import parse_xml
from engine.workflow.reading.tables import read_tables

TCK = Path(__file__).parent / "dmn-tck"
CASE = "{http://www.omg.org/spec/DMN/20160719/testcase}"
INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
Element = etree._Element


def files_of_cases() -> Iterator[Path]:
    return iter(sorted(TCK.glob("level-2/*/*-test-*.xml")))


def cases() -> list[Any]:
    found = []
    for file in files_of_cases():
        for case in etree.parse(file).getroot().iter(f"{CASE}testCase"):
            found.append(pytest.param(file, case, id=f"{file.parent.name}-{case.get('id')}"))
    return found


CASES = cases()


@cache
def decisions_of(model: Path) -> Mapping[str, Decidable]:
    """The decisions of a model by name, as a bundle has them: read, stored as JSON, restored."""
    read = read_tables(parse_xml(model.read_bytes(), model.name), model.name)
    assert read.findings == ()
    return {one.name: table_from_json(table_to_json(one)) for one in read.tables.values()}


def value_of(holder: Element) -> object:
    """What an ``inputNode``, ``expected``, ``item`` or ``component`` holds."""
    components = holder.findall(f"{CASE}component")
    if components:
        return {str(one.get("name")): value_of(one) for one in components}
    several = holder.find(f"{CASE}list")
    if several is not None:
        return [value_of(one) for one in several.findall(f"{CASE}item")]
    value = holder.find(f"{CASE}value")
    if value is None or value.get(f"{INSTANCE}nil") == "true":
        return None
    return simple(str(value.get(f"{INSTANCE}type")).rpartition(":")[2], value.text or "")


def simple(kind: str, text: str) -> object:
    if kind == "boolean":
        return text == "true"
    if kind in ("decimal", "double", "integer"):
        return Decimal(text)
    return text if kind == "string" else parse_at(text)


def same(found: object, expected: object) -> bool:
    """Numbers agree to eight decimals, as the kit reckoned its own in binary; everything else is equal."""
    if isinstance(expected, Decimal) and isinstance(found, int | Decimal) and not isinstance(found, bool):
        return abs(Decimal(found) - expected) < Decimal("1e-8")
    if isinstance(expected, list) and isinstance(found, list):
        return len(found) == len(expected) and all(map(same, found, expected))
    if isinstance(expected, dict) and isinstance(found, dict):
        return found.keys() == expected.keys() and all(same(found[key], expected[key]) for key in expected)
    return type(found) is type(expected) and found == expected


@pytest.mark.parametrize(("file", "case"), CASES)
def test_a_case_of_the_kit_gives_what_it_expects(file: Path, case: Element) -> None:
    model = file.with_name(str(case.getroottree().findtext(f"{CASE}modelName")))
    scope = {str(one.get("name")): value_of(one) for one in case.findall(f"{CASE}inputNode")}
    for wanted in case.findall(f"{CASE}resultNode"):
        expected = value_of(wanted.find(f"{CASE}expected"))  # type: ignore[arg-type]
        decision = decisions_of(model)[str(wanted.get("name"))]
        found = decision.evaluate(scope)
        assert same(found, expected), f"{decision.name}: {found!r} instead of {expected!r}"


def test_the_kit_is_whole() -> None:
    assert len(CASES) == 116
    assert len({file.parent for file in files_of_cases()}) == 28
