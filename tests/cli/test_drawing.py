"""An analyst draws a procedure from an outline; what a person changed since is never overwritten unasked."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli import motcua

ROOT = Path(__file__).parents[2]
OUTLINE = ROOT / "tests" / "fixtures" / "outlines" / "1.004593.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "processes"


def draw(*arguments: object) -> Result:
    return CliRunner().invoke(motcua, ["procedures", "draw", *map(str, arguments)])


def test_an_outline_becomes_a_diagram_with_its_forms_in_the_folder_of_its_agency(folder: Path) -> None:
    result = draw(OUTLINE, "--to", folder)
    assert result.exit_code == 0, result.output
    assert "0 lỗi" in result.output
    assert (folder / "syt" / "1.004593.bpmn").is_file()
    assert (folder / "syt" / "forms" / "nop-1.004593.json").is_file()
    assert [one.name for one in folder.rglob(".*.new")] == []


def test_drawing_twice_gives_the_same_files(folder: Path) -> None:
    draw(OUTLINE, "--to", folder)
    before = {path: path.read_bytes() for path in folder.rglob("*.*")}
    assert draw(OUTLINE, "--to", folder).exit_code == 0
    assert {path: path.read_bytes() for path in folder.rglob("*.*")} == before


@pytest.mark.parametrize("name", ["1.004593.bpmn", "forms/nop-1.004593.json"])
def test_what_a_person_changed_is_kept_until_forced(folder: Path, name: str) -> None:
    draw(OUTLINE, "--to", folder)
    place = folder / "syt" / name
    drawn = place.read_text(encoding="utf-8")
    place.write_text(drawn.replace("Loại hình", "Loại").replace("Dự thảo", "Soạn"), encoding="utf-8")
    changed = place.read_bytes()
    result = draw(OUTLINE, "--to", folder)
    assert (result.exit_code, place.read_bytes()) == (1, changed)
    assert f"«{name}» đã được sửa tay" in result.output
    assert draw(OUTLINE, "--to", folder, "--force").exit_code == 0
    assert place.read_text(encoding="utf-8") == drawn


def test_a_diagram_drawn_by_hand_is_kept(folder: Path) -> None:
    place = folder / "syt" / "1.004593.bpmn"
    place.parent.mkdir(parents=True)
    place.write_bytes((ROOT / "processes" / "syt" / "1.004593.bpmn").read_bytes())
    result = draw(OUTLINE, "--to", folder)
    assert result.exit_code == 1
    assert "vẽ tay" in result.output


def test_saving_in_another_layout_of_the_file_is_no_change(folder: Path) -> None:
    draw(OUTLINE, "--to", folder)
    place = folder / "syt" / "1.004593.bpmn"
    place.write_bytes(place.read_bytes().replace(b"\n", b"\r\n"))
    assert draw(OUTLINE, "--to", folder).exit_code == 0


def test_problems_are_told_with_file_line_and_field_in_both_languages(folder: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "sai.yaml"
    wrong.write_text(
        "code: 1\nname: Thử\nagency: SNV\nlimit: working days(1)\nsteps:\n  - tsk: A\n", encoding="utf-8"
    )
    assert "sai.yaml: dòng 6: " in draw(wrong, "--to", folder).output
    assert "sai.yaml: line 6: " in draw(wrong, "--to", folder, "--lang", "en").output
    assert not folder.exists()


def test_an_outline_that_the_check_refuses_is_not_written(folder: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "sai.yaml"
    text = OUTLINE.read_text(encoding="utf-8").replace("calendar days(30)", "calendar days(")
    wrong.write_text(text, encoding="utf-8")
    result = draw(wrong, "--to", folder)
    assert (result.exit_code, folder.exists()) == (1, False)
    assert "không ghi gì" in result.output
