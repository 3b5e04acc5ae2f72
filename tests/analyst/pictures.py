"""The pictures of docs/analyst, made anew: ``python -m tests.analyst.pictures`` (``make pictures``).

Diagrams are drawn by the same bpmn-js as the pages, pages are those of a centre where the manual is followed.
"""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from playwright.sync_api import Browser, Page, ViewportSize

from api.bootstrap import PROCESSES
from api.demo.people import PASSWORD
from api.sources import files_in
from engine.workflow.drafting import drafted, read_outline
from engine.workflow.drafting.patterns import PATTERNS
from tests import centre as centres
from tests.analyst.drawing import svg_of
from tests.analyst.reading import ANALYST, Command, Receiving, blocks, deeds
from tests.analyst.walking import Walk
from tests.browser.site import browser, on_the_web

FOLDER = ANALYST / "pictures"
CODE = "1.004623"
PARTS = {
    "procedure": (),
    "procedure-reception": ("nop", "kt_nhac", "tinhphi", "yeucau_phi"),
    "procedure-appraisal": ("phancong", "in_the_gan_anh", "kt_dung", "duthao_tc"),
}
SIZE: ViewportSize = {"width": 1120, "height": 760}
# What a pattern is drawn in: its own steps, and where they lead.
_HEAD = "code: 9.000001\nname: '{title}'\nagency: SXD\nframe: none\nprocess: mau\n"
_RESULT = "  - {call: Phát hành và trả kết quả, id: traketqua, lane: reception, process: shared_result}\n"


def main() -> None:
    """Draw all of them; those that no page names any more go."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    with browser() as chrome:
        page = chrome.new_context().new_page()
        for name, diagram in diagrams().items():
            (FOLDER / f"{name}.svg").write_bytes(svg_of(page, diagram))
        _follow(chrome, page)


def diagrams() -> Mapping[str, bytes]:
    """The diagrams that the book of patterns shows, as they are today, by the names of their pictures."""
    return {**_patterns(), **_shared()}


def _patterns() -> Mapping[str, bytes]:
    """The diagrams of the patterns by the names of their pictures."""
    outlines = blocks((ANALYST / "patterns.md").read_text(encoding="utf-8"), "yaml")
    found = {}
    for name, pattern in PATTERNS.items():
        text = _HEAD.format(title=f"Mẫu {pattern.title}") + outlines[name] + _RESULT
        draft = drafted(read_outline(text.encode()), files_in(PROCESSES / "shared"))
        found[f"pattern-{name}"] = draft.files[draft.main]
    return found


def _shared() -> Mapping[str, bytes]:
    """The diagrams of the shared processes that the book shows."""
    book = (ANALYST / "patterns.md").read_text(encoding="utf-8")
    names = (path.stem for path in sorted((PROCESSES / "shared").glob("*.bpmn")))
    return {
        f"shared-{name}": (PROCESSES / "shared" / f"{name}.bpmn").read_bytes()
        for name in names
        if f"pictures/shared-{name}.svg" in book
    }


# Pages are looked at before the manual goes on with this command.
_CHECKED, _SUBMITTED, _MIGRATION = (
    "motcua versions draft", f"motcua versions approve {CODE} 1 --by phantich2", "motcua migrations request",
)  # fmt: skip


def _follow(chrome: Browser, page: Page) -> None:
    """Do what the manual says, at a centre where it is always the same morning; look at pages on the way."""
    manual = (ANALYST / "manual.md").read_text(encoding="utf-8")
    with TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'motcua.sqlite3'}"
        centres.furnished(url, folder)
        with centres.opened(url, folder) as centre, patch("api.bootstrap.SystemClock", lambda: centre.clock):
            (folder / "reader").mkdir()
            walk = Walk(folder / "reader", centre)
            walk.come(f"{manual} --by tiepnhan")
            with on_the_web(centre) as address:
                looking = Looking(chrome, address, walk.folder / "nhap" / "sdl")
                for deed in deeds(manual):
                    if isinstance(deed, Command):
                        looking.before(deed.words, page)
                    elif isinstance(deed, Receiving):
                        looking.see("page-form", f"/tiep-nhan/{CODE}", "tiepnhan", at="2. Thành phần hồ sơ")
                    walk.go(deed)


class Looking:
    """Pictures of pages, each taken when the manual has come to it."""

    def __init__(self, chrome: Browser, address: str, drawn: Path) -> None:
        self._chrome = chrome
        self._address = address
        self._drawn = drawn  # the folder where the diagram and its forms lie
        self._seen: set[str] = set()

    def before(self, words: str, page: Page) -> None:
        """Look at what this command of the manual comes after, the first time."""
        if words.startswith(_CHECKED) and "page-checked" not in self._seen:
            diagram = (self._drawn / f"{CODE}.bpmn").read_bytes()
            for name, around in PARTS.items():
                (FOLDER / f"{name}.svg").write_bytes(svg_of(page, diagram, around))
            self._check()
        elif words.startswith(_SUBMITTED):
            self.see("page-submitted", f"/quy-trinh/{CODE}/ban/1", "phantich2")
        elif words.startswith(_MIGRATION):
            self.see("page-migration", f"/quy-trinh/{CODE}/chuyen?tu=1&den=2", "phantich")

    def see(self, name: str, path: str, who: str, at: str = "") -> None:
        """Open a page as somebody and keep its picture, from some words on."""
        page = self._signed_in(who)
        page.goto(self._address + path, wait_until="networkidle")
        if at:
            page.get_by_text(at).first.evaluate("one => one.scrollIntoView({ behavior: 'instant' })")
        self._keep(name, page)

    def _check(self) -> None:
        """Send the files of the new procedure to be checked, as the manual tells."""
        page = self._signed_in("phantich")
        page.goto(f"{self._address}/quy-trinh/them")
        files = [
            path for kind in ("*.bpmn", "forms/*.json", "decisions/*.dmn") for path in self._drawn.glob(kind)
        ]
        page.locator("input[type=file]").set_input_files(sorted(files))
        page.get_by_role("button", name="Kiểm tra tệp").click()
        page.wait_for_selector("[data-ready]")
        self._keep("page-checked", page)

    def _signed_in(self, who: str) -> Page:
        page = self._chrome.new_context(viewport=SIZE).new_page()
        page.goto(f"{self._address}/dang-nhap")
        page.get_by_label("Tên đăng nhập").fill(who)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url(lambda url: not url.endswith("/dang-nhap"))
        return page

    def _keep(self, name: str, page: Page) -> None:
        page.screenshot(path=FOLDER / f"{name}.png")
        page.context.close()
        self._seen.add(name)


if __name__ == "__main__":
    main()
