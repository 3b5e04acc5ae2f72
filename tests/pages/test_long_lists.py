"""A centre offers a thousand procedures: they are shown a page at a time, to citizens and to staff."""

import re

import pytest

from tests.centre import FILES, Centre

LISTS = [
    ("/", None, "api.pages.citizen.home._TILES", r'href="/thu-tuc/([^"?]+)"'),
    ("/tiep-nhan", "reception", "api.pages.reception.find._ROWS", r'href="/tiep-nhan/([^"?]+)"'),
    ("/quy-trinh", "analyst", "api.pages.procedures.catalogue._ROWS", r'<td class="code">([^<]+)</td>'),
]


@pytest.mark.parametrize(("path", "who", "size", "shown"), LISTS)
def test_going_on_from_page_to_page_shows_every_procedure_once(
    sqlite_centre: Centre, monkeypatch: pytest.MonkeyPatch, path: str, who: str | None, size: str, shown: str
) -> None:
    monkeypatch.setattr(size, 5)
    browser = sqlite_centre.client(who) if who else sqlite_centre.client()
    seen: list[str] = []
    address: str | None = path
    while address:
        page = browser.get(address).text
        seen += re.findall(shown, page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = following[1].replace("&amp;", "&") if following else None
    assert len(seen) == len(set(seen)) == len(FILES)
    assert "11–12 trong 12" in page


@pytest.mark.parametrize(
    ("asked", "first"), [("0", 1), ("-1", 1), ("99", 11), ("²", 1), ("x", 1), ("9" * 400, 1)]
)
def test_a_page_that_there_is_not_is_the_nearest(
    sqlite_centre: Centre, monkeypatch: pytest.MonkeyPatch, asked: str, first: int
) -> None:
    monkeypatch.setattr("api.pages.citizen.home._TILES", 5)
    page = sqlite_centre.client().get("/", query_string={"trang": asked})
    assert page.status_code == 200
    assert f"{first}–{min(first + 4, 12)} trong 12" in page.text


def test_a_search_is_kept_from_page_to_page(sqlite_centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.pages.citizen.home._TILES", 1)
    page = sqlite_centre.client().get("/?linh-vuc=Hộ tịch&trang=1").text
    (following,) = re.findall(r'rel="next" href="([^"]+)"', page)
    assert "trang=2" in following
    assert "linh-vuc=" in following
