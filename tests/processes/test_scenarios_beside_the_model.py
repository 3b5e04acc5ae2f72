"""Every scenario beside a diagram passes, one item a file; together they reach what their files ask for."""

from pathlib import Path

import pytest

from api.bootstrap import PROCESSES
from api.cli.scenario_report import covered, lacking, told
from api.scenarios import play, scenario_files

FILES = scenario_files([PROCESSES])
CODES = {path.stem for path in PROCESSES.glob("*/*.bpmn") if path.parent.name != "shared"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("scenarios"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_scenarios_of_a_procedure_pass_and_reach_its_diagram(file: Path, folder: str) -> None:
    result = play(file, folder)
    parts = covered([result])
    assert result.passed, "\n".join(told([result], parts, everything=False, least=None, lang="vi"))
    assert not lacking(parts, 90)


def test_every_procedure_has_scenarios_beside_it() -> None:
    assert {file.name.removesuffix(".test.yaml") for file in FILES} == CODES
