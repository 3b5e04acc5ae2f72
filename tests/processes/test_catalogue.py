"""What holds for all procedures of the library and the processes they share."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

import handlers
from api.sources import read_source
from engine.domain.duration import CalendarDays, LegalDuration, WorkingDays, WorkingHours
from engine.domain.form import read_form
from engine.workflow.bundle import Definition, check_bundle

from .geometry import DI, boxes, frames, lines
from .world import PROCESSES, Dossier, bundle, definitions

FILES = sorted(
    str(path.relative_to(PROCESSES)) for path in PROCESSES.glob("*/*.bpmn") if path.parent.name != "shared"
)
DRAWN = sorted(PROCESSES.glob("*/*.bpmn"))
TWELVE = {
    "2.000635", "2.002288", "1.009794", "2.002312", "1.010733", "1.009397",
    "2.002380", "3.000333", "2.000693", "EVN-01", "2.000986", "1.004593",
}  # fmt: skip
HOURS = 8  # working hours of a day


def drawn(path: Path) -> etree._Element:
    return etree.fromstring(path.read_bytes())


# Answers with which the main way is walked, where samples would lead aside.
WALKED: dict[str, dict[str, Any]] = {
    "1.002153": {"bar_member": True},
    "1.003915": {"exam_passed": True},
    "2.000596": {"helper_fit": True},
    "SCT-01": {"test_score": 80},
    "SCT-02": {"theory_score": 90, "practice_score": 90},
    "1.004359": {"quota_left": 5},
    "1.010169": {"council_present": 7},
    "1.000703": {"safety_unit": True, "registered_trade": True},
    "1.013237": {"years_experience": 10, "exam_kept": True},
    "1.012906": {"basics_mark": 80, "trade_mark": 80},
    "1.008891": {"exam_valid": True},
    "2.000205": {"need_found": True, "need_positions_left": 1},
    "2.002043": {
        "shares_total": 100,
        "founders": [{"founder_name": f"Cổ đông {n}", "shares": 30} for n in range(3)],
    },
}


def test_the_twelve_are_there_from_twelve_agencies_with_police_insurance_and_electricity() -> None:
    facts = [bundle(file).procedure for file in FILES]
    assert {one.code for one in facts} >= TWELVE
    assert {"CAT", "BHXH", "PCNA"} < {one.agency for one in facts}
    assert len({one.agency for one in facts if one.code in TWELVE}) == 12


def test_every_code_is_used_once_and_is_the_name_of_its_file() -> None:
    assert [file for file in FILES if bundle(file).procedure.code != Path(file).stem] == []
    assert len({Path(file).stem for file in FILES}) == len(FILES)


@pytest.mark.parametrize("file", FILES)
def test_the_checker_has_nothing_to_say_but_open_questions(file: str) -> None:
    findings = check_bundle(read_source(PROCESSES / file), handlers=[one.name for one in handlers.ALL])
    assert [one.sentence() for one in findings if one.rule != "open-question"] == []


@pytest.mark.parametrize("file", FILES)
def test_a_procedure_says_what_a_citizen_must_know(file: str) -> None:
    facts = bundle(file).procedure
    assert all((facts.name, facts.domain, facts.source, facts.form, facts.time_limit))
    assert all((facts.documents, facts.channels, facts.basis))
    assert facts.result is not None
    assert facts.result.name


@pytest.mark.parametrize("file", FILES)
def test_every_step_for_people_names_its_form_and_its_article_where_the_law_has_one(file: str) -> None:
    dossier = Dossier(file)
    people = [node for node in dossier.definition.nodes.values() if node.kind == "userTask"]
    assert all(node.form or node.decisions for node in people)
    assert sum(bool(node.basis) for node in people) >= len(people) // 2


@pytest.mark.parametrize("file", FILES)
def test_the_citizen_may_withdraw_before_the_counter_has_looked(file: str) -> None:
    dossier = Dossier(file).send("withdraw")
    assert (dossier.ended, dossier.handling, dossier.open) == (True, "withdrawn", [])
    assert (dossier.step.jobs, dossier.step.timers, dossier.step.subscriptions) == ((), (), ())


@pytest.mark.parametrize("file", FILES)
def test_the_citizen_may_withdraw_as_soon_as_the_agency_has_the_dossier(file: str) -> None:
    dossier = Dossier(file).receive()
    if dossier.open == ["Thu phí, lệ phí"]:
        dossier.do("Thu phí, lệ phí")
    dossier.send("withdraw")
    assert (dossier.ended, dossier.handling, dossier.open) == (True, "withdrawn", [])
    assert (dossier.step.jobs, dossier.step.timers) == ((), ())


@pytest.mark.parametrize("file", FILES)
def test_refused_at_the_counter_nothing_is_left_to_do(file: str) -> None:
    dossier = Dossier(file).do("Kiểm tra hồ sơ", "refuse")
    assert (dossier.ended, dossier.handling, dossier.money) == (True, "refused", "none")


@pytest.mark.parametrize("file", FILES)
def test_the_budgets_of_the_steps_fit_into_the_limit_of_the_law(file: str) -> None:
    walked = WALKED.get(Path(file).stem, {})
    definition = definitions(file)[0]
    dossier = Dossier(file, asked(definition, definition.procedure.form, walked)).receive()
    spent = 0.0
    while not dossier.ended and len(dossier.done) < 60:
        if dossier.step.jobs:
            dossier.work_off()
            continue
        open_now = list(dossier.step.tasks)
        if not open_now:
            _come(dossier)
            continue
        limits = [dossier.definition.step_limit(task.node, dossier.scope()) for task in open_now]
        if dossier.money == "paid" or definition.procedure.clock_starts != "fee_paid":
            spent += max(_hours(limit) for limit in limits)
        for task in open_now:
            decision = task.decisions[0].value if task.decisions else None
            dossier.finish(task, decision, **asked(definition, task.form, walked))
    assert (dossier.ended, dossier.handling) == (True, "handed_over")
    limit = dossier.definition.procedure.limit(dossier.scope())
    assert spent <= max(_hours(limit), HOURS), f"{spent} hours in steps, {limit} in law"


def _come(dossier: Dossier) -> None:
    """What is waited for comes from outside: a message, such as the day of an exam, or else a moment."""
    messages = [one.message for one in dossier.step.subscriptions if one.message != "withdraw"]
    if messages:
        dossier.send(messages[0])
        return
    names = [dossier.definition.nodes[timer.name].name for timer in dossier.step.timers]
    dossier.fire(next(name for name in names if not name.startswith("Còn ")))


def asked(definition: Definition, form: str | None, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the answers that a form asks for."""
    keys = {field.key for field in definition.questions(form).each()} if form else set()
    return {key: answers[key] for key in answers.keys() & keys}


def _hours(span: LegalDuration | None) -> float:
    """Working hours; thirty calendar days hold twenty working days at the least counted here."""
    if isinstance(span, WorkingHours):
        return float(span.count)
    if isinstance(span, WorkingDays):
        return span.count * HOURS
    return span.count * 5 / 7 * HOURS if isinstance(span, CalendarDays) else 0.0


@pytest.mark.parametrize("path", DRAWN, ids=lambda path: path.stem)
def test_every_element_is_drawn_and_no_shape_lies_on_another(path: Path) -> None:
    root = drawn(path)
    shapes = boxes(root)
    nodes = [
        one.get("id", "")
        for scope in ("process", "subProcess")
        for one in root.iterfind(f".//bpmn:{scope}/*[@id]", DI)
        if not one.tag.endswith(("sequenceFlow", "laneSet"))
    ]
    assert set(nodes) <= set(shapes)
    edge_events = {one.get("id") for one in root.iterfind(".//bpmn:boundaryEvent", DI)}
    plain = [shapes[one] for one in nodes if one not in edge_events | frames(root)]
    assert [(a.element, b.element) for a in plain for b in plain if a is not b and a.overlaps(b)] == []


@pytest.mark.parametrize("path", DRAWN, ids=lambda path: path.stem)
def test_no_flow_runs_through_a_shape_and_all_run_straight(path: Path) -> None:
    root = drawn(path)
    flows = {one.get("id", ""): one for one in root.iterfind(".//bpmn:sequenceFlow", DI)}
    plain = {one: box for one, box in boxes(root).items() if one not in frames(root)}
    seen = set()
    for flow, a, b in lines(root):
        seen.add(flow)
        assert a[0] == b[0] or a[1] == b[1], f"{flow} is slanting"
        ends = {flows[flow].get("sourceRef"), flows[flow].get("targetRef")}
        for element, box in plain.items():
            assert element in ends or not box.crossed_by(a, b), f"{flow} runs through {element}"
    assert seen == set(flows)


@pytest.mark.parametrize("path", sorted(PROCESSES.glob("*/forms/*.json")), ids=lambda path: path.stem)
def test_forms_speak_vietnamese_and_ask_with_english_keys(path: Path) -> None:
    form = json.loads(path.read_text(encoding="utf-8"))
    assert (form["id"], form["schemaVersion"], form["type"]) == (path.stem, 18, "default")
    for field in form["components"]:
        key = field.get("key") or field.get("path") or ""
        assert re.fullmatch(r"[a-z][a-z0-9_]*", key)
        assert field["label"][0].isupper() or field["label"][0].isdigit()


@pytest.mark.parametrize("path", sorted(PROCESSES.glob("*/forms/*.json")), ids=lambda path: path.stem)
def test_every_question_and_every_answer_to_choose_can_be_shown_in_english(path: Path) -> None:
    for field in read_form(json.loads(path.read_text(encoding="utf-8"))).each():
        labels = [(field.label, field.label_en), *((one.label, one.label_en) for one in field.options)]
        labels += [(one.label, one.label_en) for one in field.fields]
        assert [vi for vi, en in labels if not en or vi == en] == []


def test_ids_of_forms_are_unique_over_the_shared_ones() -> None:
    shared = {path.stem for path in PROCESSES.glob("shared/forms/*.json")}
    own = [path.stem for path in PROCESSES.glob("*/forms/*.json") if path.parts[-3] != "shared"]
    assert not shared & set(own)
