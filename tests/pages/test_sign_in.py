"""Signing in: who gets in, who does not, and what a session is worth."""

from tests.centre import PASSWORD, Centre


def test_an_officer_comes_in_and_goes_out(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client("reception")
    assert browser.get("/hop-viec").status_code == 200
    assert browser.post("/dang-xuat", page="/khong-co-trang-nay").status_code == 303


def test_a_wrong_password_is_told_without_saying_what_was_wrong(sqlite_centre: Centre) -> None:
    sqlite_centre.officer("reception")
    browser = sqlite_centre.client()
    for name, password in (("reception.tthcc", "sai"), ("khong.co", PASSWORD)):
        response = browser.post("/dang-nhap", {"username": name, "password": password})
        assert response.status_code == 401
        assert "Tên đăng nhập hoặc mật khẩu không đúng" in response.text
        assert password not in response.text


def test_the_way_on_after_signing_in_never_leads_away(sqlite_centre: Centre) -> None:
    sqlite_centre.officer("reception")
    for wanted in ("https://example.com/", "//example.com", "/\\example.com", "javascript:alert(1)"):
        browser = sqlite_centre.client()
        response = browser.post(
            "/dang-nhap", {"username": "reception.tthcc", "password": PASSWORD, "next": wanted}
        )
        assert response.headers["Location"] == "/hop-viec"


def test_guessing_has_to_wait(sqlite_centre: Centre) -> None:
    sqlite_centre.officer("reception")
    browser = sqlite_centre.client()
    for _ in range(5):
        browser.post("/dang-nhap", {"username": "reception.tthcc", "password": "sai"})
    response = browser.post("/dang-nhap", {"username": "reception.tthcc", "password": PASSWORD})
    assert response.status_code == 429
    assert "Thử lại sau" in response.text


def test_a_form_without_its_token_or_from_another_site_changes_nothing(sqlite_centre: Centre) -> None:
    browser = sqlite_centre.client("reception")
    assert browser.client.post("/dang-xuat").status_code == 403
    token = browser.token("/khong-co-trang-nay")
    answer = browser.client.post(
        "/dang-xuat", data={"csrf_token": token}, headers={"Origin": "https://example.com"}
    )
    assert answer.status_code == 403
    assert browser.get("/hop-viec").status_code == 200
