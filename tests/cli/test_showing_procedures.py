"""What an analyst reads of a procedure on the terminal."""

from click.testing import CliRunner, Result

from api.cli import motcua
from engine.errors import NotFound
from tests.centre import Centre


def show(centre: Centre, code: str) -> Result:
    environment = {
        "MOTCUA_DATABASE": centre.settings.database,
        "MOTCUA_FOLDER": str(centre.settings.folder),
    }
    return CliRunner(env=environment).invoke(motcua, ["procedures", "show", code])


def test_a_procedure_is_told_with_its_limit_papers_steps_and_versions(sqlite_centre: Centre) -> None:
    told = show(sqlite_centre, "1.009794")
    assert told.exit_code == 0, told.output
    for line in (
        "Cơ quan: Sở Xây dựng. Nộp: trực tiếp, trực tuyến, bưu chính.",
        "Thời hạn: 16 ngày làm việc với công trình cấp đặc biệt, cấp I",
        "  - Kiểm tra hồ sơ: Tiếp nhận, 8 giờ làm việc, NĐ 61/2018/NĐ-CP Điều 17",
        "  - Nhắc hồ sơ sắp đến hạn: Hệ thống",
        "  - v1 đang áp dụng, 0 hồ sơ đang chạy",
    ):
        assert line in told.output, told.output


def test_a_procedure_that_is_not_there_is_told_in_one_sentence(sqlite_centre: Centre) -> None:
    told = show(sqlite_centre, "9.999999")
    assert told.exit_code == 1
    assert isinstance(told.exception, NotFound)
