"""Each of the twelve says what its official sheet says: name, agency, limit, fee, papers, result.

The sheets are in ``processes/facts.toml``, each with its source. Who changes a limit changes it there too.
"""

import tomllib
from collections.abc import Mapping
from typing import Any

import pytest

from .test_catalogue import FILES
from .world import PROCESSES, Dossier, bundle

SHEETS = tomllib.loads((PROCESSES / "facts.toml").read_text(encoding="utf-8"))["procedure"]
BY_CODE = {bundle(file).procedure.code: file for file in FILES}
EACH = pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet["code"])
OURS = {"competent", "centre", None}
CHANNELS = {"counter", "online", "postal"}


def received(sheet: Mapping[str, Any], when: Mapping[str, Any]) -> Dossier:
    """A dossier of this sheet with these answers; what only officers find out is added once it is in."""
    answers = dict(when)
    channel, kind = answers.pop("channel", "counter"), answers.pop("kind", "citizen")
    file = BY_CODE[sheet["code"]]
    definition = Dossier(file).definition
    asked = {field.key for field in definition.questions(definition.procedure.form or "").each() if field.key}
    dossier = Dossier(file, {key: answers[key] for key in answers.keys() & asked}, channel=channel, kind=kind)
    dossier.receive().data.update(answers)
    return dossier


def test_every_sheet_has_its_procedure_and_its_source() -> None:
    assert {sheet["code"] for sheet in SHEETS} <= set(BY_CODE)
    assert [sheet["code"] for sheet in SHEETS if not sheet["source"]] == []


@EACH
def test_code_name_agency_and_field_of_law_are_those_of_the_sheet(sheet: Mapping[str, Any]) -> None:
    facts = bundle(BY_CODE[sheet["code"]]).procedure
    assert (facts.name, facts.agency, facts.domain) == (sheet["name"], sheet["agency"], sheet["domain"])
    assert set(facts.channels) == set(sheet["channels"]) <= CHANNELS


@EACH
def test_the_time_limit_is_that_of_the_sheet_in_every_case_and_channel(sheet: Mapping[str, Any]) -> None:
    for case in sheet["limits"]:
        channels = {case["when"]["channel"]} if "channel" in case["when"] else set(sheet["channels"])
        for channel in channels:
            dossier = received(sheet, case["when"] | {"channel": channel})
            limit = dossier.definition.procedure.limit(dossier.scope())
            assert str(limit) == case["span"], (case, channel)


@EACH
def test_the_fee_is_that_of_the_sheet(sheet: Mapping[str, Any]) -> None:
    assert bool(bundle(BY_CODE[sheet["code"]]).procedure.fees) is bool(sheet["fees"])
    for case in sheet["fees"]:
        assert received(sheet, case["when"]).data["fee_amount"] == case["dong"], case


@EACH
def test_papers_to_bring_result_and_law_are_those_of_the_sheet(sheet: Mapping[str, Any]) -> None:
    facts = bundle(BY_CODE[sheet["code"]]).procedure
    assert [one.name for one in facts.documents] == sheet["documents"]
    assert facts.result is not None
    assert facts.result.name == sheet["result"]
    assert [one.document for one in facts.basis] == sheet["basis"]


@EACH
def test_the_agencies_beside_the_competent_one_are_those_of_the_sheet(sheet: Mapping[str, Any]) -> None:
    nodes = Dossier(BY_CODE[sheet["code"]]).definition.nodes.values()
    asked = {str(node.agency) for node in nodes if node.kind == "userTask" and node.agency not in OURS}
    assert asked - {sheet["agency"]} == set(sheet["asked"])


@pytest.mark.parametrize("file", FILES)
def test_what_nobody_has_looked_up_is_written_where_every_modeler_shows_it(file: str) -> None:
    facts = bundle(file).procedure
    text = (PROCESSES / file).read_text(encoding="utf-8").partition("</bpmn:documentation>")[0]
    assert facts.open_questions
    assert [one for one in facts.open_questions if f"- {one}" not in text] == []
