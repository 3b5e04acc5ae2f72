"""``motcua simulate``: tables for people, JSON for machines, what-ifs in pairs, faults in Vietnamese."""

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli import motcua
from api.simulations import NoDiagram, sources_of
from engine.simulation.reading import read_profile
from tests.centre import Centre

PROFILE = """\
tên: Hai ngày
số ngày: 2
hồ sơ đến:
  2.002288:
    mỗi ngày: 5
    kênh: {trực tuyến: 100%}
cán bộ:
  reception: {TTHCC: 1}
  leeder: {SGTVT: 1}
thời gian làm:
  bước:
    Kiểm tra hồ sơ: {mũ: 60}
quyết định:
  chung: {refuse: 60%}
"""


def tried(*arguments: object) -> Result:
    return CliRunner().invoke(motcua, ["simulate", *map(str, arguments)])


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    path = tmp_path / "hai-ngay.yaml"
    path.write_text(PROFILE, encoding="utf-8")
    return path


def test_tables_tell_waits_loads_and_what_a_change_saves(profile: Path) -> None:
    found = tried(profile, "--runs", 2, "--workers", 2, "--what-if", "officers.reception.TTHCC=+2")
    assert found.exit_code == 0, found.output
    assert "Không có việc nào đến: leeder.SGTVT" in found.output  # a word that was mistyped
    for said in ("Hồ sơ nộp", "Kiểm tra hồ sơ · reception · TTHCC", "hàng chờ TB", " ± "):
        assert said in found.output
    assert "Nếu officers.reception.TTHCC=+2" in found.output
    assert "nên tính một người: " in found.output  # the leader who signs is not named in the profile


def test_json_is_the_same_for_the_same_seed_however_many_processes(profile: Path) -> None:
    one = tried(profile, "--runs", 2, "--workers", 1, "--json")
    assert tried(profile, "--runs", 2, "--workers", 2, "--json").output == one.output
    figures = {tuple(row["figure"]): row for row in json.loads(one.output)["figures"]}
    begun, finished, still = (figures[name,]["mean"] for name in ("begun", "finished", "open"))
    assert begun == finished + still
    assert tried(profile, "--runs", 2, "--workers", 1, "--json", "--seed", 9).output != one.output


def test_a_bad_profile_is_told_with_file_line_and_field(profile: Path) -> None:
    profile.write_text(PROFILE.replace("mỗi ngày: 5", "mỗi ngày: năm"), encoding="utf-8")
    found = tried(profile)
    assert found.exit_code == 1
    assert "hai-ngay.yaml:5: hồ sơ đến › 2.002288 › mỗi ngày: cần ghi một số" in found.output


def test_a_bad_change_and_an_unknown_procedure_are_told(profile: Path) -> None:
    assert "có phải «officers»" in tried(profile, "--what-if", "oficers.reception.TTHCC=2").output
    profile.write_text(PROFILE.replace("2.002288", "9.999999"), encoding="utf-8")
    found = tried(profile)
    assert found.exit_code == 1
    assert "Không có sơ đồ của thủ tục «9.999999»" in found.output
    assert "PROFILE" in tried().output


@pytest.mark.parametrize("workers", [1, 2])
def test_a_step_that_no_procedure_has_is_told_with_the_nearest(profile: Path, workers: int) -> None:
    profile.write_text(PROFILE.replace("Kiểm tra hồ sơ", "Kiểm tra hồ so sơ"), encoding="utf-8")
    found = tried(profile, "--runs", 2, "--workers", workers)
    assert found.exit_code == 1
    assert "có phải «Kiểm tra hồ sơ»" in found.output


def test_codes_are_names_and_no_patterns() -> None:
    with pytest.raises(NoDiagram):
        sources_of(["*"])


@pytest.fixture
def centre(sqlite_centre: Centre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Centre:
    monkeypatch.setenv("MOTCUA_DATABASE", sqlite_centre.settings.database)
    monkeypatch.setenv("MOTCUA_FOLDER", str(tmp_path))
    return sqlite_centre


def rows(centre: Centre) -> list[str]:
    """Everything that stands in the database."""
    return list(sqlite3.connect(centre.settings.database.removeprefix("sqlite:///")).iterdump())


def test_a_centre_is_simulated_from_its_own_history_which_stays_as_it_is(
    centre: Centre, tmp_path: Path
) -> None:
    for _ in range(3):
        centre.receive("2.002288")
    before, saved = rows(centre), tmp_path / "hoc.yaml"
    assert tried("--from-history", "--history-days", 3660, "--save", saved).exit_code == 0
    learnt = read_profile(saved.read_text(encoding="utf-8"), saved.name)
    assert learnt.codes == ("2.002288",)
    assert learnt.officers["reception", "TTHCC"].count == 1
    options = ("--history-days", 3660, "--runs", 1, "--days", 1, "--what-if", "arrivals.*=4")
    found = tried("--from-history", *options, "--json")
    assert found.exit_code == 0, found.output
    assert rows(centre) == before


def test_a_centre_without_dossiers_has_nothing_to_learn_from(centre: Centre) -> None:
    found = tried("--from-history")
    assert found.exit_code == 1
    assert "không có hồ sơ nào để học" in found.output
