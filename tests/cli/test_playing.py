# ruff: noqa: E501  (BPMN reads better in one line)
"""An analyst tries diagrams out on the terminal, and a machine drives them by lines of JSON."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from api.bootstrap import PROCESSES
from api.cli import motcua

_HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="defs" targetNamespace="urn:x">'


def flow(*path: str) -> str:
    return "".join(f'<sequenceFlow id="{a}_{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairwise(path))


TALK = f"""<message id="m" name="Hỏi"/><message id="m2" name="Trả lời"/><signal id="g" name="Mưa"/>
<process id="p" isExecutable="true"><startEvent id="s"/><userTask id="a"/><sendTask id="t" messageRef="m"/><receiveTask id="r" messageRef="m2"/>
<intermediateCatchEvent id="w"><timerEventDefinition><timeDuration>PT5S</timeDuration></timerEventDefinition></intermediateCatchEvent><endEvent id="e"/>
{flow("s", "a", "t", "r", "w", "e")}</process>
<process id="q" isExecutable="true"><startEvent id="qs"><messageEventDefinition messageRef="m"/></startEvent><scriptTask id="k"><script>n = 1</script></scriptTask>
<sendTask id="qt" messageRef="m2"/>{flow("qs", "k", "qt")}</process>
<process id="z" isExecutable="true"><startEvent id="zs"><signalEventDefinition signalRef="g"/></startEvent><serviceTask id="h"/><userTask id="zu"/>{flow("zs", "h", "zu")}</process>
"""


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "nói chuyện.bpmn"
    path.write_text(f"{_HEAD}{TALK}</definitions>", encoding="utf-8")
    return path


def played(*arguments: str, script: str = "") -> tuple[int, list[dict[str, Any]]]:
    done = CliRunner().invoke(motcua, ["play", "--json", *arguments], input=script)
    return done.exit_code, [json.loads(line) for line in done.stdout.splitlines()]


def test_cases_talk_to_each_other_and_time_passes_when_it_is_told_to(talk: Path) -> None:
    code, lines = played(str(talk), "--do", "start p", "--do", "do a lý_do=vì", "--do", "wait PT5S")
    assert code == 0
    assert lines[0]["processes"] == ["p", "q", "z"]
    assert lines[1]["cases"][0]["tasks"][0]["node"] == "a"
    first, second = lines[2]["cases"]
    assert first["path"] == ["s", "a", "t", "r"]
    assert first["timers"][0]["value"] == "5S"
    assert (second["process"], second["path"], second["ended"]) == ("q", ["qs", "k", "qt"], True)
    assert lines[3]["cases"][0]["ended"]
    assert lines[3]["cases"][0]["data"]["lý_do"] == "vì"
    assert lines[3]["now"] == "2026-03-02T08:00:05+07:00"


def test_a_signal_starts_what_it_starts_and_a_job_is_answered_by_the_player(talk: Path) -> None:
    script = "signal Mưa\n# lời ghi chú\njob h kq=1\ndo zu\n"
    code, lines = played(str(talk), "--script", "-", script=script)
    assert code == 0
    assert lines[1]["cases"][0]["jobs"][0]["node"] == "h"
    assert lines[-1]["cases"][0]["ended"]


def test_what_cannot_be_done_is_said_and_nothing_changes(talk: Path) -> None:
    code, lines = played(
        str(talk), "--do", "start p", "--do", "do nowhere", "--do", "fly", "--do", "signal Nắng"
    )
    assert code == 2
    assert [line["ok"] for line in lines] == [True, True, False, False, False]
    assert "đang mở: a" in lines[2]["error"]["vi"]
    assert lines[2]["cases"] == lines[1]["cases"]


def test_a_wrong_diagram_is_refused_with_its_findings(tmp_path: Path) -> None:
    path = tmp_path / "x.bpmn"
    path.write_text(
        f'{_HEAD}<process id="p" isExecutable="true"><startEvent id="s"/><endEvent id="e"><timerEventDefinition/></endEvent>{flow("s", "e")}</process></definitions>'
    )
    code, lines = played(str(path), "--do", "start")
    assert code == 1
    found = lines[0]["error"]["findings"]
    assert {one["element"] for one in found if one["severity"] == "error"} == {"e"}
    assert all(one["vi"] and one["remedy_vi"] for one in found)


def test_one_session_loads_one_diagram_after_the_other(talk: Path) -> None:
    code, lines = played(script=f'load "{talk}"\nstart\nload "{talk}"\n')
    assert code == 0
    assert [len(line["cases"]) for line in lines] == [0, 1, 0]


def test_how_a_process_ends_by_an_error_or_gets_stuck_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "x.bpmn"
    body = f'<error id="er" errorCode="E1"/><process id="p" isExecutable="true"><startEvent id="s"/><endEvent id="e"><errorEventDefinition errorRef="er"/></endEvent>{flow("s", "e")}</process>'
    path.write_text(f"{_HEAD}{body}</definitions>")
    case = played(str(path), "--auto")[1][-1]["cases"][0]
    assert (case["ended"], case["error"], case["path"]) == (True, "E1", ["s", "e"])


@pytest.mark.parametrize("file", ["sxd/1.009794.bpmn", "stp/2.000635.bpmn"])
def test_a_procedure_of_ours_plays_to_its_end_by_itself(file: str) -> None:
    code, lines = played(str(PROCESSES / file), "--auto")
    assert (code, lines[-1]["cases"][0]["ended"]) == (0, True)


def test_a_person_reads_what_is_open(talk: Path) -> None:
    done = CliRunner().invoke(motcua, ["play", str(talk)], input="start\nshow\npath\nhelp\nquit\n")
    assert done.exit_code == 0
    assert "việc        a" in done.stdout
    assert "do BƯỚC" in done.stdout


def test_a_procedure_that_is_not_finished_yet_can_be_played(tmp_path: Path) -> None:
    drawn = (PROCESSES / "sxd/1.009794.bpmn").read_text(encoding="utf-8").replace('timeLimit="', 'hint="', 1)
    folder = tmp_path / "sxd"
    folder.mkdir()
    for beside in ("sxd/forms", "shared"):
        (tmp_path / beside).symlink_to(PROCESSES / beside)
    (folder / "nháp.bpmn").write_text(drawn, encoding="utf-8")
    code, lines = played(str(folder / "nháp.bpmn"), "--do", "start")
    assert (code, len(lines[-1]["cases"][0]["tasks"])) == (0, 1)
