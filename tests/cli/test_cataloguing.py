"""A catalogue is imported row by row, and again: hand-made work and what people changed is never lost."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.bootstrap import PROCESSES
from api.cli import motcua
from engine.catalogue import PATTERNS
from engine.workflow.drafting.catalogue import read_catalogue

HEAD = "code,name,field,authority,channels,limit_counter,supplement,refusal,consultation,appraisal"
ROWS = [
    "9.000001,Cấp giấy phép thử,Hộ tịch,Sở Tư pháp,counter,5 working_days,1,1,0,1",
    "9.000002,Cấp thẻ thử,Xuất nhập cảnh,Công an tỉnh,counter,,0,0,0,0",
    "2.000635,Cấp bản sao Trích lục hộ tịch,Hộ tịch,Sở Tư pháp,counter,1 days,0,0,0,0",
]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return written(tmp_path / "danh-muc.csv", ROWS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "out"


def written(path: Path, rows: list[str]) -> Path:
    path.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(motcua, ["procedures", *map(str, arguments)])


def bring(table: Path, folder: Path, *more: object) -> Result:
    return run("import", table, "--to", folder, *more)


def files(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def test_each_row_becomes_a_draft_and_is_told_with_its_pattern_and_its_questions(
    table: Path, folder: Path
) -> None:
    result = bring(table, folder)
    assert result.exit_code == 0, result.output
    assert set(files(folder)) == {
        "catalogue.json", "stp/9.000001.bpmn", "stp/forms/nop-9.000001.json",
        "cat/9.000002.bpmn", "cat/forms/nop-9.000002.json",
        "stp/tests/9.000001.test.yaml", "cat/tests/9.000002.test.yaml",
    }  # fmt: skip
    assert "9.000001     mới: stp/9.000001.bpmn, mẫu appraisal (có thẩm định)" in result.output
    assert "hỏi: Thời hạn giải quyết chưa ghi trong danh mục." in result.output
    assert "3 thủ tục: 2 mới, 1 giữ bản làm tay." in result.output


def test_a_hand_made_procedure_of_the_same_code_wins(table: Path, folder: Path) -> None:
    result = bring(table, folder)
    assert "2.000635     giữ bản làm tay" in result.output
    assert not list(folder.rglob("2.000635.bpmn"))


def test_the_same_catalogue_again_changes_nothing(table: Path, folder: Path) -> None:
    bring(table, folder)
    before = files(folder)
    result = bring(table, folder)
    assert "2 không đổi" in result.output
    assert files(folder) == before


def test_a_row_that_changed_is_drawn_again_and_the_difference_is_told_in_words(
    table: Path, folder: Path
) -> None:
    bring(table, folder)
    before = files(folder)
    result = bring(written(table, [ROWS[0].replace("5 working_days", "7 working_days"), *ROWS[1:]]), folder)
    assert "-Thời hạn: 5 ngày làm việc" in result.output
    assert "+Thời hạn: 7 ngày làm việc" in result.output
    changed = {name for name, content in files(folder).items() if before[name] != content}
    assert changed == {"catalogue.json", "stp/9.000001.bpmn", "stp/tests/9.000001.test.yaml"}


def test_a_scenario_that_a_person_changed_is_kept(table: Path, folder: Path) -> None:
    bring(table, folder)
    place = folder / "stp" / "tests" / "9.000001.test.yaml"
    mine = place.read_text("utf-8").replace("Được giải quyết", "Giải quyết trong ngày")
    place.write_text(mine, "utf-8")
    result = bring(table, folder)
    assert "9.000001     đã sửa tay, giữ nguyên" in result.output
    assert place.read_text("utf-8") == mine


def test_the_scenarios_of_every_pattern_are_played_and_pass(table: Path, folder: Path) -> None:
    rows = [
        f"9.00010{number},Thử {name},,Sở Tư pháp,{'counter' if number % 2 else 'online'},6 months,1,1,1,1"
        for number, name in enumerate(PATTERNS)
    ]
    chosen = [("--pattern", f"9.00010{number}={name}") for number, name in enumerate(PATTERNS)]
    bring(written(table, rows), folder, *(word for pair in chosen for word in pair))
    shutil.copytree(PROCESSES / "shared", folder / "shared")
    played = CliRunner().invoke(motcua, ["test", str(folder), "--workers", "1"])
    assert played.exit_code == 0, played.output
    assert f"{4 * len(PATTERNS)} đạt, 0 không đạt" in played.output


def test_what_a_person_edited_is_kept_and_told_first_with_the_differences(table: Path, folder: Path) -> None:
    bring(table, folder)
    place = folder / "cat" / "9.000002.bpmn"
    place.write_text(
        place.read_text(encoding="utf-8").replace("Ký, xác nhận", "Ký số, xác nhận"), encoding="utf-8"
    )
    edited = place.read_bytes()
    result = bring(table, folder)
    assert place.read_bytes() == edited
    first, second = result.output.splitlines()[:2]
    assert first.startswith("9.000002     đã sửa tay, giữ nguyên")
    assert second.strip()[0] in "-+"
    assert "Ký số, xác nhận kết quả của ngành" in result.output


def test_a_dry_run_writes_nothing(table: Path, folder: Path) -> None:
    result = bring(table, folder, "--dry-run")
    assert "2 mới" in result.output
    assert not folder.exists()


def test_a_pattern_can_be_chosen_for_a_code(table: Path, folder: Path) -> None:
    result = bring(table, folder, "--pattern", "9.000001=council")
    assert "mẫu council (người dùng chọn)" in result.output
    assert "Họp hội đồng thẩm định" in (folder / "stp" / "9.000001.bpmn").read_text(encoding="utf-8")


@pytest.mark.parametrize("said", ["9.000001=nothing", "9.9=simple", "x"])
def test_a_choice_that_cannot_be_made_is_refused(table: Path, folder: Path, said: str) -> None:
    result = bring(table, folder, "--pattern", said)
    assert result.exit_code != 0
    assert not folder.exists()


def test_machines_get_a_line_for_each_row_and_a_summary(table: Path, folder: Path) -> None:
    lines = [json.loads(line) for line in bring(table, folder, "--json").output.splitlines()]
    assert [one["outcome"] for one in lines[:3]] == ["new", "new", "by-hand"]
    assert lines[0]["questions"]
    assert lines[-1]["summary"] == {"new": 2, "by-hand": 1}


def test_one_mistake_and_nothing_is_written(table: Path, folder: Path) -> None:
    result = bring(written(table, [*ROWS, ROWS[0].replace("5 working_days", "chóng")]), folder)
    assert result.exit_code == 1
    assert "danh-muc.csv: dòng 5, cột limit_counter" in result.output
    assert "Không ghi gì." in result.output
    assert not folder.exists()


def test_a_file_of_fifty_megabytes_is_refused_at_once(tmp_path: Path, folder: Path) -> None:
    large = tmp_path / "lon.csv"
    with large.open("wb") as stream:
        stream.truncate(50_000_000)
    result = bring(large, folder)
    assert result.exit_code == 1
    assert "tối đa 20 MB" in result.output


@pytest.mark.parametrize("name", ["danh-muc.csv", "danh-muc.xlsx"])
def test_the_procedures_of_a_folder_become_a_catalogue_that_can_be_read_back(
    table: Path, folder: Path, tmp_path: Path, name: str
) -> None:
    bring(table, folder)
    target = tmp_path / f"ra-{name}"
    result = run("export", target, "--from", folder)
    assert "2 thủ tục" in result.output
    rows = {row.code: row for row in read_catalogue(target.read_bytes(), target.name)}
    assert rows["9.000001"].authority == "Sở Tư pháp"
    assert str(rows["9.000001"].limits["counter"]) == "Limit(count=5, unit='working_days')"
    assert (rows["9.000001"].supplement, rows["9.000001"].refusal) == (True, True)
    assert rows["9.000002"].limits == {"counter": None}


def test_an_import_that_was_cut_off_is_made_whole_by_the_next(table: Path, folder: Path) -> None:
    bring(table, folder)
    memory = folder / "catalogue.json"
    told = json.loads(memory.read_text(encoding="utf-8"))
    for entry in told["rows"].values():
        entry["digest"] = ""  # as it stands while files move in
    memory.write_text(json.dumps(told), encoding="utf-8")
    (folder / "cat" / "9.000002.bpmn").unlink()
    result = bring(table, folder)
    assert "1 mới" in result.output
    assert "1 vẽ lại" in result.output
    assert (folder / "cat" / "9.000002.bpmn").is_file()
    assert not list(folder.glob(".import-*"))
