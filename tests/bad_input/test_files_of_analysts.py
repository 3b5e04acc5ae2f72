"""Every door for an analyst's file: a clear sentence with the place, no traceback, nothing half-written."""

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from api.bootstrap import PROCESSES
from tests.bad_input import files
from tests.bad_input.files import GOOD, Made, place
from tests.terminal import typed

Words = Sequence[object]
LIVE = PROCESSES / "svhtt" / "1.009397.bpmn"


# A door: the end of the file's name, and what is typed.
DOORS: dict[str, tuple[str, Callable[[Path], Words]]] = {
    "check": (".bpmn", lambda file: ("procedures", "check", file)),
    "lint": (".bpmn", lambda file: ("procedures", "lint", file)),
    "outline": (".bpmn", lambda file: ("procedures", "outline", file)),
    "diff": (".bpmn", lambda file: ("procedures", "diff", file, LIVE)),
    "deploy": (".bpmn", lambda file: ("procedures", "deploy", file, "--reason", "QĐ 1")),
    "import": (".bpmn", lambda file: ("import", file, "--out", "ra")),
    "play": (".bpmn", lambda file: ("play", file, "--auto")),
    "draw": (".yaml", lambda file: ("procedures", "draw", file, "--to", "ra")),
    "test": (".test.yaml", lambda file: ("test", file)),
    "simulate": (".yaml", lambda file: ("simulate", file, "--runs", "1", "--days", "1", "--workers", "1")),
    "answers": (".toml", lambda file: ("import", LIVE, "--answers", file, "--out", "ra")),
    "catalogue": (".csv", lambda file: ("procedures", "import", file, "--to", "ra")),
    "workbook": (".xlsx", lambda file: ("procedures", "import", file, "--to", "ra")),
    "calendar": (".toml", lambda file: ("calendar", "deploy", file, "--reason", "QĐ 1")),
}  # fmt: skip
_DIAGRAMS = ("check", "lint", "outline", "diff", "deploy", "import", "play")
CASES: dict[str, Mapping[str, tuple[Made, str]]] = {
    **dict.fromkeys(_DIAGRAMS, files.DIAGRAMS),
    "draw": files.OUTLINES, "test": files.PROFILES, "simulate": files.PROFILES, "answers": files.ANSWERS,
    "catalogue": files.TABLES, "workbook": files.BOOKS,
}  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """The folder where the analyst types."""
    (tmp_path / "ban").mkdir()
    return tmp_path / "ban"


def said(desk: Path, words: Words) -> tuple[int, str]:
    """What the program says; the centre's own files lie elsewhere."""
    code, text = typed(words, desk, {"MOTCUA_FOLDER": str(desk.parent / "var")})
    return code, " ".join(text.split())  # Click breaks lines where a terminal would


@pytest.mark.parametrize("door", CASES)
def test_what_is_wrong_is_said_with_its_place_and_nothing_is_written(desk: Path, door: str) -> None:
    ending, words = DOORS[door]
    for name, (made, expected) in CASES[door].items():
        file = place(desk, f"tep{ending}", made)
        before = _lying(desk)
        code, text = said(desk, words(file))
        assert code != 0, (door, name)
        assert expected in text, (door, name, text)
        assert _lying(desk) == before, (door, name)
        file.unlink()


@pytest.mark.parametrize("door", DOORS)
def test_what_cannot_be_opened_is_said_and_never_read(desk: Path, door: str) -> None:
    ending, words = DOORS[door]
    cases = dict(files.NO_FILES)
    if door in ("lint", "test"):
        del cases["a folder"]  # these go through folders
    for name, (made, expected) in cases.items():
        file = place(desk, f"tep{ending}", made)
        code, text = said(desk, words(file))
        assert code != 0, (door, name)
        assert expected in text or "không có tệp" in text, (door, name, text)
        file.rmdir() if file.is_dir() else file.unlink()
    code, text = said(desk, words(desk / f"khong-co{ending}"))
    assert code != 0
    assert "không có tệp" in text or "không có thư mục" in text.lower(), (door, text)


@pytest.fixture
def library(desk: Path) -> Path:
    """A library of one procedure with all that it calls."""
    shutil.copytree(PROCESSES / "shared", desk / "shared")
    for kind in ("forms", "decisions"):
        shutil.copytree(PROCESSES / "svhtt" / kind, desk / "svhtt" / kind)
    place(desk, "svhtt/1.009397.bpmn", GOOD)
    return desk


FORM, TABLE = "svhtt/forms/nop-1.009397.json", "svhtt/decisions/phi_bieu_dien.dmn"
_TABLE = (PROCESSES / TABLE).read_bytes()
_RESULT = (PROCESSES / "shared" / "result.bpmn").read_bytes()


def _calling(process: bytes) -> bytes:
    """The process that gives results, with a call into a round."""
    call = b'<bpmn:callActivity id="vong" calledElement="%s"/></bpmn:process>' % process
    return _RESULT.replace(b"</bpmn:process>", call)


BESIDE: dict[str, tuple[str, Made, str]] = {
    "half a form": (FORM, (PROCESSES / FORM).read_bytes()[:120], f"{FORM[7:]}:"),
    "an empty form": (FORM, b"", "tệp rỗng"),
    "a form in UTF-16": (FORM, "{}".encode("utf-16"), "tệp mã hóa UTF-16"),
    "a form of fifty megabytes": (FORM, files.large, "lớn hơn 2 MB"),
    "a form that is a folder": (FORM, Path.mkdir, "là thư mục"),
    "a form that is gone": (FORM, files.gone, "liên kết"),
    "half a table": (TABLE, _TABLE[:300], "phi_bieu_dien.dmn"),
    "a table with a declaration": (TABLE, b"<!DOCTYPE a><a/>", "DOCTYPE"),
    "a table twice": ("svhtt/decisions/zz.dmn", _TABLE, "«phi_bieu_dien» có ở hai tệp"),
    "a shared process twice": ("shared/zz.bpmn", _RESULT, "«shared_result» có ở hai tệp"),
    "a broken shared process": ("shared/result.bpmn", b"<a", "«result.bpmn» không đọc được"),
    "a process that calls itself": (
        "shared/result.bpmn", _calling(b"shared_result"), "#shared_result «Phát hành và trả kết quả»"),
    "a round of calls": ("shared/result.bpmn", _calling(b"p_1_009397"), "quy trình gọi lại chính nó"),
}  # fmt: skip


@pytest.mark.parametrize("name", BESIDE)
def test_what_lies_beside_a_diagram_is_looked_at_as_closely(library: Path, name: str) -> None:
    where, made, expected = BESIDE[name]
    file = library / where
    if file.exists():
        file.unlink()
    place(library, where, made)
    code, text = said(library, ("procedures", "check", "svhtt/1.009397.bpmn"))
    assert code == 1
    assert expected in text, text


def test_one_code_in_two_files_is_told_before_anything_is_installed(library: Path) -> None:
    place(library, "svhtt/ban-sao.bpmn", GOOD)
    code, text = said(library, ("procedures", "lint", ".", "--workers", "1"))
    assert code == 1
    assert "mã thủ tục 1.009397 đã có ở svhtt/1.009397.bpmn" in text
    both = ("svhtt/1.009397.bpmn", "svhtt/ban-sao.bpmn")
    code, text = said(library, ("procedures", "deploy", *both, "--reason", "QĐ 1"))
    assert (code, "không cài tệp nào" in text) == (1, True)
    assert "1.009397" not in said(library, ("procedures", "list"))[1]


def test_one_broken_file_stops_no_search_and_no_other_check(library: Path) -> None:
    place(library, "svhtt/hong.bpmn", b"<a")
    place(library, "svhtt/lon.bpmn", files.large)
    place(library, "svhtt/mat.bpmn", files.gone)
    code, text = said(library, ("procedures", "search", "thủ tục ở SVHTT", "--in", "."))
    assert code == 0
    assert "1.009397 Tổ chức biểu diễn" in text
    for name in ("hong", "lon", "mat"):
        assert f"! svhtt/{name}.bpmn" in text


def test_a_change_of_many_files_writes_none_when_one_of_them_breaks(library: Path) -> None:
    place(library, FORM, files.large)
    before = _lying(library)
    wanted = ("--add-basis", "NĐ 1/2025/NĐ-CP", "--in", ".", "--apply")
    code, text = said(library, ("procedures", "change", 'procedure.agency = "SVHTT"', *wanted))
    assert (code, "lớn hơn 2 MB" in text) == (2, True)
    assert _lying(library) == before


@pytest.mark.parametrize("name", files.SAFE_NAMES)
def test_spaces_and_vietnamese_in_names_do_no_harm(library: Path, name: str) -> None:
    place(library, f"svhtt/{name}", GOOD)
    (library / "svhtt" / "1.009397.bpmn").unlink()
    for words in (("check",), ("lint",), ("outline",)):
        code, text = said(library, ("procedures", *words, f"svhtt/{name}"))
        assert code == 0, text


def test_where_nothing_can_be_written_that_is_said_and_nothing_is_half_there(desk: Path) -> None:
    outline = "code: 9.000001\nname: X\nagency: SXD\nlimit: working days(5)\nsteps: [assign, sign]\n"
    place(desk, "a.yaml", outline.encode())
    place(desk, "ra/sxd", b"a file stands where the folder should be")
    before = _lying(desk)
    code, text = said(desk, ("procedures", "draw", "a.yaml", "--to", "ra"))
    assert (code, "Không ghi được" in text) == (1, True), text
    assert _lying(desk) == before


def test_a_folder_without_diagrams_has_not_passed(desk: Path) -> None:
    code, text = said(desk, ("procedures", "lint", "."))
    assert (code, "Không có sơ đồ" in text) == (2, True)


def _lying(folder: Path) -> dict[str, int]:
    """What lies in a folder, with its size; links are not followed."""
    return {
        os.path.relpath(os.path.join(where, name), folder): os.lstat(os.path.join(where, name)).st_size
        for where, _, names in os.walk(folder)
        for name in names
    }
