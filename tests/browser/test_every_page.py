"""Every page as a browser sees it: nothing leaves the host, it fits the screen, everybody can read it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open
from tests.browser.site import DESK, PHONE, Site

pytestmark = pytest.mark.browser

# Who opens what; {late} and its kind are numbers of dossiers, {code_late} tracking codes.
PAGES = [
    ("", "/"),
    ("", "/?tim=bieu dien"),
    ("", "/thu-tuc/1.009397"),
    ("", "/tra-cuu"),
    ("", "/tra-cuu/{code_supplement}"),
    ("", "/tra-cuu/{code_late}"),
    ("", "/tra-cuu/{code_done}"),
    ("", "/tra-cuu/{code_working}/rut"),
    ("", "/tra-cuu/KHONGCOMANAY"),
    ("", "/dang-nhap"),
    ("", "/api/v1/docs"),
    ("reception", "/hop-viec"),
    ("reception", "/tiep-nhan"),
    ("reception", "/tiep-nhan/1.009397"),
    ("reception", "/tiep-nhan/xong/{working}"),
    ("reception", "/ho-so"),
    ("reception", "/ho-so/{submitted}"),
    ("reception", "/ho-so/{supplement}?the=tien-do"),
    ("reception", "/so-theo-doi"),
    ("processing:SVHTT", "/hop-viec"),
    ("head:SVHTT", "/ho-so/{working}"),
    ("head:SVHTT", "/ho-so/{working}?the=tien-do"),
    ("head:SVHTT", "/ho-so/{working}?the=to-khai"),
    ("head:SVHTT", "/ho-so/{working}?the=giay-to"),
    ("head:SVHTT", "/ho-so/{working}?the=nhat-ky"),
    ("head:SVHTT", "/ho-so/{working}?the=so-do"),
    ("auditor", "/kiem-tra"),
    ("auditor", "/kiem-tra/{done}/phat-lai?buoc=3"),
    ("analyst", "/quy-trinh"),
    ("analyst", "/quy-trinh/1.009397"),
    ("analyst", "/quy-trinh/1.009397/ban/1"),
    ("analyst", "/quy-trinh/1.009397/sua"),
    ("director", "/so-lieu"),
    ("supervisor", "/su-co"),
    ("supervisor", "/khong-co-trang-nay"),
]
AXE = Path(__file__).parents[2] / "api/ui/node_modules/axe-core/axe.min.js"


def visit(open_as: Open, site: Site, who: str, path: str, **options: object) -> Page:
    """The page, opened by whoever may."""
    role, _, agency = who.partition(":")
    page = open_as(role, agency or "TTHCC", **options)
    names = {**site.numbers, **{f"code_{kind}": code for kind, code in site.codes.items()}}
    page.goto(site.url + path.format(**names), wait_until="networkidle")
    return page


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk", "phone"])
@pytest.mark.parametrize(("who", "path"), PAGES)
def test_a_page_fits_the_screen_and_everybody_can_read_it(
    open_as: Open, site: Site, who: str, path: str, size: tuple[int, int], scheme: str
) -> None:
    page = visit(open_as, site, who, path, size=size, color_scheme=scheme, bypass_csp=AXE.exists())
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "scrolls sideways"
    assert page.locator("h1").count() == 1
    assert page.title()
    twice = page.evaluate(
        "[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i)"
    )
    assert not twice, f"ids that stand twice: {twice}"
    complaints = axe(page)
    assert not complaints, "\n".join(complaints)


def axe(page: Page) -> list[str]:
    """What axe finds; nothing when it is not installed (make ui brings it, CI has it)."""
    if not AXE.exists():
        return []
    page.add_script_tag(path=AXE)
    # The drawing itself cannot be made readable for screen readers; the list of steps beside it is.
    found: list[str] = page.evaluate(
        "axe.run({exclude: [['[data-canvas]']]}, {resultTypes: ['violations']}).then(r => r.violations.map("
        "v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | ')))"
    )
    return found


@pytest.mark.parametrize(("who", "path"), [one for one in PAGES if one[1] in ("/", "/dang-nhap")])
def test_the_strict_policy_blocks_nothing_of_ours(open_as: Open, site: Site, who: str, path: str) -> None:
    visit(open_as, site, who, path)


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("head:SVHTT", "/ho-so/{working}?the=so-do"),
        ("auditor", "/kiem-tra/{done}/phat-lai?buoc=3"),
        ("analyst", "/quy-trinh/1.009397"),
    ],
)
def test_the_logo_of_bpmn_io_stays_visible(open_as: Open, site: Site, who: str, path: str) -> None:
    page = visit(open_as, site, who, path)
    page.wait_for_selector("[data-diagram-island][data-ready]")
    page.locator(".bjs-powered-by").scroll_into_view_if_needed()
    on_top = page.evaluate(
        """() => {
          const logo = document.querySelector('.bjs-powered-by'), box = logo.getBoundingClientRect();
          const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          return box.width > 30 && logo.contains(hit);
        }"""
    )
    assert on_top, "the licence of bpmn-js asks that its logo is seen"
