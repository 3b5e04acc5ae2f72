"""A clerk reads a diagram on the terminal, a machine reads it as JSON."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from api.cli import motcua

PROCESSES = Path(__file__).parents[2] / "processes"


def outline(*arguments: object) -> Result:
    return CliRunner().invoke(motcua, ["procedures", "outline", *map(str, arguments)])


def test_a_diagram_is_read_out_in_vietnamese() -> None:
    result = outline(PROCESSES / "stp" / "2.000635.bpmn")
    assert result.exit_code == 0
    assert result.output.startswith("2.000635  Cấp bản sao Trích lục hộ tịch")
    assert "Tra cứu sổ hộ tịch [người làm]: hạn 2 giờ làm việc" in result.output


def test_the_same_for_machines() -> None:
    result = outline("--json", PROCESSES / "stp" / "2.000635.bpmn", PROCESSES / "shared" / "result.bpmn")
    found = [json.loads(line) for line in result.output.splitlines()]
    assert [one["process"] for one in found] == ["p_2_000635", "shared_result"]
    assert {"id", "kind", "lane", "doings", "ways"} <= set(found[0]["steps"][0])


def test_a_file_that_is_no_diagram_is_named_and_the_others_are_told(tmp_path: Path) -> None:
    wrong = tmp_path / "sai.bpmn"
    wrong.write_text("không phải XML", encoding="utf-8")
    result = outline(wrong, PROCESSES / "shared" / "result.bpmn")
    assert result.exit_code == 1
    assert "sai.bpmn" in result.output
    assert "Lấy số văn bản" in result.output
