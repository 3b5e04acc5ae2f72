"""The outer form of a file: what the schema of BPMN 2.0 wants, said in another order or another place."""

import re
from collections.abc import Iterator

from lxml import etree

from engine.workflow.importing.drawing import REFERENCES, Drawing
from engine.workflow.importing.order import extensions, in_order
from engine.workflow.importing.repair import REFUSE, Case, Repair
from engine.workflow.reading.names import BPMN, BPMNDI, bpmn, local
from engine.workflow.reading.schema import schema_faults

_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
KEPT = "urn:motcua:imported:1"  # attributes and words of a file that BPMN has no place for
_NOTATIONS = (
    "choreography", "globalChoreographyTask", "globalConversation", "conversation", "subConversation",
    "callConversation", "choreographyTask", "subChoreography", "callChoreography",
)  # fmt: skip
_NO_ATTRIBUTE = re.compile(
    r"Element '(?:\{[^}]*\})?([^']+)', attribute '([^'{}]+)': The attribute .* is not allowed"
)
_BAD_VALUE = re.compile(r"Element '(?:\{[^}]*\})?([^']+)', attribute '([^'{}]+)': .*'([^']*)' is not ")
_EXPRESSIONS = frozenset({"conditionExpression", "condition", "script", "documentation", "text", "body"})


def _foreign_notation(drawing: Drawing) -> Iterator[Case]:
    for element in drawing.root.iter(*(bpmn(tag) for tag in _NOTATIONS)):
        yield Case(element=element, default=REFUSE, before=local(element))


def _foreign_children(drawing: Drawing) -> Iterator[Case]:
    """Elements of other namespaces that stand directly in an element of BPMN."""
    for element in drawing.root.iter(f"{{{BPMN}}}*"):
        if local(element) in ("extensionElements", *_EXPRESSIONS):
            continue
        found = [one for one in element if not one.tag.startswith((f"{{{BPMN}}}", f"{{{BPMNDI}}}"))]
        if found:
            names = ", ".join(sorted({str(one.tag) for one in found}))
            yield Case(element=element, default="extensionElements", before=names, more=found)


def _move_children(drawing: Drawing, case: Case, _: str) -> None:
    holder = case.element
    if local(holder) == "definitions":  # it has no extensionElements of its own
        holder = next(iter(drawing.processes()), holder)
    for child in case.more:
        if child.tag.startswith("{"):
            extensions(holder).append(child)
        else:
            child.tag = f"{{{KEPT}}}{child.tag}"
            extensions(holder).append(child)


def _without_namespace(drawing: Drawing) -> Iterator[Case]:
    if not drawing.root.get("targetNamespace"):
        yield Case(element=drawing.root, default=KEPT)


def _name_target(_: Drawing, case: Case, answer: str) -> None:
    case.element.set("targetNamespace", answer)


def _several_extensions(drawing: Drawing) -> Iterator[Case]:
    for element in drawing.root.iter(f"{{{BPMN}}}*"):
        found = list(element.iterchildren(bpmn("extensionElements")))
        if len(found) > 1:
            yield Case(element=element, default="extensionElements", more=found)


def _merge_extensions(_: Drawing, case: Case, __: str) -> None:
    first, *others = case.more
    for other in others:
        first.extend(list(other))
        case.element.remove(other)


def _disorder(drawing: Drawing) -> Iterator[Case]:
    for element in drawing.root.iter(f"{{{BPMN}}}*"):
        if local(element) not in _EXPRESSIONS and in_order(element) != list(element):
            yield Case(element=element, default="BPMN 2.0")


def _set_order(_: Drawing, case: Case, __: str) -> None:
    for child in in_order(case.element):
        case.element.append(child)


def _empty_references(drawing: Drawing) -> Iterator[Case]:
    for element in drawing.root.iter(f"{{{BPMN}}}*"):
        for attribute in sorted(REFERENCES & {str(name) for name in element.attrib}):
            needed = local(element) in ("sequenceFlow", "messageFlow", "association")
            if not (element.get(attribute) or "").strip() and not needed:
                yield Case(element=element, default="-", before=f'{attribute}=""', more=attribute)


def _drop_attribute(_: Drawing, case: Case, __: str) -> None:
    del case.element.attrib[case.more]


def _odd_attributes(drawing: Drawing) -> Iterator[Case]:
    """Attributes without a namespace that BPMN does not have, or with values that it does not know."""
    said = [message for _, message in schema_faults(drawing.root)]
    places = {match.groups()[:2] for text in said for match in [_NO_ATTRIBUTE.search(text)] if match}
    values = {match.groups() for text in said for match in [_BAD_VALUE.search(text)] if match}
    for element in drawing.root.iter(f"{{{BPMN}}}*", f"{{{BPMNDI}}}*"):
        for name in [str(name) for name in element.attrib]:
            value = str(element.get(name))
            if (local(element), name) in places or (
                (local(element), name, value) in values and name not in ("id", *REFERENCES)
            ):
                yield Case(
                    element=element, default=f"{{{KEPT}}}{name}", before=f'{name}="{value}"', more=name
                )


def _keep_attribute(_: Drawing, case: Case, __: str) -> None:
    element: etree._Element = case.element
    if case.more in element.attrib:
        element.set(f"{{{KEPT}}}{case.more}", str(element.attrib.pop(case.more)))


def _untyped(drawing: Drawing) -> Iterator[Case]:
    """Expressions whose xsi:type has a prefix that the file does not declare, or lacks the one it needs."""
    for element in drawing.root.iter(f"{{{BPMN}}}*"):
        prefix, _, name = (element.get(_TYPE) or "").rpartition(":")
        if name in ("tFormalExpression", "tExpression") and element.nsmap.get(prefix or None) != BPMN:
            yield Case(element=element, default=qualified(element, name), before=str(element.get(_TYPE)))


def _set_type(_: Drawing, case: Case, answer: str) -> None:
    case.element.set(_TYPE, answer)


def qualified(element: etree._Element, name: str) -> str:
    """The name of a type of BPMN with the prefix that counts at an element."""
    prefix = next((one for one, uri in element.nsmap.items() if uri == BPMN), None)
    return f"{prefix}:{name}" if prefix else name


REPAIRS = (
    Repair(
        rule="notation", find=_foreign_notation, mend=lambda *_: None,
        vi="biên đạo và hội thoại (choreography, conversation) không thực hiện được. Vẽ lại thành quy trình",
        en="choreographies and conversations are not executed. Draw a process",
    ),
    Repair(
        rule="target-namespace", find=_without_namespace, mend=_name_target, asks=False,
        vi="tệp thiếu targetNamespace, được ghi thêm",
        en="the file named no targetNamespace and was given one",
    ),
    Repair(
        rule="foreign-place", find=_foreign_children, mend=_move_children, asks=False,
        vi="từ của phần mềm vẽ đứng ngoài extensionElements, được chuyển vào đó",
        en="words of the modeler stood outside of extensionElements and were moved there",
    ),
    Repair(
        rule="extensions-twice", find=_several_extensions, mend=_merge_extensions, asks=False,
        vi="nhiều extensionElements trong một phần tử, được gộp lại",
        en="several extensionElements in one element were joined",
    ),
    Repair(
        rule="order", find=_disorder, mend=_set_order, asks=False,
        vi="thứ tự phần tử con không theo lược đồ BPMN 2.0, được xếp lại",
        en="children stood in another order than the schema of BPMN 2.0 wants",
    ),
    Repair(
        rule="empty-reference", find=_empty_references, mend=_drop_attribute, asks=False,
        vi="tham chiếu rỗng được bỏ", en="an empty reference was left out",
    ),
    Repair(
        rule="expression-type", find=_untyped, mend=_set_type, asks=False,
        vi="xsi:type của biểu thức dùng tiền tố chưa khai báo, được ghi lại",
        en="the xsi:type of an expression used a prefix that is not declared",
    ),
    Repair(
        rule="odd-attribute", find=_odd_attributes, mend=_keep_attribute, asks=False,
        vi="thuộc tính hoặc giá trị không có trong BPMN 2.0, giữ lại dưới tên riêng",
        en="an attribute or value that BPMN 2.0 does not have is kept under a name of its own",
    ),
)  # fmt: skip
