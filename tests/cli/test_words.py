"""Other programs read our words from the command line, in the form of the JSON Schema."""

import json
from pathlib import Path

from click.testing import CliRunner

from api.bootstrap import PROCESSES
from api.cli import motcua

DIAGRAM = PROCESSES / "svhtt" / "1.009397.bpmn"


def test_every_element_that_bears_words_is_a_line_of_json() -> None:
    done = CliRunner().invoke(motcua, ["words", str(DIAGRAM)], catch_exceptions=False)
    assert (done.exit_code, done.stderr) == (0, "")
    lines = {one["id"]: one for one in map(json.loads, done.stdout.splitlines())}
    assert lines["l_tp"]["words"] == {"role": {"name": "head", "agency": "competent"}}
    assert (lines["thuphi"]["kind"], lines["thuphi"]["words"]["task"]) == (
        "userTask", {"form": "thu-phi", "timeLimit": "none"},
    )  # fmt: skip


def test_what_does_not_follow_the_schema_is_told_with_its_element(tmp_path: Path) -> None:
    wrong = tmp_path / "sai.bpmn"
    wrong.write_text(
        DIAGRAM.read_text(encoding="utf-8").replace('level="full"', 'level="half"'), encoding="utf-8"
    )
    done = CliRunner().invoke(motcua, ["words", str(wrong)], catch_exceptions=False)
    assert done.exit_code == 1
    assert "«p_1_009397»: words.procedure.level không theo motcua.schema.json" in done.stderr
