"""Every page as a browser sees it: nothing leaves the host, it fits the screen, everybody can read it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

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
    ("reception", "/so-theo-doi/in"),
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
    ("analyst", "/quy-trinh/chuyen"),
    ("analyst", "/quy-trinh/1.009794/chuyen?tu=1&den=2"),
    ("supervisor", "/quy-trinh/chuyen/{migration}"),
    ("analyst", "/quy-trinh/them"),
    ("director", "/so-lieu"),
    ("director", "/ho-so?loc=open&co-quan=SVHTT&tinh-trang=in_process"),
    ("supervisor", "/su-co"),
    ("supervisor", "/can-thiep"),
    ("supervisor", "/can-thiep/de-nghi?ho-so={working}"),
    ("auditor", "/kiem-tra/{done}/chay-lai"),
    ("processing:SVHTT", "/lich"),
    ("administrator", "/lich?nam=2027"),
    ("administrator", "/lich/sua"),
    ("supervisor", "/khong-co-trang-nay"),
]
DIAGRAM = Path(__file__).parents[2] / "processes/svhtt/1.009397.bpmn"
AXE = Path(__file__).parents[2] / "api/ui/node_modules/axe-core/axe.min.js"


def visit(open_as: Open, site: Site, who: str, path: str, **options: object) -> Page:
    """The page, opened by whoever may."""
    role, _, agency = who.partition(":")
    page = open_as(role, agency or "TTHCC", **options)
    names = {
        "migration": site.migration,
        **site.numbers,
        **{f"code_{kind}": code for kind, code in site.codes.items()},
    }
    page.goto(site.url + path.format(**names))
    return page


@pytest.mark.parametrize(("who", "path"), PAGES)
def test_a_page_fits_every_screen_and_everybody_can_read_it(
    open_as: Open, site: Site, who: str, path: str
) -> None:
    readable(visit(open_as, site, who, path, bypass_csp=AXE.exists()))


def readable(page: Page) -> None:
    """On a desk by day and on a phone by night: see ``_readable_now``."""
    for diagram in page.locator("[data-diagram-island]").all():  # drawn by a script, after the page has come
        expect(diagram).to_have_attribute("data-ready", re.compile("."))
    for (width, height), scheme in ((DESK, "light"), (PHONE, "dark")):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        _readable_now(page)


def _readable_now(page: Page) -> None:
    """It fits, has one heading, no id twice, and nothing that axe complains about."""
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


def check_broken(page: Page) -> None:
    """A diagram whose step has a word that is none."""
    _send_diagram(page, b'form="tham-dinh"', b'form="khong-co"')


def check_changed(page: Page) -> None:
    """A diagram that may be deployed."""
    _send_diagram(page, "Thẩm định nội dung".encode(), "Xem xét nội dung".encode())


def _send_diagram(page: Page, old: bytes, new: bytes) -> None:
    changed = DIAGRAM.read_bytes().replace(old, new)
    sent: FilePayload = {"name": DIAGRAM.name, "mimeType": "application/xml", "buffer": changed}
    page.get_by_label("Tệp đã sửa").set_input_files(sent)
    page.get_by_role("button", name="Kiểm tra tệp").click()


def keep_silently(page: Page) -> None:
    """The change is to be kept as a draft, but without a word."""
    check_changed(page)
    page.get_by_role("button", name="Lưu bản thảo").click()


def repair_silently(page: Page) -> None:
    """An incident is to be closed without a word; what is wrong is told and has the focus."""
    page.get_by_role("button", name="Chạy lại").click()
    page.locator("[data-error-summary]:focus").wait_for()


def enter_nothing(page: Page) -> None:
    """A swap without a day."""
    page.get_by_role("button", name="Xem tác động của hoán đổi").click()


def foresee_days_off(page: Page) -> None:
    """Two days off while dossiers wait; it is looked at, not decided."""
    for label, text in (("Nghỉ từ ngày", "06/04/2026"), ("Nghỉ đến ngày", "07/04/2026")):
        page.get_by_label(label).fill(text)
    page.get_by_label("Tên ngày nghỉ").fill("Quốc tang")
    form = page.locator("form").filter(has=page.get_by_label("Tên ngày nghỉ"))
    form.get_by_label("Số quyết định, thông báo").fill("1/TB-VPCP")
    form.get_by_label("Ngày quyết định").fill("01/04/2026")
    page.get_by_role("button", name="Xem tác động của ngày nghỉ").click()


# What is behind a button: who opens which page and does what there, and words that must then stand on it.
ANSWERS = [
    ("analyst", "/quy-trinh/1.009397/sua", check_broken, "Chưa dùng được."),
    ("analyst", "/quy-trinh/1.009397/sua", check_changed, "Dùng được."),
    ("analyst", "/quy-trinh/1.009397/sua", keep_silently, "Ghi thay đổi gì, vì sao."),
    ("supervisor", "/su-co", repair_silently, "Nêu đã làm gì để khắc phục sự cố."),
    ("administrator", "/lich/sua", enter_nothing, "Ghi số của quyết định, thông báo."),
    ("administrator", "/lich/sua", foresee_days_off, "Ban hành theo 1/TB-VPCP ngày 01/04/2026"),
]


@pytest.mark.parametrize(("who", "path", "act", "told"), ANSWERS)
def test_what_a_form_leads_to_fits_and_everybody_can_read_it(
    open_as: Open,
    site: Site,
    who: str,
    path: str,
    act: Callable[[Page], None],
    told: str,
) -> None:
    page = visit(open_as, site, who, path, bypass_csp=AXE.exists())
    act(page)
    page.get_by_text(told).first.wait_for()
    readable(page)


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
