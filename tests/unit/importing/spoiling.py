"""Spoils a drawing in the ways in which files of modelers are spoilt, by numbers that a test draws."""

import copy
import re
import xml.etree.ElementTree as xml
from collections.abc import Callable, Sequence

from tests.unit.importing.losses import MODEL, PICTURE, tree

KINDS = (
    "task", "userTask", "serviceTask", "scriptTask", "businessRuleTask", "sendTask", "receiveTask",
    "callActivity", "exclusiveGateway", "inclusiveGateway", "parallelGateway", "complexGateway",
    "eventBasedGateway", "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent",
    "subProcess", "adHocSubProcess",
)  # fmt: skip
VALUES = ("", "2 a", "nowhere", "true", "false", "urn:x:y", "${a.b(c)}", "x == 'y'", "Có", "P1D", "-1")
EXPRESSIONS = (
    "${!done}",
    "= a > 1",
    "yes",
    "Nếu đủ hồ sơ",
    "a && b",
    "return x;",
    "count(x) >",
    "#{bean.ok()}",
    "",
)
MARKERS = (
    "multiInstanceLoopCharacteristics", "standardLoopCharacteristics", "timerEventDefinition",
    "messageEventDefinition", "signalEventDefinition", "errorEventDefinition", "conditionalEventDefinition",
    "linkEventDefinition", "compensateEventDefinition", "terminateEventDefinition",
    "escalationEventDefinition",
)  # fmt: skip

Pick = Callable[[int], int]  # a number below


def _parents(root: xml.Element) -> dict[xml.Element, xml.Element]:
    return {child: parent for parent in root.iter() for child in parent}


def _model(root: xml.Element) -> list[xml.Element]:
    return [one for one in root.iter() if one.tag.startswith(MODEL) and one is not root]


def _one(found: Sequence[xml.Element], pick: Pick) -> xml.Element | None:
    return found[pick(len(found))] if found else None


def drop_attribute(root: xml.Element, pick: Pick) -> None:
    element = _one([one for one in _model(root) if one.attrib], pick)
    if element is not None:
        del element.attrib[sorted(element.attrib)[pick(len(element.attrib))]]


def change_attribute(root: xml.Element, pick: Pick) -> None:
    element = _one([one for one in _model(root) if one.attrib], pick)
    ids = [str(one.get("id")) for one in _model(root) if one.get("id")]
    if element is not None:
        name = sorted(element.attrib)[pick(len(element.attrib))]
        values = (*VALUES, *ids)
        element.set(name, values[pick(len(values))])


def drop_element(root: xml.Element, pick: Pick) -> None:
    element = _one(_model(root), pick)
    if element is not None:
        _parents(root)[element].remove(element)


def double_element(root: xml.Element, pick: Pick) -> None:
    element = _one(_model(root), pick)
    if element is not None:
        _parents(root)[element].append(copy.deepcopy(element))


def move_element(root: xml.Element, pick: Pick) -> None:
    element, other = _one(_model(root), pick), _one(_model(root), pick)
    if element is not None and other is not None and other not in list(element.iter()):
        _parents(root)[element].remove(element)
        other.append(element)


def change_kind(root: xml.Element, pick: Pick) -> None:
    element = _one([one for one in _model(root) if one.tag.removeprefix(MODEL) in KINDS], pick)
    if element is not None:
        element.tag = MODEL + KINDS[pick(len(KINDS))]


def write_condition(root: xml.Element, pick: Pick) -> None:
    flow = _one([one for one in _model(root) if one.tag == f"{MODEL}sequenceFlow"], pick)
    if flow is not None:
        condition = xml.SubElement(flow, f"{MODEL}conditionExpression")
        condition.text = EXPRESSIONS[pick(len(EXPRESSIONS))]


def mark(root: xml.Element, pick: Pick) -> None:
    element = _one([one for one in _model(root) if one.tag.removeprefix(MODEL) in KINDS], pick)
    if element is not None:
        xml.SubElement(element, MODEL + MARKERS[pick(len(MARKERS))])


def add_flow(root: xml.Element, pick: Pick) -> None:
    nodes = [one for one in _model(root) if one.tag.removeprefix(MODEL) in KINDS and one.get("id")]
    source, target = _one(nodes, pick), _one(nodes, pick)
    if source is not None and target is not None:
        ends = {"sourceRef": str(source.get("id")), "targetRef": str(target.get("id"))}
        xml.SubElement(_parents(root)[source], f"{MODEL}sequenceFlow", ends)


def drop_picture(root: xml.Element, pick: Pick) -> None:
    shape = _one([one for one in root.iter() if one.tag.startswith(f"{PICTURE}BPMN")], pick)
    if shape is not None:
        _parents(root)[shape].remove(shape)


WAYS = (
    drop_attribute, change_attribute, drop_element, double_element, move_element, change_kind,
    write_condition, mark, add_flow, drop_picture,
)  # fmt: skip


def spoilt(content: bytes, ways: Sequence[int], pick: Pick) -> bytes:
    """The drawing after some of the ways have been gone."""
    for prefix, name in re.findall(r'xmlns:?(\w*)="([^"]+)"', content.decode("utf-8", "ignore")):
        xml.register_namespace(prefix, name)
    root = tree(content)
    for way in ways:
        WAYS[way](root, pick)
    return xml.tostring(root, encoding="utf-8", xml_declaration=True)
