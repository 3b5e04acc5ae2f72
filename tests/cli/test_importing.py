"""The analyst imports drawings from the command line."""

import json
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner, Result

from api.cli import motcua

VENDORS = Path(__file__).parents[1] / "conformance" / "vendors"
DRAWING = VENDORS / "bpmn-io" / "bare-drawing.bpmn"
TIMERS = VENDORS / "bpmn-io" / "timers-without-value.bpmn"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MOTCUA_FOLDER", str(tmp_path / "var"))
    monkeypatch.setenv("MOTCUA_DATABASE", f"sqlite:///{tmp_path / 'motcua.sqlite3'}")
    return tmp_path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(motcua, ["import", *map(str, arguments)], catch_exceptions=False)


def test_the_result_passes_the_check_of_deployment(folder: Path) -> None:
    assert run(DRAWING, "--out", folder / "out").exit_code == 0
    file = folder / "out" / DRAWING.name
    checked = CliRunner().invoke(motcua, ["procedures", "check", str(file)], catch_exceptions=False)
    assert checked.exit_code == 0, checked.output


def test_every_assumption_is_told_with_its_question_in_vietnamese() -> None:
    result = run(DRAWING)
    assert result.exit_code == 0
    assert "GIẢ ĐỊNH [who-decides]" in result.output
    assert "Ai quyết định ở cổng này?" in result.output
    assert "nhập được" in result.output


def test_answers_come_from_a_file(folder: Path) -> None:
    (folder / "answers.toml").write_text('[defaults]\ntimer-value = "working days(7)"\n', encoding="utf-8")
    told = json.loads(run(TIMERS, "--answers", folder / "answers.toml", "--json").output)
    assert told["accepted"]
    answered = [one for one in told["entries"] if one["rule"] == "timer-value"]
    assert {one["answer"] for one in answered} == {"working days(7)"}
    assert {one["outcome"] for one in answered} == {"answered"}


def test_a_refused_file_is_not_written_and_the_next_one_is(folder: Path) -> None:
    deadlock = VENDORS / "refused" / "deadlock.bpmn"
    result = run(deadlock, DRAWING, "--out", folder / "out", "--lang", "en")
    assert result.exit_code == 1
    assert "REFUSED [join-never-completes]" in result.output
    assert [one.name for one in (folder / "out").iterdir()] == [DRAWING.name]


def test_an_answer_that_a_question_does_not_take_is_said(folder: Path) -> None:
    (folder / "answers.json").write_text('{"defaults": {"timer-value": "soon"}}', encoding="utf-8")
    result = run(TIMERS, "--answers", folder / "answers.json")
    assert result.exit_code == 1
    assert "timer-value" in result.output + str(result.stderr_bytes or "")


def test_a_procedure_of_the_house_stays_as_it_is(folder: Path) -> None:
    house = Path(__file__).parents[2] / "processes" / "svhtt" / "1.009397.bpmn"
    assert run(house, "--out", folder / "out").exit_code == 0
    assert (folder / "out" / house.name).read_bytes() == house.read_bytes()


def test_a_drawing_from_camunda_modeler_loads_passes_the_check_and_plays_to_its_end(folder: Path) -> None:
    centre = Path(__file__).parents[2]
    copytree(centre / "tests" / "fixtures" / "camunda-modeler", folder / "svhtt")
    (folder / "shared").symlink_to(centre / "processes" / "shared")
    file = folder / "svhtt" / "quang-cao.bpmn"
    loaded = run(file, "--out", folder / "svhtt")
    assert (loaded.exit_code, "nhập được, 0 giả định" in loaded.output) == (0, True)
    checked = CliRunner().invoke(motcua, ["procedures", "check", str(file)], catch_exceptions=False)
    assert checked.exit_code == 0, checked.output
    played = CliRunner().invoke(motcua, ["play", "--json", "--auto", str(file)], catch_exceptions=False)
    case = json.loads(played.stdout.splitlines()[-1])["cases"][0]
    assert (case["ended"], case["error"], case["stuck"]) == (True, None, [])
    assert {"tham_dinh", "ky", "Activity_0tra"} <= set(case["path"])
