"""Ids: everything that is spoken of has one, of its own, as XML allows it."""

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from engine.workflow.importing.drawing import Drawing
from engine.workflow.importing.repair import Case, Repair
from engine.workflow.reading.names import BPMN, BPMNDI, bpmn, local
from engine.workflow.reading.words import NODE_TAGS

_NCNAME = re.compile(r"[^\W\d][\w.\-]*\Z")
_SPOKEN_OF = NODE_TAGS | {
    "sequenceFlow",
    "process",
    "lane",
    "participant",
    "dataObject",
    "dataObjectReference",
}


def _missing(drawing: Drawing) -> Iterator[Case]:
    for element in drawing.root.iter(f"{{{BPMN}}}*"):
        if local(element) in _SPOKEN_OF and not element.get("id"):
            yield Case(element=element, default="id")


def _name(drawing: Drawing, case: Case, _: str) -> None:
    ends = [case.element.get("sourceRef"), case.element.get("targetRef")]
    hint = "_to_".join(one for one in ends if one) if local(case.element) == "sequenceFlow" else ""
    case.element.set("id", drawing.fresh(hint or local(case.element)))


def _odd(drawing: Drawing) -> Iterator[Case]:
    for element in drawing.root.iter(f"{{{BPMN}}}*", f"{{{BPMNDI}}}*"):
        identity = element.get("id")
        if identity is not None and identity and not _NCNAME.match(identity):
            yield Case(element=element, default="id", before=identity)


def _respell(drawing: Drawing, case: Case, _: str) -> None:
    drawing.rename(case.element, drawing.fresh(case.before.strip()))


def _twice(drawing: Drawing) -> Iterator[Case]:
    """Every element but the first of an id; those of the model come before those of the picture."""
    model = list(drawing.root.iter(f"{{{BPMN}}}*"))
    picture = list(drawing.root.iter(f"{{{BPMNDI}}}*"))
    seen: Counter[str] = Counter()
    for element in (*model, *picture):
        identity = element.get("id")
        if identity:
            seen[identity] += 1
            if seen[identity] > 1:
                yield Case(element=element, default="id", before=identity, more=seen[identity])


def _part(drawing: Drawing, case: Case, _: str) -> None:
    """The references of its own process follow an element, and the shape of the same number."""
    element = case.element
    new = drawing.fresh(f"{case.before}_{case.more}")
    if element.tag.startswith(f"{{{BPMNDI}}}"):
        element.set("id", new)
        return
    process = _around(element)
    holds_first = any(
        one is not element and one.get("id") == case.before for one in process.iter(f"{{{BPMN}}}*")
    )
    drawing.rename(element, new, within=element if holds_first else process)
    shapes = [one for one in drawing.root.iter(f"{{{BPMNDI}}}*") if one.get("bpmnElement") == case.before]
    if len(shapes) > 1:
        shapes[1].set("bpmnElement", new)


def _around(element: etree._Element) -> etree._Element:
    here = element
    while local(here) != "process" and (parent := here.getparent()) is not None:
        here = parent
    return here


def _process_references(drawing: Drawing) -> Iterator[Case]:
    """Lanes and defaults that name what is not there."""
    known = {one.get("id") for one in drawing.root.iter(f"{{{BPMN}}}*")}
    for element in drawing.root.iter(f"{{{BPMN}}}*"):
        default = element.get("default")
        own = [flow.get("id") for flow in drawing.outgoing(element)] if default else []
        if default and default not in own:
            yield Case(element=element, default="-", before=f'default="{default}"', more="default")
    for reference in list(drawing.root.iter(bpmn("flowNodeRef"))):
        if (reference.text or "").strip().rsplit(":", 1)[-1] not in known:
            lane = reference.getparent()
            if lane is not None:
                yield Case(element=lane, default="-", before=f"flowNodeRef {reference.text}", more=reference)


def _forget(_: Drawing, case: Case, __: str) -> None:
    if case.more == "default":
        del case.element.attrib["default"]
    else:
        case.element.remove(case.more)


REPAIRS = (
    Repair(
        rule="id-missing", find=_missing, mend=_name, asks=False,
        vi="phần tử chưa có mã, được đặt mã", en="the element had no id and was given one",
    ),
    Repair(
        rule="id-odd", find=_odd, mend=_respell, asks=False,
        vi="mã không hợp lệ trong XML, được đổi cùng mọi nơi nhắc đến",
        en="the id is not one that XML allows; it was changed wherever it is spoken of",
    ),
    Repair(
        rule="id-twice", find=_twice, mend=_part, asks=False,
        vi="mã đã dùng cho phần tử khác, được đổi", en="the id is used by another element; it was changed",
    ),
    Repair(
        rule="reference-lost", find=_process_references, mend=_forget, asks=False,
        vi="tham chiếu đến phần tử không có, được bỏ", en="a reference to what is not there was left out",
    ),
)  # fmt: skip
