"""A director can read every diagram: names are there, have room, and no line runs through them."""

import unicodedata
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from lxml import etree

from .geometry import DI, Box, boxes, frames, labels, lines
from .world import PROCESSES

DRAWN = [
    pytest.param(etree.fromstring(path.read_bytes()), id=path.stem)
    for path in sorted(PROCESSES.glob("*/*.bpmn"))
]
HAND_MADE = {
    "def_p_2_000635", "def_p_2_002288", "def_p_1_009794", "def_p_2_002312", "def_p_1_010733",
    "def_p_1_009397", "def_p_2_002380", "def_p_3_000333", "def_p_2_000693", "def_p_EVN_01",
    "def_p_2_000986", "def_p_1_004593",
    "def_shared_reception", "def_shared_result", "def_shared_supplement",
}  # fmt: skip
LETTER = 6.2  # mean width in the diagram's 12 px type


def nodes(root: etree._Element, *kinds: str) -> list[etree._Element]:
    return [one for kind in kinds for one in root.iterfind(f".//bpmn:process//bpmn:{kind}", DI)]


def flows(root: etree._Element) -> dict[str, etree._Element]:
    return {one.get("id", ""): one for one in root.iterfind(".//bpmn:sequenceFlow", DI)}


@pytest.mark.parametrize("root", DRAWN)
def test_a_gateway_that_decides_asks_and_every_way_out_of_it_answers(root: etree._Element) -> None:
    leaving = Counter(flow.get("sourceRef") for flow in flows(root).values())
    asking = {one.get("id") for one in nodes(root, "exclusiveGateway", "inclusiveGateway")}
    asking = {one for one in asking if leaving[one] > 1}
    for gateway in nodes(root, "exclusiveGateway", "inclusiveGateway"):
        assert gateway.get("name") or gateway.get("id") not in asking, gateway.get("id")
    silent = [name for name, flow in flows(root).items() if flow.get("sourceRef") in asking]
    assert [name for name in silent if not flows(root)[name].get("name")] == []


@pytest.mark.parametrize("root", DRAWN)
def test_every_event_and_step_has_a_name_in_composed_vietnamese(root: etree._Element) -> None:
    kinds = (
        "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent",
        "userTask", "serviceTask", "scriptTask", "businessRuleTask", "callActivity",
    )  # fmt: skip
    names = {one.get("id"): one.get("name", "") for one in nodes(root, *kinds)}
    assert [key for key, name in names.items() if not name.strip()] == []
    assert [name for name in names.values() if name != unicodedata.normalize("NFC", name)] == []
    plain = [name for name in names.values() if name.isascii()]  # Vietnamese without any mark is a mistake
    assert plain == []


@pytest.mark.parametrize("root", DRAWN)
def test_every_name_beside_a_shape_has_the_room_it_needs(root: etree._Element) -> None:
    named = {one.get("id"): one.get("name", "") for one in root.iter() if isinstance(one.tag, str)}
    for label in labels(root):
        rows = max(1, round((label.bottom - label.top) / 14))
        needed = len(named[label.element]) * LETTER / rows
        assert label.right - label.left >= needed - 1, named[label.element]


@pytest.mark.parametrize("root", DRAWN)
def test_no_name_lies_on_a_shape_on_another_name_or_on_the_border_of_a_lane(root: etree._Element) -> None:
    shapes = {one: box for one, box in boxes(root).items() if one not in frames(root)}
    borders = {box.bottom for one, box in boxes(root).items() if one.startswith("l_")}
    texts = [written(root, label) for label in labels(root)]
    for text in texts:
        assert not [one for one, box in shapes.items() if text.overlaps(box)], text
        assert not [y for y in borders if text.top < y < text.bottom], text
    assert [(a.element, b.element) for a, b in combinations(texts, 2) if a.overlaps(b)] == []


@pytest.mark.parametrize("root", DRAWN)
def test_no_flow_strikes_through_a_name(root: etree._Element) -> None:
    texts = [written(root, label) for label in labels(root)]
    struck = [(flow, text.element) for flow, a, b in lines(root) for text in texts if text.crossed_by(a, b)]
    assert struck == []


@pytest.mark.parametrize("root", DRAWN)
def test_the_name_of_a_default_flow_keeps_clear_of_its_mark(root: etree._Element) -> None:
    defaults = {one.get("default") for one in root.iterfind(".//*[@default]")}
    starts: dict[str, tuple[float, float]] = {}
    for flow, a, _ in lines(root):
        starts.setdefault(flow, a)
    for label in labels(root):
        if label.element in defaults:
            x, y = starts[label.element]
            near = abs(label.top - y) < 20 and abs(label.left - x) < 30
            assert not near or label.left >= x + 9, label


@pytest.mark.parametrize("root", DRAWN)
def test_two_flows_never_cross_each_other_twice(root: etree._Element) -> None:
    crossings = Counter(
        frozenset((f, g))
        for (f, a, b), (g, c, d) in combinations(lines(root), 2)
        if f != g and (cross(a, b, c, d) or cross(c, d, a, b))
    )
    assert [sorted(pair) for pair, count in crossings.items() if count > 1] == []


def written(root: etree._Element, label: Box) -> Box:
    """The part of a label's room that its text fills: centred on events, from the left beside flows."""
    name = root.xpath("string(//*[@id=$id]/@name)", id=label.element)
    rows = max(1, round((label.bottom - label.top) / 14))
    width = min(len(str(name)) * LETTER / rows, label.right - label.left)
    left = (label.left + label.right - width) / 2
    return Box(label.element, left, label.top, left + width, label.bottom)


def cross(
    a: tuple[float, float], b: tuple[float, float], c: tuple[float, float], d: tuple[float, float]
) -> bool:
    """Whether the horizontal line a-b and the vertical line c-d cross inside of both."""
    if a[1] != b[1] or c[0] != d[0]:
        return False
    (left, right), (top, bottom) = sorted((a[0], b[0])), sorted((c[1], d[1]))
    return left < c[0] < right and top < a[1] < bottom


def test_the_pictures_are_of_all_diagrams() -> None:
    assert len(list(Path(PROCESSES).glob("*/*.bpmn"))) == len(DRAWN) >= 15


@pytest.mark.parametrize("root", DRAWN)
def test_flows_cross_only_where_they_cannot_do_otherwise(root: etree._Element) -> None:
    crossings = {
        frozenset((f, g))
        for (f, a, b), (g, c, d) in combinations(lines(root), 2)
        if f != g and (cross(a, b, c, d) or cross(c, d, a, b))
    }
    # The way of a vehicle whose data agree goes down past the note on one whose data do not. What the machine
    # draws of the library may cross twice: where an event on a border joins the way that it left.
    known = {frozenset(("f13_khong_khop_gop_td", "f24_xe_ok_gop_cap"))}
    assert len(crossings - known) <= (0 if root.get("id") in HAND_MADE else 2)
