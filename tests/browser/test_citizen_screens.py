"""The citizen's pages in a real browser: readable, nameable and narrow enough, in light and in dark."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.site import PHONE, Site, serving
from tests.centre import APPLICANT, Centre

pytestmark = pytest.mark.browser

ZOOMED = (683, 384)  # a window of 1366x768 at 200 %

FAULTS = (Path(__file__).parent / "faults.js").read_text(encoding="utf-8")


@pytest.fixture
def site(sqlite_centre: Centre) -> Iterator[Site]:
    with serving(sqlite_centre) as started:
        yield started


def _pages(site: Site) -> list[str]:
    """Addresses of all pages that a citizen meets."""
    drafts = site.centre.engine.drafts
    token = drafts.begin("2.000635")
    drafts.save(token, "applicant", done=True, applicant=APPLICANT)
    steps = [f"/nop/2.000635/{token}/{step}" for step in ("nguoi-nop", "to-khai", "giay-to", "kiem-tra-lai")]
    codes = [f"/tra-cuu/{code}" for code in site.codes.values()]
    return [
        "/", "/?q=xyz", "/thu-tuc/2.002380", "/thu-tuc/2.000635", "/nop/2.000635", *steps, "/tra-cuu",
        "/tra-cuu/SAISAI", *codes, f"/tra-cuu/{site.codes['working']}/rut", "/dang-nhap", "/khong-co",
    ]  # fmt: skip


def _watched(context: Any, complaints: list[str], url: str) -> Page:
    page: Page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("request", lambda sent: None if sent.url.startswith(url) else complaints.append(sent.url))
    return page


def test_the_search_for_faults_finds_them(chrome: Browser) -> None:
    page = chrome.new_page(viewport={"width": 390, "height": 844})
    page.set_content(
        "<html><body><input name='a'><p id='x' style='color:#aaa;width:500px'>mờ</p><a href='#' id='x'></a>"
        "<b aria-describedby='y'>.</b>"
    )
    kinds = {fault.partition(":")[0] for fault in page.evaluate(FAULTS)}
    assert kinds == {
        "id twice", "aria-describedby to nowhere", "no label", "no name", "not one h1", "not one main",
        "no language", "wider than the window", "contrast 2.3",
    }  # fmt: skip
    page.close()


@pytest.mark.parametrize(("colours", "lang"), [("light", "vi"), ("dark", "vi"), ("light", "en")])
def test_every_page_can_be_read_named_and_seen_whole(
    site: Site, chrome: Browser, colours: Any, lang: str
) -> None:
    found: dict[str, list[str]] = {}
    complaints: list[str] = []
    for width, height in (PHONE, ZOOMED):
        context = chrome.new_context(viewport={"width": width, "height": height}, color_scheme=colours)
        page = _watched(context, complaints, site.url)
        for path in _pages(site):
            page.goto(f"{site.url}{path}{'&' if '?' in path else '?'}lang={lang}")
            faults = page.evaluate(FAULTS)
            if faults:
                found[f"{path} {width}"] = faults
        context.close()
    assert not found
    assert not [one for one in complaints if "404" not in one]


def test_a_citizen_applies_on_a_phone_without_javascript(site: Site, chrome: Browser) -> None:
    context = chrome.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}/thu-tuc/1.009397")
    page.get_by_role("link", name="Nộp trực tuyến").first.click()
    page.get_by_role("button", name="Bắt đầu").click()
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    summary = page.get_by_role("alert")
    assert "Có 3 mục cần sửa" in summary.inner_text()
    page.get_by_label("Họ tên cá nhân hoặc tên tổ chức").fill("Nguyễn Thị Ánh")
    page.get_by_label("Số định danh cá nhân").fill("040190001234")
    page.get_by_label("Số điện thoại").fill("0912345678")
    page.get_by_label("Qua bưu chính").check()
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    assert page.url.endswith("/to-khai")
    context.close()


def test_the_summary_of_errors_takes_the_focus_and_leads_to_the_field(site: Site, chrome: Browser) -> None:
    page = chrome.new_page()
    page.goto(f"{site.url}/tra-cuu/SAISAI")
    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "o-ma"
    page.close()
