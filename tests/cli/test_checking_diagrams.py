"""The analyst checks files from the command line: every answer names the place, the reason and the remedy."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli import motcua

PROCESSES = Path(__file__).parents[2] / "processes"
MODELER = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="Definitions_1"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
  targetNamespace="http://bpmn.io/schema/bpmn" exporter="Camunda Modeler" exporterVersion="5.30.0">
  <bpmn:collaboration id="C"><bpmn:participant id="P" name="Sở" processRef="Process_1"/>
    <bpmn:participant id="Citizen" name="Người dân"/>
    <bpmn:messageFlow id="m" sourceRef="Citizen" targetRef="Start"/></bpmn:collaboration>
  <bpmn:process id="Process_1" isExecutable="true" camunda:historyTimeToLive="180">
    <bpmn:startEvent id="Start"/>
    <bpmn:sequenceFlow id="Flow_1" sourceRef="Start" targetRef="Activity_1"/>
    <bpmn:userTask id="Activity_1" name="Thẩm định" camunda:assignee="demo">
      <bpmn:extensionElements><zeebe:formDefinition formKey="x"/></bpmn:extensionElements></bpmn:userTask>
    <bpmn:sequenceFlow id="Flow_2" sourceRef="Activity_1" targetRef="Gateway_1"/>
    <bpmn:exclusiveGateway id="Gateway_1" name="Đạt?"/>
    <bpmn:sequenceFlow id="Flow_3" sourceRef="Gateway_1" targetRef="End_1">
      <bpmn:conditionExpression>${approved == true}</bpmn:conditionExpression></bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="Flow_4" sourceRef="Gateway_1" targetRef="Send"/>
    <bpmn:serviceTask id="Send" name="Gửi kết quả" camunda:class="org.example.Send"/>
    <bpmn:sequenceFlow id="Flow_5" sourceRef="Send" targetRef="End_1"/>
    <bpmn:endEvent id="End_1"/>
  </bpmn:process>
</bpmn:definitions>"""
UNREADABLE = {
    "empty": (b"", "Mở lại tệp trong phần mềm vẽ"),
    "cut off": (MODELER[:900].encode(), "bị cắt cụt"),
    "JSON": (b'{"elements": []}', "không phải XML"),
    "noise": (bytes(range(256)) * 8, "UTF-8"),
    "UTF-16 without mark": (MODELER.encode("utf-16-le"), "lưu lại"),
    "another encoding": (MODELER.replace("UTF-8", "UTF-7").encode(), "UTF-8"),
    "an entity": (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>', "Xóa phần khai báo"),
    "too large": (b"<a>" + b" " * 2_000_001 + b"</a>", "2 MB"),
    "no process": (b'<d xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"/>', "không có quy trình"),
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MOTCUA_FOLDER", str(tmp_path / "var"))
    monkeypatch.setenv("MOTCUA_DATABASE", f"sqlite:///{tmp_path / 'motcua.sqlite3'}")
    return tmp_path


def check(*files: Path, lang: str = "vi") -> Result:
    arguments = ["procedures", "check", "--lang", lang, *map(str, files)]
    return CliRunner().invoke(motcua, arguments, catch_exceptions=False)


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_is_no_diagram_is_refused_in_vietnamese_with_what_to_do(folder: Path, name: str) -> None:
    content, words = UNREADABLE[name]
    file = folder / "hong.bpmn"
    file.write_bytes(content)
    result = check(file)
    assert result.exit_code == 1
    assert words in result.output
    assert "hong.bpmn" in result.output
    assert "Traceback" not in result.output


def test_a_file_that_does_not_exist_is_said_and_the_next_one_is_checked_all_the_same(folder: Path) -> None:
    result = check(folder / "khong-co.bpmn", PROCESSES / "shared" / "reception.bpmn")
    assert result.exit_code == 1
    assert "không có tệp này" in result.output
    assert "reception.bpmn: đạt" in result.output


def test_a_diagram_of_camunda_modeler_is_told_what_it_lacks_element_by_element(folder: Path) -> None:
    file = folder / "camunda.bpmn"
    file.write_text(MODELER, encoding="utf-8")
    result = check(file)
    assert result.exit_code == 1
    for words in (
        "camunda.bpmn:17 [condition-missing] «Flow_4»: nhánh ra khỏi «Đạt?» chưa có điều kiện → Viết",
        "«Flow_3»: điều kiện của luồng «${approved == true}» viết sai",
        "«Gửi kết quả»: chưa ghi motcua:handler",
        "«Thẩm định»: bước chưa thuộc vai trò nào → Đặt bước vào làn có motcua:role",
        "giữ nguyên, không thực hiện",
    ):
        assert words in result.output, words
    assert all("→" in line for line in result.output.splitlines()[:-1])


def test_every_diagram_of_the_house_passes() -> None:
    files = sorted(PROCESSES.glob("*/*.bpmn"))
    result = check(*files)
    assert result.exit_code == 0
    assert result.output.count(": đạt") == len(files) >= 15


def test_findings_are_told_in_english_too(folder: Path) -> None:
    file = folder / "camunda.bpmn"
    file.write_text(MODELER, encoding="utf-8")
    assert "ERROR camunda.bpmn:17 [condition-missing]" in check(file, lang="en").output
