"""The page on scenarios names every word of the format, and its examples are true."""

import re
from pathlib import Path

import pytest

from api.bootstrap import PROCESSES
from api.cli.scenario_report import told
from api.scenarios import play
from engine.scenario import words

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "scenarios.md"
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
TABLES = (
    words.FILE,
    words.SCENARIO,
    words.GIVEN,
    words.EXPECT,
    words.ALWAYS,
    words.BY,
    words.OPEN,
    words.FEES,
)
DIAGRAMS = {"1.009397": "svhtt", "EVN-01": "pcna"}


def test_every_word_is_on_the_page_in_both_languages() -> None:
    known = {name: vi for table in TABLES for name, vi in table.items()}
    known |= {name: vi for name, (vi, _) in words.DEEDS.items()}
    known |= {name: vi for _, more in words.DEEDS.values() for name, vi in more.items()}
    first, second = TEXT.split("## English")
    assert [vi for vi in known.values() if f"`{vi}`" not in first and f"{vi}:" not in first] == []
    columns = first + second
    spared = {"step", "role", "agency", "total", "paid", "lines", "due", "note", "code", "says"}
    assert [name for name in known if name not in spared and f"`{name}`" not in columns] == []


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_of_the_page_pass(example: str, tmp_path: Path) -> None:
    code = re.search(r"(?:thủ tục|procedure): (\S+)", example)
    assert code is not None
    diagram = PROCESSES / DIAGRAMS[code[1]] / f"{code[1]}.bpmn"
    path = tmp_path / "a.test.yaml"
    path.write_text(f"sơ đồ: {diagram}\n{example}", encoding="utf-8")
    result = play(path, str(tmp_path))
    assert result.passed, "\n".join(told([result], [], everything=False, least=None, lang="vi"))
