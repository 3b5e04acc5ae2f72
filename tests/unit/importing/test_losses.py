# ruff: noqa: E501  (patterns read better in one line)
"""The comparison that finds losses finds them: here they are planted."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from engine.workflow.importing import Imported, import_drawing
from tests.unit.importing.drawings import CONFORMANCE
from tests.unit.importing.losses import losses

FILE = CONFORMANCE / "vendors" / "camunda7" / "timer-boundary.bpmn"
PLANTED: dict[str, Callable[[str], str]] = {
    "a step": lambda text: re.sub(r"<bpmn:userTask [^>]*Nhắc[^>]*/>", "", text),
    "a flow": lambda text: re.sub(r"<bpmn:sequenceFlow .*?(/>|</bpmn:sequenceFlow>)", "", text, count=1, flags=re.S),
    "where a flow leads": lambda text: re.sub(r'targetRef="[^"]+"', 'targetRef="elsewhere"', text, count=1),
    "a kind": lambda text: text.replace("bpmn:intermediateCatchEvent", "bpmn:intermediateThrowEvent"),
    "a time": lambda text: text.replace("PT15M", "PT16M"),
    "what interrupts": lambda text: text.replace('cancelActivity="false"', 'cancelActivity="true"'),
    "a vendor's attribute": lambda text: text.replace('camunda:historyTimeToLive="180"', ""),
    "a shape": lambda text: re.sub(r"<bpmndi:BPMNShape .*?</bpmndi:BPMNShape>", "", text, count=1, flags=re.S),
    "a place": lambda text: re.sub(r'<dc:Bounds x="[^"]+"', '<dc:Bounds x="7"', text, count=1),
    "a name": lambda text: text.replace('name="Thẩm định"', ""),
}  # fmt: skip


def changed(found: Imported, change: Callable[[str], str]) -> Imported:
    assert found.content is not None
    text = found.content.decode()
    after = change(text)
    assert after != text
    return replace(found, content=after.encode())


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_loss_is_found(what: str) -> None:
    before = FILE.read_bytes()
    found = import_drawing(FILE.name, before)
    assert losses(before, found) == []
    assert losses(before, changed(found, PLANTED[what]))


def test_what_no_report_names_is_a_loss_even_when_the_import_did_it() -> None:
    file = CONFORMANCE / "vendors" / "camunda7" / "scripts.bpmn"
    before = file.read_bytes()
    found = import_drawing(file.name, before)
    assert losses(before, found) == []
    unsaid = losses(before, replace(found, entries=()))
    assert any("scriptTask" in one for one in unsaid)  # a person does what nobody could translate
