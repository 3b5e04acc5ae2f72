"""Every scenario beside a diagram passes, one item a file; together they reach most of each diagram."""

from collections import Counter
from pathlib import Path

import pytest

from api.bootstrap import PROCESSES
from api.cli.scenario_report import covered, lacking, told
from api.scenarios import play, scenario_files
from engine.scenario import read_scenarios

LEAST = 90  # percent of a procedure's own elements
FILES = scenario_files([PROCESSES])
PROCEDURES = {file: read_scenarios(file.read_text(encoding="utf-8"), file.name).procedure for file in FILES}
HOW_MANY = Counter(PROCEDURES.values())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("scenarios"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_scenarios_of_a_procedure_pass_and_reach_its_diagram(file: Path, folder: str) -> None:
    result = play(file, folder)
    parts = covered([result])
    least = LEAST if HOW_MANY[PROCEDURES[file]] == 1 else 0  # of several files each reaches its part
    report = told([result], parts, everything=False, least=least, lang="vi")
    assert result.passed and not lacking(parts, least), "\n".join(report)  # noqa: PT018  # one report for both


def test_every_procedure_has_scenarios_beside_it() -> None:
    drawn = {path.stem for path in PROCESSES.glob("*/*.bpmn") if path.parent.name != "shared"}
    assert drawn <= set(PROCEDURES.values())
