"""A diagram as the pages draw it, as a small SVG: bpmn-js in Chromium, then only what is seen of it."""

import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import etree
from playwright.sync_api import Page

from tests.browser.draw import draw
from tests.processes.geometry import boxes, lines

_ROOM, _ROOM_OF_PART = 14, 36  # units around what is shown; names stand outside of events
_LOGO, _LOGO_WIDTH = 26, 62  # room below for the mark of bpmn.io, which their licence wants to be seen
_FONT = "'Noto Sans', Arial, sans-serif"  # a reader has no «Noto Sans Variable»
# What the mouse needs is not seen. Words are held by their middle: a reader's font may be wider than ours.
_SEEN = """() => {
  const live = document.querySelector('[data-canvas] svg');
  live.querySelectorAll('tspan').forEach((one) => {
    one.setAttribute('x', Math.round(Number(one.getAttribute('x')) + one.getComputedTextLength() / 2));
  });
  const svg = live.cloneNode(true);
  svg.querySelectorAll('.djs-hit, .djs-outline').forEach((one) => one.remove());
  svg.querySelectorAll('*').forEach((one) => {
    ['class', 'data-element-id', 'lineHeight'].forEach((name) => one.removeAttribute(name));
  });
  svg.append(document.querySelector('.bjs-powered-by svg').cloneNode(true));
  return new XMLSerializer().serializeToString(svg);
}"""
_SVG = "{http://www.w3.org/2000/svg}"


def svg_of(page: Page, diagram: bytes, around: Sequence[str] = ()) -> bytes:
    """The picture of a BPMN file; of the part around some elements only, when they are named."""
    with TemporaryDirectory() as name:
        draw(page, diagram.decode(), Path(name) / "whole.png")
    root = etree.fromstring(page.evaluate(_SEEN).encode())
    left, top, right, bottom = _frame(etree.fromstring(diagram), around)
    root.attrib.clear()
    shown = {"viewBox": f"{left} {top} {right - left} {bottom - top}"}
    root.attrib.update({**shown, "width": str(right - left), "height": str(bottom - top)})
    logo = root[-1]
    logo.attrib.pop("style", None)
    logo.set("x", str(right - _LOGO_WIDTH))
    logo.set("y", str(bottom - _LOGO))
    root.insert(0, _paper(left, top))
    root.insert(len(root) - 1, _paper(left, bottom - _LOGO - 4))  # lines of a part end above the mark
    _shrink(root)
    return etree.tostring(_styled(root)) + b"\n"


def _paper(left: int, top: int) -> etree._Element:
    return etree.Element(f"{_SVG}rect", x=str(left), y=str(top), width="100%", height="100%", fill="white")


def _frame(diagram: etree._Element, around: Sequence[str]) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of what is shown."""
    found = boxes(diagram)
    shown = [found[one] for one in around] or list(found.values())
    points = [] if around else [end for _, *ends in lines(diagram) for end in ends]
    across = [x for box in shown for x in (box.left, box.right)] + [x for x, _ in points]
    down = [y for box in shown for y in (box.top, box.bottom)] + [y for _, y in points]
    room = _ROOM_OF_PART if around else _ROOM
    bottom = int(max(down)) + room + _LOGO
    return int(min(across)) - room, int(min(down)) - room, int(max(across)) + room, bottom


def _shrink(root: etree._Element) -> None:
    """Groups that hold nothing or change nothing go; ids, which differ each time, become numbers."""
    for group in reversed(list(root.iter(f"{_SVG}g"))):
        style = group.get("style", "").replace(" ", "")
        if style in ("display:block;", ""):
            group.attrib.pop("style", None)
        moves = group.get("transform", "")
        if re.fullmatch(r"matrix\(1[ ,]0[ ,]0[ ,]1[ ,]0[ ,]0\)", moves):
            del group.attrib["transform"]
        parent = group.getparent()
        if parent is not None and (len(group) == 0 or not group.attrib):
            at = parent.index(group)
            parent[at : at + 1] = list(group)
    names = [one.get("id", "") for one in root.iter() if one.get("id")]
    text = {name: f"m{number}" for number, name in enumerate(dict.fromkeys(names))}
    for one in root.iter():
        for key, value in one.attrib.items():
            one.set(key, re.sub("|".join(map(re.escape, text)) or "(?!)", lambda hit: text[hit[0]], value))


def _styled(root: etree._Element) -> etree._Element:
    """Equal styles become one class."""
    classes: dict[str, str] = {}
    for one in root.iter():
        if style := one.attrib.pop("style", ""):
            style = re.sub(r"font-family: [^;]*", f"font-family: {_FONT}", style)
            one.set("class", classes.setdefault(style, f"s{len(classes)}"))
    sheet = etree.Element(f"{_SVG}style")
    sheet.text = "text{text-anchor:middle}" + "".join(
        f".{name}{{{style}}}" for style, name in classes.items()
    )
    root.insert(0, sheet)
    return root
