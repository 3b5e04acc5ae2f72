"""A version goes its way from the terminal: drafted by one, approved by another, live, and told so."""

from pathlib import Path

from click.testing import CliRunner, Result

from api.bootstrap import PROCESSES
from api.cli import motcua
from engine.domain.version import OwnWork
from tests.centre import Centre

CODE = "1.009397"
STEP, NEW_STEP = "Thẩm định nội dung chương trình", "Thẩm định nội dung và lấy ý kiến chuyên gia"


def run(centre: Centre, *words: str) -> Result:
    environment = {
        "MOTCUA_DATABASE": centre.settings.database,
        "MOTCUA_FOLDER": str(centre.settings.folder),
    }
    return CliRunner(env=environment).invoke(motcua, ["versions", *words])


def changed(folder: Path) -> str:
    """The procedure's diagram with a step renamed, beside all that it needs."""
    source = PROCESSES / "svhtt"
    for path in (*source.rglob("*"), *(PROCESSES / "shared").rglob("*")):
        if path.is_file():
            target = folder / path.relative_to(PROCESSES)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    file = folder / "svhtt" / f"{CODE}.bpmn"
    file.write_text(file.read_text("utf-8").replace(STEP, NEW_STEP), "utf-8")
    return str(file)


def test_two_people_bring_a_version_live_from_the_command_line(sqlite_centre: Centre, tmp_path: Path) -> None:
    centre = sqlite_centre
    analyst, director = centre.officer("analyst").username, centre.officer("director").username
    drafted = run(centre, "draft", changed(tmp_path), "--by", analyst, "--reason", "thêm ý kiến")
    assert drafted.exit_code == 0, drafted.output
    assert f"{CODE} v2 bản thảo" in drafted.output
    assert f"«{STEP}»: tên từ {STEP} thành {NEW_STEP}." in run(centre, "diff", CODE, "2").output
    assert "chờ duyệt" in run(centre, "submit", CODE, "2", "--by", analyst).output
    own = run(centre, "approve", CODE, "2", "--by", analyst, "--decision", "QĐ 5/QĐ-UBND")
    assert isinstance(own.exception, OwnWork)
    approved = run(centre, "approve", CODE, "2", "--by", director, "--decision", "QĐ 5/QĐ-UBND")
    assert "đã duyệt" in approved.output
    assert f"{CODE} v2 đang áp dụng" in run(centre, "release", CODE, "2", "--by", analyst).output
    told = run(centre, "list", CODE).output
    assert "Phê duyệt, Cán bộ director TTHCC" in told
    assert "QĐ 5/QĐ-UBND (từ dòng lệnh)" in told
    assert "Cài đặt thẳng từ dòng lệnh, không qua người thứ hai, Hệ thống" in told
    assert centre.engine.procedures.get(CODE).number == 2
