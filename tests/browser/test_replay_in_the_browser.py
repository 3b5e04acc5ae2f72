"""The auditor's replay with JavaScript: step by step, forth and back, to a link that can be sent on."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.site import Site

pytestmark = pytest.mark.browser


def opened(open_as: Open, site: Site, step: int = 1) -> Page:
    page = open_as("auditor")
    page.goto(f"{site.url}/kiem-tra/{site.numbers['done']}/phat-lai?buoc={step}")
    page.wait_for_selector("[data-diagram-island][data-ready]")
    return page


def test_stepping_shows_what_was_done_then_and_where_the_dossier_stood(open_as: Open, site: Site) -> None:
    page = opened(open_as, site)
    expect(page.locator("[data-counter]")).to_contain_text("1 /")
    page.locator("[data-go=next]").click()
    page.locator("[data-go=next]").click()
    expect(page.locator("[data-counter]")).to_contain_text("3 /")
    expect(page.locator("[data-frame='3']")).to_be_visible()
    expect(page.locator("[data-frame='1']")).to_be_hidden()
    expect(page.locator(".mark-now").first).to_be_visible()
    assert "buoc=3" in page.url


def test_a_link_to_a_step_opens_that_step_and_back_is_the_same_picture(open_as: Open, site: Site) -> None:
    page = opened(open_as, site, step=4)
    expect(page.locator("[data-frame='4']")).to_be_visible()
    marks = "[...document.querySelectorAll('.mark-now, .mark-done')].map(e => e.dataset.elementId).join()"
    before = page.evaluate(marks)
    page.locator("[data-go=next]").click()
    expect(page.locator("[data-frame='5']")).to_be_visible()
    page.locator("[data-go=back]").click()
    expect(page.locator("[data-frame='4']")).to_be_visible()
    page.wait_for_function(f"({marks}) === {before!r}")


def test_without_javascript_the_same_steps_are_links(open_as: Open, site: Site) -> None:
    page = open_as("auditor", java_script_enabled=False)
    page.goto(f"{site.url}/kiem-tra/{site.numbers['done']}/phat-lai?buoc=1")
    page.get_by_role("link", name="Tiếp", exact=True).click()
    expect(page.locator("[data-frame='2']")).to_be_visible()
