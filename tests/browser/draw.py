"""Draw diagrams as pages show them: ``python -m tests.browser.draw FILE... --out FOLDER``, one PNG a file."""

import argparse
import json
import sys
from pathlib import Path

from lxml import etree
from playwright.sync_api import Page

from tests.browser.site import browser
from tests.processes.geometry import boxes, lines

STATIC = Path(__file__).parents[2] / "api" / "static"
ROOM = 40  # pixels around the drawing
PAGE = """<!doctype html><html lang="vi"><meta charset="utf-8"><base href="{base}/">
<link rel="stylesheet" href="css/tokens.css"><link rel="stylesheet" href="dist/diagram.css"><style>
.diagram-canvas {{ width: {width}px; height: {height}px; max-height: none }}</style>
<body><div data-diagram-island><div data-tools hidden></div><div class="diagram-canvas" data-canvas></div>
<script type="application/json">{data}</script></div><script src="dist/diagram.js"></script></body></html>"""


def main() -> None:
    """Draw each file at its own size, one unit of the diagram a pixel."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, help="BPMN files")
    parser.add_argument("--out", required=True, type=Path, help="folder of the pictures")
    wanted = parser.parse_args()
    wanted.out.mkdir(parents=True, exist_ok=True)
    with browser() as chrome:
        page = chrome.new_context().new_page()
        page.on("pageerror", lambda error: sys.stderr.write(f"page error: {error}\n"))
        for file in wanted.files:
            picture = wanted.out / f"{file.stem}.png"
            draw(page, file.read_text(encoding="utf-8"), picture)


def draw(page: Page, xml: str, picture: Path) -> None:
    """The whole diagram as the island draws it, into a PNG."""
    width, height = _size(xml)
    data = {"diagrams": [{"id": "one", "name": "", "xml": xml}], "main": "one"}
    html = PAGE.format(
        base=STATIC.as_uri(),
        width=width,
        height=height,
        data=json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"),
    )
    source = picture.with_suffix(".html")
    source.write_text(html, encoding="utf-8")
    page.set_viewport_size({"width": width + ROOM, "height": height + ROOM})
    page.goto(source.resolve().as_uri())
    page.wait_for_selector("[data-ready]")
    page.locator("[data-canvas]").screenshot(path=picture)
    source.unlink()


def _size(xml: str) -> tuple[int, int]:
    """Width and height of the drawing from the origin, with room beyond it."""
    root = etree.fromstring(xml.encode())
    shapes = boxes(root).values()
    points = [end for _, *ends in lines(root) for end in ends]
    across = [x for one in shapes for x in (one.left, one.right)] + [x for x, _ in points]
    down = [y for one in shapes for y in (one.top, one.bottom)] + [y for _, y in points]
    return int(max(across)) + ROOM, int(max(down)) + ROOM


if __name__ == "__main__":
    main()
