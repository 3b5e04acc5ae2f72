"""Whatever is drawn leads where it seems to lead: no flow runs into another or hides its arrowhead."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise, product
from pathlib import Path

import pytest
from lxml import etree

from engine.workflow.drafting import ids_of
from engine.workflow.drafting.layout import draw
from engine.workflow.drafting.patterns import PATTERNS, sketched
from tests.processes.geometry import (
    DI,
    Box,
    Point,
    arrowhead,
    boxes,
    frames,
    length,
    lines,
    parted,
    ways,
)
from tests.processes.test_readable_diagrams import cross

from .drawings import OUTLINES, SHARED, drafted, drawn, read_outline
from .test_layout import HAND_MADE, no_flow_runs_through_a_shape, no_shape_lies_on_another
from .test_patterns import PLAIN, RULES

CLEAR = 10.0  # what a flow keeps from shapes that it passes
LETTER = 6.2  # mean width in the diagram's 12 px type


def ends(root: etree._Element) -> dict[str, tuple[str, str]]:
    """Source and target of the flows."""
    found = root.iterfind(".//bpmn:sequenceFlow", DI)
    return {one.get("id", ""): (one.get("sourceRef", ""), one.get("targetRef", "")) for one in found}


def clear_in_every_way(root: etree._Element) -> None:
    no_flow_touches_the_arrowhead_of_another(root)
    every_arrowhead_has_room(root)
    flows_run_together_from_their_start_or_to_their_end_only(root)
    flows_keep_clear_of_the_shapes_that_they_pass(root)
    lanes_are_as_high_as_their_names(root)


def no_flow_touches_the_arrowhead_of_another(root: etree._Element) -> None:
    flows = ends(root)
    heads = [arrowhead(flow, points) for flow, points in ways(root).items()]
    assert [
        (flow, head.element)
        for flow, a, b in lines(root)
        for head in heads
        if flows[flow][1] != flows[head.element][1] and head.crossed_by(a, b)
    ] == []


def every_arrowhead_has_room(root: etree._Element) -> None:
    assert [flow for flow, points in ways(root).items() if length(points[-2:]) < CLEAR] == []


def flows_run_together_from_their_start_or_to_their_end_only(root: etree._Element) -> None:
    flows, found = ends(root), ways(root)
    assert [
        (one, other)
        for one, other in combinations(found, 2)
        if flows[one] != flows[other] and touching(*rests(flows, found, one, other))
    ] == []


def rests(
    flows: dict[str, tuple[str, str]], found: dict[str, list[Point]], one: str, other: str
) -> tuple[list[Point], list[Point]]:
    """Two ways without what they may share: where they come from, else where they go."""
    if flows[one][0] == flows[other][0]:
        return parted(found[one], found[other])
    if flows[one][1] == flows[other][1]:
        return parted(found[one][::-1], found[other][::-1])
    return found[one], found[other]


def touching(one: list[Point], other: list[Point]) -> bool:
    """Whether two ways meet where they neither cross nor part."""
    forked = one[0] == other[0]
    for (i, (a, b)), (j, (c, d)) in product(enumerate(pairwise(one)), enumerate(pairwise(other))):
        if (forked and i == j == 0) or cross(a, b, c, d) or cross(c, d, a, b):
            continue
        if Box("", *sides(a, b)).crossed_by(c, d):
            return True
    return False


def sides(a: Point, b: Point) -> tuple[float, float, float, float]:
    """A line as a box that a line touches where it touches that one."""
    (left, right), (top, bottom) = sorted((a[0], b[0])), sorted((a[1], b[1]))
    return left - 2, top - 2, right + 2, bottom + 2


def flows_keep_clear_of_the_shapes_that_they_pass(root: etree._Element) -> None:
    flows = ends(root)
    hosts = {
        one.get("id", ""): one.get("attachedToRef") for one in root.iterfind(".//bpmn:boundaryEvent", DI)
    }
    around = [
        Box(name, box.left - CLEAR, box.top - CLEAR, box.right + CLEAR, box.bottom + CLEAR)
        for name, box in boxes(root).items()
        if name not in frames(root)
    ]
    near = [(flow, box.element) for flow, a, b in lines(root) for box in around if box.crossed_by(a, b)]
    own = {flow: {*both, hosts.get(both[0])} for flow, both in flows.items()}
    assert [(flow, shape) for flow, shape in near if shape not in own[flow]] == []


def the_mark_of_a_default_stands_on_its_own_line(root: etree._Element) -> None:
    found = ways(root)
    defaults = {one.get("default", "") for one in root.iterfind(".//*[@default]")}
    assert [
        (one, other)
        for one, other in product(defaults, found)
        if one != other and found[one] != parted(found[one], found[other])[0]
    ] == []


def lanes_are_as_high_as_their_names(root: etree._Element) -> None:
    shapes = boxes(root)
    for lane in root.iterfind(".//bpmn:lane", DI):
        box, name = shapes[lane.get("id", "")], lane.get("name", "")
        assert box.bottom - box.top >= len(name) * LETTER + 10, name


def turning_back(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Ends of the flows that lead to the right and yet go some of the way twice."""
    for flow, points in ways(root).items():
        (x, y), (to_x, to_y) = points[0], points[-1]
        if to_x > x and length(points) > to_x - x + abs(to_y - y):
            yield ends(root)[flow]


@pytest.mark.parametrize("name", PATTERNS)
@pytest.mark.parametrize(("supplement", "refusal", "consultation"), [*product([True, False], repeat=3)])
def test_every_pattern_is_drawn_with_flows_that_one_can_follow(
    name: str, supplement: bool, refusal: bool, consultation: bool
) -> None:
    row = replace(PLAIN, supplement=supplement, refusal=refusal, consultation=consultation, appraisal=True)
    draft = drafted(sketched(row, RULES, name).outline, SHARED, ids_of(SHARED))
    root = etree.fromstring(draft.files[draft.main])
    clear_in_every_way(root)
    the_mark_of_a_default_stands_on_its_own_line(root)
    no_shape_lies_on_another(root)
    no_flow_runs_through_a_shape(root)
    # What the leader refuses is not signed by the chairman: it passes below him to where both go on.
    assert set(turning_back(root)) <= ({("ghi_tc", "gop_kq")} if name == "two-level" else set())


@pytest.mark.parametrize("path", OUTLINES, ids=lambda path: path.stem)
def test_every_outline_is_drawn_with_flows_that_one_can_follow(path: Path) -> None:
    draft = drawn(read_outline(path.read_bytes()))
    clear_in_every_way(etree.fromstring(draft.files[draft.main]))


@pytest.mark.parametrize("path", HAND_MADE, ids=lambda path: path.stem)
def test_every_diagram_of_the_centre_gets_flows_that_one_can_follow(path: Path) -> None:
    root = etree.fromstring(path.read_bytes())
    draw(root)
    clear_in_every_way(root)
