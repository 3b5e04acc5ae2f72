# ruff: noqa: E501  (BPMN reads better in one line)
"""An analyst plays scenarios from the terminal, a machine reads what came of them; dossiers become scenarios."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from api.bootstrap import PROCESSES
from api.cli import motcua
from engine.scenario import read_scenarios
from tests.centre import Centre

POWER = PROCESSES / "pcna"
FILE = "EVN-01.test.yaml"
SHORT = """\
thủ tục: EVN-01
sơ đồ: ../EVN-01.bpmn
kịch bản:
  - tên: Từ chối tại quầy
    cho:
      nộp lúc: 02/03/2026 08:00
    mong đợi:
      tình trạng: {status}
"""
LAP = """<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:x"><bpmn:process id="lap" isExecutable="true">
<bpmn:startEvent id="s"/><bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="setup"/><bpmn:scriptTask id="setup"><bpmn:script>counter = 1
total = 0</bpmn:script></bpmn:scriptTask><bpmn:sequenceFlow id="f2" sourceRef="setup" targetRef="enter"/><bpmn:userTask id="enter"/>
<bpmn:sequenceFlow id="f3" sourceRef="enter" targetRef="add"/><bpmn:scriptTask id="add"><bpmn:script>total = total + amount
counter += 1</bpmn:script></bpmn:scriptTask><bpmn:sequenceFlow id="f4" sourceRef="add" targetRef="enough"/><bpmn:exclusiveGateway id="enough" default="f6"/>
<bpmn:sequenceFlow id="f5" sourceRef="enough" targetRef="ask"><bpmn:conditionExpression>counter == 3</bpmn:conditionExpression></bpmn:sequenceFlow>
<bpmn:sequenceFlow id="f6" sourceRef="enough" targetRef="enter"/><bpmn:serviceTask id="ask"/><bpmn:sequenceFlow id="f7" sourceRef="ask" targetRef="e"/><bpmn:endEvent id="e"/>
</bpmn:process></bpmn:definitions>"""


def tried(*arguments: object) -> Result:
    return CliRunner().invoke(motcua, ["test", "--workers", "1", *map(str, arguments)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A procedure with its parts, as an analyst has it in a folder."""
    for part in ("pcna", "shared"):
        for path in (PROCESSES / part).rglob("*"):
            if path.is_file() and path.name != FILE:
                copy = tmp_path / path.relative_to(PROCESSES)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(path.read_bytes())
    (tmp_path / "pcna" / "tests").mkdir(exist_ok=True)
    return tmp_path


def written(folder: Path, status: str) -> Path:
    path = folder / "pcna" / "tests" / FILE
    path.write_text(SHORT.format(status=status), encoding="utf-8")
    return path


def test_what_passes_is_ticked_and_what_differs_stands_side_by_side(folder: Path) -> None:
    written(folder, "Chờ tiếp nhận")
    good = tried(folder)
    assert (good.exit_code, "✓ Từ chối tại quầy" in good.output) == (0, True)
    path = written(folder, "Từ chối tiếp nhận")
    bad = tried(folder)
    assert bad.exit_code == 1
    assert f"{path}:8: kết thúc kịch bản: tình trạng" in bad.output
    assert "≠ Từ chối tiếp nhận" in bad.output
    assert "| Chờ tiếp nhận" in bad.output
    assert "1 không đạt" in bad.output


def test_too_little_of_a_diagram_is_told_with_what_is_missing(folder: Path) -> None:
    written(folder, "Chờ tiếp nhận")
    done = tried(folder, "--least", "90")
    assert done.exit_code == 1
    assert "thấp hơn mức 90 %" in done.output
    assert "Khảo sát điểm đấu nối (khaosat)" in done.output


def test_a_machine_reads_json_and_junit(folder: Path, tmp_path: Path) -> None:
    written(folder, "Từ chối tiếp nhận")
    report = tmp_path / "junit.xml"
    told = json.loads(tried(folder, "--json", "--junit", report).output)
    (scenario,) = told["files"][0]["scenarios"]
    assert (told["passed"], scenario["passed"], scenario["line"]) == (False, False, 4)
    assert scenario["differences"][0]["found"] == ["Chờ tiếp nhận"]
    assert {one["process"] for one in told["coverage"]} >= {"p_EVN_01", "shared_reception"}
    suite = ElementTree.parse(report).getroot()[0]  # noqa: S314  # our own report
    assert (suite.get("tests"), suite.get("failures")) == ("1", "1")
    assert "thực tế Chờ tiếp nhận" in (suite[0][0].text or "")


def test_a_file_that_cannot_be_read_is_told_with_its_line_and_the_others_go_on(folder: Path) -> None:
    written(folder, "Chờ tiếp nhận")
    wrong = folder / "pcna" / "tests" / "sai.test.yaml"
    wrong.write_text("thủ tục: EVN-1\nkịch bản: []\n", encoding="utf-8")
    done = tried(folder)
    assert done.exit_code == 1
    assert "có phải «EVN-01»?" in done.output
    assert "✓ Từ chối tại quầy" in done.output


def test_several_processes_come_to_the_same_as_one(folder: Path) -> None:
    written(folder, "Chờ tiếp nhận")
    copy = folder / "pcna" / "tests" / "khac.test.yaml"
    copy.write_text(SHORT.format(status="Đã rút"), encoding="utf-8")
    one, two = (CliRunner().invoke(motcua, ["test", str(folder), "--json", "--workers", n]) for n in "12")
    told = [json.loads(done.output)["files"] for done in (one, two)]
    for file in (file for files in told for file in files):
        for scenario in file["scenarios"]:
            scenario.pop("seconds")
    assert told[0] == told[1]


def test_unit_tests_of_spiffarena_run_beside_their_bare_diagram(tmp_path: Path) -> None:
    (tmp_path / "lap.bpmn").write_text(LAP, encoding="utf-8")
    good = {"enter": {"data": [{"amount": 7}, {"amount": 8}]}, "lap:ask": {"data": [{"answer": "ok"}]}}
    output = {"total": 15, "counter": 3, "amount": 8, "answer": "ok"}
    cases = {
        "adds": {"tasks": good, "expected_output_json": output},
        "differs": {"tasks": good, "expected_output_json": {**output, "total": 16}},
        "answers": {
            "tasks": {**good, "add": {"data": [{"total": 1, "counter": 2}, {"total": 2, "counter": 3}]}},
            "expected_output_json": {**output, "total": 2},
        },
        "starves": {"tasks": {"enter": {"data": [{"amount": 7}]}}, "expected_output_json": output},
    }
    (tmp_path / "test_lap.json").write_text(json.dumps(cases), encoding="utf-8")
    done = tried(tmp_path, "--json")
    told = {one["name"]: one for one in json.loads(done.output)["files"][0]["scenarios"]}
    assert [told[name]["passed"] for name in cases] == [True, False, True, False]
    assert "total = 15" in told["differs"]["differences"][0]["found"]
    assert told["starves"]["differences"][0]["expected"] == ["có dữ liệu cho «enter»"]


def test_a_dossier_becomes_a_scenario_and_the_next_is_added_to_the_file(
    sqlite_centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sqlite_centre.receive(
        "EVN-01", answers={"supply_place": "Số 9 Phượng Hoàng, phường Trường Vinh, tỉnh Nghệ An"}
    )
    monkeypatch.setenv("MOTCUA_DATABASE", sqlite_centre.settings.database)
    monkeypatch.setenv("MOTCUA_FOLDER", str(tmp_path))
    out = tmp_path / "ghi.test.yaml"
    for _ in range(2):
        arguments = ["procedures", "record", sqlite_centre.number, "--out", str(out)]
        done = CliRunner().invoke(motcua, arguments)
        assert (done.exit_code, done.output) == (0, "")
    text = out.read_text(encoding="utf-8")
    first, second = read_scenarios(text, out.name).scenarios
    assert second.name == f"{first.name} (2)"
    assert first.deeds[0].name == "Kiểm tra hồ sơ"
    assert "Phượng Hoàng" not in text
    assert sqlite_centre.number not in text


def test_a_dossier_that_somebody_bent_by_hand_is_not_recorded(
    sqlite_centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTCUA_DATABASE", sqlite_centre.settings.database)
    monkeypatch.setenv("MOTCUA_FOLDER", str(tmp_path))
    done = CliRunner().invoke(motcua, ["procedures", "record", "000.00.00.H41-000000-0000"])
    assert done.exit_code == 1
    assert "không có hồ sơ này" in str(done.exception)
