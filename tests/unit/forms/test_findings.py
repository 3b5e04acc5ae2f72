"""Forms that may not be deployed, each with the field and the remedy."""

from typing import Any

import pytest

from engine.domain.form import FormRefused, form_findings, read_form

FIELD = {"type": "textfield", "key": "name", "label": "Họ tên"}


def form(*components: Any) -> dict[str, Any]:
    return {"id": "thu", "components": list(components)}


@pytest.mark.parametrize(
    ("components", "rule"),
    [
        (({"type": "iframe", "url": "https://example.org"},), "form-field-type"),
        (({"type": "html", "content": "<b>"},), "form-field-type"),
        (({"type": "expression", "key": "x", "expression": "=1"},), "form-field-type"),
        (({**FIELD, "key": "Họ tên"},), "form-key"),
        (({**FIELD, "key": "applicant"},), "form-key"),
        (({**FIELD, "key": "decision"},), "form-key"),
        (({**FIELD, "key": ""},), "form-key"),
        (({**FIELD, "label": ""},), "form-label"),
        ((FIELD, FIELD), "form-key-twice"),
        (({"type": "select", "key": "a", "label": "A"},), "form-options"),
        (
            ({"type": "radio", "key": "a", "label": "A", "values": [{"value": "1"}, {"value": "1"}]},),
            "form-options",
        ),
        (({"type": "select", "key": "a", "label": "A", "valuesKey": "b"},), "form-word"),
        (({**FIELD, "conditional": {"hide": "=1 +"}},), "form-condition"),
        (({**FIELD, "conditional": {"hide": "kind = 1"}},), "form-condition"),
        (({**FIELD, "validate": {"min": "=age"}},), "form-limit"),
        (({**FIELD, "validate": {"validationType": "phone"}},), "form-phone"),
        (({"type": "select", "key": "a", "label": "A", "values": [{"value": 1}]},), "form-options"),
        (({**FIELD, "conditional": {"hide": "=__import__('os')"}},), "form-condition"),
        (({**FIELD, "validate": {"pattern": "(a+)+$"}},), "form-pattern"),
        (({**FIELD, "validate": {"pattern": "(("}},), "form-pattern"),
        (({"type": "datetime", "subtype": "era", "key": "d", "label": "Ngày"},), "form-subtype"),
        (({"type": "group", "path": "g", "components": [FIELD]},), "form-group-path"),
        (
            ({"type": "group", "components": [{"type": "dynamiclist", "path": "l", "label": "L"}]},),
            "form-nested-list",
        ),
        (("no component",), "form-size"),
        (tuple({**FIELD, "key": f"k{n}"} for n in range(301)), "form-size"),
    ],
)
def test_a_form_we_cannot_run_exactly_is_refused(components: tuple[Any, ...], rule: str) -> None:
    findings = form_findings(form(*components))
    assert rule in {one.rule for one in findings}
    assert all(one.message_vi and one.remedy_vi and one.message_en and one.remedy_en for one in findings)
    with pytest.raises(FormRefused):
        read_form(form(*components))


@pytest.mark.parametrize("json", [None, [], {}, {"components": 3}])
def test_what_is_no_form_is_said_to_be_none(json: Any) -> None:
    assert [one.rule for one in form_findings(json)] == ["form-shape"]


def test_a_sound_form_has_no_findings() -> None:
    assert form_findings(form(FIELD, {"type": "separator"}, {"type": "button", "label": "Nộp"})) == []
