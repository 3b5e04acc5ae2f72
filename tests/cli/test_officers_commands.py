"""Whoever holds the machine makes the first accounts; passwords never stand on the command line."""

import pytest
from click.testing import CliRunner, Result

from api.cli import motcua
from engine.errors import Invalid, NotFound
from engine.officers import SignInRefused
from tests.centre import Centre

GOOD = "muoi hai con gio thoi"


def run(centre: Centre, *words: str, typed: str = "") -> Result:
    environment = {
        "MOTCUA_DATABASE": centre.settings.database,
        "MOTCUA_FOLDER": str(centre.settings.folder),
    }
    return CliRunner(env=environment).invoke(motcua, ["officers", *words], input=typed)


def test_an_officer_is_added_posted_and_signs_in(sqlite_centre: Centre) -> None:
    assert run(sqlite_centre, "add", "hoa", "Nguyễn Thị Hoa", typed=f"{GOOD}\n").exit_code == 0
    words = ("--paper", "QĐ 7/QĐ-TTPVHCC", "--since", "2026-01-05", "--place", "Quầy số 2")
    assert run(sqlite_centre, "post", "hoa", "reception", "TTHCC", *words).exit_code == 0
    officer = sqlite_centre.engine.officers.sign_in("hoa", GOOD, ip="10.0.0.1").officer
    assert (officer.name, officer.pairs) == ("Nguyễn Thị Hoa", {("reception", "TTHCC")})


def test_a_closed_account_is_listed_as_such_and_lets_nobody_in(sqlite_centre: Centre) -> None:
    run(sqlite_centre, "add", "hoa", "Nguyễn Thị Hoa", typed=f"{GOOD}\n")
    session = sqlite_centre.engine.officers.sign_in("hoa", GOOD, ip="10.0.0.1")
    assert run(sqlite_centre, "disable", "hoa").exit_code == 0
    assert sqlite_centre.engine.officers.session(session.token) is None
    with pytest.raises(SignInRefused):
        sqlite_centre.engine.officers.sign_in("hoa", GOOD, ip="10.0.0.1")
    listed = run(sqlite_centre, "list").output
    assert "Nguyễn Thị Hoa: chưa phân công (khóa " in listed


def test_a_new_password_ends_what_the_old_one_began(sqlite_centre: Centre) -> None:
    run(sqlite_centre, "add", "hoa", "Nguyễn Thị Hoa", typed=f"{GOOD}\n")
    session = sqlite_centre.engine.officers.sign_in("hoa", GOOD, ip="10.0.0.1")
    assert run(sqlite_centre, "password", "hoa", typed="mot mat khau khac han\n").exit_code == 0
    assert sqlite_centre.engine.officers.session(session.token) is None
    assert sqlite_centre.engine.officers.sign_in("hoa", "mot mat khau khac han", ip="10.0.0.1")


@pytest.mark.parametrize(
    ("words", "typed", "error", "told"),
    [
        (("add", "hoa", "Nguyễn Thị Hoa"), "ngan\n", Invalid, "Mật khẩu dài từ 8"),
        (("add", "hoa", "Nguyễn Thị Hoa"), "", Invalid, "Mật khẩu dài từ 8"),
        (("password", "ai-do"), f"{GOOD}\n", NotFound, "tài khoản ai-do"),
        (("disable", "ai-do"), "", NotFound, "tài khoản ai-do"),
        (("post", "ai-do", "reception", "TTHCC", "--paper", "QĐ 1"), "", NotFound, "tài khoản ai-do"),
        (("post", "ai-do", "reception", "SOGI", "--paper", "QĐ 1"), "", NotFound, "cơ quan SOGI"),
    ],
)
def test_what_cannot_be_done_is_told(
    sqlite_centre: Centre, words: tuple[str, ...], typed: str, error: type[Exception], told: str
) -> None:
    result = run(sqlite_centre, *words, typed=typed)
    assert isinstance(result.exception, error)
    assert told in f"{result.exception.message('vi')} {getattr(result.exception, 'fields', '')}"


@pytest.mark.parametrize(
    "words", [("post", "hoa", "king", "TTHCC", "--paper", "x"), ("add", "hoa", "Hoa", GOOD)]
)
def test_unknown_roles_and_passwords_as_arguments_are_refused(
    sqlite_centre: Centre, words: tuple[str, ...]
) -> None:
    assert run(sqlite_centre, *words).exit_code == 2
