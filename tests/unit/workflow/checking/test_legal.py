"""What BPMN allows and we execute is never refused, and a dry run of it does not get stuck."""

import pytest

from engine.domain.finding import Finding, Severity
from engine.workflow.bundle import BundleSource, check_bundle
from tests.unit.workflow.checking.legal import LEGAL


def told(xml: bytes) -> list[Finding]:
    return list(check_bundle(BundleSource(main="p.bpmn", files={"p.bpmn": xml})))


@pytest.mark.parametrize("name", LEGAL)
def test_a_legal_model_is_let_in(name: str) -> None:
    found = told(LEGAL[name].xml())
    assert [one.sentence("en") for one in found if one.severity == Severity.ERROR] == []
    assert [one.sentence("en") for one in found if one.rule in ("dry-run-stuck", "dry-run-endless")] == []


def test_the_same_file_is_told_the_same() -> None:
    xml = LEGAL["block in a loop"].xml()
    assert told(xml) == told(xml)
