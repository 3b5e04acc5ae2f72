"""Whatever is drawn can be read: names have room, no line runs through a shape, flows hardly ever cross."""

from pathlib import Path

import pytest
from lxml import etree

from engine.workflow.drafting.layout import draw
from engine.workflow.drafting.layout.labels import wrapped
from engine.workflow.reading.names import bpmn
from tests.processes import test_readable_diagrams as readable
from tests.processes.geometry import DI, boxes, frames, lines

from .drawings import OUTLINES, PROCESSES, drawn, read_outline

HAND_MADE = [
    path
    for path in sorted(PROCESSES.glob("*/*.bpmn"))
    if f"def_p_{path.stem.replace('.', '_').replace('-', '_')}" in readable.HAND_MADE
    or f"def_shared_{path.stem}" in readable.HAND_MADE
]
DRAWN = {path.stem: path for path in OUTLINES}


def readable_in_every_way(root: etree._Element) -> None:
    readable.test_every_name_beside_a_shape_has_the_room_it_needs(root)
    readable.test_no_name_lies_on_a_shape_on_another_name_or_on_the_border_of_a_lane(root)
    readable.test_no_flow_strikes_through_a_name(root)
    readable.test_the_name_of_a_default_flow_keeps_clear_of_its_mark(root)
    readable.test_two_flows_never_cross_each_other_twice(root)
    no_shape_lies_on_another(root)
    no_flow_runs_through_a_shape(root)


def no_shape_lies_on_another(root: etree._Element) -> None:
    shapes = boxes(root)
    edge = {one.get("id") for one in root.iterfind(".//bpmn:boundaryEvent", DI)}
    plain = [box for name, box in shapes.items() if name not in edge | frames(root)]
    assert [(a.element, b.element) for a in plain for b in plain if a is not b and a.overlaps(b)] == []


def no_flow_runs_through_a_shape(root: etree._Element) -> None:
    flows = {one.get("id", ""): one for one in root.iterfind(".//bpmn:sequenceFlow", DI)}
    plain = {name: box for name, box in boxes(root).items() if name not in frames(root)}
    for flow, a, b in lines(root):
        assert a[0] == b[0] or a[1] == b[1], flow
        ends = {flows[flow].get("sourceRef"), flows[flow].get("targetRef")}
        assert [name for name, box in plain.items() if name not in ends and box.crossed_by(a, b)] == []
    assert {flow for flow, _, _ in lines(root)} == set(flows)


@pytest.mark.parametrize("path", HAND_MADE, ids=lambda path: path.stem)
def test_every_diagram_of_the_centre_can_be_laid_out_anew(path: Path) -> None:
    root = etree.fromstring(path.read_bytes())
    draw(root)
    readable_in_every_way(root)
    if path.stem != "2.002288":  # data that agree go on past the way of those that do not
        readable.test_flows_cross_only_where_they_cannot_do_otherwise(root)


@pytest.mark.parametrize("path", OUTLINES, ids=lambda path: path.stem)
def test_every_outline_becomes_a_picture_that_a_director_can_read(path: Path) -> None:
    draft = drawn(read_outline(path.read_bytes()))
    root = etree.fromstring(draft.files[draft.main])
    readable_in_every_way(root)
    readable.test_a_gateway_that_decides_asks_and_every_way_out_of_it_answers(root)
    readable.test_every_event_and_step_has_a_name_in_composed_vietnamese(root)


def test_equal_diagrams_are_drawn_alike() -> None:
    first, second = (etree.fromstring(HAND_MADE[0].read_bytes()) for _ in range(2))
    draw(first)
    draw(second)
    assert etree.tostring(first) == etree.tostring(second)


def test_what_stands_in_a_lane_lies_in_its_band() -> None:
    root = etree.fromstring(HAND_MADE[0].read_bytes())
    draw(root)
    shapes = boxes(root)
    for lane in root.iter(bpmn("lane")):
        band = shapes[lane.get("id", "")]
        for reference in lane.iter(bpmn("flowNodeRef")):
            box = shapes[str(reference.text)]
            assert band.top <= box.top
            assert box.bottom <= band.bottom + 18  # an event on the border of a step may hang over


def test_a_process_without_pool_and_lanes_is_drawn_too() -> None:
    root = etree.fromstring(HAND_MADE[0].read_bytes())
    for tag in ("collaboration", "laneSet"):
        for one in list(root.iter(bpmn(tag))):
            one.getparent().remove(one)  # type: ignore[union-attr]
    draw(root)
    readable_in_every_way(root)


def test_a_name_is_broken_between_words() -> None:
    assert wrapped("Người nộp rút hồ sơ", 150) == 1
    assert wrapped("Xác định lại thời hạn giải quyết", 110) == 2
