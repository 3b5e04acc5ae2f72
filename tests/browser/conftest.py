"""One centre, one server and one Chromium for all tests of pages; each test has a browser of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests import centre as centres
from tests.browser import site as sites
from tests.browser.site import DESK, Site
from tests.browser.witness import Witness

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """Chromium, or a skip that says why."""
    if sites.chromium() is None:
        pytest.skip(f"page tests in a real browser: install chromium or name it in {sites.CHROMIUM}")
    with sites.browser() as started:
        yield started


@pytest.fixture(scope="module")
def site(chrome: Browser, furnished_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A centre with dossiers of every kind, behind a web server."""
    folder = tmp_path_factory.mktemp("site")
    url = centres.copy_sqlite(furnished_sqlite, folder / "motcua.sqlite3")
    with centres.opened(url, folder) as centre, sites.serving(centre) as serving:
        yield serving


@pytest.fixture
def witness(site: Site) -> Iterator[Witness]:
    """Watches every page of the test; nothing may leave the host, nothing may fail or be blocked."""
    watching = Witness(site.url)
    yield watching
    assert not watching.complaints, "\n".join(watching.complaints)


@pytest.fixture
def open_as(chrome: Browser, site: Site, witness: Witness) -> Iterator[Open]:
    """``open_as(role, agency)``: a page of that officer, or of nobody; options as for a browser context."""
    contexts: list[BrowserContext] = []

    def opened(
        role: str = "", agency: str = "TTHCC", size: tuple[int, int] = DESK, **options: object
    ) -> Page:
        viewport = {"width": size[0], "height": size[1]}
        context = chrome.new_context(viewport=viewport, **options)  # type: ignore[arg-type]
        contexts.append(context)
        witness.watch(context)
        return sites.signed_in(context, site, role, agency) if role else context.new_page()

    yield opened
    for context in contexts:
        context.close()
