"""Data stores: drawn, since nothing is read from them or written to them here."""

from collections.abc import Iterator

from lxml import etree

from engine.workflow.importing.drawing import Drawing, parent_of, plain_reference
from engine.workflow.importing.order import put
from engine.workflow.importing.repair import Case, Repair
from engine.workflow.reading.names import bpmn
from engine.workflow.reading.words import text_of


def _stored(drawing: Drawing) -> Iterator[Case]:
    stores = {one.get("id") for one in drawing.root.iter(bpmn("dataStoreReference"), bpmn("dataStore"))}
    for node in drawing.nodes():
        for association in node.iterchildren(bpmn("dataInputAssociation"), bpmn("dataOutputAssociation")):
            ends = [
                plain_reference(text_of(one))
                for one in association.iter(bpmn("sourceRef"), bpmn("targetRef"))
            ]
            named = [one for one in ends if one in stores]
            if named:
                yield Case(element=node, default="drawn", before=f"{association.get('id')}: {named[0]}",
                           more=(association, named[0]))  # fmt: skip


def _draw(drawing: Drawing, case: Case, _: str) -> None:
    """A dotted line between the step and the store, of the same id, so that the picture stays."""
    association, store = case.more
    node, scope = case.element, parent_of(case.element)
    reads = association.tag == bpmn("dataInputAssociation")
    source, target = (store, node.get("id")) if reads else (node.get("id"), store)
    ends = {"sourceRef": str(source), "targetRef": str(target), "associationDirection": "One"}
    identity = association.get("id") or drawing.fresh(f"{node.get('id')}_{store}")
    line = etree.Element(bpmn("association"), attrib={"id": identity, **ends})
    line.extend([*association.iterchildren(bpmn("documentation"), bpmn("extensionElements"))])
    for tag in ("transformation", "assignment"):
        for one in association.iterchildren(bpmn(tag)):
            drawing.say(line, " ".join("".join(map(str, one.itertext())).split()))
    node.remove(association)
    put(scope, line)


REPAIRS = (
    Repair(
        rule="data-store", find=_stored, mend=_draw,
        options={"drawn": "the arrow becomes a dotted line: drawn, nothing is copied"},
        vi="mũi tên đọc hoặc ghi kho dữ liệu (data store), điều này không thực hiện. Chỉ vẽ?",
        en="an arrow reads or writes a data store, which is not executed. Only draw it?",
    ),
)  # fmt: skip
