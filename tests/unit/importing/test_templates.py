# ruff: noqa: E501  (BPMN reads better in one line)
"""Files that Camunda Modeler writes with our element templates: what their fields say is said in our words.

``fixtures/camunda-modeler/quang-cao.bpmn`` was written by the Modeler's own parts (bpmn-js with the element
templates and the descriptor of Camunda 7), driven by a script: pool, gateways, templates, filled-in fields.
"""

from pathlib import Path
from typing import Any

import pytest

from api.sources import files_in
from engine.workflow.bundle import BundleSource, compile_bundle, load_definition
from engine.workflow.importing import Imported, Outcome, import_drawing
from engine.workflow.reading.guard import parse_xml
from engine.workflow.reading.spoken import spoken_in
from tests.unit.importing.drawings import drawing, imported, said
from tests.unit.importing.losses import losses
from tests.unit.workflow.constructs.stage import flows

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "tests" / "fixtures" / "camunda-modeler"
DRAWING = (FOLDER / "quang-cao.bpmn").read_bytes()
BESIDE = files_in(ROOT / "processes" / "shared") | files_in(FOLDER, main=False)
HANDLERS = ("notify_officers", "assign_result_number", "notify_applicant")
START, END = '<startEvent id="s"/>', '<endEvent id="e"/>'


def loaded(content: bytes) -> Imported:
    return import_drawing("p.bpmn", content, beside=BESIDE, handlers=HANDLERS)


def fields(**values: str) -> str:
    """Extension elements as the Modeler writes them; a double underscore stands for a full stop."""
    inside = "".join(
        f'<camunda:property name="motcua:{name.replace("__", ".")}" value="{value}"/>'
        for name, value in values.items()
    )
    return f"<extensionElements><camunda:properties>{inside}</camunda:properties></extensionElements>"


def words(found: Imported) -> dict[str, dict[str, Any]]:
    """What each element of the result says in our words."""
    assert found.content is not None, [one.sentence("en") for one in found.of_kind("refused")]
    return {one["id"]: one["words"] for one in spoken_in(parse_xml(found.content, "p.bpmn"))}


def task(inside: str) -> bytes:
    return drawing(START + f'<userTask id="a">{inside}</userTask>' + END + flows("s a e"))


def test_a_file_of_the_modeler_loads_without_a_question_and_without_a_loss() -> None:
    found = loaded(DRAWING)
    assert found.accepted
    assert {one.outcome for one in found.entries} == {Outcome.CHANGED, Outcome.KEPT}
    assert {one.rule for one in found.of_kind("changed")} == {"template", "template-timer"}
    assert {one.rule for one in found.of_kind("kept")} == {"foreign-words"}
    assert losses(DRAWING, found) == []


def test_what_was_filled_in_is_what_the_engine_reads() -> None:
    content = loaded(DRAWING).content
    assert content is not None
    source = BundleSource(main="p.bpmn", files={**BESIDE, "p.bpmn": content})
    bundle = compile_bundle(source, handlers=HANDLERS)
    facts, nodes = bundle.procedure, load_definition(bundle.sha256, bundle.content).nodes
    assert (facts.code, facts.agency, facts.level, facts.resume) == ("QC-01", "SVHTT", "full", "RESUME")
    assert facts.time_limit == 'if dossier.channel = "online" then working days(8) else working days(10)'
    assert [(one.id, one.original, one.copy, one.condition) for one in facts.documents] == [
        ("don", 1, 0, None), ("maket", 0, 2, 'dossier.channel != "postal"'),
    ]  # fmt: skip
    assert (facts.channels, facts.fees[0].table) == (("counter", "online"), "le_phi_quang_cao")
    assert [one.article for one in facts.basis] == ["Điều 29, 31", ""]
    appraisal = nodes["tham_dinh"]
    assert (appraisal.form, appraisal.role, appraisal.time_limit) == (
        "tham-dinh",
        "processing",
        "working days(5)",
    )
    assert [(one.value, one.reason_required) for one in appraisal.decisions] == [
        ("approve", False),
        ("decline", True),
    ]
    assert nodes["ky"].milestone == "signed"
    assert nodes["Activity_0nhac"].inputs[0].expression == '"Hồ sơ sắp đến hẹn trả."'
    assert nodes["Activity_1tn4k2p"].calls == "shared_reception"


def test_the_second_import_changes_nothing_and_the_fields_stay_for_the_modeler() -> None:
    content = loaded(DRAWING).content
    assert content is not None
    again = loaded(content)
    assert again.content == content
    assert again.of_kind("changed") == []
    assert content.count(b"<camunda:property ") == DRAWING.count(b"<camunda:property ")


def test_a_field_that_is_changed_later_changes_its_word_and_no_other() -> None:
    first = words(loaded(DRAWING))
    content = loaded(DRAWING).content
    assert content is not None
    edited = content.replace(
        b'name="motcua:channel.2.name" value="online"', b'name="motcua:channel.2.name" value=""'
    )
    edited = edited.replace(b'.timeLimit" value="working days(5)"', b'.timeLimit" value="working days(4)"')
    found = loaded(edited)
    assert {one.element_id: one.answer for one in found.of_kind("changed")} == {
        "Process_1qzj5xk": "motcua:channel", "tham_dinh": "motcua:task",
    }  # fmt: skip
    now = words(found)
    assert now["Process_1qzj5xk"].pop("channel") == [{"name": "counter"}]
    assert now["tham_dinh"]["task"].pop("timeLimit") == "working days(4)"
    first["Process_1qzj5xk"].pop("channel")
    first["tham_dinh"]["task"].pop("timeLimit")
    assert now == first


def test_empty_fields_say_nothing_and_words_without_a_field_stay() -> None:
    own = '<motcua:decision xmlns:motcua="urn:motcua:bpmn:1" value="ok" label="Xong"/></extensionElements>'
    inside = fields(task__form="", task__timeLimit="none", decision__1__value="").replace(
        "</extensionElements>", own
    )
    assert words(imported(task(inside)))["a"] == {
        "task": {"timeLimit": "none"}, "decision": [{"value": "ok", "label": "Xong"}],
    }  # fmt: skip


def test_fields_add_to_the_words_that_a_drawing_had_before_and_take_nothing_away() -> None:
    own = (
        '<m:task xmlns:m="urn:motcua:bpmn:1" hint="Xem kỹ" timeLimit="none"/>'
        '<m:basis xmlns:m="urn:motcua:bpmn:1" document="NĐ 1"/></extensionElements>'
    )
    inside = fields(task__timeLimit="working days(2)", basis__1__document="NĐ 2")
    found = imported(task(inside.replace("</extensionElements>", own)))
    entry = next(one for one in found.entries if one.rule == "template")
    assert entry.before == 'motcua:task hint="Xem kỹ" timeLimit="none"; motcua:basis document="NĐ 1"'
    assert words(found)["a"] == {
        "task": {"hint": "Xem kỹ", "timeLimit": "working days(2)"},
        "basis": [{"document": "NĐ 1"}, {"document": "NĐ 2"}],
    }
    assert found.content is not None
    assert imported(found.content).content == found.content


def test_a_word_whose_fields_are_emptied_goes() -> None:
    first = imported(task(fields(task__timeLimit="none", milestone__name="signed")))
    assert first.content is not None
    emptied = imported(first.content.replace(b'value="signed"', b'value=""'))
    entry = next(one for one in emptied.entries if one.rule == "template")
    assert (entry.answer, entry.before) == ("motcua:milestone", 'motcua:milestone name="signed"')
    assert words(emptied)["a"] == {"task": {"timeLimit": "none"}}
    assert emptied.content is not None
    assert imported(emptied.content).content == emptied.content


def test_numbers_of_fields_are_an_order_and_may_have_gaps() -> None:
    found = imported(
        task(fields(basis__9__document="NĐ 2", basis__2__document="NĐ 1", basis__2__article="Điều 3"))
    )
    assert words(found)["a"]["basis"] == [{"document": "NĐ 1", "article": "Điều 3"}, {"document": "NĐ 2"}]


def test_a_lane_says_its_role_and_a_pool_speaks_of_its_process() -> None:
    lanes = f'<laneSet id="ls"><lane id="l">{fields(role__name="head", role__agency="SXD")}<flowNodeRef>a</flowNodeRef></lane></laneSet>'
    body = f'{lanes}{START}<userTask id="a"/>{END}{flows("s a e")}'
    pool = f'<collaboration id="c"><participant id="pool" processRef="p">{fields(open__1__question="Phí?")}</participant></collaboration>'
    found = words(imported(drawing(body, roots=pool)))
    assert found == {"l": {"role": {"name": "head", "agency": "SXD"}}, "p": {"open": [{"question": "Phí?"}]}}


@pytest.mark.parametrize(
    "timer",
    [
        "",
        "<timerEventDefinition/>",
        "<timerEventDefinition><timeDate>2026-01-01</timeDate></timerEventDefinition>",
    ],
)
def test_the_time_limit_of_a_template_is_put_into_its_timer(timer: str) -> None:
    field = fields(timer__clock="elapsed").replace(
        "</camunda:properties>",
        '<camunda:property name="bpmn:timeDuration" value="working days(3)"/></camunda:properties>',
    )
    event = f'<intermediateCatchEvent id="w">{field}{timer}</intermediateCatchEvent>'
    found = imported(drawing(START + event + END + flows("s w e")))
    assert ("changed", "template-timer", "w", "working days(3)") in said(found)
    assert found.of_kind("assumed") == []
    assert found.content is not None
    assert b"<timeDuration>working days(3)</timeDuration>" in found.content
    assert b"timeDate" not in found.content
    assert words(found)["w"] == {"timer": {"clock": "elapsed"}}


@pytest.mark.parametrize(
    "name",
    [
        "task__frm",
        "tsk__form",
        "task",
        "task__1__form",
        "decision__0__value",
        "input__name",
        "handler__inputs__name",
        "task__form__x",
    ],
)
def test_a_field_that_nobody_knows_refuses_the_file_with_its_element(name: str) -> None:
    found = imported(task(fields(**{name: "x"})))
    assert not found.accepted
    entry = next(one for one in found.entries if one.rule == "template-field")
    assert (entry.outcome, entry.element_id, entry.before) == (Outcome.REFUSED, "a", "x")
    assert entry.answer == f"motcua:{name.replace('__', '.')}"


def test_a_word_in_a_place_where_it_is_not_read_refuses_the_file() -> None:
    found = imported(task(fields(procedure__code="1", procedure__agency="SXD")))
    assert [(one.rule, one.element_id) for one in found.of_kind("refused")] == [("word-misplaced", "a")]
