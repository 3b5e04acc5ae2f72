"""Work on all procedures at once from the terminal: what is found, how it was understood, what is to mend."""

from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner, Result

from api.bootstrap import PROCESSES
from api.cli import motcua
from tests.centre import Centre
from tests.unit.portfolio.diagrams import BOTH, shelf


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shelf(tmp_path, BOTH)


def run(folder: Path, *words: str) -> Result:
    environment = {"MOTCUA_FOLDER": str(folder.parent / "var")}
    return CliRunner(env=environment).invoke(motcua, ["procedures", *words])


def test_a_search_says_how_it_was_understood(folder: Path) -> None:
    found = run(folder, "search", "bước trên 5 ngày làm việc ở Sở Tư pháp", "--in", str(folder))
    assert found.exit_code == 0, found.output
    assert 'FEEL: step.limit > 5 and step.agency = "STP"' in found.output
    assert (
        "1.000001 Cấp phiếu lý lịch tư pháp › «Xác minh lý lịch» #xac_minh — cơ quan: STP; " in found.output
    )
    assert "1 bước, 0 thủ tục; trong 1 sơ đồ" in found.output


def test_machines_read_the_same_search(folder: Path) -> None:
    told = orjson.loads(run(folder, "search", "step.limit > 5", "--in", str(folder), "--json").stdout)
    assert told["feel"] == "step.limit > 5"
    assert [one["step"] for one in told["found"]] == ["xac_minh", "tham_dinh"]
    assert told["found"][0]["why"] == {"step.limit": 7}


def test_a_search_that_is_not_understood_ends_with_its_word(folder: Path) -> None:
    refused = run(folder, "search", "bước trên 5 quả", "--in", str(folder), "--lang", "en")
    assert refused.exit_code == 2
    assert "“tren 5 qua” is not understood" in refused.output


def test_open_questions_are_listed_with_counts(folder: Path) -> None:
    told = run(folder, "open-questions", "--in", str(folder))
    assert "1.000001 Cấp phiếu lý lịch tư pháp (stp/1.000001.bpmn): 2\n  - Mức phí?" in told.output
    assert "2 câu hỏi còn mở ở 1 sơ đồ" in told.output
    counted = orjson.loads(run(folder, "open-questions", "--in", str(folder), "--json").stdout)
    assert counted["questions"] == 2


def test_a_check_of_everything_is_summed_up_by_rule(folder: Path) -> None:
    told = run(folder, "lint", str(folder), "--workers", "1")
    assert told.exit_code == 1
    assert "2 sơ đồ, 2 còn lỗi" in told.output
    assert "LỖI    form-missing" in told.output
    counted = orjson.loads(run(folder, "lint", str(folder), "--workers", "1", "--json").stdout)
    rule = next(one for one in counted["rules"] if one["rule"] == "form-missing")
    assert (rule["severity"], rule["files"]) == ("error", 2)


def test_a_sound_procedure_passes_the_check_of_everything(folder: Path) -> None:
    told = run(folder, "lint", str(PROCESSES / "svhtt" / "1.009397.bpmn"), "--lang", "en")
    assert told.exit_code == 0, told.output
    assert "1 diagrams, 0 with errors" in told.output


def test_a_path_that_is_not_there_is_named(folder: Path) -> None:
    told = run(folder, "lint", str(folder / "khong-co"))
    assert told.exit_code == 2
    assert "không có tệp hay thư mục này" in told.output


def test_a_law_is_followed_down_to_what_rests_on_it(folder: Path) -> None:
    told = run(folder, "impact", "Nghị định số 61/2018/NĐ-CP Điều 19", "--in", str(folder))
    assert "1.000001 Cấp phiếu lý lịch tư pháp (stp/1.000001.bpmn)" in told.output
    assert "  bước «Ký phiếu» #ky: NĐ 61/2018/NĐ-CP Điều 19 khoản 3" in told.output
    assert "2 thủ tục, 0 dùng chung; 5 bước, 0 giấy tờ, 0 mẫu" in told.output
    counted = orjson.loads(run(folder, "impact", "NĐ 118/2025", "--in", str(folder), "--json").stdout)
    assert (counted["totals"]["documents"], counted["totals"]["running"]) == (1, None)


def test_two_files_are_compared_in_words(folder: Path) -> None:
    old = folder / "stp" / "1.000001.bpmn"
    new = old.with_name("new.bpmn")
    new.write_bytes(old.read_bytes().replace(b"working days(7)", b"working days(5)"))
    told = run(folder, "diff", str(old), str(new))
    assert told.output == (
        "  - «Xác minh lý lịch»: thời gian của bước từ 7 ngày làm việc thành 5 ngày làm việc.\n"
    )
    refused = run(folder, "diff", str(old), str(folder / "khong-co.bpmn"))
    assert refused.exit_code == 2
    assert "không có tệp này" in refused.output


def test_a_change_is_shown_first_and_written_when_told_to(folder: Path) -> None:
    file = folder / "stp" / "1.000001.bpmn"
    before = file.read_text("utf-8")
    words = ("change", "bước trên 5 ngày làm việc", "--limit", "5 ngày làm việc", "--in", str(folder))
    shown = run(folder, *words)
    assert shown.exit_code == 0, shown.output
    assert "thời gian của bước từ 7 ngày làm việc thành 5 ngày làm việc" in shown.output
    assert "2 tệp sẽ thay đổi. Thêm --apply để ghi." in shown.output
    assert file.read_text("utf-8") == before
    assert "Đã ghi 2 tệp." in run(folder, *words, "--apply").output
    assert file.read_text("utf-8") == before.replace("working days(7)", "working days(5)")
    assert "Không có gì thay đổi." in run(folder, *words, "--apply").output


def test_a_change_that_breaks_one_file_is_written_to_none(folder: Path) -> None:
    files = {path: path.read_bytes() for path in folder.rglob("*.bpmn")}
    refused = run(folder, "change", "step.limit > 0", "--form", "khong-co", "--in", str(folder), "--apply")
    assert refused.exit_code == 1
    assert "thiếu biểu mẫu «khong-co»" in refused.output
    assert {path: path.read_bytes() for path in files} == files


def test_a_change_of_steps_needs_a_selection_of_steps(folder: Path) -> None:
    refused = run(folder, "change", 'procedure.agency = "STP"', "--role", "head", "--in", str(folder))
    assert refused.exit_code == 2
    assert "Thêm step.… vào điều kiện" in refused.output


def test_a_change_of_live_versions_makes_drafts_with_a_reason(sqlite_centre: Centre) -> None:
    centre = sqlite_centre
    env = {"MOTCUA_DATABASE": centre.settings.database, "MOTCUA_FOLDER": str(centre.settings.folder)}
    words = ["procedures", "change", 'procedure.code = "1.009397" and step.limit > 0.9', "--live", "--apply"]
    words += ["--limit", "1 ngày làm việc"]
    unsaid = CliRunner(env=env).invoke(motcua, words)
    assert unsaid.exit_code == 1
    assert "cần --by TÊN và --reason LÝ DO" in unsaid.output
    words += ["--by", centre.officer("analyst").username, "--reason", "rút ngắn thời gian"]
    made = CliRunner(env=env).invoke(motcua, words)
    assert made.exit_code == 0, made.output
    assert "Đã tạo 1 bản thảo" in made.output
    newest = centre.engine.procedures.versions("1.009397")[0]
    assert (newest.state, newest.reason) == ("draft", "rút ngắn thời gian (từ dòng lệnh)")
    counted = CliRunner(env=env).invoke(motcua, ["procedures", "impact", "NĐ 144/2020", "--live"])
    assert "1.009397 Tổ chức biểu diễn nghệ thuật trên địa bàn (1.009397@1): 0 hồ sơ" in counted.output
    told = CliRunner(env=env).invoke(motcua, ["procedures", "diff", "1.009397@1", "1.009397@2"])
    assert "thành 1 ngày làm việc" in told.output


def test_a_selection_is_laid_before_a_second_person(sqlite_centre: Centre, tmp_path: Path) -> None:
    centre = sqlite_centre
    env = {"MOTCUA_DATABASE": centre.settings.database, "MOTCUA_FOLDER": str(centre.settings.folder)}
    names = ("svhtt/1.009397.bpmn", "stp/2.000635.bpmn")
    folder = copied(tmp_path, *names)
    file = folder / names[0]
    file.write_bytes(file.read_bytes().replace(b"working days(5)", b"working days(4)", 1))
    words = ["procedures", "deploy", "--select", "thủ tục nộp trực tuyến", "--in", str(folder), "--submit"]
    unsaid = CliRunner(env=env).invoke(motcua, words)
    assert unsaid.exit_code == 2
    words += ["--by", centre.officer("analyst").username, "--reason", "QĐ 9/QĐ-UBND"]
    told = CliRunner(env=env).invoke(motcua, words)
    assert told.exit_code == 0, told.output
    assert "1.009397 phiên bản 2 chờ duyệt" in told.output
    assert "2.000635" not in told.output, "what is live already is not submitted again"
    assert centre.engine.procedures.get("1.009397").number == 1


def copied(folder: Path, *names: str) -> Path:
    """Some of our procedures with all that they need."""
    for place in {"shared", *(name.partition("/")[0] for name in names)}:
        for path in (PROCESSES / place).rglob("*"):
            target = folder / path.relative_to(PROCESSES)
            if path.is_file() and (place == "shared" or path.suffix != ".bpmn" or str(
                path.relative_to(PROCESSES)) in names):  # fmt: skip
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(path.read_bytes())
    return folder
